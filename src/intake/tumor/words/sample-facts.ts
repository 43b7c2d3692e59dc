import type { MarkerTest } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { fractionOf, realOf } from './number-text.ts'

/** Purity as a share, ploidy as copies; undefined: the name is neither. Throws FRACTION_INVALID, PLOIDY_INVALID. */
export function tumorNumbers(
  name: string,
  value: string,
  where: string,
): { purity?: number; ploidy?: number } | undefined {
  if (/^(tumou?r[ _]?)?(purity|cell(ularity| content|[ _]fraction))$/i.test(name.trim())) {
    const purity = fractionOf(value, where)
    if (purity === undefined || purity === 0)
      throw new Fault(
        'FRACTION_INVALID',
        where,
        `"${value}" is no share of tumour cells`,
        'Give a share above 0, up to 1.',
      )
    return { purity }
  }
  if (/^(tumou?r[ _]?)?ploidy$/i.test(name.trim())) {
    const ploidy = realOf(value)
    if (ploidy === undefined || ploidy < 0.5 || ploidy > 20)
      throw new Fault(
        'PLOIDY_INVALID',
        where,
        `"${value}" is no ploidy`,
        'Give copies of the genome per cell, such as 2.1.',
      )
    return { ploidy }
  }
  return undefined
}

/** Tissue or plasma by the words for specimens; undefined: neither. */
export function specimenOf(text: string): MarkerTest['specimen'] | undefined {
  if (/plasma|ctdna|cfdna|liquid/i.test(text)) return 'plasma'
  return /tissue|ffpe|biopsy|resection|frozen|tumou?r/i.test(text) ? 'tissue' : undefined
}
