import type { DrugBook } from '../../knowledge/drug.ts'
import type { Treatment } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { type Coded, codings, list, text } from '../genomics/component.ts'
import { firstSpread, isForAdvanced } from './advanced.ts'
import { claims, referenceOf } from './observed.ts'

/**
 * Statuses that say the drug was given. An order says only that somebody wanted it given, until it is completed: then all that
 * was ordered has been done.
 */
const GIVEN: Readonly<Record<string, ReadonlySet<string>>> = {
  MedicationStatement: new Set(['active', 'completed', 'stopped', 'on-hold']),
  MedicationAdministration: new Set(['completed', 'in-progress', 'stopped', 'on-hold']),
  MedicationRequest: new Set(['completed']),
}

/** A drug that was given, as one resource says it. */
export interface GivenDrug {
  readonly resource: Resource
  /** Its generic name, and the names that were sent. */
  readonly names: readonly string[]
  /** First and last day, YYYY-MM-DD. */
  readonly from: string | undefined
  readonly until: string | undefined
  readonly ongoing: boolean
}

export function givenDrugs(resources: readonly Resource[], book: DrugBook): readonly GivenDrug[] {
  const medications = new Map(
    resources.filter((one) => one.resourceType === 'Medication').map((one) => [`Medication/${one.id}`, one]),
  )
  return resources
    .filter((one) => GIVEN[one.resourceType]?.has(String(one['status'])) === true)
    .map((one) => {
      const status = String(one['status'])
      const period = one['effectivePeriod'] as { start?: unknown; end?: unknown } | undefined
      const day = text(one['effectiveDateTime'])
      return {
        resource: one,
        names: namesOf(conceptOf(one, medications), book),
        from: wholeDay(day ?? text(period?.start)),
        until: wholeDay(day ?? text(period?.end)),
        ongoing:
          one.resourceType !== 'MedicationRequest' && (status === 'active' || status === 'in-progress'),
      }
    })
}

/** Drugs that were given, each under its generic name and under the names that were sent; radiotherapy and surgery as such. */
export function treatmentsOf(resources: readonly Resource[], book: DrugBook): readonly Treatment[] {
  const spread = firstSpread(resources)
  const drugs = givenDrugs(resources, book).flatMap(({ resource, names, from, until, ongoing }) => {
    const when = ongoing ? { ongoing } : until === undefined ? {} : { until }
    const what = isForAdvanced(resource, from, spread) ? { forAdvanced: true as const } : {}
    return names.map((drug): Treatment => ({ drug, ...when, ...what }))
  })
  return [...drugs, ...resources.flatMap(procedureOf)]
}

/** Procedures against the cancer that were done (mCODE). */
function procedureOf(one: Resource): readonly Treatment[] {
  if (one.resourceType !== 'Procedure' || one['status'] !== 'completed') return []
  const drug = claims(one, /radiotherapy|cancer-related-radiation/)
    ? 'radiotherapy'
    : claims(one, /cancer-related-surgical/)
      ? 'surgery'
      : undefined
  if (drug === undefined) return []
  const period = one['performedPeriod'] as { end?: unknown } | undefined
  const until = wholeDay(text(one['performedDateTime']) ?? text(period?.end))
  return [{ drug, ...(until === undefined ? {} : { until }) }]
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

/** YYYY-MM-DD of a date or a moment; undefined of what says less. */
function wholeDay(said: string | undefined): string | undefined {
  return said === undefined ? undefined : /^\d{4}-\d\d-\d\d/.exec(said)?.[0]
}
