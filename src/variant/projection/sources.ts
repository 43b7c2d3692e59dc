import type { Assembly } from '../../terms/genome.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, unknown } from '../sequence-change.ts'
import type { TranscriptSource } from '../transcript.ts'
import { withoutVersion } from '../transcript-set.ts'
import { TranscriptMap } from './transcript-map.ts'

/** What names are answered from. */
export interface NameSources {
  readonly sequences: SequenceSource
  readonly transcripts: TranscriptSource
  /** Only alignments to this build count, where given. */
  readonly assembly?: Assembly | undefined
}

/**
 * The alignments of one transcript: to each build held, or to the two pseudoautosomal copies. Another version of a transcript is
 * another sequence, and never stands in for it.
 */
export function alignmentsOf(
  id: string,
  { transcripts, assembly }: NameSources,
): Named<readonly TranscriptMap[]> {
  const found = transcripts.byId(id)
  if (found.length === 0) {
    const others = [...new Set(transcripts.byId(withoutVersion(id)).map((one) => one.id))]
    return unknown({ kind: 'no-transcript', transcript: id, others })
  }
  const ids = new Set(found.map((one) => one.id))
  if (ids.size > 1) return unknown({ kind: 'no-transcript', transcript: id, others: [...ids] })
  const fitting =
    assembly === undefined ? found : found.filter((one) => (one.assembly ?? assembly) === assembly)
  if (fitting.length === 0)
    return unknown({ kind: 'not-aligned', transcript: id, to: assembly ?? 'a genome' })
  return known(fitting.map((one) => new TranscriptMap(one)))
}
