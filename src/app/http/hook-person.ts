import type { HookRequest } from '../../deliver/cds-hooks/hook-request.ts'
import { prefetchedIdentifiers } from '../../deliver/cds-hooks/prefetch.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Patient } from '../../store/people/people-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import { isPresent, type RecentRecords } from './recent-records.ts'
import { type SeenRecord, seenRecord } from './seen-record.ts'
import type { Services } from './services.ts'

/** The person here whom the EHR means: by our id, by the EHR's id as an identifier, or by an identifier it sent. */
export async function personOf(
  services: Services,
  records: RecentRecords,
  request: HookRequest,
  notes: readonly string[],
): Promise<Patient | undefined> {
  const { store, tenant } = services
  const byId = await records.person({ tenant, patient: patientId(request.patientId) })
  if (byId !== undefined) return byId
  const identifiers = prefetchedIdentifiers(request)
  if (identifiers === undefined) {
    throw new Fault(
      'CDS_PREFETCH_MISSING',
      'request.prefetch.patient',
      ['the person is not known here by this id, and the Patient was not sent', ...notes].join('; '),
      'Send the prefetch "patient", or register the person here under the FHIR id.',
    )
  }
  for (const identifier of identifiers) {
    const found = await store.patients.withIdentifier(tenant, identifier)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * The same person's record, as far as the caller may see it. Where the record was read a while ago, one question says
 * both what is shown of it and whether it still is the present one.
 */
export async function seenPersonOf(
  services: Services,
  records: RecentRecords,
  request: HookRequest,
  notes: readonly string[],
  within: (patient: PatientId) => Restriction,
): Promise<(SeenRecord & { readonly patient: PatientId }) | undefined> {
  const { tenant } = services
  const asked = { tenant, patient: patientId(request.patientId) }
  const kept = records.lately(asked)
  if (kept !== undefined) {
    const seen = await seenRecord(services, asked, kept.record, within(asked.patient))
    if (isPresent(kept, seen.beside)) return { ...seen, patient: asked.patient }
  }
  const person = await personOf(services, records, request, notes)
  if (person === undefined) return undefined
  const key = { tenant, patient: person.id }
  const record = await records.of(key, person)
  if (record === undefined) return undefined
  return { ...(await seenRecord(services, key, record, within(person.id))), patient: person.id }
}
