import { decimalElement } from '../../../record/resource-text.ts'
import type { Repetition, Segment } from '../syntax/segment.ts'
import { type Coded, type Coder, conceptOf, readCoded, readCodedValue } from './coded.ts'
import { readDateTime } from './date-time.ts'

/** One repetition of OBX-5, as FHIR's value[x] and as plain text. */
export interface Value {
  /** { valueQuantity: … } and so on; undefined for a value that cannot be written. */
  readonly fhir: Readonly<Record<string, unknown>>
  /** What a person reads. */
  readonly text: string
  readonly coded: Coded | undefined
  /** [start, end] of SN "-" and NR. */
  readonly range: { readonly low: number | undefined; readonly high: number | undefined } | undefined
  /** What was not as its type says. */
  readonly doubt: string | undefined
}

const COMPARATORS: Readonly<Record<string, string | undefined>> = {
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '=': undefined,
}

/**
 * Reads a value by OBX-2. A number that is none, a code without text and the like stay text, with a doubt: the
 * sender's type was wrong, not its result. An unknown type is text, too.
 */
export function readValue(
  obx: Segment,
  type: string,
  value: Repetition,
  coder: Coder,
  offset: string | undefined,
): Value {
  const plain = (doubt?: string): Value => {
    const text = value.whole
    return { fhir: { valueString: text }, text, coded: undefined, range: undefined, doubt }
  }
  switch (type) {
    case 'NM': {
      const number = numberOf(value.text(1))
      if (number === undefined) return plain('a number (NM) is not one; it is kept as text')
      return quantity(number, undefined, obx, coder)
    }
    case 'SN':
      return structured(value, obx, coder) ?? plain('a structured number (SN) is not one; it is kept as text')
    case 'NR': {
      const low = numberOf(value.text(1))
      const high = numberOf(value.text(2))
      return (low === undefined && high === undefined) || isBackward(low, high)
        ? plain('a range (NR) is not one; it is kept as text')
        : rangeValue(low, high, obx, coder)
    }
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'CF': {
      const coded = readCodedValue(value, coder)
      const concept = conceptOf(coded)
      if (concept === undefined) return { ...plain(), text: '' }
      const text = coded.text ?? coded.sent[0]?.code ?? ''
      return { fhir: { valueCodeableConcept: concept }, text, coded, range: undefined, doubt: undefined }
    }
    case 'DT':
    case 'TS':
    case 'DTM': {
      const when = readDateTime(value.text(1), offset)
      if (when === undefined) return plain('a date is not one; it is kept as text')
      return {
        fhir: { valueDateTime: when.text },
        text: when.text,
        coded: undefined,
        range: undefined,
        doubt: undefined,
      }
    }
    default:
      return plain()
  }
}

/** Ends before it begins. */
function isBackward(low: string | undefined, high: string | undefined): boolean {
  return low !== undefined && high !== undefined && Number(high) < Number(low)
}

/** A number of HL7 as JSON writes it, as precise as it was sent: "+05.40" is 5.40, ".5" is 0.5, "5." is 5. */
function numberOf(text: string | undefined): string | undefined {
  const [, sign, whole = '', decimals = ''] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text?.trim() ?? '') ?? []
  if (sign === undefined || whole + decimals === '') return undefined
  const point = decimals === '' ? '' : `.${decimals}`
  return `${sign === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}${point}`
}

function structured(value: Repetition, obx: Segment, coder: Coder): Value | undefined {
  const sign = value.text(1)?.trim() ?? '='
  const first = numberOf(value.text(2))
  const separator = value.text(3)?.trim()
  const second = numberOf(value.text(4))
  if (first === undefined || !(sign in COMPARATORS)) return undefined
  if (separator === undefined && second === undefined) return quantity(first, COMPARATORS[sign], obx, coder)
  if (sign !== '=' || second === undefined) return undefined
  if (separator === '-') return isBackward(first, second) ? undefined : rangeValue(first, second, obx, coder)
  if (separator !== ':' && separator !== '/') return undefined
  return {
    fhir: {
      valueRatio: { numerator: decimalElement('value', first), denominator: decimalElement('value', second) },
    },
    text: `${first}${separator}${second}`,
    coded: undefined,
    range: undefined,
    doubt: undefined,
  }
}

function quantity(number: string, comparator: string | undefined, obx: Segment, coder: Coder): Value {
  const unit = unitOf(obx, coder)
  return {
    fhir: {
      valueQuantity: {
        ...decimalElement('value', number),
        ...(comparator === undefined ? {} : { comparator }),
        ...unit,
      },
    },
    text: `${comparator ?? ''}${number}${unit.unit === undefined ? '' : ` ${unit.unit}`}`,
    coded: undefined,
    range: undefined,
    doubt: undefined,
  }
}

function rangeValue(low: string | undefined, high: string | undefined, obx: Segment, coder: Coder): Value {
  const unit = unitOf(obx, coder)
  const end = (value: string | undefined) =>
    value === undefined ? undefined : { ...decimalElement('value', value), ...unit }
  const fhir = {
    ...(low === undefined ? {} : { low: end(low) }),
    ...(high === undefined ? {} : { high: end(high) }),
  }
  return {
    fhir: { valueRange: fhir },
    text: `${low ?? ''}–${high ?? ''}`,
    coded: undefined,
    range: {
      low: low === undefined ? undefined : Number(low),
      high: high === undefined ? undefined : Number(high),
    },
    doubt: undefined,
  }
}

/** OBX-6. Coded only where the sender says that it is UCUM, or its code map does. */
function unitOf(obx: Segment, coder: Coder): { unit?: string; system?: string; code?: string } {
  const coded = readCoded(obx.first(6), coder)
  const ucum = coded.codings.find((one) => one.system === 'http://unitsofmeasure.org')
  const text = coded.text ?? coded.sent[0]?.code
  return {
    ...(text === undefined ? {} : { unit: text }),
    ...(ucum === undefined ? {} : { system: ucum.system, code: ucum.code }),
  }
}
