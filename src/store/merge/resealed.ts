import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import type { Vault } from '../vault/vault.ts'

/** What was sealed for one person at a place, sealed for another at another. */
export async function resealed(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
  before: string,
  after: string,
  sealed: Uint8Array,
): Promise<Buffer> {
  return vault.seal(queries, to, after, await vault.open(queries, from, before, sealed))
}
