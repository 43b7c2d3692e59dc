import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import { howMany } from '../../../terms/how-many.ts'
import type { MutationalSignatures } from '../../finding/tumor-scores.ts'
import { hasMatchedNormal } from '../burden/count.ts'
import type { ContextOf } from './channel.ts'
import { refit, type SignatureMatrix } from './refit.ts'
import { spectrumOf } from './spectrum.ts'

/** Shares of the user's signatures in the tumour's substitutions; `contextOf` and `matrix` undefined: not given. */
export function mutationalSignatures(
  profile: TumorProfile,
  facts: ScoreFacts,
  contextOf: ContextOf | undefined,
  matrix: SignatureMatrix | undefined,
): MutationalSignatures {
  const spectrum = spectrumOf(profile.variants, contextOf ?? (() => undefined))
  const { used, withoutContext, mismatches } = spectrum
  const substitutions = { used, withoutContext: withoutContext + mismatches }
  const unknown = (because: string, missing: string): MutationalSignatures => ({
    state: 'unknown',
    matrix: matrix?.name,
    substitutions,
    cosine: undefined,
    signatures: [],
    because: [because],
    missing: [missing],
    wouldChange: [],
  })
  const fewest = facts.threshold('signature-mutations')
  if (contextOf === undefined)
    return unknown(
      'There is no reference sequence, so the bases beside a substitution are not known.',
      'the reference sequence of the build',
    )
  if (mismatches > used)
    return unknown(
      `The reference sequence does not have the reference base of ${howMany(mismatches, 'call')}: it is of another build.`,
      'the reference sequence of the build of the calls',
    )
  if (matrix === undefined)
    return unknown('No signatures were given to explain the spectrum with.', 'a matrix of signatures')
  if (used < fewest)
    return unknown(
      `${used} substitutions with their neighbours are known; below ${fewest} a fit says nothing.`,
      'more substitutions: an exome or a genome',
    )
  const { cosine, signatures } = refit(spectrum.counts, matrix)
  const steady = facts.threshold('signature-steady')
  const poor = cosine < facts.threshold('signature-cosine')
  return {
    state: 'fitted',
    matrix: matrix.name,
    substitutions,
    cosine,
    signatures,
    because: [
      `${used} substitutions, ${matrix.signatures.length} signatures; cosine of the reconstruction ${cosine.toFixed(3)}.`,
      ...(poor
        ? ['The signatures given do not rebuild the spectrum well: the shares are not to be relied upon.']
        : []),
      ...(used < steady
        ? [`Fewer than ${steady} substitutions: shares are unsteady, read the intervals.`]
        : []),
      ...(hasMatchedNormal(profile) === true
        ? []
        : ['Without a matched normal inherited variants add their own pattern (SBS1 and SBS5 in the main).']),
      ...(mismatches > 0
        ? [`${howMany(mismatches, 'call')} left out, not fitting the reference sequence.`]
        : []),
      'A signature whose interval reaches 0 may be absent; give only signatures known in this kind of tumour.',
    ],
    missing: [],
    wouldChange: [],
  }
}
