import type { CopyNumberCall } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'

const WORDS: ReadonlyMap<string, CopyNumberCall['call']> = new Map<string, CopyNumberCall['call']>(
  Object.entries({
    amplification: 'amplification',
    amplified: 'amplification',
    amp: 'amplification',
    'high-level amplification': 'amplification',
    gain: 'gain',
    'low-level gain': 'gain',
    duplication: 'gain',
    neutral: 'neutral',
    diploid: 'neutral',
    normal: 'neutral',
    loss: 'loss',
    'shallow deletion': 'loss',
    'heterozygous deletion': 'loss',
    hetloss: 'loss',
    'deep-deletion': 'deep-deletion',
    'deep deletion': 'deep-deletion',
    'homozygous deletion': 'deep-deletion',
    homdel: 'deep-deletion',
  } as const),
)

/** The call that a laboratory's word means. Throws COPY_NUMBER_UNKNOWN: "deletion" alone may be of one copy or of both. */
export function copyNumberWord(word: string, where: string): CopyNumberCall['call'] {
  const call = WORDS.get(word.trim().toLowerCase().replaceAll('_', ' '))
  if (call !== undefined) return call
  throw new Fault(
    'COPY_NUMBER_UNKNOWN',
    where,
    `"${word}" is no call of a gene`,
    'Use amplification, gain, neutral, loss or deep-deletion.',
  )
}
