import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

interface Delta {
  readonly reading: string
  readonly number: number
  readonly one_copy: Buffer
  readonly more_copies: Buffer
}

/**
 * Calls of whole genomes, and what was not yet folded into the lists of carriers. A reading keeps its number, by which
 * those lists find it.
 */
export async function moveVariants(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<void> {
  const keys = [from.tenant, from.patient]
  const readings = await queries.rows<{ reading: string; head: Buffer; packed: Buffer }>(
    'select reading, head, packed from variant_reading where tenant_id = $1 and patient_id = $2',
    keys,
  )
  if (readings.length === 0) return
  // A delta refers to its reading by person: it steps aside while the reading moves.
  const deltas = await queries.rows<Delta>(
    `delete from variant_delta where tenant_id = $1 and patient_id = $2
     returning reading, number, one_copy, more_copies`,
    keys,
  )
  for (const { reading, head, packed } of readings) {
    const again = (part: string, sealed: Buffer) => {
      const place = `variant_reading/${reading}/${part}`
      return resealed(queries, vault, from, to, place, place, sealed)
    }
    await queries.run(
      `update variant_reading set patient_id = $3, head = $4, packed = $5
       where tenant_id = $1 and patient_id = $2 and reading = $6`,
      [...keys, to.patient, await again('head', head), await again('calls', packed), reading],
    )
  }
  for (const { reading, number, one_copy, more_copies } of deltas) {
    await queries.run(
      `insert into variant_delta (tenant_id, patient_id, reading, number, one_copy, more_copies)
       values ($1, $2, $3, $4, $5, $6)`,
      [to.tenant, to.patient, reading, number, one_copy, more_copies],
    )
  }
}
