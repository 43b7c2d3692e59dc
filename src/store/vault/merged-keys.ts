import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'

/**
 * Remembers the keys of a chart that goes into another one. Its rows are sealed anew and its key rows go, but backups
 * made before still hold it: shredding the survivor must destroy those keys as well. Call it before the chart is cleared.
 */
export async function keepMergedKeys(queries: Queries, from: PatientKey, to: PatientKey): Promise<void> {
  await queries.run(
    `insert into merged_key (tenant_id, patient_id, handle, retired_id, version)
     select tenant_id, $3, handle, patient_id, version from patient_key where tenant_id = $1 and patient_id = $2
     on conflict do nothing`,
    [from.tenant, from.patient, to.patient],
  )
  // Charts that went into the one that goes now.
  await queries.run(
    `insert into merged_key (tenant_id, patient_id, handle, retired_id, version)
     select tenant_id, $3, handle, retired_id, version from merged_key where tenant_id = $1 and patient_id = $2
     on conflict do nothing`,
    [from.tenant, from.patient, to.patient],
  )
}
