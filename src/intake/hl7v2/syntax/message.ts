import { Hl7Fault } from '../hl7-fault.ts'
import { type Charset, charsetNamed, decodeMessage } from './charset.ts'
import { readDelimiters } from './delimiters.ts'
import { type Encoding, Segment } from './segment.ts'

/** One message, its segments in the order sent. */
export interface Hl7Message {
  readonly segments: readonly Segment[]
  readonly msh: Segment
  readonly charset: Charset
  /** What was read although it is not as the standard has it. Sentences without data about a person. */
  readonly notes: readonly string[]
}

/**
 * Reads one message in vertical-bar encoding (2.1 to 2.8). Segments end with CR; CR LF and LF are read, with a note.
 * A line feed inside a segment of a message whose segments end with CR is text. Refuses, with the place: what does not
 * begin with MSH, delimiters that cannot be told apart, a character set that is not read, lines that are no segments,
 * a second MSH.
 *
 * Ours, not Hl7Message of @medplum/core: that one leaves escape sequences as sent, takes the character set from the
 * connection instead of MSH-18, splits text at every line feed, and its errors name no place.
 */
export function readMessage(bytes: Uint8Array): Hl7Message {
  const notes: string[] = []
  const start = beginning(bytes)
  if (start > 0) notes.push('bytes before MSH (a byte order mark or blank lines) were skipped')
  const body = bytes.subarray(start)
  const header = headerLine(body)
  const delimiters = readDelimiters(header)
  const bare = bareHeader(header, delimiters)
  const { text, charset, note } = decodeMessage(body, charsetNamed(bare.text(18)))
  if (note !== undefined) notes.push(note)
  const encoding: Encoding = { delimiters, charset }
  const counts = new Map<string, number>()
  const segments = linesOf(text, notes).map((line, i) => {
    const name = line.slice(0, 3)
    if (!/^[A-Z][A-Z0-9]{2}$/.test(name) || (line.length > 3 && line.charAt(3) !== delimiters.field)) {
      throw new Hl7Fault(
        'HL7_SEGMENT_MALFORMED',
        '100',
        undefined,
        `segment ${i + 1} does not begin with three letters and the field delimiter`,
        'Write a line break inside a text as \\.br\\, and end each segment with CR.',
      )
    }
    const occurrence = (counts.get(name) ?? 0) + 1
    counts.set(name, occurrence)
    return new Segment(line, occurrence, encoding)
  })
  if ((counts.get('MSH') ?? 0) > 1) {
    throw new Hl7Fault(
      'HL7_TWO_MESSAGES',
      '100',
      { segment: 'MSH', occurrence: 2 },
      'a second message begins inside the first',
      'Send each message in a frame of its own, or several as a batch with BHS and BTS.',
    )
  }
  return { segments, msh: segments[0]!, charset, notes }
}

/**
 * MSH of a message that may be unreadable otherwise, its bytes taken one by one: whom to answer, and about which message.
 * Undefined where there is none, or its delimiters cannot be told apart.
 */
export function readStart(bytes: Uint8Array): Segment | undefined {
  try {
    const header = headerLine(bytes.subarray(beginning(bytes)))
    return bareHeader(header, readDelimiters(header))
  } catch (error) {
    if (error instanceof Hl7Fault) return undefined
    throw error
  }
}

function bareHeader(header: string, delimiters: Encoding['delimiters']): Segment {
  return new Segment(header, 1, { delimiters, charset: { name: 'ASCII', decode: String } })
}

/** Where MSH begins, after a byte order mark and white space. Throws HL7_NO_MSH. */
function beginning(bytes: Uint8Array): number {
  let at = 0
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3
  while (at < bytes.length && (bytes[at] === 13 || bytes[at] === 10 || bytes[at] === 32)) at++
  if (bytes[at] === 77 && bytes[at + 1] === 83 && bytes[at + 2] === 72) return at
  throw new Hl7Fault(
    'HL7_NO_MSH',
    '100',
    { segment: 'MSH', occurrence: 1 },
    'the message does not begin with MSH',
    'Send HL7 v2 in vertical-bar encoding; XML encoding is not read.',
  )
}

/** The MSH segment as single bytes: enough for delimiters and MSH-18, which are ASCII. */
function headerLine(body: Uint8Array): string {
  const end = body.findIndex((byte) => byte === 13 || byte === 10)
  const line = end < 0 ? body : body.subarray(0, end)
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1')
}

function linesOf(text: string, notes: string[]): string[] {
  const end = /[\r\n]/.exec(text)?.[0]
  let lines: string[]
  if (end === '\n') {
    notes.push('segments end with LF, not CR')
    lines = text.split(/\r?\n/)
  } else {
    if (/^[^\r]*\r\n/.test(text)) notes.push('segments end with CR LF, not CR')
    // LF before what looks like a segment ends one, too; any other LF is part of a text.
    lines = text.split(/\r\n?|\n(?=[A-Z][A-Z0-9]{2}\|)/)
    if (lines.some((line) => line.includes('\n'))) notes.push('a text holds line feeds that are not escaped')
  }
  while (lines.at(-1)?.trim() === '') lines.pop()
  return lines.filter((line) => line !== '')
}
