/**
 * Where something sealed belongs: part of what the seal is bound to, so that a row's bytes do not open in another row.
 * Changing one of these makes what was sealed unreadable.
 */
export const placeOf = {
  identity: 'patient identity',
  context: 'patient context',
  file: (content: string) => `archived_file/${content}`,
  genotypes: (ordinal: number) => `genotype_set/${ordinal}`,
  outsideCall: (ordinal: number) => `outside_call/${ordinal}`,
  drug: (ordinal: number) => `drug_use/${ordinal}`,
  measurement: (kind: string) => `measurement/${kind}`,
  plan: (version: number) => `plan/${version}`,
  finding: (version: number, ordinal: number) => `finding/${version}/${ordinal}`,
  /** `outcomeAt` as toISOString writes it. */
  reason: (card: string, outcomeAt: string) => `cds_feedback/${card}/${outcomeAt}`,
} as const
