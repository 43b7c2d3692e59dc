import { KIDNEYS, type labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import type { Clearance, PersonCondition } from '../../record/person-condition.ts'
import type { Resource } from '../../record/resource.ts'
import { codings } from '../genomics/component.ts'
import { dayOf, newest, quantityOf, stands } from './observed.ts'

type Labels = ReturnType<typeof labelConditions>

/**
 * How much the kidneys clear by the newest result of a creatinine clearance or an estimated filtration (mL/min, or per 1.73 m²:
 * labels are read with either). Of several of one day the lowest. A result in another unit is left out; undefined: there is none.
 */
export function measuredKidneys(
  resources: readonly Resource[],
  { kidneyTests, conditions }: Labels,
): PersonCondition | undefined {
  const tests = new Map(kidneyTests.map(({ loinc, words }) => [loinc, words]))
  const results = resources.flatMap((one) => {
    if (!stands(one)) return []
    const quantity = quantityOf(one['valueQuantity'])
    const test = codings(one['code']).flatMap(({ system, code }) =>
      code !== undefined && (system === undefined || /loinc/i.test(system)) ? (tests.get(code) ?? []) : [],
    )[0]
    if (quantity === undefined || test === undefined || !isClearance(quantity.unit)) return []
    const { value, beyond } = quantity
    if (!(value >= 0)) return []
    return [{ test, value, beyond, day: dayOf(one), clearance: clearanceOf(value, beyond) }]
  })
  const [lowest] = newest(results).toSorted((a, b) => a.clearance.low - b.clearance.low || a.value - b.value)
  const condition = conditions.find(({ key }) => key === KIDNEYS)
  if (lowest === undefined || condition === undefined) return undefined
  const { test, value, beyond = '', day, clearance } = lowest
  return {
    key: condition.key,
    words: condition.words,
    seen: `${test} ${beyond}${value} mL/min${test === 'eGFR' ? ' per 1.73 m²' : ''}${day === undefined ? ', no date' : `, ${day}`}`,
    clearance,
  }
}

/** "mL/min", "mL/min/{1.73_m2}", "mL/min/1.73m2"; nothing that is per hour or in litres. */
function isClearance(unit: string): boolean {
  return /^ml\/min(?:\b|$)/i.test(unit.replaceAll(' ', ''))
}

/** "> 60" has no upper end, and "< 15" is below 15. */
function clearanceOf(value: number, beyond: '<' | '<=' | '>' | '>=' | undefined): Clearance {
  if (beyond === '>' || beyond === '>=') return { low: value }
  if (beyond === '<') return { low: 0, high: Math.max(0, value - 0.1) }
  return beyond === '<=' ? { low: 0, high: value } : { low: value, high: value }
}

/** How much kidneys clear that a code (with or without its dot) or a name says how ill they are; undefined: they do not say. */
export function stagedKidneys(
  codes: readonly string[],
  name: string | undefined,
  { kidneyStages }: Pick<Labels, 'kidneyStages'>,
): Clearance | undefined {
  const plain = codes.map((code) => code.trim().toUpperCase().replaceAll('.', ''))
  const words = ` ${(name ?? '')
    .slice(0, 500)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()} `
  const coded = kidneyStages.find(({ icd10 }) =>
    icd10.some((start) => plain.some((code) => code.startsWith(start.replaceAll('.', '')))),
  )
  // "Stage 1 through stage 4" is no stage: it lies between the two.
  const found =
    coded === undefined
      ? kidneyStages.filter(({ names }) => names.some((one) => words.includes(` ${one.toLowerCase()} `)))
      : [coded]
  if (found.length === 0) return undefined
  const high = Math.max(...found.map((one) => one.high ?? Number.POSITIVE_INFINITY))
  return {
    low: Math.min(...found.map(({ low }) => low)),
    ...(Number.isFinite(high) ? { high } : {}),
  }
}
