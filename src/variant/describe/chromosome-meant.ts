import { Fault } from '../../terms/fault.ts'
import type { NameSources } from '../projection/sources.ts'
import type { Contig } from '../sequence.ts'
import { chromosomeNumber } from '../vcf-allele.ts'

/**
 * The sequence that "chr1", "1" or an accession means, of the one build that is asked about; undefined where none is known.
 * Throws NAME_BUILD where the chromosome is one of several builds: a position of one is another base in the other.
 */
export function chromosomeMeant(
  chrom: string,
  text: string,
  { sequences, assembly }: NameSources,
): Contig | undefined {
  const found = sequences.contigs.filter((one) => sameName(chrom, one.name, one.refseq))
  const candidates = found.filter(
    (one) => assembly === undefined || one.assembly === undefined || one.assembly === assembly,
  )
  const builds = new Set(candidates.map((one) => one.refseq ?? one.name))
  if (builds.size > 1) {
    throw new Fault(
      'NAME_BUILD',
      `"${text.slice(0, 120)}"`,
      `"${chrom}" is a chromosome of several builds`,
      'Say which one with --assembly GRCh37 or GRCh38.',
    )
  }
  return candidates[0]
}

/** A chromosome by its number or letter alone: what no build is told by. */
export function isBareChromosome(name: string): boolean {
  return /^(?:chr)?(?:\d{1,2}|X|Y|MT?)$/i.test(name)
}

function sameName(chrom: string, name: string, refseq: string | undefined): boolean {
  const bare = (text: string) => text.replace(/^chr/i, '').toUpperCase().replace(/^M$/, 'MT')
  return (
    bare(name) === bare(chrom) ||
    refseq === chrom ||
    (refseq !== undefined && chromosomeNumber(refseq) === bare(chrom))
  )
}
