import type { Resource } from '../../record/resource.ts'
import { spellingOf } from '../../record/resource-text.ts'
import { LOINC } from '../../terms/genomics-reporting.ts'
import { mshOut, type Route } from './message-out.ts'
import { type Concept, cwe, dtm, numberField, pidSegment } from './resource-fields.ts'
import { escaped, type FieldText, segmentText } from './segment-text.ts'

/** HL7 table 0085, by observation-status. */
const STATUS: Readonly<Record<string, string>> = {
  registered: 'I',
  preliminary: 'P',
  final: 'F',
  amended: 'C',
  corrected: 'C',
  cancelled: 'X',
  'entered-in-error': 'W',
}

interface Answer {
  readonly code?: Concept
  readonly valueCodeableConcept?: Concept
  readonly valueString?: string
  readonly valueQuantity?: {
    readonly value?: number
    readonly unit?: string
    readonly code?: string
    readonly system?: string
    readonly comparator?: string
  }
  readonly valueRange?: {
    readonly low?: { readonly value?: number }
    readonly high?: { readonly value?: number }
  }
  readonly valueDateTime?: string
}

/** One OBX still without its number. */
interface Line {
  readonly type: string
  readonly code: FieldText
  readonly sub: string
  readonly value: FieldText
  readonly unit: FieldText
  readonly status: string
}

/**
 * ORU^R01 of a DiagnosticReport with its Observations: findings as groups by OBX-4 (1a, 1b, …), what is derived from
 * one of them nested in it (1a.a), the rest without; documents as ED.
 */
export function resultOut(
  report: Resource,
  observations: readonly Resource[],
  patient: Resource,
  route: { readonly to: Route; readonly controlId: string; readonly at: string },
): string {
  const none = (count: number) => Array.from({ length: count }, () => undefined)
  const lines = [...linesOf(observations), ...formsOf(report)]
  const status = STATUS[String(report['status'])] ?? (report['status'] === 'partial' ? 'A' : 'F')
  const filler = numberField(report, 'FILL') ?? [report.id, 'GARROD']
  return `${[
    mshOut(['ORU', 'R01', 'ORU_R01'], route),
    pidSegment(patient, escaped),
    segmentText(
      'OBR',
      '1',
      numberField(report, 'PLAC'),
      filler,
      cwe(report['code'] as Concept),
      ...none(2),
      dtm(report['effectiveDateTime']),
      ...none(14),
      dtm(report['issued']),
      ...none(2),
      status === 'W' ? 'X' : status,
    ),
    ...lines.map((line, i) =>
      segmentText(
        'OBX',
        String(i + 1),
        line.type,
        line.code,
        line.sub,
        line.value,
        line.unit,
        ...none(4),
        line.status,
      ),
    ),
  ].join('\r')}\r`
}

function linesOf(observations: readonly Resource[]): Line[] {
  const subs = new Map<string, string>()
  const nested = new Map<string, number>()
  const lines: Line[] = []
  const derivedFirst = [...observations].sort(
    (a, b) => Number(derived(a).length > 0) - Number(derived(b).length > 0),
  )
  for (const one of derivedFirst) {
    const components = (one['component'] as readonly Answer[] | undefined) ?? []
    let sub = ''
    const parent = derived(one).find((id) => subs.has(id))
    if (parent !== undefined) {
      const count = nested.get(parent) ?? 0
      nested.set(parent, count + 1)
      sub = `${subs.get(parent)}.${letters(count)}`
    } else if (components.length > 0) sub = `1${letters(subs.size)}`
    if (sub !== '') subs.set(one.id ?? '', sub)
    const status = STATUS[String(one['status'])] ?? 'F'
    const own = one as Answer
    const isImplication = !(own.code?.coding ?? []).some(({ system }) => system === LOINC)
    for (const answer of isImplication ? components : [own, ...components]) {
      const line = lineOf(answer, sub, status)
      if (line !== undefined) lines.push(line)
    }
  }
  return lines
}

function derived(one: Resource): string[] {
  const list = (one['derivedFrom'] as readonly { reference?: string }[] | undefined) ?? []
  return list.map(({ reference = '' }) => reference.replace(/^.*Observation\//, ''))
}

/** 0 is a, 25 is z, 26 is aa. */
function letters(n: number): string {
  return n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26)
}

function lineOf(answer: Answer, sub: string, status: string): Line | undefined {
  const loinc = answer.code?.coding?.find(({ system }) => system === LOINC)
  const first = loinc === undefined ? answer.code : { ...answer.code, coding: [loinc] }
  const base = { code: cwe(first), sub, unit: undefined, status }
  const { valueCodeableConcept, valueString, valueQuantity, valueRange, valueDateTime } = answer
  if (valueCodeableConcept !== undefined) return { ...base, type: 'CWE', value: cwe(valueCodeableConcept) }
  if (valueString !== undefined) return { ...base, type: 'ST', value: valueString }
  if (valueDateTime !== undefined) return { ...base, type: 'DTM', value: dtm(valueDateTime) }
  if (valueRange !== undefined) {
    const end = (one: { readonly value?: number } | undefined) =>
      one === undefined ? undefined : numberText(one)
    return { ...base, type: 'NR', value: [end(valueRange.low), end(valueRange.high)] }
  }
  if (valueQuantity?.value !== undefined) {
    const { unit, code, system, comparator } = valueQuantity
    const number = numberText(valueQuantity)
    const coded = system === 'http://unitsofmeasure.org' ? [code, unit ?? code, 'UCUM'] : [undefined, unit]
    return comparator === undefined
      ? { ...base, type: 'NM', value: number, unit: coded }
      : { ...base, type: 'SN', value: [comparator, number], unit: coded }
  }
  // A result that was withdrawn has no value, and its place is told all the same.
  return answer.code !== undefined && (status === 'X' || status === 'W')
    ? { ...base, type: '', value: undefined }
    : undefined
}

function formsOf(report: Resource): Line[] {
  const forms =
    (report['presentedForm'] as
      | readonly { contentType?: string; data?: string; title?: string }[]
      | undefined) ?? []
  return forms.flatMap(({ contentType = '', data, title }) => {
    const [type, subtype] = contentType.split(';')[0]!.split('/')
    return data === undefined
      ? []
      : [
          {
            type: 'ED',
            code: ['PDF', title ?? 'Report', 'L'],
            sub: '',
            value: [undefined, type, subtype, 'Base64', data],
            unit: undefined,
            status: STATUS[String(report['status'])] ?? 'F',
          },
        ]
  })
}

/** The number of a quantity as HL7 writes it: as precise as it was written, never with an exponent (2.A.47, NM). */
function numberText(quantity: { readonly value?: number }): string | undefined {
  const { value } = quantity
  if (value === undefined) return undefined
  const text = spellingOf(quantity, 'value') ?? String(value)
  return /e/i.test(text)
    ? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
    : text
}
