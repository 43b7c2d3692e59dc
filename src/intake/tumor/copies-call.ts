import type { CopyNumberCall } from '../../record/tumor-profile.ts'

/** Ploidy above which a genome counts as doubled. Source: COSMIC's definition of gain and loss from ASCAT copies. */
const DOUBLED = 2.7
const AMPLIFIED = 6
const AMPLIFIED_DOUBLED = 9

/**
 * The call of a gene from all its copies in a tumour cell. No copy is a deep deletion; amplification is 9 copies of a genome
 * that is doubled, 6 of another: laboratories draw this line at 5 to 8, so the copies are kept beside the call.
 */
export function callOfCopies(copies: number, ploidy = 2): CopyNumberCall['call'] {
  const doubled = ploidy > DOUBLED
  const usual = doubled ? 4 : 2
  const whole = Math.round(copies)
  if (whole <= 0) return 'deep-deletion'
  if (whole >= (doubled ? AMPLIFIED_DOUBLED : AMPLIFIED)) return 'amplification'
  if (whole > usual) return 'gain'
  return whole < usual ? 'loss' : 'neutral'
}
