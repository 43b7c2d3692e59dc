import type { Repetition } from '../syntax/segment.ts'
import { codeSystemUri, isStandard } from './code-system.ts'

/** One code of a CE, CWE or CNE, as sent. */
export interface SentCode {
  readonly code: string
  readonly text: string | undefined
  /** Name of the coding system as sent: "LN", "L", "UFMOLLRR"; "" when none. */
  readonly system: string
}

/** A code in a terminology that FHIR names by URI. */
export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

/** A coded field: what was sent, and what it means. */
export interface Coded {
  readonly sent: readonly SentCode[]
  /** Codes of standard terminologies, then those of the sender's own. */
  readonly codings: readonly Coding[]
  readonly text: string | undefined
  /** Codes that neither a standard nor the sender's code map explains, where no other code of the field does. */
  readonly unmapped: readonly SentCode[]
  /** Local codes that were read as LOINC because number, check digit and name all agree. */
  readonly assumed: readonly SentCode[]
}

/** A sender's own codes, translated; see `CodeMap`. */
export type Translate = (system: string, code: string) => Coding | undefined

/** How codes of one sender are read. */
export interface Coder {
  /** Of whom the local codes are: part of the URI they are given. */
  readonly sender: string
  readonly translate: Translate
  /** LOINC's names of the codes read here, lower case, by code. */
  readonly loincNames: ReadonlyMap<string, readonly string[]>
}

/**
 * Reads a coded result (OBX-5). One component without a coding system is a word, not a code, unless the sender's code
 * map knows it.
 */
export function readCodedValue(field: Repetition, coder: Coder): Coded {
  const read = readCoded(field, coder)
  const [only, another] = read.sent
  if (only === undefined || another !== undefined || only.system !== '' || only.text !== undefined)
    return read
  if (coder.translate('', only.code) !== undefined) return read
  return { sent: read.sent, codings: [], text: only.code, unmapped: [], assumed: [] }
}

/** Reads components 1 to 3 and 4 to 6 (the alternate) of a coded repetition. */
export function readCoded(field: Repetition, coder: Coder): Coded {
  const sent: SentCode[] = []
  for (const at of [1, 4]) {
    const code = field.text(at)
    if (code !== undefined) {
      // A FHIR code has single spaces, and none at its ends.
      const plain = code.trim().replace(/\s+/g, ' ')
      sent.push({ code: plain, text: field.text(at + 1), system: field.text(at + 2)?.trim() ?? '' })
    }
  }
  // Component 9 is the original text of CWE; a text without a code stands in component 2.
  const text = field.text(9) ?? field.text(2) ?? field.text(5)
  return coded(sent, text, coder)
}

function coded(sent: readonly SentCode[], text: string | undefined, coder: Coder): Coded {
  const standard: Coding[] = []
  const local: Coding[] = []
  const unmapped: SentCode[] = []
  const assumed: SentCode[] = []
  const add = (list: Coding[], coding: Coding) => {
    if (!list.some((one) => one.system === coding.system && one.code === coding.code)) list.push(coding)
  }
  for (const one of sent) {
    const mapped = coder.translate(one.system, one.code)
    const uri = codeSystemUri(one.system, one.code)
    if (mapped !== undefined) {
      add(standard, mapped)
      if (uri === undefined) add(local, localCoding(one, coder.sender))
    } else if (uri !== undefined && isStandard(one.system, one.code)) {
      add(standard, withDisplay({ system: uri, code: one.code }, one.text))
    } else if (isLoincByName(one, coder)) {
      assumed.push(one)
      add(standard, { system: 'http://loinc.org', code: one.code })
      add(local, localCoding(one, coder.sender))
    } else {
      unmapped.push(one)
      add(local, localCoding(one, coder.sender))
    }
  }
  return {
    sent,
    codings: [...standard, ...local],
    text,
    unmapped: standard.length > 0 ? [] : unmapped,
    assumed,
  }
}

/** The code in a terminology, where the field has one. */
export function codeIn(field: Coded, system: string): string | undefined {
  return field.codings.find((one) => one.system === system)?.code
}

/** A FHIR CodeableConcept, undefined when nothing was sent. */
export function conceptOf(
  field: Coded,
): { readonly coding?: readonly Coding[]; readonly text?: string } | undefined {
  const text = field.text ?? (field.codings.length === 0 ? field.sent[0]?.code : undefined)
  if (field.codings.length === 0 && text === undefined) return undefined
  return {
    ...(field.codings.length === 0 ? {} : { coding: field.codings }),
    ...(text === undefined ? {} : { text }),
  }
}

function localCoding(one: SentCode, sender: string): Coding {
  const name = one.system === '' ? 'L' : one.system
  const system = `urn:hl7v2:${encodeURIComponent(sender)}:${encodeURIComponent(name)}`
  return withDisplay({ system, code: one.code }, one.text)
}

function withDisplay(coding: Coding, display: string | undefined): Coding {
  return display === undefined ? coding : { ...coding, display }
}

/**
 * A local system that reuses LOINC: the number is one that is read here, its check digit holds, and the text is LOINC's
 * name of it. Three agreements are no accident; the work list shows it all the same.
 */
function isLoincByName(one: SentCode, coder: Coder): boolean {
  const names = coder.loincNames.get(one.code)
  if (names === undefined || one.text === undefined || !hasLoincCheckDigit(one.code)) return false
  const text = one.text
    .toLowerCase()
    .replace(/\[.*?\]/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return names.includes(text)
}

/** LOINC's check digit (mod 10, LOINC Users' Guide, appendix "calculating mod 10 check digits"). */
function hasLoincCheckDigit(code: string): boolean {
  const parts = /^(\d{1,7})-(\d)$/.exec(code)
  if (parts === null) return false
  const digits = [...parts[1]!].reverse()
  const odd =
    Number(
      digits
        .filter((_, i) => i % 2 === 0)
        .reverse()
        .join(''),
    ) * 2
  const even = digits
    .filter((_, i) => i % 2 === 1)
    .reverse()
    .join('')
  const sum = [...`${even}${odd}`].reduce((total, digit) => total + Number(digit), 0)
  return (10 - (sum % 10)) % 10 === Number(parts[2])
}
