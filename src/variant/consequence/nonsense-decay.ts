import type { Transcript } from '../transcript.ts'
import type { ProteinChange } from './consequence.ts'

/** A stop this many bases or fewer before the last junction of exons escapes decay (Nagy and Maquat 1998; ClinGen SVI PVS1). */
const BEFORE_LAST_JUNCTION = 50
/** Nearer to the start than this, translation may begin anew behind the stop (Lindeboom 2016, doi:10.1038/ng.3664). */
const NEAR_START = 150
/** In an exon longer than this decay is less efficient (Lindeboom 2016). */
const LONG_EXON = 407

/** Whether the messenger of a transcript with a new stop is expected to be degraded. */
interface NonsenseDecay {
  readonly expected: boolean
  readonly because:
    | 'stop before the last junction'
    | 'one exon'
    | 'last exon'
    | 'end of the last but one exon'
  /** Circumstances in which decay was seen to be weaker; they do not change `expected`. */
  readonly weaker: readonly ('near the start' | 'long exon')[]
}

/** Undefined where the change makes no stop before the one of the transcript, or no stop is reached. */
export function nonsenseDecay(transcript: Transcript, protein: ProteinChange): NonsenseDecay | undefined {
  const { cds, exons } = transcript
  if (cds === undefined || !protein.after.protein.endsWith('*')) return undefined
  const codon = protein.after.residue + protein.after.protein.length - 2
  // The stop lies behind the change, so that its place on the reference is where it would be without the bases gained.
  const coding = codon * 3 - protein.gained
  if (coding + 3 >= cds.end - cds.start - cds.phase) return undefined
  const place = cds.start + cds.phase + Math.max(0, coding)
  if (exons.length === 1) return { expected: false, because: 'one exon', weaker: [] }
  const lastJunction = exons[exons.length - 1]!.transcriptStart
  if (place >= lastJunction) return { expected: false, because: 'last exon', weaker: [] }
  if (place + 3 > lastJunction - BEFORE_LAST_JUNCTION)
    return { expected: false, because: 'end of the last but one exon', weaker: [] }
  const exon = exons.find(
    ({ transcriptStart, transcriptEnd }) => place >= transcriptStart && place < transcriptEnd,
  )!
  const weaker: NonsenseDecay['weaker'][number][] = []
  if (coding < NEAR_START) weaker.push('near the start')
  if (exon.transcriptEnd - exon.transcriptStart > LONG_EXON) weaker.push('long exon')
  return { expected: true, because: 'stop before the last junction', weaker }
}
