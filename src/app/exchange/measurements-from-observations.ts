import type { Measurement } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import type { MeasuredStatement } from '../../record/statement.ts'
import { LOINC } from '../../terms/genomics-reporting.ts'
import { type Answer, asAnswer, has } from './fhir-value.ts'

interface Kind {
  readonly kind: Measurement['kind']
  readonly unit: Measurement['unit']
  readonly codes: readonly string[]
  /** UCUM unit, and how many of ours it is. */
  readonly units: Readonly<Record<string, number>>
  /** Beyond these a value is a slip of the unit or of a finger. */
  readonly from: number
  readonly to: number
}

/** LOINC codes of body weight, body height and INR. */
const KINDS: readonly Kind[] = [
  {
    kind: 'weight',
    unit: 'kg',
    codes: ['29463-7', '3141-9', '3142-7', '8341-0'],
    units: { kg: 1, g: 0.001, '[lb_av]': 0.453_592_37, lb: 0.453_592_37, lbs: 0.453_592_37 },
    from: 0.2,
    to: 700,
  },
  {
    kind: 'height',
    unit: 'cm',
    codes: ['8302-2', '8301-4', '3137-7', '3138-5', '8306-3'],
    units: { cm: 1, m: 100, '[in_i]': 2.54, in: 2.54 },
    from: 20,
    to: 280,
  },
  {
    kind: 'inr',
    unit: '{INR}',
    codes: ['6301-6', '34714-6', '46418-0', '38875-1'],
    units: { '{INR}': 1, INR: 1, '1': 1, '{ratio}': 1, '': 1 },
    from: 0.5,
    to: 25,
  },
]

/** Codes of everything that is measured. */
export const MEASURED: readonly string[] = KINDS.flatMap(({ codes }) => codes)

/** What an Observation says was measured. A value without a date, unit or within no person's bounds is none. */
export function measuredStatements(observation: Resource): readonly MeasuredStatement[] {
  const answer = asAnswer(observation)
  return KINDS.filter(({ codes }) => has(answer.code, LOINC, ...codes)).flatMap((one) => {
    const at = dateOf(observation)
    const value = measuredIn(one, answer)
    const { kind, unit } = one
    return at === undefined || value === undefined
      ? []
      : [{ kind, value, unit, at, id: observation.id ?? '' }]
  })
}

/** The newest value of each kind, in our units. */
export function measurementsFrom(measured: readonly MeasuredStatement[]): readonly Measurement[] {
  return KINDS.flatMap(({ kind }) => {
    const [newest] = measured
      .filter((one) => one.kind === kind)
      .sort((a, b) => (a.at < b.at || (a.at === b.at && a.id < b.id) ? 1 : -1))
    return newest === undefined ? [] : [{ kind, value: newest.value, unit: newest.unit }]
  })
}

function measuredIn({ units, from, to }: Kind, { valueQuantity }: Answer): number | undefined {
  if (valueQuantity?.value === undefined || valueQuantity.comparator !== undefined) return undefined
  const factor = units[valueQuantity.code ?? valueQuantity.unit ?? '']
  if (factor === undefined) return undefined
  const value = Number((valueQuantity.value * factor).toFixed(3))
  return value >= from && value <= to ? value : undefined
}

/** Start of what the date covers, as an instant, so that dates of different precision are put in order. */
function dateOf(observation: Resource): string | undefined {
  const period = observation['effectivePeriod'] as { start?: string; end?: string } | undefined
  const text = (observation['effectiveDateTime'] ??
    observation['effectiveInstant'] ??
    period?.end ??
    period?.start ??
    observation['issued']) as string | undefined
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}
