import type { Facts } from '../../knowledge/facts.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { Patient } from '../../store/people/people-store.ts'
import type { Act, PatientDetails, PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import type { TenantId } from '../../terms/ids.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { patientDetails } from '../fhir/patient-details.ts'

type PeopleStore = Pick<Store, 'patients' | 'resources'>

/** A registered person as a Patient resource; `before`: what the resource said, of which the rest stays. */
export function patientResource(details: PatientDetails, before?: Resource): Resource {
  const { id, name, sex, birthDate, identifiers } = details
  const {
    meta: _meta,
    name: names,
    identifier,
    gender: _gender,
    birthDate: _born,
    ...rest
  } = (before ?? {}) as Readonly<Record<string, unknown>>
  const known = before === undefined ? undefined : patientDetails(before)
  const written: readonly { system?: string; value?: string }[] = Array.isArray(identifier) ? identifier : []
  return {
    ...rest,
    resourceType: 'Patient',
    id,
    ...(identifiers.length === 0
      ? {}
      : {
          identifier: identifiers.map(
            ({ system, value }) =>
              written.find((one) => one.system === system && one.value === value) ?? { system, value },
          ),
        }),
    ...(known !== undefined && known.name === name
      ? names === undefined
        ? {}
        : { name: names }
      : name === undefined
        ? {}
        : { name: [{ text: name }] }),
    gender: sex,
    ...(birthDate === undefined ? {} : { birthDate }),
  }
}

/**
 * Registers a person, who is a Patient resource from the first moment on. Throws what `Patients.add` throws, and
 * RESULT_INVALID for details that no Patient resource can have.
 */
export async function addPerson(
  store: PeopleStore,
  facts: Facts,
  tenant: TenantId,
  details: PatientDetails,
  act: Act,
): Promise<Patient> {
  const key = { tenant, patient: details.id }
  // Somebody of that id, with or without a resource: the guard of the register says so.
  if ((await store.patients.get(key)) !== undefined) return store.patients.add(tenant, details, act)
  const writes = resourceWrites(facts)([patientResource(details)], details.id).map((write) =>
    write.identity === undefined
      ? write
      : { ...write, identity: lookedFor(write.identity, details.registeredBefore) },
  )
  await store.resources.commit(tenant, writes, act)
  return (await store.patients.get(key))!
}

/** Details of somebody of whom it was looked whether they are known, when so many of that birth date were registered. */
export function lookedFor(details: PatientDetails, registeredBefore: number | undefined): PatientDetails {
  return registeredBefore === undefined ? details : { ...details, registeredBefore }
}

/** Changes the named details of a person and of the Patient resource together. Throws what `Patients.update` throws. */
export async function changePerson(
  store: PeopleStore,
  facts: Facts,
  key: PatientKey,
  change: Partial<Omit<PatientDetails, 'id'>>,
  act: Act,
): Promise<Patient> {
  const before = await store.patients.get(key)
  // Nobody: the guard of the register says so.
  if (before === undefined) return store.patients.update(key, change, act)
  const { tenant, patient } = key
  const stored = await store.resources.read(tenant, { type: 'Patient', id: patient }, UNRESTRICTED)
  const resource = stored?.json === undefined ? undefined : (JSON.parse(stored.json) as Resource)
  const { id, name, sex, birthDate, identifiers } = { ...before, ...change }
  const after = patientResource({ id, name, sex, birthDate, identifiers }, resource)
  await store.resources.commit(tenant, resourceWrites(facts)([after], patient), act)
  return (await store.patients.get(key))!
}

/** Gives people who were registered before resources were kept their Patient resource. Returns how many. */
export async function bringPeople(
  store: PeopleStore,
  facts: Facts,
  tenant: TenantId,
  act: Act,
): Promise<number> {
  const writes = resourceWrites(facts)
  let after: PatientDetails['id'] | undefined
  let brought = 0
  do {
    const page = await store.patients.list(tenant, { limit: 500, ...(after === undefined ? {} : { after }) })
    const refs = page.patients.map(({ id }) => ({ type: 'Patient', id }))
    const there = new Set((await store.resources.readMany(tenant, refs, UNRESTRICTED)).map((one) => one.id))
    for (const { id, name, sex, birthDate, identifiers } of page.patients) {
      if (there.has(id)) continue
      await store.resources.commit(
        tenant,
        writes([patientResource({ id, name, sex, birthDate, identifiers })], id),
        act,
      )
      brought++
    }
    after = page.next
  } while (after !== undefined)
  return brought
}
