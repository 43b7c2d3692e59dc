import type { OntologyClass, PhenopacketQuantity, TimeElement } from '../../record/phenopacket.ts'
import { codingOfCurie } from '../../terms/curie.ts'

export function conceptOf({ id, label }: OntologyClass): { coding: readonly unknown[]; text: string } {
  return { coding: [{ ...codingOfCurie(id), display: label }], text: label }
}

export const loinc = (code: string, display: string) => ({
  coding: [{ system: 'http://loinc.org', code, display }],
})

/** The unit as it is called; its code where the sender used UCUM, or another vocabulary. */
export function quantityOf({ value, unit }: PhenopacketQuantity): Record<string, unknown> {
  const { system, code } = codingOfCurie(unit.id)
  return { value, unit: unit.label, ...(system === undefined ? {} : { system, code }) }
}

/** FHIR forbids a range whose ends have another unit than the value: then only the words are given. */
export function rangeOf({ unit, referenceRange }: PhenopacketQuantity): Record<string, unknown> {
  if (referenceRange === undefined) return {}
  const { low, high } = referenceRange
  const own = referenceRange.unit
  if (own.id !== unit.id) return { referenceRange: [{ text: `${low} to ${high} (${own.label})` }] }
  const end = (value: number) => quantityOf({ value, unit })
  return { referenceRange: [{ low: end(low), high: end(high) }] }
}

const AGE_UNITS: Readonly<Record<string, readonly [code: string, unit: string]>> = {
  Y: ['a', 'years'],
  M: ['mo', 'months'],
  W: ['wk', 'weeks'],
  D: ['d', 'days'],
}

/** An age of one unit as a FHIR Age; "P5M15D" is of two and stays text. */
function ageOf(duration: string): Record<string, unknown> | undefined {
  const [, value, letter] = /^P(\d+)([YMWD])$/.exec(duration) ?? []
  if (value === undefined || letter === undefined || Number(value) === 0) return undefined
  const [code, unit] = AGE_UNITS[letter]!
  return { value: Number(value), unit, system: 'http://unitsofmeasure.org', code }
}

/** A time in words that hold all of it. */
function timeText(time: TimeElement): string {
  if (time.age !== undefined) return time.age.iso8601duration
  if (time.ageRange !== undefined)
    return `${time.ageRange.start.iso8601duration}/${time.ageRange.end.iso8601duration}`
  if (time.gestationalAge !== undefined)
    return `gestational age ${time.gestationalAge.weeks} weeks ${time.gestationalAge.days ?? 0} days`
  if (time.ontologyClass !== undefined) return time.ontologyClass.label
  if (time.interval !== undefined) return `${time.interval.start}/${time.interval.end}`
  return time.timestamp ?? ''
}

/** onset[x], abatement[x] and the like of a Condition. */
export function conditionTime(element: string, time: TimeElement | undefined): Record<string, unknown> {
  if (time === undefined) return {}
  if (time.timestamp !== undefined) return { [`${element}DateTime`]: time.timestamp }
  if (time.interval !== undefined) return { [`${element}Period`]: { ...time.interval } }
  const age = time.age === undefined ? undefined : ageOf(time.age.iso8601duration)
  return age === undefined ? { [`${element}String`]: timeText(time) } : { [`${element}Age`]: age }
}

/** element[x] of a type that takes a time or a period only; an age is said elsewhere. */
export function clockTime(element: string, time: TimeElement | undefined): Record<string, unknown> {
  if (time?.timestamp !== undefined) return { [`${element}DateTime`]: time.timestamp }
  return time?.interval === undefined ? {} : { [`${element}Period`]: { ...time.interval } }
}

/** value[x] of an Observation's component. */
export function componentTime(time: TimeElement): Record<string, unknown> {
  if (time.timestamp !== undefined) return { valueDateTime: time.timestamp }
  if (time.interval !== undefined) return { valuePeriod: { ...time.interval } }
  if (time.ontologyClass !== undefined) return { valueCodeableConcept: conceptOf(time.ontologyClass) }
  return { valueString: timeText(time) }
}
