import { Hl7Fault } from '../hl7-fault.ts'
import type { Repetition, Segment } from '../syntax/segment.ts'

/** A document in OBX-5, or the address of one. */
export interface Document {
  readonly contentType: string
  readonly content: Buffer | undefined
  /** RP: where it lies. */
  readonly url: string | undefined
  /** What is doubtful about it; told to the sender as warnings. */
  readonly doubts: readonly string[]
}

const BASE64 = /^base-?64$/i
const HEX = /^hex$/i
const PLAIN = /^a$/i

/** Kinds of data by the words that senders use for them in ED.2 and ED.3. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  PDF: 'application/pdf',
  RTF: 'application/rtf',
  HTML: 'text/html',
  XML: 'application/xml',
  TEXT: 'text/plain',
  TXT: 'text/plain',
  PLAIN: 'text/plain',
  JPEG: 'image/jpeg',
  JPG: 'image/jpeg',
  PNG: 'image/png',
  TIFF: 'image/tiff',
  TIF: 'image/tiff',
  GIF: 'image/gif',
}

/**
 * Reads ED: source ^ type ^ subtype ^ encoding ^ data. What it is, is told by its bytes where they begin with %PDF, else
 * by subtype and type; senders write MOL^IM^PDF^Base64, ^application^pdf^Base64, LAB^AP^^Base64 and more. The encoding
 * must be named: without it nobody can say what the data are. Throws HL7_ED_ENCODING, HL7_ED_DATA, HL7_ED_NOT_PDF.
 */
export function readEncapsulated(obx: Segment, value: Repetition, repetition: number): Document {
  const type = value.text(2)
  const subtype = value.text(3)
  const encoding = value.text(4)
  const data = value.text(5)
  const refuse = (
    code: string,
    condition: '101' | '102' | '103',
    component: number,
    what: string,
    mend: string,
  ) => new Hl7Fault(code, condition, obx.place(5, component, repetition), what, mend)
  if (encoding === undefined) {
    throw refuse(
      'HL7_ED_ENCODING',
      '101',
      4,
      'the document does not say how its data are encoded',
      'Name it in the fourth component, Base64 as a rule; the data are the fifth.',
    )
  }
  if (data === undefined) {
    throw refuse('HL7_ED_DATA', '101', 5, 'the document has no data', 'Send the data in the fifth component.')
  }
  const doubts: string[] = []
  const content = decode(encoding, data, doubts)
  if (content === undefined) {
    throw refuse(
      BASE64.test(encoding) || HEX.test(encoding) ? 'HL7_ED_DATA' : 'HL7_ED_ENCODING',
      BASE64.test(encoding) || HEX.test(encoding) ? '102' : '103',
      BASE64.test(encoding) || HEX.test(encoding) ? 5 : 4,
      'the data are not in the encoding named',
      'Use Base64, Hex or A (table 0299).',
    )
  }
  const isPdf = content.subarray(0, 1024).includes('%PDF-')
  const declared = contentTypeOf(type, subtype, obx.text(3))
  if (declared === 'application/pdf' && !isPdf) {
    throw refuse(
      'HL7_ED_NOT_PDF',
      '102',
      5,
      'the document is called a PDF, and its data do not begin as one',
      'Send the bytes of the PDF file, encoded once.',
    )
  }
  if (isPdf && !content.subarray(-2048).includes('%%EOF')) {
    doubts.push('the PDF has no end marker; it may have been cut')
  }
  return {
    contentType: isPdf ? 'application/pdf' : (declared ?? 'application/octet-stream'),
    content,
    url: undefined,
    doubts,
  }
}

/** Reads RP: pointer ^ application ^ type ^ subtype. The document itself is not fetched. Throws HL7_RP_POINTER. */
export function readPointer(obx: Segment, value: Repetition, repetition: number): Document {
  const pointer = value.text(1)
  if (pointer === undefined) {
    throw new Hl7Fault(
      'HL7_RP_POINTER',
      '101',
      obx.place(5, 1, repetition),
      'the reference to a document is empty',
      'Send the address in the first component, or the document itself as ED.',
    )
  }
  const contentType = contentTypeOf(value.text(3), value.text(4), obx.text(3)) ?? 'application/octet-stream'
  return { contentType, content: undefined, url: encodeURI(pointer.trim()), doubts: [] }
}

function contentTypeOf(
  type: string | undefined,
  subtype: string | undefined,
  question: string | undefined,
): string | undefined {
  for (const word of [subtype, type, question === 'PDF' ? question : undefined]) {
    const known = CONTENT_TYPES[word?.trim().toUpperCase() ?? '']
    if (known !== undefined) return known
  }
  const mime = `${type?.trim()}/${subtype?.trim()}`.toLowerCase()
  return type !== undefined &&
    /^(application|text|image|audio|video)\/[a-z0-9.+-]+$/.test(mime) &&
    subtype !== undefined
    ? mime
    : undefined
}

/** Undefined when the data are not in that encoding. */
function decode(encoding: string, data: string, doubts: string[]): Buffer | undefined {
  if (PLAIN.test(encoding)) return Buffer.from(data, 'utf8')
  if (HEX.test(encoding)) {
    const digits = data.replace(/\s/g, '')
    return /^(?:[0-9A-Fa-f]{2})+$/.test(digits) ? Buffer.from(digits, 'hex') : undefined
  }
  if (!BASE64.test(encoding)) return undefined
  // RFC 2045, section 6.8: line breaks and characters outside the alphabet are passed over by a decoder.
  const digits = data.replace(/[^A-Za-z0-9+/]/g, '')
  const strange = data.replace(/[A-Za-z0-9+/=\s]/g, '').length
  if (strange > 0) doubts.push(`${strange} characters outside the Base64 alphabet were passed over`)
  if (digits.length % 4 === 1) doubts.push('the Base64 text ends inside a byte; it may have been cut')
  return digits.length < 2 ? undefined : Buffer.from(digits, 'base64')
}
