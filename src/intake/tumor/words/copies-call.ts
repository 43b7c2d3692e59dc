import type { CopyNumberCall } from '../../../record/tumor-profile.ts'
import type { TumorCuts } from '../tumor-format.ts'

/** Copies of a gene that a genome has when nothing was gained or lost. */
const USUAL = 2
const USUAL_DOUBLED = 4

/**
 * The call of a gene from all its copies in a tumour cell. No copy is a deep deletion; amplification needs more copies in a
 * genome that is doubled. Laboratories draw these lines at 5 to 8, so the copies are kept beside the call.
 */
export function callOfCopies(copies: number, cuts: TumorCuts, ploidy = USUAL): CopyNumberCall['call'] {
  const doubled = ploidy > cuts.doubledPloidy
  const usual = doubled ? USUAL_DOUBLED : USUAL
  const whole = Math.round(copies)
  if (whole <= 0) return 'deep-deletion'
  if (whole >= (doubled ? cuts.amplifiedDoubled : cuts.amplified)) return 'amplification'
  if (whole > usual) return 'gain'
  return whole < usual ? 'loss' : 'neutral'
}
