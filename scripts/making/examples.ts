// Writes the example people of examples/: synthetic genotypes encoded from the allele definitions, no real person.
// Run with Node 24: node scripts/making/examples.ts. The same definitions give the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Facts } from '../../src/knowledge/facts.ts'
import {
  type GeneDefinition,
  geneDefinitions,
  type LocusDefinition,
} from '../../src/knowledge/pgx/allele-definition.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'examples')
const definitions = geneDefinitions(Facts.find([join(root, 'facts')]))

/** One example genome: the alleles that differ from the usual, and how its file is written. */
interface Genome {
  readonly file: string
  readonly sample: string
  readonly sex: 'female' | 'male'
  readonly assembly: 'GRCh38' | 'GRCh37'
  readonly phased: boolean
  /** Gene to its two alleles; genes left out carry the most usual pair. */
  readonly alleles: Readonly<Record<string, readonly [string, string]>>
  /** rs numbers whose record is left out of the file. */
  readonly leaveOut: readonly string[]
  /** Written as a raw array export with these genes only, instead of a VCF. */
  readonly array?: readonly string[]
}

const USUAL: Readonly<Record<string, readonly [string, string]>> = {
  CYP2C19: ['*1', '*1'],
  NAT2: ['*4', '*5'],
  CYP3A5: ['*3', '*3'],
}

const genomes = JSON.parse(readFileSync(join(folder, 'genomes.json'), 'utf8')) as Genome[]
mkdirSync(folder, { recursive: true })
for (const genome of genomes) {
  const text = genome.array === undefined ? vcf(genome) : arrayText(genome, genome.array)
  const bytes = genome.file.endsWith('.gz') ? gzipSync(text, { level: 9 }) : Buffer.from(text)
  writeFileSync(join(folder, genome.file), bytes)
  process.stdout.write(`${genome.file} ${bytes.length} bytes\n`)
}

/** The bases of both chromosomes at one position; one base for the single X of a male. */
function basesAt(genome: Genome, gene: GeneDefinition, locus: LocusDefinition): string[] {
  const reference = gene.reference.name
  const pair = genome.alleles[gene.gene] ?? USUAL[gene.gene] ?? [reference, reference]
  const bases = pair.map((name) => {
    const allele = gene.alleles.find((one) => one.name === name)
    if (allele === undefined) throw new Error(`${genome.file}: ${gene.gene} has no allele "${name}"`)
    const cell = allele.cells.get(locus.position) ?? locus.ref
    // An IUPAC cell leaves the base open; the reference base is as good as any.
    return cell === locus.ref || locus.alts.includes(cell) ? cell : locus.ref
  })
  return gene.chromosome === 'chrX' && genome.sex === 'male' ? bases.slice(0, 1) : bases
}

function vcf(genome: Genome): string {
  const old = genome.assembly === 'GRCh37'
  const rows = [...definitions.values()].flatMap((gene) =>
    [...gene.loci, ...gene.extraLoci].flatMap((locus) => {
      const place = old ? locus.grch37 : locus
      if (place === undefined || genome.leaveOut.includes(locus.rsid ?? '')) return []
      const bases = basesAt(genome, gene, locus)
      const alts = [...new Set([locus.ref, ...locus.alts])].filter(
        (base) => base !== place.ref && bases.includes(base),
      )
      const genotype = bases.map((base) => [place.ref, ...alts].indexOf(base)).join(genome.phased ? '|' : '/')
      const chromosome = old ? locus.chromosome.slice(3) : locus.chromosome
      return [
        {
          chromosome: locus.chromosome,
          position: place.position,
          line: [
            chromosome,
            place.position,
            locus.rsid ?? '.',
            place.ref,
            alts.join(',') || '.',
            '.',
            'PASS',
            '.',
            'GT:DP:GQ',
            `${genotype}:32:99`,
          ].join('\t'),
        },
      ]
    }),
  )
  const rank = (name: string) => (name === 'chrX' ? 23 : Number(name.slice(3)))
  rows.sort((a, b) => rank(a.chromosome) - rank(b.chromosome) || a.position - b.position)
  const contigs = [...new Set(rows.map((row) => row.chromosome))].map(
    (name) => `##contig=<ID=${old ? name.slice(3) : name},assembly=${genome.assembly}>`,
  )
  return [
    '##fileformat=VCFv4.3',
    '##source=Garrod example genotypes: synthetic, encoded from allele definitions; not a real person',
    ...contigs,
    '##FILTER=<ID=PASS,Description="All filters passed">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Read depth">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
    `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${genome.sample}`,
    ...rows.map((row) => row.line),
    '',
  ].join('\n')
}

/** The four-column text that direct-to-consumer companies export, build 37, positions with an rs number only. */
function arrayText(genome: Genome, genes: readonly string[]): string {
  const rows = [...definitions.values()]
    .filter((gene) => genes.includes(gene.gene))
    .flatMap((gene) =>
      gene.loci.flatMap((locus) => {
        if (locus.rsid === undefined || locus.grch37 === undefined || locus.context !== undefined) return []
        if (genome.leaveOut.includes(locus.rsid)) return []
        return [
          {
            chromosome: locus.chromosome.slice(3),
            position: locus.grch37.position,
            rsid: locus.rsid,
            genotype: basesAt(genome, gene, locus).join(''),
          },
        ]
      }),
    )
    .sort((a, b) => Number(a.chromosome) - Number(b.chromosome) || a.position - b.position)
  return [
    '# Garrod example genotypes: synthetic, encoded from allele definitions; not a real person.',
    '# We are using reference human assembly build 37 (also known as Annotation Release 104).',
    '# rsid\tchromosome\tposition\tgenotype',
    ...rows.map((row) => `${row.rsid}\t${row.chromosome}\t${row.position}\t${row.genotype}`),
    '',
  ].join('\n')
}
