import { CANDIDATE_TYPES } from '../../fhir/candidate/clinical-candidate.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Candidate } from '../../record/candidate.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { fhirCandidate } from '../tumor/patient-tumor.ts'

const BATCH = 500
/** Resources of one person that are taken into account. */
const MOST = 20_000

/**
 * People of the kept record as candidates, as far as `within` lets them be seen: what is hidden is as if it were not
 * there, and unknown. Who is hidden altogether, or has no Patient resource, is left out. Throws QUERY_TOO_COSTLY.
 */
export async function keptCandidates(
  store: Pick<Store, 'resources'>,
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
export async function shownCandidate(
  store: Pick<Store, 'resources'>,
  facts: Facts,
  tenant: TenantId,
  patient: PatientId,
  within: Restriction,
): Promise<Candidate | undefined> {
  const [shown] = await keptPeople(store, facts, tenant, [patient], within)
  if (shown === undefined || hidesNothing(within)) return shown?.candidate
  const [whole] = await keptPeople(store, facts, tenant, [patient], UNRESTRICTED)
  return whole !== undefined && whole.resources.length > shown.resources.length
    ? { ...shown.candidate, partlyShown: true }
    : shown.candidate
}

function hidesNothing({ types, hiddenLabels, consent }: Restriction): boolean {
  return types === undefined && hiddenLabels.length === 0 && consent === undefined
}

/** Somebody as a candidate, and the resources that say so. */
export interface KeptPerson {
  readonly candidate: Candidate
  readonly resources: readonly Resource[]
}

/** The same, with the resources. Throws QUERY_TOO_COSTLY. */
export async function keptPeople(
  store: Pick<Store, 'resources'>,
  facts: Facts,
  tenant: TenantId,
  patients: readonly PatientId[],
  within: Restriction,
): Promise<readonly KeptPerson[]> {
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
