import type { PgxRoom } from '../../interpret/pgx/pgx.ts'
import type { PopulationCode } from '../../knowledge/pgx/haplotype-frequency.ts'
import type { GenotypeSet } from '../../record/genotype.ts'

/** Rounds of expectation and maximisation; the shares of equally fitting alleles settle well before. */
const ROUNDS = 100

/**
 * Counts the named alleles on the strands of phased genomes, per gene and population, as the table of a frequency
 * pack. Where a genome fits several diplotypes they share its two chromosomes in proportion to the frequencies
 * themselves (expectation-maximisation; Excoffier and Slatkin 1995, PMID 7476138). Genes whose strands carry several
 * variants (DPYD, RYR1) and haploid calls are left out.
 */
export async function haplotypeFrequencyTable(
  people: AsyncIterable<GenotypeSet> | Iterable<GenotypeSet>,
  populationOf: (sample: string) => PopulationCode | undefined,
  room: PgxRoom,
): Promise<string> {
  const fitting = new Map<string, Map<PopulationCode, (readonly [string, string])[][]>>()
  for await (const genotypes of people) {
    const own = populationOf(genotypes.sample)
    for (const finding of room.findings({ genotypes: [genotypes], outsideCalls: [] })) {
      const pairs = finding.diplotypes.flatMap((one) =>
        one.alleles.length === 2 && one.alleles.every((side) => !side.allele.startsWith('['))
          ? [[one.alleles[0].allele, one.alleles[1].allele] as const]
          : [],
      )
      if (
        pairs.length === 0 ||
        pairs.length !== finding.diplotypes.length ||
        finding.lookup[0]?.name !== finding.diplotypes[0]?.name
      )
        continue
      const gene = fitting.get(finding.gene) ?? new Map<PopulationCode, (readonly [string, string])[][]>()
      fitting.set(finding.gene, gene)
      for (const population of own === undefined ? (['ALL'] as const) : (['ALL', own] as const)) {
        const list = gene.get(population) ?? []
        gene.set(population, list)
        list.push(pairs)
      }
    }
  }
  const lines = ['gene\tallele\tpopulation\tcount\tchromosomes']
  for (const [gene, populations] of [...fitting].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [population, people] of [...populations].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const [allele, count] of expectedCounts(people)) {
        lines.push([gene, allele, population, Number(count.toFixed(3)), people.length * 2].join('\t'))
      }
    }
  }
  return `${lines.join('\n')}\n`
}

/** Expected copies of each allele, most frequent first; below a thousandth of a copy is none. */
function expectedCounts(people: readonly (readonly (readonly [string, string])[])[]): [string, number][] {
  let counts = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map<string, number>()
    const share = (allele: string) => (round === 0 ? 1 : (counts.get(allele) ?? 0))
    for (const pairs of people) {
      const weights = pairs.map(([a, b]) => share(a) * share(b) * (a === b ? 1 : 2))
      const total = weights.reduce((sum, one) => sum + one, 0)
      pairs.forEach(([a, b], i) => {
        const part = total === 0 ? 1 / pairs.length : weights[i]! / total
        next.set(a, (next.get(a) ?? 0) + part)
        next.set(b, (next.get(b) ?? 0) + part)
      })
    }
    counts = next
  }
  return [...counts]
    .filter(([, count]) => count >= 0.001)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
