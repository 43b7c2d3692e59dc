import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'

/** Takes a person's readings, or one of them, out of what is found by variant. The rows by person go with the person. */
export async function retireReadings(
  queries: Queries,
  { tenant, patient }: PatientKey,
  reading?: string,
): Promise<void> {
  await queries.run(
    `with gone as (
       delete from variant_reading where tenant_id = $1 and patient_id = $2 and ($3::text is null or reading = $3)
       returning tenant_id, number)
     insert into variant_retired (tenant_id, number) select tenant_id, number from gone`,
    [tenant, patient, reading],
  )
}
