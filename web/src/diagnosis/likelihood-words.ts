import { spanWords } from '../../../src/deliver/page/frequency-words.ts'
import type { NamedTerm, StatedFrequency } from '../../../src/interpret/finding/phenotype.ts'

/** "38 in 100", "less than 1 in 100". */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.01) return 'less than 1 in 100'
  return `${Math.round(share * 100)} in 100`
}

/** How often people with a disease have a feature, in a sentence that a family can read; never what was only assumed. */
export function oftenWords(stated: StatedFrequency, statedFor: NamedTerm | undefined): string {
  const it = statedFor === undefined ? 'it' : statedFor.name
  switch (stated.kind) {
    case 'counted':
      return `${stated.having} of ${stated.counted} described people with this disease had ${it}`
    case 'said':
      return `${spanWords(stated)} in 100 people with this disease have ${it}`
    case 'unstated':
      return statedFor === undefined
        ? 'it belongs to this disease, and nobody has written how often'
        : `${it} belongs to this disease, and nobody has written how often`
  }
}
