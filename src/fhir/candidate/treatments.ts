import type { DrugBook } from '../../knowledge/drug.ts'
import type { Treatment } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { type Coded, codings, list, text } from '../genomics/component.ts'
import { referenceOf } from './observed.ts'

/** Statuses that say the drug was given. An order (MedicationRequest) says only that somebody wanted it given. */
const GIVEN: Readonly<Record<string, ReadonlySet<string>>> = {
  MedicationStatement: new Set(['active', 'completed', 'stopped', 'on-hold']),
  MedicationAdministration: new Set(['completed', 'in-progress', 'stopped', 'on-hold']),
}

/** Drugs that were given, each under its generic name and under the names that were sent. */
export function treatmentsOf(resources: readonly Resource[], book: DrugBook): readonly Treatment[] {
  const medications = new Map(
    resources.filter((one) => one.resourceType === 'Medication').map((one) => [`Medication/${one.id}`, one]),
  )
  const given = resources.filter((one) => GIVEN[one.resourceType]?.has(String(one['status'])) === true)
  return given.flatMap((one) => {
    const status = String(one['status'])
    const ongoing = status === 'active' || status === 'in-progress'
    const until = endOf(one)
    const when = ongoing ? { ongoing } : until === undefined ? {} : { until }
    return namesOf(conceptOf(one, medications), book).map((drug): Treatment => ({ drug, ...when }))
  })
}

function conceptOf(one: Resource, medications: ReadonlyMap<string, Resource>): readonly Coded[] {
  const own = codings(one['medicationCodeableConcept'])
  if (own.length > 0) return own
  const reference = text((one['medicationReference'] as { reference?: unknown } | undefined)?.reference) ?? ''
  const contained = list(one['contained']).find(({ id }) => reference === `#${String(id)}`)
  const medication = contained ?? medications.get(referenceOf(one['medicationReference']) ?? '')
  return codings(medication?.['code'])
}

function namesOf(concept: readonly Coded[], book: DrugBook): readonly string[] {
  const known = concept.flatMap(({ code }) =>
    code === undefined ? [] : [...book.withRxCui(code), ...book.withAtc(code)],
  )
  const said = concept.flatMap(({ display }) => (display === undefined ? [] : ingredientsIn(display)))
  const spelled = said.flatMap((name) => book.spelled(name))
  return [...new Set([...known, ...spelled].map(({ name }) => name).concat(said))]
}

/** "osimertinib" of RxNorm's "osimertinib 80 MG Oral Tablet"; several of a combination. */
function ingredientsIn(display: string): readonly string[] {
  return display
    .split(/\s+\/\s+/)
    .map((part) => part.replace(/\s*\d.*$/, '').trim())
    .filter((part) => part.length > 1)
}

/** Last day it was given, YYYY-MM-DD. */
function endOf(one: Resource): string | undefined {
  const period = one['effectivePeriod'] as { end?: unknown } | undefined
  const said = text(one['effectiveDateTime']) ?? text(period?.end)
  return said === undefined ? undefined : /^\d{4}-\d\d-\d\d/.exec(said)?.[0]
}
