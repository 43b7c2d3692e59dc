import { Hl7Fault } from '../hl7-fault.ts'

/** A file or batch taken apart. */
interface Batch {
  /** True when FHS or BHS came first: the answer is a batch, too. */
  readonly isBatch: boolean
  /** The bytes of each message, from its MSH on. */
  readonly messages: readonly Uint8Array[]
}

/** Names of segments that stand around messages. */
const FRAME = new Set(['FHS', 'BHS', 'BTS', 'FTS'])

/**
 * Takes apart what came in one transmission: one message, or a batch ([FHS] { [BHS] { message } [BTS] } [FTS]), or
 * several messages one after another without a frame. Throws HL7_BATCH_COUNT when BTS-1 names another number of
 * messages than there are: part of the batch was lost on the way.
 */
export function splitBatch(bytes: Uint8Array): Batch {
  const lines = linesOf(bytes)
  const first = lines.find(({ name }) => name !== '')
  const isBatch = first !== undefined && (first.name === 'FHS' || first.name === 'BHS')
  const messages: Uint8Array[] = []
  let start: number | undefined
  let inBatch = 0
  let batch = 0
  const close = (end: number) => {
    if (start !== undefined) messages.push(bytes.subarray(start, end))
    start = undefined
  }
  for (const { name, from, to } of lines) {
    if (name === 'MSH' || FRAME.has(name)) close(from)
    if (name === 'MSH') {
      start = from
      inBatch += 1
    }
    if (name === 'BHS') {
      inBatch = 0
      batch += 1
    }
    if (name === 'BTS') checkCount(bytes.subarray(from, to), inBatch, Math.max(1, batch))
  }
  close(bytes.length)
  // Without any MSH the whole is handed on: the reader says what is wrong with it.
  return { isBatch, messages: messages.length === 0 ? [bytes] : messages }
}

function checkCount(segment: Uint8Array, found: number, occurrence: number): void {
  const text = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength).toString('latin1')
  const count = text.slice(4).split(text.charAt(3))[0]?.trim() ?? ''
  if (count === '' || Number(count) === found) return
  throw new Hl7Fault(
    'HL7_BATCH_COUNT',
    '102',
    { segment: 'BTS', occurrence, field: 1 },
    `the batch holds ${found} messages, and BTS-1 says otherwise`,
    'Send the batch again; none of its messages was taken.',
  )
}

interface Line {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Lines of the bytes, with the segment name each begins with ("" where it is none). */
function linesOf(bytes: Uint8Array): Line[] {
  const lines: Line[] = []
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  for (let at = from; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] !== 13 && bytes[at] !== 10) continue
    if (at > from) {
      const name = String.fromCharCode(bytes[from]!, bytes[from + 1] ?? 0, bytes[from + 2] ?? 0)
      const isName =
        /^(MSH|FHS|BHS|BTS|FTS)$/.test(name) && !/[A-Za-z0-9]/.test(String.fromCharCode(bytes[from + 3] ?? 0))
      lines.push({ name: isName ? name : '', from, to: at })
    }
    from = at + 1
  }
  return lines
}
