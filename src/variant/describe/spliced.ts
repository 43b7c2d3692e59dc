import { transcriptBases } from '../projection/transcript-bases.ts'
import type { TranscriptMap } from '../projection/transcript-map.ts'
import type { Contig, SequenceSource } from '../sequence.ts'

/** One transcript without its introns, as its RNA has them: its own sequence where a file has it, else spliced from the genome. */
export class SplicedTranscript implements SequenceSource {
  readonly name: string
  readonly contigs: readonly Contig[]
  readonly #map: TranscriptMap
  readonly #source: SequenceSource

  constructor(map: TranscriptMap, source: SequenceSource) {
    this.#map = map
    this.#source = source
    this.name = map.transcript.id
    const unnamed = { assembly: undefined, refseq: undefined, refget: undefined }
    this.contigs = [{ name: this.name, length: map.length, ...unnamed }]
  }

  contig(name: string): Contig | undefined {
    return name === this.name ? this.contigs[0] : undefined
  }

  bases(_contig: string, start: number, end: number): string {
    const [from, to] = [Math.max(0, start), Math.min(end, this.#map.length)]
    if (from >= to) return ''
    const bases = transcriptBases(this.#map, this.#source, from, to)
    return bases.known ? bases.value : 'N'.repeat(to - from)
  }

  written(contig: string, start: number, end: number): string {
    return this.bases(contig, start, end)
  }
}
