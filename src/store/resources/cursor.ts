import { createHash } from 'node:crypto'
import { TENANT_COMPARTMENT } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'

const PLACE = 'resource-page'

/** Says where a page ended, sealed under the tenant's key: sort keys may be dates of birth and names. */
export async function sealCursor(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  question: string,
  last: readonly string[],
): Promise<string> {
  const text = JSON.stringify([digestOf(question), ...last])
  const sealed = await vault.seal(queries, { tenant, patient: TENANT_COMPARTMENT }, PLACE, text)
  return sealed.toString('base64url')
}

/** What `sealCursor` was given. Throws PAGE_MALFORMED on anything else, and on a cursor of another question. */
export async function openCursor(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  question: string,
  cursor: string,
): Promise<readonly string[]> {
  try {
    const sealed = Buffer.from(cursor, 'base64url')
    const key = { tenant, patient: TENANT_COMPARTMENT }
    const text = (await vault.open(queries, key, PLACE, sealed)).toString('utf8')
    const [digest, ...last] = JSON.parse(text) as string[]
    if (digest === digestOf(question)) return last
  } catch (error) {
    if (!(error instanceof Fault) || !error.code.startsWith('VAULT_')) throw error
  }
  throw new Fault(
    'PAGE_MALFORMED',
    'page',
    'this is not where a page of this search ended',
    'Follow the links of a page as they are; to ask something else, begin at its first page.',
  )
}

function digestOf(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 16)
}
