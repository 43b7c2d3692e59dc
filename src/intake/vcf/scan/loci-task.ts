import type { LinesResult, LineTask } from '../../scan/task.ts'
import { contigKey, firstEndingFrom, type LociByContig, type Stretches } from './loci.ts'
import { reachOf } from './reach.ts'
import { RecordCursor } from './record-cursor.ts'

export interface LociOptions {
  readonly loci: LociByContig
  /** span: a record that covers any base of a stretch, by REF or END. start: one whose POS lies in a stretch. */
  readonly overlap: 'span' | 'start'
}

/** The records that lie on the loci, as the lines of the file, in its order. */
export interface LociLines extends LinesResult {
  readonly records: number
  /** Whole lines; each ends with a newline. */
  readonly text: Uint8Array
}

const NEWLINE = 10

export function lociTask({ loci, overlap }: LociOptions): LineTask<LociLines> {
  const spans = overlap === 'span'
  return {
    take(bytes, from, to) {
      const cursor = new RecordCursor(bytes, from, to)
      const hits: number[] = []
      let records = 0
      let stretches: Stretches | undefined
      let at = 0
      let last = 0
      while (cursor.step()) {
        const { position } = cursor
        if (cursor.contigChanged) {
          stretches = loci.get(contigKey(cursor.contig()))
          last = position
          if (stretches !== undefined) at = firstEndingFrom(stretches, position)
        }
        if (stretches === undefined) continue
        const { from: starts, to: ends } = stretches
        if (position < last) at = firstEndingFrom(stretches, position)
        last = position
        while (at < ends.length && ends[at]! < position) at += 1
        if (at === ends.length) continue
        const start = starts[at]!
        if (position < start && (!spans || reachOf(bytes, cursor) < start)) continue
        records += 1
        if (hits[hits.length - 1] === cursor.from) hits[hits.length - 1] = cursor.after
        else hits.push(cursor.from, cursor.after)
      }
      return { lines: cursor.lines, records, text: copied(bytes, hits) }
    },
    transfer: ({ text }) => [text.buffer as ArrayBuffer],
  }
}

/** The bytes of [from, to) pairs in one piece, with the newline that the last line of a file may lack. */
function copied(bytes: Buffer, pairs: readonly number[]): Uint8Array {
  let size = 0
  for (let i = 0; i < pairs.length; i += 2) size += pairs[i + 1]! - pairs[i]!
  const cut = size > 0 && bytes[pairs.at(-1)! - 1] !== NEWLINE
  const out = new Uint8Array(cut ? size + 1 : size)
  let at = 0
  for (let i = 0; i < pairs.length; i += 2) {
    out.set(bytes.subarray(pairs[i]!, pairs[i + 1]!), at)
    at += pairs[i + 1]! - pairs[i]!
  }
  if (cut) out[at] = NEWLINE
  return out
}
