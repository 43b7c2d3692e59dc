import { SOLID } from '../../../knowledge/tumor/disease-types.ts'
import type { OncoTree } from '../../../knowledge/tumor/oncotree.ts'
import type { DiseaseFit } from '../../finding/amp-tier.ts'

/** The patient's diagnosis: OncoTree codes, several where a disease is several types; `disease`: its id where it was given so. */
export interface TumorDiagnosis {
  readonly text: string
  readonly types: readonly string[]
  readonly disease: string | undefined
}

/** All of OncoTree: cancer as such. */
export const ROOT = 'TISSUE'

/**
 * How a disease (types with all below them) stands to the patient's. Knowledge of a broader disease applies; of a part of
 * the patient's diagnosis or of another type it does not.
 */
export function diseaseFit(diagnosis: TumorDiagnosis, types: readonly string[], tree: OncoTree): DiseaseFit {
  const fits = diagnosis.types.map((code) => fitOf(code, types, tree))
  if (fits.length === 0) return 'other'
  if (fits.every((one) => one === 'same')) return 'same'
  if (fits.every((one) => one === 'same' || one === 'broader')) return 'broader'
  return fits.some((one) => one !== 'other') ? 'narrower' : 'other'
}

function fitOf(code: string, types: readonly string[], tree: OncoTree): DiseaseFit {
  if (types.includes(code)) return 'same'
  const above = tree.lineage(code)
  if (types.some((one) => above.has(one))) return 'broader'
  if (types.includes(SOLID)) {
    // A tumour of no named type is what "all solid tumours" is said of, unless it proves to be of the blood.
    if (code === ROOT || tree.isLiquid(code) === false) return 'broader'
    return 'other'
  }
  return types.some((one) => tree.types.has(one) && tree.lineage(one).has(code)) ? 'narrower' : 'other'
}

/** Whether knowledge of that disease holds for the patient. */
export function applies(fit: DiseaseFit): boolean {
  return fit === 'same' || fit === 'broader'
}
