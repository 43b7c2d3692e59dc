import type { TenantId } from '../../terms/ids.ts'

export interface KeyStatus {
  readonly root: { readonly id: string; readonly source: string }
  readonly keyring: string
  readonly generation: number
  /** People's keys destroyed so far. */
  readonly destroyed: number
  readonly holds: number
  readonly tenants: readonly {
    readonly tenant: TenantId
    readonly version: number
    readonly madeAt: string
    /** People's keys wrapped under it. */
    readonly people: number
  }[]
}

export interface StoreKeys {
  status(): Promise<KeyStatus>
  /** A new key for a tenant, people's keys wrapped under it. Returns how many; `told` as it goes on. */
  rotateTenant(tenant: TenantId, told?: (done: number) => void): Promise<number>
  /** A new root key in the key folder. Throws KEYS_NOT_OURS. */
  renewRoot(): Promise<void>
}
