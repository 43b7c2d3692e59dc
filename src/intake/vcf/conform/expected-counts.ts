import type { Cardinality } from '../model/definition.ts'
import { genotypeCount } from '../model/genotype-text.ts'

/**
 * How many values a key may have in a record; undefined: any number. `ploidy` is undefined where no genotype tells it:
 * one or two copies are thought of. A record without ALT may still carry the values of an allele that was looked for
 * and not found.
 */
export function expectedCounts(
  number: Cardinality,
  alternates: number,
  ploidy: number | undefined,
): readonly number[] | undefined {
  if (typeof number === 'number') return [number]
  const looked = alternates === 0 ? [0, 1] : [alternates]
  switch (number) {
    case 'A':
      return looked
    case 'R':
      return looked.map((count) => count + 1)
    case 'G': {
      const ploidies = ploidy === undefined ? [2, 1] : [ploidy]
      return ploidies.flatMap((copies) => looked.map((count) => genotypeCount(count + 1, copies)))
    }
    case 'P':
      return ploidy === undefined ? undefined : [ploidy]
    default:
      return undefined
  }
}
