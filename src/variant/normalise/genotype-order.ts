/**
 * Genotypes of a number of alleles and a ploidy in the order of Number=G fields (VCF 4.3, section 1.6.2): 0/0, 0/1, 1/1, 0/2 …
 * Each is its allele indices, smallest first.
 */
export function genotypesInOrder(alleles: number, ploidy: number): readonly (readonly number[])[] {
  const key = alleles * 16 + ploidy
  let known = CACHE.get(key)
  if (known === undefined) {
    known = enumerate(alleles, ploidy)
    if (known.length <= 1024 && CACHE.size < 1024) CACHE.set(key, known)
  }
  return known
}

const CACHE = new Map<number, readonly (readonly number[])[]>()

function enumerate(alleles: number, ploidy: number): number[][] {
  if (ploidy === 0) return [[]]
  const all: number[][] = []
  for (let last = 0; last < alleles; last++)
    for (const rest of enumerate(last + 1, ploidy - 1)) all.push([...rest, last])
  return all
}

/** Place of a genotype in that order: the sum of C(a + k, k + 1) over its sorted alleles a, k = 0, 1 … */
export function genotypeIndex(genotype: readonly number[]): number {
  let index = 0
  const sorted = [...genotype].sort((a, b) => a - b)
  for (const [k, allele] of sorted.entries()) index += choose(allele + k, k + 1)
  return index
}

/** Above this a ploidy is not told from a count of values. */
const HIGHEST_PLOIDY = 8

/** The ploidy at which so many alleles have so many genotypes; undefined where there is none. */
export function ploidyOf(count: number, alleles: number): number | undefined {
  for (let ploidy = 1; ploidy <= HIGHEST_PLOIDY; ploidy++) {
    const expected = choose(alleles + ploidy - 1, ploidy)
    if (expected === count) return ploidy
    if (expected > count) return undefined
  }
  return undefined
}

function choose(n: number, k: number): number {
  if (k > n) return 0
  let result = 1
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i
  return Math.round(result)
}
