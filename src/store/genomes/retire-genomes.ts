import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'

/** Takes a person's genomes, or one of them, out of what is found by place. The stretches lose them later, by a job. */
export async function retireGenomes(
  queries: Queries,
  { tenant, patient }: PatientKey,
  reading?: string,
): Promise<void> {
  await queries.run(
    `with gone as (
       delete from genome_reading where tenant_id = $1 and patient_id = $2 and ($3::text is null or reading = $3)
       returning tenant_id, number)
     insert into genome_retired (tenant_id, number) select tenant_id, number from gone`,
    [tenant, patient, reading],
  )
}
