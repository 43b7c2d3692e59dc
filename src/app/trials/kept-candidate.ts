import { CANDIDATE_TYPES } from '../../fhir/candidate/clinical-candidate.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Candidate } from '../../record/candidate.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { GENETIC } from '../access/gate.ts'
import { fhirCandidate } from '../tumor/patient-tumor.ts'
import { type CandidateFiles, withTumorFiles } from './candidate-files.ts'

const BATCH = 500
/** Resources of one person that are taken into account. */
const MOST = 20_000

/** What people are read from: resources of the record, and files of their tumours. */
export type PeopleStore = Pick<Store, 'resources' | 'archive' | 'tumorFiles' | 'access'>

/**
 * People of the kept record as candidates, as far as `within` lets them be seen: what is hidden is as if it were not
 * there, and unknown. Who is hidden altogether, or has no Patient resource, is left out. Throws QUERY_TOO_COSTLY.
 */
export async function keptCandidates(
  store: PeopleStore,
  facts: Facts,
  tenant: TenantId,
  patients: readonly PatientId[],
  within: Restriction,
): Promise<readonly Candidate[]> {
  return (await keptPeople(store, facts, tenant, patients, within)).map(({ candidate }) => candidate)
}

/**
 * One person as a candidate for whoever asks; where part of what bears on trials is hidden from them, that is told, so that
 * "not shown" is not read as "not tested". Throws QUERY_TOO_COSTLY.
 */
export async function shownPerson(
  store: PeopleStore,
  facts: Facts,
  tenant: TenantId,
  patient: PatientId,
  within: Restriction,
): Promise<KeptPerson | undefined> {
  const [shown] = await keptPeople(store, facts, tenant, [patient], within)
  if (shown === undefined || hidesNothing(within)) return shown
  const [whole] = await keptPeople(store, facts, tenant, [patient], UNRESTRICTED)
  const hides =
    whole !== undefined &&
    (whole.resources.length > shown.resources.length || whole.files.length > shown.files.length)
  return hides ? { ...shown, candidate: { ...shown.candidate, partlyShown: true } } : shown
}

function hidesNothing({ types, hiddenLabels, consent }: Restriction): boolean {
  return types === undefined && hiddenLabels.length === 0 && consent === undefined
}

/** Somebody as a candidate, and the resources and files that say so. */
export interface KeptPerson {
  readonly candidate: Candidate
  readonly resources: readonly Resource[]
  readonly files: readonly CandidateFiles[]
}

/** The same, with what they rest on: results of the record and files of tumours. Throws QUERY_TOO_COSTLY. */
export async function keptPeople(
  store: PeopleStore,
  facts: Facts,
  tenant: TenantId,
  patients: readonly PatientId[],
  within: Restriction,
): Promise<readonly KeptPerson[]> {
  const people = await recordPeople(store, facts, tenant, patients, within)
  const owners = await store.tumorFiles.owners(
    tenant,
    people.map(({ candidate }) => patientId(candidate.id)),
  )
  const found: KeptPerson[] = []
  for (const { candidate, resources } of people) {
    const id = patientId(candidate.id)
    // A file has no labels of its own: it is genetic, and is shown as any genetic result is.
    const [shown = false] = owners.has(id) ? await store.access.shown(tenant, id, [GENETIC], within) : []
    const files = shown ? await withTumorFiles(store, facts, tenant, candidate) : { candidate, files: [] }
    found.push({ ...files, resources })
  }
  return found
}

/** People by the resources of their record alone. Throws QUERY_TOO_COSTLY. */
export async function recordPeople(
  store: Pick<Store, 'resources'>,
  facts: Facts,
  tenant: TenantId,
  patients: readonly PatientId[],
  within: Restriction,
): Promise<readonly Omit<KeptPerson, 'files'>[]> {
  const allowed = within.compartments
  const compartments = patients.filter((one) => allowed === undefined || allowed.includes(one))
  const found = new Map<string, Resource[]>(compartments.map((one) => [one, []]))
  const take = async (type: string, where: Restriction) => {
    const query = { type, criteria: [], sort: [], count: 0, after: undefined, total: false, within: where }
    for await (const batch of store.resources.scan(tenant, query, BATCH)) {
      for (const { compartment, json } of batch) {
        const list = found.get(compartment)
        if (list === undefined || json === undefined) continue
        if (list.push(JSON.parse(json) as Resource) > MOST) throw tooMany()
      }
    }
  }
  for (const type of ['Patient', ...CANDIDATE_TYPES]) await take(type, { ...within, compartments })
  const medications = await medicationsOf(store, tenant, [...found.values()].flat(), within)
  return [...found].flatMap(([id, resources]) => {
    // A Patient that went into this record is not this person.
    const own = resources.filter((one) => one.resourceType !== 'Patient' || one.id === id)
    return own.some((one) => one.resourceType === 'Patient')
      ? [{ candidate: fhirCandidate(id, [...own, ...medications], facts), resources: own }]
      : []
  })
}

/** Medications that are resources of their own, about nobody in particular. */
async function medicationsOf(
  store: Pick<Store, 'resources'>,
  tenant: TenantId,
  resources: readonly Resource[],
  within: Restriction,
): Promise<readonly Resource[]> {
  const ids = new Set(
    resources.flatMap((one) => {
      const { reference } = (one['medicationReference'] ?? {}) as { reference?: string }
      return /(?:^|\/)Medication\/([A-Za-z0-9.-]{1,64})$/.exec(reference ?? '')?.[1] ?? []
    }),
  )
  if (ids.size === 0) return []
  const refs = [...ids].map((id) => ({ type: 'Medication', id }))
  const stored = await store.resources.readMany(tenant, refs, within)
  return stored
    .filter(({ compartment }) => compartment === TENANT_COMPARTMENT)
    .flatMap(({ json }) => (json === undefined ? [] : [JSON.parse(json) as Resource]))
}

function tooMany(): Fault {
  return new Fault(
    'QUERY_TOO_COSTLY',
    'patient',
    `the record has more than ${MOST} resources that bear on trials`,
    'Ask whoever runs this server to look at the record.',
  )
}
