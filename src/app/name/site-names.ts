import type { Assemblies } from '../../knowledge/assemblies.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import { chromosomeOf } from '../../terms/genome.ts'
import type { NameSources } from '../../variant/projection/sources.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { TranscriptSet } from '../../variant/transcript-set.ts'
import type { SiteAccess } from '../access/site-access.ts'
import { openSequences, transcriptsOf } from './name-sources.ts'

/** A warning for each left-out transcript would be thousands of lines. */
const MOST_TOLD = 5

/**
 * What a server reads names of variants with: the files of GARROD_REFERENCE and GARROD_TRANSCRIPTS, read once at start.
 * Undefined: the site has neither. Transcripts of other sequences than the chromosomes of the two builds are left out.
 * Throws the faults of the files, and TRANSCRIPTS_ASSEMBLY.
 */
export async function siteNames(
  { references = [], transcripts = [] }: SiteAccess,
  assemblies: Assemblies,
  say: (text: string) => void,
): Promise<NameSources | undefined> {
  if (references.length + transcripts.length === 0) return undefined
  const { sequences } = openSequences(references, assemblies.sequences)
  const kept: Transcript[] = []
  let leftOut = 0
  for (const path of transcripts) {
    const warn = (text: string) => {
      leftOut++
      if (leftOut <= MOST_TOLD) say(text)
    }
    try {
      for await (const one of transcriptsOf(path, undefined, undefined, warn)) {
        const placed = onChromosome(one, path, assemblies)
        if (placed !== undefined) kept.push(placed)
      }
    } catch (error) {
      throw fileFault(error, `GARROD_TRANSCRIPTS: ${path}`)
    }
  }
  if (leftOut > MOST_TOLD) say(`and ${leftOut - MOST_TOLD} more\n`)
  if (transcripts.length > 0) say(`${kept.length} transcripts read\n`)
  return { sequences, transcripts: new TranscriptSet(transcripts.join(', '), kept) }
}

/** The transcript on the accession of its chromosome; undefined where it is on another sequence. */
function onChromosome(one: Transcript, path: string, assemblies: Assemblies): Transcript | undefined {
  const named = assemblies.sequence(one.contig)
  if (named !== undefined) return { ...one, assembly: named.assembly }
  const chromosome = chromosomeOf(one.contig)
  if (chromosome === undefined) return undefined
  // "1" is a chromosome of either build, with other coordinates.
  if (one.assembly === undefined)
    throw new Fault(
      'TRANSCRIPTS_ASSEMBLY',
      `GARROD_TRANSCRIPTS: ${path}`,
      `it does not say which assembly "${one.contig}" is of`,
      'Give a file of NCBI RefSeq or cdot, whose chromosomes are named by accession, or a GFF3 file with its head (#!genome-build).',
    )
  const bare = chromosome === 'chrM' ? 'MT' : chromosome.slice(3)
  const sequence = assemblies.of(one.assembly, bare)
  return sequence === undefined ? undefined : { ...one, contig: sequence.refseq }
}
