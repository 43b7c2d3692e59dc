import type { Queries } from '../database/query.ts'
import { genomeHeadPlace } from '../genomes/genomes.ts'
import type { PatientKey } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

/** Readings of genomes. Each keeps its number, by which the stretches find it. */
export async function moveGenomes(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<void> {
  const keys = [from.tenant, from.patient]
  const readings = await queries.rows<{ reading: string; head: Buffer }>(
    'select reading, head from genome_reading where tenant_id = $1 and patient_id = $2',
    keys,
  )
  for (const { reading, head } of readings) {
    const place = genomeHeadPlace(reading)
    await queries.run(
      `update genome_reading set patient_id = $3, head = $4
       where tenant_id = $1 and patient_id = $2 and reading = $5`,
      [...keys, to.patient, await resealed(queries, vault, from, to, place, place, head), reading],
    )
  }
}
