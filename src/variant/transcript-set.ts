import { chromosomeOf } from '../terms/genome.ts'
import { span, type Transcript, type TranscriptSource } from './transcript.ts'

/** Transcripts of one contig by start, with the furthest end reached so far: what may still overlap is found from both. */
interface Shelf {
  readonly sorted: readonly {
    readonly start: number
    readonly end: number
    readonly transcript: Transcript
  }[]
  readonly furthest: readonly number[]
}

/** Transcripts held in memory and found by id or by place. */
export class TranscriptSet implements TranscriptSource {
  readonly name: string
  readonly transcripts: readonly Transcript[]
  readonly #byId = new Map<string, Transcript[]>()
  readonly #shelves: ReadonlyMap<string, Shelf>

  constructor(name: string, transcripts: readonly Transcript[]) {
    this.name = name
    this.transcripts = transcripts
    const byContig = new Map<string, Transcript[]>()
    for (const one of transcripts) {
      push(this.#byId, one.id, one)
      const bare = withoutVersion(one.id)
      if (bare !== one.id) push(this.#byId, bare, one)
      push(byContig, shelfName(one.contig), one)
    }
    this.#shelves = new Map([...byContig].map(([contig, list]) => [contig, shelf(list)]))
  }

  byId(id: string): readonly Transcript[] {
    return this.#byId.get(id) ?? []
  }

  overlapping(contig: string, start: number, end: number): readonly Transcript[] {
    const held = this.#shelves.get(shelfName(contig))
    if (held === undefined) return []
    const found: Transcript[] = []
    for (let i = firstReaching(held.furthest, start); i < held.sorted.length; i++) {
      const one = held.sorted[i]!
      if (one.start >= end) break
      if (one.end > start) found.push(one.transcript)
    }
    return found
  }
}

/** "NM_000059.4" → "NM_000059"; an id without version is left alone. */
export function withoutVersion(id: string): string {
  return id.replace(/\.\d+$/, '')
}

function shelfName(contig: string): string {
  return chromosomeOf(contig) ?? contig
}

function push<K>(map: Map<K, Transcript[]>, key: K, one: Transcript): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [one])
  else list.push(one)
}

function shelf(list: readonly Transcript[]): Shelf {
  const sorted = list
    .map((transcript) => ({ ...span(transcript), transcript }))
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.transcript.id < b.transcript.id ? -1 : 1))
  let far = 0
  const furthest = sorted.map(({ end }) => {
    far = Math.max(far, end)
    return far
  })
  return { sorted, furthest }
}

/** Index of the first place whose furthest end lies beyond `start`. */
function firstReaching(furthest: readonly number[], start: number): number {
  let low = 0
  let high = furthest.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (furthest[middle]! > start) high = middle
    else low = middle + 1
  }
  return low
}
