import { type EstablishedTumour, establishedTumours } from '../../fhir/candidate/diagnosis.ts'
import { tumourResultsAmong } from '../../intake/tumor/fhir/fhir-tumor.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { diagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Resource } from '../../record/resource.ts'
import type { TumorPart } from '../../record/tumor-part.ts'
import { recordParts } from '../tumor/patient-tumor.ts'

/** How the results of the record are called among files. */
const THE_RECORD = 'the record'

/** A tumour of which the record has results as FHIR resources. */
export interface RecordTumor {
  readonly specimen: string
  /** OncoTree code or name; undefined: no cancer is established, or the results do not say of which one they are. */
  readonly diagnosis: string | undefined
  readonly parts: readonly TumorPart[]
  /** Results that the case rests on. */
  readonly results: number
  /** Sentences: what could not be read. */
  readonly notes: readonly string[]
}

/**
 * Tumours by the results of the record. One cancer has them all. Of several cancers each has the results that name its
 * Condition as their focus (mCODE); those that name none are a case of their own, without a diagnosis.
 */
export function recordTumors(resources: readonly Resource[], facts: Facts): readonly RecordTumor[] {
  const cancers = establishedTumours(resources, oncoTree(facts), diagnosisCodes(facts))
  const results = tumourResultsAmong(resources)
  if (results.length === 0) return []
  const others = resources.filter(
    ({ resourceType }) => resourceType !== 'Observation' && resourceType !== 'Condition',
  )
  const [only, ...more] = cancers
  const groups =
    more.length === 0
      ? [{ specimen: THE_RECORD, cancer: only, own: results }]
      : [
          {
            specimen: THE_RECORD,
            cancer: undefined,
            own: results.filter((one) => !namesOneOf(one, cancers)),
          },
          ...cancers.map((cancer) => ({
            specimen: `${THE_RECORD}: ${oncoTree(facts).find(cancer.name)?.name ?? cancer.name}`,
            cancer,
            own: results.filter((one) => namesOneOf(one, [cancer])),
          })),
        ]
  return groups.flatMap(({ specimen, cancer, own }): readonly RecordTumor[] => {
    const { parts, notes } = recordParts([{ name: THE_RECORD, resources: [...own, ...others] }], facts)
    const tellsOfTumour = parts.some((one) => isOfTumour(one, cancer !== undefined))
    return tellsOfTumour ? [{ specimen, diagnosis: cancer?.name, parts, results: own.length, notes }] : []
  })
}

function namesOneOf(result: Resource, cancers: readonly EstablishedTumour[]): boolean {
  const focus: readonly unknown[] = Array.isArray(result['focus']) ? result['focus'] : []
  const named = focus.flatMap((one) => {
    const { reference } = (one ?? {}) as { reference?: unknown }
    return /(?:^|\/)Condition\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(String(reference))?.[1] ?? []
  })
  return cancers.some(({ conditions }) => conditions.some((one) => named.includes(one)))
}

/** Inherited changes, and those of which nobody says whose they are, tell of a tumour only where there is one. */
function isOfTumour({ said }: TumorPart, isCancer: boolean): boolean {
  const { variants = [], copyNumbers = [], fusions = [], markers = [], covered, unattributed } = said
  return (
    variants.some(({ origin }) => isCancer || origin !== 'germline') ||
    copyNumbers.length + fusions.length + markers.length > 0 ||
    Object.values(covered ?? {}).some((one) => one !== undefined) ||
    (isCancer && unattributed !== undefined)
  )
}
