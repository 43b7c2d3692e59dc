import type {
  AlleleDefinition,
  GeneDefinition,
  LocusDefinition,
} from '../../src/knowledge/pgx/allele-definition.ts'
import type { LocusCall } from '../../src/record/genotype.ts'

/** A gene small enough to check by hand: loci at positions 1, 2, 3 … of chr1, each A>G unless told otherwise. */
export function toyGene(
  alleles: Readonly<Record<string, Readonly<Record<number, string>>>>,
  positions: number,
  alts: Readonly<Record<number, string[]>> = {},
): GeneDefinition {
  const loci = Array.from(
    { length: positions },
    (_, i): LocusDefinition => ({
      id: `chr1:${i + 1}`,
      chromosome: 'chr1',
      position: i + 1,
      ref: 'A',
      alts: alts[i + 1] ?? ['G'],
      rsid: `rs${i + 1}`,
      gene: 'TOY',
      grch37: undefined,
      context: undefined,
      hgvs: `g.${i + 1}A>G`,
      extra: false,
    }),
  )
  const reference: AlleleDefinition = {
    name: '*1',
    reportedAs: '*1',
    id: '',
    reference: true,
    cells: new Map(loci.map((locus) => [locus.position, locus.ref])),
  }
  const named = Object.entries(alleles).map(
    ([name, cells]): AlleleDefinition => ({
      name,
      reportedAs: name,
      id: '',
      reference: false,
      cells: new Map(Object.entries(cells).map(([position, bases]) => [Number(position), bases])),
    }),
  )
  return {
    gene: 'TOY',
    chromosome: 'chr1',
    refseq: 'NC_000001.11',
    loci,
    extraLoci: [],
    alleles: [reference, ...named],
    reference,
    requiredPositions: [],
    unphasedPicks: [],
  }
}

/** Calls written as "1:A|G 2:G/G 3:A|G@7" (position, alleles, phase set); positions left out were not seen. */
export function toyCalls(text: string): Map<string, LocusCall> {
  const calls = text.split(' ').map((word): LocusCall => {
    const [, position, genotype, set] = /^(\d+):([^@]+)(?:@(\d+))?$/.exec(word)!
    const bases = genotype!.split(/[|/]/)
    return {
      locus: `chr1:${position}`,
      alleles: bases.length === 1 ? [bases[0]!] : [bases[0]!, bases[1]!],
      phased: genotype!.includes('|') || bases.length === 1,
      phaseSet: set,
      evidence: 'variant-record',
    }
  })
  return new Map(calls.map((call) => [call.locus, call]))
}
