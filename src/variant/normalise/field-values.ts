import { genotypeIndex, genotypesInOrder, ploidyOf } from './genotype-order.ts'

/** Which values of a field go with alleles: one per ALT, per allele, or per genotype. */
export type PerAllele = 'A' | 'R' | 'G'

export function perAllele(number: string | undefined): PerAllele | undefined {
  return number === 'A' || number === 'R' || number === 'G' ? number : undefined
}

/**
 * The values of one field for new alleles; `from` says which of the `before` old alleles each new one is (undefined: none,
 * its values are "."). A lone "." stays. Undefined when the count of values does not fit the alleles.
 */
export function valuesFor(
  text: string,
  number: PerAllele,
  before: number,
  from: readonly (number | undefined)[],
): string | undefined {
  if (text === '.' || text === '') return '.'
  const values = text.split(',')
  if (number === 'G') {
    const ploidy = ploidyOf(values.length, before)
    return ploidy === undefined ? undefined : byGenotype(values, ploidy, from)
  }
  const skipped = number === 'A' ? 1 : 0
  if (values.length !== before - skipped) return undefined
  const kept = from.slice(skipped).map((old) => (old === undefined ? '.' : (values[old - skipped] ?? '.')))
  return kept.length === 0 ? '.' : kept.join(',')
}

function byGenotype(
  values: readonly string[],
  ploidy: number,
  from: readonly (number | undefined)[],
): string {
  return genotypesInOrder(from.length, ploidy)
    .map((genotype) => {
      const old = genotype.map((allele) => from[allele])
      if (old.includes(undefined)) return '.'
      return values[genotypeIndex(old as number[])] ?? '.'
    })
    .join(',')
}

/** Sum of the values of some alleles; "." when one of them is missing or no whole number. */
export function summed(values: readonly string[]): string {
  let sum = 0
  for (const value of values) {
    if (!/^-?\d{1,12}$/.test(value)) return '.'
    sum += Number(value)
  }
  return String(sum)
}
