import { Hl7Fault } from '../hl7-fault.ts'
import type { Repetition, Segment } from '../syntax/segment.ts'
import { AUTHORITY_TABLE } from '../value/code-map.ts'
import type { Translate } from '../value/coded.ts'
import { readDate } from '../value/date-time.ts'

/** An identifier with the authority that gave it, both as they are kept. */
export interface Identifier {
  readonly system: string
  readonly value: string
  /** HL7 table 0203: MR, NH, AN … */
  readonly type: string | undefined
}

export interface PersonName {
  readonly family: string | undefined
  readonly given: readonly string[]
}

/** Who a message is about, as its PID says. */
export interface PatientView {
  /** PID-3, in the order sent, without repeats. */
  readonly identifiers: readonly Identifier[]
  readonly name: PersonName | undefined
  /** YYYY-MM-DD or a part of it. */
  readonly birthDate: string | undefined
  readonly sex: 'female' | 'male' | 'other' | 'unknown' | undefined
  /** PID-18, the account or visit the message belongs to. */
  readonly account: Identifier | undefined
  readonly notes: readonly string[]
}

/** What authorities are called. */
interface Authorities {
  readonly sender: string
  readonly translate: Translate
}

const SEXES: Readonly<Record<string, PatientView['sex']>> = {
  F: 'female',
  M: 'male',
  O: 'other',
  A: 'other',
  U: 'unknown',
  N: 'other',
}

/**
 * Reads PID. Throws HL7_NO_PATIENT_IDENTIFIER when PID-3 (or PID-2, where versions before 2.3.1 put it) holds none,
 * HL7_SEX, HL7_BIRTH_DATE on a value that is not of the standard: who it is must be certain.
 */
export function readPatient(pid: Segment, authorities: Authorities): PatientView {
  const notes: string[] = []
  let identifiers = readIdentifiers(pid, 3, authorities)
  if (identifiers.length === 0) {
    identifiers = readIdentifiers(pid, 2, authorities)
    if (identifiers.length > 0) notes.push('the patient identifier was in PID-2')
  }
  if (identifiers.length === 0) {
    throw new Hl7Fault(
      'HL7_NO_PATIENT_IDENTIFIER',
      '101',
      pid.place(3),
      'the patient has no identifier',
      'Send the medical record number with its assigning authority in PID-3.',
    )
  }
  return {
    identifiers,
    name: readName(pid),
    birthDate: readBirthDate(pid),
    sex: readSex(pid),
    account: readIdentifiers(pid, 18, authorities)[0],
    notes,
  }
}

/** CX repetitions of a field. */
export function readIdentifiers(
  segment: Segment,
  field: number,
  authorities: Authorities,
): readonly Identifier[] {
  const found: Identifier[] = []
  for (const one of segment.repetitions(field)) {
    const value = one.text(1)?.trim()
    if (value === undefined || value === '') continue
    const system = systemOf(one, authorities)
    if (found.some((other) => other.system === system && other.value === value)) continue
    found.push({ system, value, type: one.text(5)?.toUpperCase() })
  }
  return found
}

/**
 * The URI that an identifier is kept under: the code map's for its authority (HL70363); else the authority's own
 * universal id; else its namespace; else, where the sender names no authority, the sender.
 */
function systemOf(cx: Repetition, { sender, translate }: Authorities): string {
  const namespace = cx.text(4, 1)?.trim()
  const universal = cx.text(4, 2)?.trim()
  const mapped = translate(AUTHORITY_TABLE, namespace ?? universal ?? '')
  if (mapped !== undefined) return mapped.system
  if (universal !== undefined) {
    const type = cx.text(4, 3)?.toUpperCase()
    if (type === 'ISO' && /^\d+(\.\d+)+$/.test(universal)) return `urn:oid:${universal}`
    if (type === 'UUID' || type === 'GUID') return `urn:uuid:${universal.toLowerCase()}`
    if (type === 'URI' || type === 'URL') return universal
    if (namespace === undefined) return `urn:id:${encodeURIComponent(universal)}`
  }
  if (namespace !== undefined) return `urn:id:${encodeURIComponent(namespace)}`
  return `urn:hl7v2:${encodeURIComponent(sender)}:patient`
}

function readName(pid: Segment): PersonName | undefined {
  const repetitions = pid.repetitions(5)
  // L legal and D display names come before aliases, maiden names and nicknames.
  const one = repetitions.find((name) => /^[LD]$/.test(name.text(7) ?? '')) ?? repetitions[0]
  if (one === undefined) return undefined
  const given = [one.text(2), one.text(3)].flatMap((part) => part?.trim() ?? [])
  const family = one.text(1)?.trim()
  return family === undefined && given.length === 0 ? undefined : { family, given }
}

function readBirthDate(pid: Segment): string | undefined {
  const text = pid.text(7)
  if (text === undefined) return undefined
  const date = readDate(text)
  if (date !== undefined) return date
  throw new Hl7Fault(
    'HL7_BIRTH_DATE',
    '102',
    pid.place(7),
    'the birth date is not a date',
    'Write YYYYMMDD, or YYYYMM or YYYY where no more is known.',
  )
}

function readSex(pid: Segment): PatientView['sex'] {
  const text = pid.text(8)?.toUpperCase()
  if (text === undefined) return undefined
  const sex = SEXES[text]
  if (sex !== undefined) return sex
  throw new Hl7Fault(
    'HL7_SEX',
    '103',
    pid.place(8),
    'the administrative sex is not a value of table 0001',
    'Send F, M, O, U, A or N.',
  )
}

/** "Given Family", as people are listed. */
export function nameText(name: PersonName | undefined): string | undefined {
  if (name === undefined) return undefined
  return [...name.given, name.family].filter((part) => part !== undefined).join(' ')
}
