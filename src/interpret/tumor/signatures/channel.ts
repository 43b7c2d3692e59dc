import type { SomaticVariant } from '../../../record/tumor-profile.ts'

const PAIR: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' }
const CHANGES = ['C>A', 'C>G', 'C>T', 'T>A', 'T>C', 'T>G']

/** The 96 channels of single base substitutions as matrices name them, "A[C>A]A" first. */
export const CHANNELS: readonly string[] = CHANGES.flatMap((change) =>
  [...'ACGT'].flatMap((before) => [...'ACGT'].map((after) => `${before}[${change}]${after}`)),
)

/** Three reference bases, the changed one in the middle; undefined: not known. */
export type ContextOf = (variant: SomaticVariant) => string | undefined

/**
 * The channel of a substitution, from the strand on which the changed base is C or T.
 * 'mismatch': the middle base is not the reference of the call, so the sequence is of another build.
 */
export function channelOf(
  ref: string,
  alt: string,
  context: string | undefined,
): string | 'mismatch' | undefined {
  if (PAIR[ref] === undefined || PAIR[alt] === undefined || ref === alt) return undefined
  if (context === undefined || !/^[ACGT]{3}$/.test(context)) return undefined
  if (context[1] !== ref) return 'mismatch'
  if (ref === 'C' || ref === 'T') return `${context[0]}[${ref}>${alt}]${context[2]}`
  return `${PAIR[context[2]!]}[${PAIR[ref]}>${PAIR[alt]}]${PAIR[context[0]!]}`
}
