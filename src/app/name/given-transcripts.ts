import { Fault } from '../../terms/fault.ts'
import { chromosomeOf } from '../../terms/genome.ts'
import type { KnownSequence, SequenceSource } from '../../variant/sequence.ts'
import type { Transcript } from '../../variant/transcript.ts'

/**
 * A transcript on the sequence that its contig means: "1" is the FASTA's chromosome 1 unless that is of another build, else the
 * accession of the build that the file states or that is asked for. Throws TRANSCRIPTS_ASSEMBLY where nothing says which build:
 * a position of one is another base in the other.
 */
export function onGivenSequence(
  one: Transcript,
  path: string,
  sequences: SequenceSource,
  chromosomes: readonly KnownSequence[],
): Transcript {
  const chromosome = chromosomeOf(one.contig)
  if (chromosome === undefined) {
    // An accession says which build it is of, whatever was asked for.
    const builds = new Set(
      chromosomes.filter(({ refseq }) => refseq === one.contig).map((known) => known.assembly),
    )
    return builds.size === 1 ? { ...one, assembly: [...builds][0] } : one
  }
  const { assembly } = one
  const given = sequences.contig(one.contig)
  if (given !== undefined && (assembly === undefined || (given.assembly ?? assembly) === assembly))
    return { ...one, contig: given.name }
  const named = chromosomes.filter((known) => chromosomeOf(known.chromosome) === chromosome)
  const accessions = new Set(
    named.filter((known) => known.assembly === (assembly ?? known.assembly)).map(({ refseq }) => refseq),
  )
  const [accession, ...others] = accessions
  if (accession !== undefined && others.length === 0) return { ...one, contig: accession }
  throw new Fault(
    'TRANSCRIPTS_ASSEMBLY',
    path,
    `it does not say which assembly "${one.contig}" is of`,
    'Say it with --assembly GRCh37 or GRCh38, or give the FASTA of the build.',
  )
}
