import type { Cardinality } from '../model/definition.ts'
import { genotypeCount } from '../model/genotype-text.ts'

/** What a record and a sample say of the number of values. */
interface Shape {
  readonly alternates: number
  /** Undefined where no genotype tells it: one or two copies are thought of. */
  readonly ploidy?: number | undefined
  /** ALT alleles that LAA names (VCF 4.5); none when it is missing or empty. */
  readonly local?: number | undefined
  /** Values of a key of Number=M in this sample; undefined where they cannot be counted. */
  readonly modified?: number | undefined
}

/**
 * How many values a key may have in a record; undefined: any number. A record without ALT may still carry the values of
 * an allele that was looked for and not found.
 */
export function expectedCounts(
  number: Cardinality,
  { alternates, ploidy, local, modified }: Shape,
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
    case 'LA':
      return local === undefined ? undefined : [local]
    case 'LR':
      return local === undefined ? undefined : [local + 1]
    // Without GT two copies are assumed, as for GL.
    case 'LG':
      return local === undefined ? undefined : [genotypeCount(local + 1, ploidy ?? 2)]
    case 'M':
      return modified === undefined ? undefined : [modified]
    default:
      return undefined
  }
}
