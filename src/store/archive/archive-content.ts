import type { TenantId } from '../../terms/ids.ts'
import type { Vault } from '../vault/vault.ts'

/**
 * What a kept file is called in rows and on disk: 64 hexadecimal digits of a keyed digest of its checksum. The checksum
 * itself would let anybody who has a copy of a file find out whether it is kept here.
 */
export function contentOf(vault: Vault, tenant: TenantId, sha256: string): string {
  return Buffer.from(vault.blind(tenant, 'file', sha256), 'base64url').toString('hex')
}
