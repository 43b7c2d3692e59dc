import type { DrugPart } from './drug-part.ts'

/**
 * The ten-second answer: how many drugs need a change now, of how many that matter now nothing is known, and the same of
 * all others. A drug that is neither named nor counted here needs no change by a known result.
 */
export function summaryOf({ now, later, open, laterOpen }: DrugPart): string {
  const parts = [
    now.length > 0
      ? `${counted(now.length, 'drug')} taken or considered now ${now.length === 1 ? 'needs' : 'need'} a change.`
      : 'No drug taken or considered now is known to need a change.',
  ]
  if (open.length > 0)
    parts.push(`For ${counted(open.length, 'drug')} of these the answer is not fully known.`)
  if (later.length > 0)
    parts.push(`${counted(later.length, 'other drug')} would need a change if ever prescribed.`)
  const silent = laterOpen.reduce((sum, one) => sum + one.drugs.length, 0)
  if (silent > 0)
    parts.push(
      `For ${counted(silent, 'other drug')} with a guideline the answer is not fully known: results are missing.`,
    )
  return parts.join(' ')
}

export const counted = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
