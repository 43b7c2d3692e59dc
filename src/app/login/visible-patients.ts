import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../safeguard/caller.ts'
import type { User } from '../../store/login/login-store.ts'
import type { Patient, PatientPage } from '../../store/people/people-store.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import { accessOf } from '../access/access-of.ts'
import { withGrant } from '../access/gate.ts'
import type { Services } from '../http/services.ts'
import { callerOfUser } from './session-caller.ts'

/** The user as the policies know them, with a break-glass grant in force. */
export function callerNow(services: Services, request: FastifyRequest, user: User): Promise<Caller> {
  return withGrant(services, callerOfUser(services, user, request))
}

/** People whom the caller may look for. */
export async function findPatients(
  services: Services,
  caller: Caller,
  search: string,
  limit: number,
): Promise<PatientPage> {
  const { store, tenant, facts, site, now } = services
  const { allow, restriction } = accessOf(facts, site).authorize(
    caller,
    { action: 'search', kind: 'Patient' },
    now().toISOString(),
  )
  if (!allow) return { patients: [], total: 0, next: undefined }
  return store.patients.list(tenant, { search, limit, within: restriction })
}

/** The person, when the caller may open their record; undefined as for somebody who is not there. */
export async function visiblePatient(
  services: Services,
  caller: Caller,
  id: string,
): Promise<Patient | undefined> {
  const { store, tenant, facts, site, now } = services
  const patient: PatientId = patientId(id)
  const { allow, restriction } = accessOf(facts, site).authorize(
    caller,
    { action: 'read', kind: 'Patient', patient },
    now().toISOString(),
  )
  if (!allow) return undefined
  const sight = { type: 'Patient', id: patient, labels: [], codes: [] }
  const [shown] = await store.access.shown(tenant, patient, [sight], restriction)
  return shown === true ? store.patients.get({ tenant, patient }) : undefined
}

/** Those of the people whose Patient the caller may find; nobody where they may look for none. */
export async function visiblePeople(
  { store, tenant, facts, site, now }: Services,
  caller: Caller,
  people: readonly PatientId[],
): Promise<readonly PatientId[]> {
  const { allow, restriction } = accessOf(facts, site).authorize(
    caller,
    { action: 'search', kind: 'Patient' },
    now().toISOString(),
  )
  if (!allow) return []
  const refs = people.map((id) => ({ type: 'Patient', id }))
  const seen = await store.resources.readMany(tenant, refs, restriction)
  return seen.map(({ id }) => patientId(id))
}
