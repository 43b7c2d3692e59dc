import type { Assemblies } from '../../knowledge/assemblies.ts'
import { bareChromosomes, LayeredSequences } from '../../variant/layered-sequences.ts'
import type { NameSources } from '../../variant/projection/sources.ts'
import { TranscriptSet } from '../../variant/transcript-set.ts'

/** What names of variants are read with: the assemblies, and the site's own sequence and transcripts. */
export interface Genome {
  readonly assemblies: Assemblies
  readonly sources: NameSources
}

/** `sources` undefined: the site has neither sequence nor transcripts. */
export function genomeOf(assemblies: Assemblies, sources?: NameSources): Genome {
  return {
    assemblies,
    sources: sources ?? {
      sequences: new LayeredSequences([bareChromosomes(assemblies.sequences)]),
      transcripts: new TranscriptSet('no transcripts', []),
    },
  }
}
