import type { Chromosome, PanelLocus } from '../../terms/genome.ts'
import type { OpenPack } from '../fact-pack.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the positions and alleles of every gene called from a genotype. */
export const ALLELE_PACK = 'clinpgx-alleles'

/** A defining position. */
export interface LocusDefinition extends PanelLocus {
  /** HGVS on the chromosome, "g.94781859G>A" (GRCh38, right-most). */
  readonly hgvs: string
  /** Asked for by advice, but part of no allele's definition (rs12777823). */
  readonly extra: boolean
}

/** One named allele: the bases it requires. */
export interface AlleleDefinition {
  readonly name: string
  /** The name it is reported under; differs for alleles that are split for matching (SLCO1B1*45.001). */
  readonly reportedAs: string
  /** ClinPGx accession. */
  readonly id: string
  readonly reference: boolean
  /** GRCh38 position to required bases, forward strand; an IUPAC code means any of its bases. */
  readonly cells: ReadonlyMap<number, string>
}

/** Everything needed to call one gene from a genotype. */
export interface GeneDefinition {
  readonly gene: string
  readonly chromosome: Chromosome
  /** RefSeq accession of the GRCh38 chromosome. */
  readonly refseq: string
  readonly loci: readonly LocusDefinition[]
  readonly extraLoci: readonly LocusDefinition[]
  readonly alleles: readonly AlleleDefinition[]
  readonly reference: AlleleDefinition
  /** GRCh38 positions without which the gene is not called. */
  readonly requiredPositions: readonly number[]
  /** When exactly these diplotypes fit an unphased genotype, the one that the guideline picks by frequency. */
  readonly unphasedPicks: readonly { readonly diplotypes: readonly string[]; readonly pick: string }[]
}

/** Gene definitions in force, by gene, in alphabetical order. */
export function geneDefinitions(facts: Facts): ReadonlyMap<string, GeneDefinition> {
  return facts.derived(ALLELE_PACK, () => readDefinitions(facts.pack(ALLELE_PACK)))
}

/** Every position that calling needs, in chromosome and position order of the pack. */
export function panelLoci(facts: Facts): readonly LocusDefinition[] {
  return facts.derived('panel-loci', () =>
    [...geneDefinitions(facts).values()].flatMap((gene) => [...gene.loci, ...gene.extraLoci]),
  )
}

function readDefinitions(pack: OpenPack): Map<string, GeneDefinition> {
  const where = (file: string) => `${pack.folder}/${file}`
  const loci = Map.groupBy(
    readTable(
      pack.text('loci.tsv'),
      [
        'gene',
        'chromosome',
        'position',
        'rsid',
        'ref',
        'alts',
        'hgvs',
        'grch37_position',
        'grch37_ref',
        'context_start',
        'context',
        'extra',
      ],
      where('loci.tsv'),
    ),
    (row) => row.gene,
  )
  const alleles = Map.groupBy(
    readTable(
      pack.text('alleles.tsv'),
      ['gene', 'allele', 'id', 'reported_as', 'cells'],
      where('alleles.tsv'),
    ),
    (row) => row.gene,
  )
  const picks = Map.groupBy(
    readTable(pack.text('unphased-picks.tsv'), ['gene', 'diplotypes', 'pick'], where('unphased-picks.tsv')),
    (row) => row.gene,
  )

  const genes = new Map<string, GeneDefinition>()
  for (const row of readTable(
    pack.text('genes.tsv'),
    ['gene', 'chromosome', 'refseq', 'reference_allele', 'required_positions'],
    where('genes.tsv'),
  )) {
    const all: LocusDefinition[] = (loci.get(row.gene) ?? []).map((locus) => ({
      id: `${locus.chromosome}:${locus.position}`,
      chromosome: locus.chromosome as Chromosome,
      position: Number(locus.position),
      ref: locus.ref,
      alts: locus.alts.split(','),
      rsid: locus.rsid === '' ? undefined : locus.rsid,
      gene: row.gene,
      grch37:
        locus.grch37_position === ''
          ? undefined
          : { position: Number(locus.grch37_position), ref: locus.grch37_ref },
      context:
        locus.context === '' ? undefined : { start: Number(locus.context_start), bases: locus.context },
      hgvs: locus.hgvs,
      extra: locus.extra === 'yes',
    }))
    const defining = all.filter((locus) => !locus.extra)
    const named = (alleles.get(row.gene) ?? []).map((allele) => alleleOf(allele, defining))
    const reference = named.find((allele) => allele.reference)
    if (reference === undefined) throw new Error(`pack ${pack.head.id}: ${row.gene} has no reference allele`)
    genes.set(row.gene, {
      gene: row.gene,
      chromosome: row.chromosome as Chromosome,
      refseq: row.refseq,
      loci: defining,
      extraLoci: all.filter((locus) => locus.extra),
      alleles: named,
      reference,
      requiredPositions: numbers(row.required_positions),
      unphasedPicks: (picks.get(row.gene) ?? []).map((pick) => ({
        diplotypes: pick.diplotypes.split('|'),
        pick: pick.pick,
      })),
    })
  }
  return genes
}

/** "reference" stands for the reference base at every position, with exceptions written behind it. */
function alleleOf(
  row: { allele: string; id: string; reported_as: string; cells: string },
  loci: readonly LocusDefinition[],
): AlleleDefinition {
  const parts = row.cells === '' ? [] : row.cells.split(';')
  const reference = parts[0] === 'reference'
  const cells = new Map<number, string>()
  if (reference) for (const locus of loci) cells.set(locus.position, locus.ref)
  for (const part of reference ? parts.slice(1) : parts) {
    const [position, bases] = part.split('=')
    cells.set(Number(position), bases!)
  }
  return { name: row.allele, reportedAs: row.reported_as, id: row.id, reference, cells }
}

function numbers(text: string): number[] {
  return text === '' ? [] : text.split(',').map(Number)
}
