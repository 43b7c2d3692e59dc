import type { Transcript, TranscriptTag } from '../transcript.ts'

const TAGS: readonly TranscriptTag[] = [
  'MANE Select',
  'MANE Plus Clinical',
  'RefSeq Select',
  'Ensembl canonical',
]

/** What a transcript is told first for: the best of its tags, else that it is coding; undefined for none of them. */
export function choiceReason(transcript: Transcript): TranscriptTag | 'protein coding' | undefined {
  const tag = TAGS.find((one) => transcript.tags.includes(one))
  if (tag !== undefined) return tag
  return transcript.biotype === 'protein_coding' ? 'protein coding' : undefined
}

/** The transcript a report speaks of: MANE Select, Plus Clinical, the sources' own choice, then the longest coding one. */
export function chosenTranscript(transcripts: readonly Transcript[]): Transcript | undefined {
  return [...transcripts].sort(
    (a, b) => rank(a) - rank(b) || codingLength(b) - codingLength(a) || (a.id < b.id ? -1 : 1),
  )[0]
}

function rank(transcript: Transcript): number {
  const tag = TAGS.findIndex((one) => transcript.tags.includes(one))
  if (tag >= 0) return tag
  return transcript.biotype === 'protein_coding' ? TAGS.length : TAGS.length + 1
}

function codingLength({ cds }: Transcript): number {
  return cds === undefined ? 0 : cds.end - cds.start
}
