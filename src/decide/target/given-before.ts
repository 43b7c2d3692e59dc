import type { Approval } from '../../knowledge/tumor/approvals.ts'
import { partsOf } from '../../knowledge/tumor/combination.ts'

/**
 * Whether a treatment was given already, as a whole or in part; undefined: not as far as anybody said. `given`: generic names in lower
 * case. What was given and is meant again may be right (trastuzumab with another partner), so it is told and stands behind, and
 * is not refused.
 */
export function givenBefore(
  { drug, regimens }: Pick<Approval, 'drug' | 'regimens'>,
  given: readonly string[] = [],
): { readonly whole: boolean; readonly because: string } | undefined {
  const had = new Set(given.flatMap((one) => [one, ...drugsIn(one)]))
  const parts = drugsIn(drug)
  if (!had.has(drug) && !parts.every((one) => had.has(one))) return undefined
  const whole = regimens.find((one) => one.every((name) => had.has(name)))
  return whole === undefined
    ? { whole: false, because: `${drug} was given already, without its partners here` }
    : { whole: true, because: `${[drug, ...whole].join(' with ')} was given already` }
}

/** Drugs of a fixed combination. The enzyme that takes an antibody under the skin is no drug against the tumour. */
function drugsIn(drug: string): readonly string[] {
  return partsOf(drug).filter((one) => !one.includes('hyaluronidase'))
}
