import { type DataUse, FOR_A_COMMITTEE } from './data-use.ts'

interface DataUseMatch {
  readonly decision: 'Approve' | 'Deny' | 'Abstain'
  /** The conditions that led to it; for Approve, those that were met. Never empty. */
  readonly because: readonly string[]
}

/**
 * Whether a data set may be used for a research purpose: DUOS matching, version 4. Every condition of the purpose must
 * be met. Sensitive purposes and conditions that a program cannot test go to a committee: Abstain.
 * `ancestorsOf`: all terms above a disease. A purpose that states nothing is abstained from.
 */
export function matchDataUse(
  dataset: DataUse,
  purpose: DataUse,
  ancestorsOf: (disease: string) => readonly string[],
): DataUseMatch {
  const weigh = FOR_A_COMMITTEE.flatMap(([field, words]) => [
    ...(isStated(purpose[field]) ? [`the purpose: ${words}`] : []),
    ...(isStated(dataset[field]) ? [`the data set: ${words}`] : []),
  ])
  if (weigh.length > 0) return { decision: 'Abstain', because: weigh }
  const conditions = conditionsOf(dataset, purpose, ancestorsOf)
  if (conditions.length === 0) return { decision: 'Abstain', because: ['the purpose states no use'] }
  const unmet = conditions.filter(({ met }) => !met)
  return unmet.length > 0
    ? { decision: 'Deny', because: unmet.map(({ text }) => text) }
    : { decision: 'Approve', because: conditions.map(({ text }) => text) }
}

interface Condition {
  readonly met: boolean
  readonly text: string
}

function conditionsOf(
  dataset: DataUse,
  purpose: DataUse,
  ancestorsOf: (disease: string) => readonly string[],
): readonly Condition[] {
  const {
    generalUse: gru = false,
    hmbResearch: hmb = false,
    populationOriginsAncestry: poa = false,
  } = dataset
  const diseases = dataset.diseaseRestrictions ?? []
  const conditions: Condition[] = []
  const need = (met: boolean, wanted: string, needed: string): void => {
    const text = met ? `${wanted}: the data set allows it` : `${wanted} needs a data set for ${needed}`
    conditions.push({ met, text })
  }
  if (purpose.generalUse) need(gru, 'general research (GRU)', 'general research (GRU)')
  if (purpose.hmbResearch) need(gru || hmb, 'health research (HMB)', 'general (GRU) or health research (HMB)')
  if (purpose.populationOriginsAncestry)
    need(gru || poa, 'research on ancestry (POA)', 'general research (GRU) or ancestry (POA)')
  for (const disease of purpose.diseaseRestrictions ?? []) {
    const covered = [disease, ...ancestorsOf(disease)].some((one) => diseases.includes(one))
    need(
      gru || hmb || covered,
      `research on a disease (DS ${disease})`,
      'general (GRU) or health research (HMB), or for that disease or one above it (DS)',
    )
  }
  if (purpose.methodsResearch) {
    const any = gru || hmb || poa || diseases.length > 0
    need(
      any && dataset.noMethodsResearch !== true,
      'methods development (MDS)',
      dataset.noMethodsResearch
        ? 'methods research; this one excludes it (NMDS)'
        : 'a stated use (GRU, HMB, DS, POA)',
    )
  }
  if (purpose.nonProfitUse !== undefined) {
    need(
      purpose.nonProfitUse || dataset.nonProfitUse !== true,
      purpose.nonProfitUse ? 'non-profit use (NPU)' : 'for-profit use',
      'more than non-profit use (NPU)',
    )
  }
  if (purpose.controls && conditions.length === 0)
    need(gru || hmb, 'use as controls', 'general or health research')
  return conditions
}

function isStated(value: DataUse[keyof DataUse]): boolean {
  return typeof value === 'string' ? value !== '' : value === true
}
