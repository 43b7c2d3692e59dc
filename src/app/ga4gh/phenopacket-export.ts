import { phenopacketOf } from '../../deliver/phenopacket/phenopacket.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { Phenopacket } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { onlyPatient, type Restriction } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { PhenopacketDesk } from './phenopacket-import.ts'
import { placedVariant } from './sequence.ts'

const TYPES = [
  'Observation',
  'Condition',
  'Specimen',
  'DiagnosticReport',
  'MedicationStatement',
  'Procedure',
  'DocumentReference',
]
const BATCH = 500

/** One person as a Phenopacket v2, as far as the asker may see them. Throws PATIENT_UNKNOWN. */
export async function exportPhenopacket(
  { store, tenant, facts }: PhenopacketDesk,
  patient: PatientId,
  within: Restriction,
  at: string,
): Promise<Phenopacket> {
  const person = await store.patients.get({ tenant, patient })
  if (person === undefined) {
    throw new Fault(
      'PATIENT_UNKNOWN',
      'patient',
      `there is no patient "${patient}"`,
      'Register the person first, or look the id up in the patient list.',
    )
  }
  const resources: Resource[] = []
  for (const type of TYPES) {
    const query = {
      type,
      criteria: [],
      sort: [],
      count: 0,
      after: undefined,
      total: false,
      within: onlyPatient(patient, within),
    }
    const found: Resource[] = []
    for await (const batch of store.resources.scan(tenant, query, BATCH))
      for (const { json } of batch) if (json !== undefined) found.push(JSON.parse(json) as Resource)
    resources.push(...found)
  }
  return phenopacketOf({
    patient,
    sex: person.sex,
    birthDate: person.birthDate,
    resources,
    at,
    placed: placedVariant(assemblies(facts)),
  })
}
