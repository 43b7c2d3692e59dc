import { Hl7Fault } from '../hl7-fault.ts'
import type { Segment } from '../syntax/segment.ts'
import { type Coded, type Coder, codeIn, readCoded } from '../value/coded.ts'
import { readDateTime, type When } from '../value/date-time.ts'
import { type Document, readEncapsulated, readPointer } from '../value/encapsulated.ts'
import { readValue, type Value } from '../value/value.ts'
import { type ResultStatus, statusOfLine } from './result-status.ts'

/** A result that was read although something about it is doubtful; sent back as a warning. */
export interface Doubt {
  readonly segment: Segment
  readonly field: number
  readonly text: string
}

/** One OBX with the notes after it. */
export interface Line {
  readonly obx: Segment
  /** OBX-2. */
  readonly type: string
  readonly code: Coded
  readonly loinc: string | undefined
  /** OBX-4, "" when empty. */
  readonly subId: string
  readonly status: ResultStatus
  readonly values: readonly Value[]
  readonly documents: readonly Document[]
  readonly effective: When | undefined
  readonly notes: readonly string[]
  /** How many lines of this code and sub-id came before it under the same OBR. */
  readonly nth: number
  readonly doubts: readonly Doubt[]
}

interface LineContext {
  readonly coder: Coder
  /** Offset of times that name none. */
  readonly offset: string | undefined
  /** OBR-25, for a line without a status of its own. */
  readonly inherited: ResultStatus | undefined
  readonly nth: number
}

/**
 * Reads one OBX; undefined where OBX-11 says that it is no result. Throws HL7_OBSERVATION_CODE when OBX-3 is empty,
 * HL7_RESULT_STATUS on a letter that table 0085 does not have, and the faults of documents.
 */
export function readLine(obx: Segment, notes: readonly string[], context: LineContext): Line | undefined {
  const { coder, offset } = context
  const status = lineStatus(obx, context)
  if (status === 'no-result') return undefined
  if (obx.isEmpty(3)) {
    throw new Hl7Fault(
      'HL7_OBSERVATION_CODE',
      '101',
      obx.place(3),
      'the result does not say what was observed',
      'Send the code and the name of the test in OBX-3.',
    )
  }
  const doubts: Doubt[] = []
  const doubt = (field: number, text: string) => doubts.push({ segment: obx, field, text })
  if (obx.isEmpty(11)) {
    doubt(
      11,
      status === 'unknown'
        ? 'the result has no status; it is not used for advice'
        : 'the result has no status; OBR-25 was taken',
    )
  }
  let type = obx.text(2)?.toUpperCase() ?? ''
  if (type === '' && !obx.isEmpty(5)) {
    type = 'ST'
    doubt(2, 'the value has no type; it is kept as text')
  }
  const values: Value[] = []
  const documents: Document[] = []
  for (const [i, one] of obx.repetitions(5).entries()) {
    if (one.raw === '' && type !== 'TX' && type !== 'FT') continue
    if (type === 'ED') documents.push(readEncapsulated(obx, one, i + 1))
    else if (type === 'RP') documents.push(readPointer(obx, one, i + 1))
    else if (one.raw !== '""') values.push(readValue(obx, type, one, coder, offset))
  }
  if (type === 'ED' && documents.length === 0) documents.push(readEncapsulated(obx, obx.first(5), 1))
  for (const one of values) if (one.doubt !== undefined) doubt(5, one.doubt)
  for (const one of documents) for (const text of one.doubts) doubt(5, text)
  const code = readCoded(obx.first(3), coder)
  return {
    obx,
    type,
    code,
    loinc: codeIn(code, 'http://loinc.org'),
    subId: obx.text(4)?.trim() ?? '',
    status,
    values,
    documents,
    effective: readDateTime(obx.text(14), offset),
    notes,
    nth: context.nth,
    doubts,
  }
}

/** What makes two lines under one OBR the same question: OBX-3 as sent, and OBX-4. */
export function questionOf(obx: Segment): string {
  const code = obx.first(3)
  return [code.text(1) ?? code.text(2) ?? '', code.text(3) ?? '', obx.text(4)?.trim() ?? ''].join('\u0000')
}

function lineStatus(obx: Segment, context: LineContext): ResultStatus | 'no-result' {
  const text = obx.text(11)
  if (text === undefined) return context.inherited ?? 'unknown'
  const status = statusOfLine(text)
  if (status !== undefined) return status
  throw new Hl7Fault(
    'HL7_RESULT_STATUS',
    '103',
    obx.place(11),
    'the status is not a value of table 0085',
    'Send P, F, C, X, W, D or another letter of the table.',
  )
}
