/** Human reference builds that Garrod reads. */
export type Assembly = 'GRCh37' | 'GRCh38'

/** Chromosome as "chr1" … "chr22", "chrX", "chrY", "chrM". */
export type Chromosome = `chr${string}`

const NAMES = new Map<string, Chromosome>()
for (const one of [...Array.from({ length: 22 }, (_, i) => String(i + 1)), 'X', 'Y']) {
  NAMES.set(one, `chr${one}`)
  NAMES.set(`chr${one}`, `chr${one}`)
}
for (const one of ['M', 'MT', 'chrM', 'chrMT']) NAMES.set(one, 'chrM')
const CASELESS = new Map([...NAMES].map(([name, chromosome]) => [name.toLowerCase(), chromosome]))

/** The chromosome that a contig name means, with or without "chr", or undefined for alternate and decoy contigs. */
export function chromosomeOf(contig: string): Chromosome | undefined {
  return NAMES.get(contig) ?? CASELESS.get(contig.toLowerCase())
}

/**
 * One position that a caller of alleles wants to know, with everything needed to find it in a file of either build.
 * Positions are 1-based VCF POS (the base before an insertion or deletion); alleles are forward-strand bases in the
 * GRCh38 spelling of the definition.
 */
export interface PanelLocus {
  /** "chr10:94781859": the GRCh38 position, which is also its name in every answer. */
  readonly id: string
  readonly chromosome: Chromosome
  /** GRCh38, 1-based. */
  readonly position: number
  readonly ref: string
  readonly alts: readonly string[]
  readonly rsid: string | undefined
  readonly gene: string
  /** Where the locus lies in GRCh37, and the reference bases there; undefined where no counterpart is known. */
  readonly grch37: { readonly position: number; readonly ref: string } | undefined
  /**
   * For an insertion or deletion: its repeat neighbourhood on GRCh38, so that every equivalent spelling is recognised
   * without a reference sequence. `start` is the 1-based position of the first base of `bases`.
   */
  readonly context: { readonly start: number; readonly bases: string } | undefined
}
