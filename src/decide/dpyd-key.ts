import type { AlleleFunction } from '../interpret/finding.ts'

const PHENOTYPE: Readonly<Record<string, string>> = {
  '2': 'Normal Metabolizer',
  '1.5': 'Intermediate Metabolizer',
  '1': 'Intermediate Metabolizer',
  '0': 'Poor Metabolizer',
}

/**
 * The name by which DPWG looks DPYD up, e.g. "1.5 (Intermediate Metabolizer)". DPWG splits a score of 1: one fully active
 * and one inactive allele are dosed by it, while two alleles of lowered activity need the DPD activity measured first
 * ("Phenotyping"), as does a score of 0.5. Where the score of 1 is known without its alleles, measuring is the advice that
 * fits both. Undefined without a score of DPWG's list.
 */
export function dpwgDpydKey(
  activityScore: string | undefined,
  alleles: readonly Pick<AlleleFunction, 'activityValue'>[],
): string | undefined {
  const score = Number(activityScore ?? Number.NaN)
  const values = alleles.map(({ activityValue }) => Number(activityValue ?? Number.NaN))
  const printed = score.toFixed(1)
  if (score === 0.5 || (score === 1 && !(values.includes(1) && values.includes(0))))
    return `${printed} (Phenotyping)`
  const phenotype = PHENOTYPE[String(score)]
  return phenotype === undefined ? undefined : `${printed} (${phenotype})`
}
