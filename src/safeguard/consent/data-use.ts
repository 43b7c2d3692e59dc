/**
 * What a data set may be used for, and what a research project wants, in the fields of the DUOS data use schema
 * (version 4). On the data set a field is a permission or a condition; on the purpose it says what is planned.
 */
export interface DataUse {
  /** GRU */
  readonly generalUse?: boolean
  /** HMB */
  readonly hmbResearch?: boolean
  /** DS: IRIs of the Human Disease Ontology. */
  readonly diseaseRestrictions?: readonly string[]
  /** POA */
  readonly populationOriginsAncestry?: boolean
  /** MDS on a purpose. */
  readonly methodsResearch?: boolean
  /** NMDS: on a data set tagged with DUO:0000015. */
  readonly noMethodsResearch?: boolean
  /** NPU: on a data set only for non-profit use; on a purpose whether it is that. */
  readonly nonProfitUse?: boolean
  readonly other?: string
  readonly secondaryOther?: string
  readonly ethicsApprovalRequired?: boolean
  readonly collaboratorRequired?: boolean
  readonly geographicalRestrictions?: string
  readonly geneticStudiesOnly?: boolean
  readonly publicationResults?: boolean
  readonly publicationMoratorium?: string
  readonly controls?: boolean
  readonly gender?: string
  readonly pediatric?: boolean
  readonly population?: boolean
  readonly illegalBehavior?: boolean
  readonly sexualDiseases?: boolean
  readonly stigmatizeDiseases?: boolean
  readonly vulnerablePopulations?: boolean
  readonly psychologicalTraits?: boolean
  readonly notHealth?: boolean
}

/** Conditions that only a committee can weigh, with the words for whoever asks why. DUO id where there is one. */
export const FOR_A_COMMITTEE: readonly (readonly [keyof DataUse, string])[] = [
  ['other', 'another condition, in free text'],
  ['secondaryOther', 'another condition, in free text'],
  ['geographicalRestrictions', 'geographical restriction (GS, DUO:0000022)'],
  ['publicationMoratorium', 'publication moratorium (MOR, DUO:0000024)'],
  ['geneticStudiesOnly', 'genetic studies only (GSO, DUO:0000016)'],
  ['publicationResults', 'publication required (PUB, DUO:0000019)'],
  ['collaboratorRequired', 'collaboration required (COL, DUO:0000020)'],
  ['ethicsApprovalRequired', 'ethics approval required (IRB, DUO:0000021)'],
  ['gender', 'limited to one gender'],
  ['pediatric', 'limited to children'],
  ['illegalBehavior', 'illegal behavior'],
  ['sexualDiseases', 'sexual preferences or sexually transmitted diseases'],
  ['stigmatizeDiseases', 'stigmatizing illnesses'],
  ['vulnerablePopulations', 'vulnerable populations'],
  ['population', 'population origins or migration patterns'],
  ['psychologicalTraits', 'psychological traits'],
  ['notHealth', 'ethnicity, race or gender beyond health research'],
]
