import type { PatientView } from '../../intake/hl7v2/segment/patient-view.ts'
import type { Resource } from '../../record/resource.ts'
import type { Patient } from '../../store/people/people-store.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { contradictionsOf } from '../exchange/same-person.ts'
import { type FhirReply, type FhirService, touch, type Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'
import { type KnownPeople, viewsOf } from './new-person.ts'
import { patientDetails } from './patient-details.ts'
import { searchset } from './search-bundle.ts'

/** How sure it is, as FHIR grades it, and the score that goes with it. The score orders; it is no probability. */
const GRADES = { certain: 1, probable: 0.8, possible: 0.5 } as const
type Grade = keyof typeof GRADES

const MATCH_GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade'
const COUNT_DEFAULT = 10

/**
 * POST Patient/$match (R4): who a Patient may be, of those whom the caller may see.
 *   certain    has one of the identifiers, and nothing speaks against it
 *   probable   has name, birth date and sex, and no identifier speaks against it
 *   possible   has one of the identifiers, or name, birth date and sex, but something speaks against it
 * With onlyCertainMatches a single certain one, or nobody. Throws MATCH_MALFORMED.
 */
export async function matchInteraction(work: Work, people: KnownPeople): Promise<FhirReply> {
  const { service, context, request, trace } = work
  const { patient, onlyCertain, count } = askedOf(request.body)
  const graded = await gradedPeople(people, work, patient)
  const found: { readonly stored: StoredResource; readonly grade: Grade }[] = []
  const refs = [...graded.keys()].map((id) => ({ type: 'Patient', id }))
  for (const stored of await service.store.readMany(context.tenant, refs, context.within)) {
    if (!stored.deleted) found.push({ stored, grade: graded.get(stored.id)! })
  }
  found.sort((a, b) => GRADES[b.grade] - GRADES[a.grade] || (a.stored.id < b.stored.id ? -1 : 1))
  const certain = found.filter(({ grade }) => grade === 'certain')
  const given = onlyCertain ? (certain.length === 1 ? certain : []) : found.slice(0, count)
  touch(
    trace,
    given.map(({ stored }) => stored),
  )
  trace.count = given.length
  return { status: 200, headers: {}, body: bundleOf(work, service, given) }
}

async function gradedPeople(
  people: KnownPeople,
  { context: { tenant } }: Work,
  patient: Resource,
): Promise<ReadonlyMap<string, Grade>> {
  const { identifiers, sex, birthDate } = patientDetails({ ...patient, id: 'asked' })
  const numbers = identifiers.map((one) => ({ ...one, type: undefined }))
  const nameless: PatientView = {
    identifiers: numbers,
    name: undefined,
    birthDate,
    sex,
    account: undefined,
    notes: [],
  }
  const named = viewsOf(patient).map((view) => ({ ...view, identifiers: numbers }))
  const views = named.length === 0 ? [nameless] : named
  const fits = (one: Patient) => views.some((view) => contradictionsOf(view, one).length === 0)
  const graded = new Map<string, Grade>()
  for (const view of named) {
    for (const one of await people.alike(tenant, view))
      graded.set(one.id, fits(one) ? 'probable' : 'possible')
  }
  for (const identifier of identifiers) {
    const one = await people.withIdentifier(tenant, identifier)
    if (one !== undefined) graded.set(one.id, fits(one) ? 'certain' : 'possible')
  }
  return graded
}

function bundleOf(
  { context, request }: Work,
  service: FhirService,
  given: readonly { readonly stored: StoredResource; readonly grade: Grade }[],
): string {
  const base = service.base()
  const links = [{ relation: 'self', url: `${base}/${request.path.join('/')}` }]
  const entries = given.map(({ stored, grade }) => ({
    fullUrl: `${base}/Patient/${stored.id}`,
    json: minimum(context, 'Patient', stored.json!),
    mode: 'match' as const,
    search: { extension: [{ url: MATCH_GRADE, valueCode: grade }], score: GRADES[grade] },
  }))
  return searchset(service, entries, entries.length, links)
}

interface AskedMatch {
  readonly patient: Resource
  readonly onlyCertain: boolean
  readonly count: number
}

function askedOf(body: unknown): AskedMatch {
  const { resourceType, parameter } = (body ?? {}) as { resourceType?: unknown; parameter?: unknown }
  if (resourceType === 'Patient') {
    return { patient: body as Resource, onlyCertain: false, count: COUNT_DEFAULT }
  }
  const list = Array.isArray(parameter) ? (parameter as readonly Record<string, unknown>[]) : []
  const named = (name: string) => list.find((one) => one['name'] === name)
  const patient = named('resource')?.['resource'] as Resource | undefined
  const count = named('count')?.['valueInteger'] ?? COUNT_DEFAULT
  const onlyCertain = named('onlyCertainMatches')?.['valueBoolean'] ?? false
  if (patient?.resourceType !== 'Patient') throw malformed('resource', 'it holds no Patient')
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 100)
    throw malformed('count', 'it is not a number from 1 to 100')
  if (typeof onlyCertain !== 'boolean') throw malformed('onlyCertainMatches', 'it is neither true nor false')
  return { patient, onlyCertain, count }
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'MATCH_MALFORMED',
    `Parameters.${where}`,
    what,
    'POST Parameters with "resource" (a Patient), and "onlyCertainMatches" and "count" when wanted.',
  )
}
