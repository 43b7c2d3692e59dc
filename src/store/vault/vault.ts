import type { Compartment } from '../../record/resource.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'

/** Whose key seals something. The tenant's own compartment has a key of its own. */
export interface SealKey {
  readonly tenant: TenantId
  readonly patient: Compartment
}

/**
 * Keeps what is known of a person unreadable without that person's key. A key is made at the first seal, kept in the
 * database wrapped by the tenant's, and held in memory once unwrapped. `place` names table, row and version: bytes that
 * were moved to another row do not open. Throws VAULT_SHREDDED when the person's key was destroyed, VAULT_TAMPERED when
 * the bytes are not what was sealed there.
 */
export interface Vault {
  seal(queries: Queries, key: SealKey, place: string, plain: string | Uint8Array): Promise<Buffer>
  open(queries: Queries, key: SealKey, place: string, sealed: Uint8Array): Promise<Buffer>
  /** Fetches the keys of several people in one query, before many calls of `open`. */
  ready(queries: Queries, tenant: TenantId, patients: readonly Compartment[]): Promise<void>
  /**
   * A keyed digest (HMAC-SHA-256, base64url) that finds an identifier or a name without telling it.
   * `kind` keeps digests of one sort apart from those of another.
   */
  blind(tenant: TenantId, kind: string, value: string): string
}
