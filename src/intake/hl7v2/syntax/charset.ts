import { Hl7Fault } from '../hl7-fault.ts'

/** How bytes become text (MSH-18, HL7 table 0211). */
export interface Charset {
  readonly name: string
  /** Bytes that the set does not have become U+FFFD; see `readable`. */
  decode(bytes: Uint8Array): string
}

const PLACE = { segment: 'MSH', occurrence: 1, field: 18 } as const
const utf8: Charset = { name: 'UTF-8', decode: (bytes) => new TextDecoder('utf-8').decode(bytes) }

/** ISO 8859-1 is taken literally; the parts for other languages by their encoding labels. 8859/12 never was. */
const LATIN = new Set(['1', '2', '3', '4', '5', '6', '7', '8', '9', '15'])

/** The set that MSH-18 names, or undefined when it names none. Throws HL7_CHARSET on one that is not read. */
export function charsetNamed(name: string | undefined): Charset | undefined {
  if (name === undefined || name === '') return undefined
  const word = name.trim().toUpperCase()
  if (/^UNICODE[ -]UTF-?8$|^UTF-?8$/.test(word)) return utf8
  if (/^ASCII$|^US-ASCII$|^ISO[ _-]?IR[ _-]?6$/.test(word)) return ascii
  const part = /^(?:ISO[ _-]?)?8859[/_-](\d{1,2})$/.exec(word)?.[1]
  if (part !== undefined && LATIN.has(part)) return latin(part)
  throw new Hl7Fault(
    'HL7_CHARSET',
    '103',
    PLACE,
    'the character set is not one that is read here',
    'Send UNICODE UTF-8, ASCII, or 8859/1 to 8859/9 or 8859/15.',
  )
}

const ascii: Charset = {
  name: 'ASCII',
  decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
}

function latin(part: string): Charset {
  if (part === '1') return { ...ascii, name: '8859/1' }
  return { name: `8859/${part}`, decode: (bytes) => new TextDecoder(`iso-8859-${part}`).decode(bytes) }
}

/**
 * The text of a message and the set it was read by. Without MSH-18 the standard says ASCII; bytes above 127 are then
 * taken as UTF-8 when they are well-formed UTF-8, which other encodings do not produce by chance, and refused
 * otherwise: a name must not be guessed. Throws HL7_CHARSET_BYTES.
 */
export function decodeMessage(
  bytes: Uint8Array,
  declared: Charset | undefined,
): { readonly text: string; readonly charset: Charset; readonly note: string | undefined } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const high = isHigh(buffer)
  if (!high) return { text: buffer.toString('latin1'), charset: declared ?? utf8, note: undefined }
  if (declared === undefined || declared.name === 'UTF-8') {
    const text = strictUtf8(buffer)
    if (text !== undefined) {
      const note = declared === undefined ? 'MSH-18 is empty; the bytes are UTF-8' : undefined
      return { text, charset: utf8, note }
    }
  } else if (declared.name !== 'ASCII') {
    return { text: declared.decode(buffer), charset: declared, note: undefined }
  }
  throw new Hl7Fault(
    'HL7_CHARSET_BYTES',
    '102',
    PLACE,
    declared === undefined
      ? 'there are bytes above 127, MSH-18 names no character set, and they are not UTF-8'
      : `there are bytes that ${declared.name} does not have`,
    'Name the character set in MSH-18, as 8859/1 or UNICODE UTF-8.',
  )
}

function isHigh(buffer: Buffer): boolean {
  for (let i = 0; i < buffer.length; i++) if (buffer[i]! > 127) return true
  return false
}

function strictUtf8(buffer: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer)
  } catch {
    return undefined
  }
}
