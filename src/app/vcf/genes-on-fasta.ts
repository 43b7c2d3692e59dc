import { Fault } from '../../terms/fault.ts'
import { type Assembly, chromosomeOf } from '../../terms/genome.ts'
import type { KnownSequence, SequenceSource } from '../../variant/sequence.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { TranscriptSet } from '../../variant/transcript-set.ts'

/**
 * Transcripts under the names of the FASTA: NCBI names chromosomes by accession, a FASTA often by number. Throws GENES_BUILD where
 * the two are of different builds: a position of one is another base in the other.
 */
export function genesOnFasta(
  genes: TranscriptSet,
  fasta: SequenceSource,
  chromosomes: readonly KnownSequence[],
): TranscriptSet {
  return placedGenes(genes, fasta, chromosomes, ({ contig }) => fasta.contig(contig) !== undefined)
}

/** The same under the names of chromosomes ("chr7"), whatever the FASTA calls them: for variants that are placed by those. Throws GENES_BUILD. */
export function genesOnChromosomes(
  genes: TranscriptSet,
  fasta: SequenceSource,
  chromosomes: readonly KnownSequence[],
): TranscriptSet {
  return placedGenes(genes, fasta, chromosomes, () => false)
}

function placedGenes(
  genes: TranscriptSet,
  fasta: SequenceSource,
  chromosomes: readonly KnownSequence[],
  keepsName: (transcript: Transcript) => boolean,
): TranscriptSet {
  const builds = buildsOf(fasta, chromosomes)
  const placed = genes.transcripts.map((one) => {
    const known = chromosomes.filter(({ refseq }) => refseq === one.contig)
    const assemblies = known.length === 0 ? [one.assembly] : known.map(({ assembly }) => assembly)
    const contradicted = builds.size > 0 && assemblies.every((its) => its !== undefined && !builds.has(its))
    if (contradicted) throw otherBuild(genes.name, one, assemblies[0]!, fasta.name, [...builds])
    const [accession] = known
    return accession === undefined || keepsName(one)
      ? one
      : { ...one, contig: chromosomeOf(accession.chromosome) ?? one.contig }
  })
  return new TranscriptSet(genes.name, placed)
}

/** The builds that have a chromosome of this name and length; the mitochondrion is the same in both. */
function buildsOf(fasta: SequenceSource, chromosomes: readonly KnownSequence[]): ReadonlySet<Assembly> {
  const builds = new Set<Assembly>()
  for (const { name, length } of fasta.contigs) {
    const fitting = chromosomes.filter(
      (known) =>
        known.length === length &&
        (known.refseq === name || (chromosomeOf(name) ?? '') === chromosomeOf(known.chromosome)),
    )
    if (fitting.length === 1) builds.add(fitting[0]!.assembly)
  }
  return builds
}

function otherBuild(
  genes: string,
  { id, contig }: Transcript,
  assembly: Assembly,
  fasta: string,
  builds: readonly Assembly[],
): Fault {
  return new Fault(
    'GENES_BUILD',
    genes,
    `${id} lies on ${contig} of ${assembly}, and ${fasta} is ${builds.join(' and ')}`,
    'Give transcripts and sequence of the same build, the one that the variants were called on.',
  )
}
