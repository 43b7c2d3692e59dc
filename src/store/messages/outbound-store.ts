import type { TenantId } from '../../terms/ids.ts'

/** One file of an export. */
export interface ExportFile {
  readonly type: string
  /** 1, 2, 3 … within the type. */
  readonly file: number
  readonly count: number
}

export interface StoredExport {
  readonly id: string
  /** Caller id of who asked: nobody else may fetch it. */
  readonly owner: string
  /** What was asked, as it was understood. */
  readonly request: unknown
  /** Undefined while it is being made. */
  readonly files: readonly ExportFile[] | undefined
  /** What is said of it besides its files, as JSON; undefined while it is being made. */
  readonly notes: unknown
  readonly transactionTime: string
  readonly expiresAt: string
}

/** Exports as they are made and fetched. Bodies are sealed under the tenant's key. */
export interface Exports {
  begin(tenant: TenantId, one: Omit<StoredExport, 'files' | 'notes'>): Promise<void>
  get(tenant: TenantId, id: string): Promise<StoredExport | undefined>
  /** Takes away what an earlier attempt has written. */
  restart(tenant: TenantId, id: string): Promise<void>
  write(
    tenant: TenantId,
    id: string,
    file: { readonly type: string; readonly file: number; readonly part: number },
    text: string,
  ): Promise<void>
  finish(tenant: TenantId, id: string, files: readonly ExportFile[], notes: unknown): Promise<void>
  /** The parts of one file, in order. */
  read(tenant: TenantId, id: string, type: string, file: number): AsyncIterable<Buffer>
  /** Returns whether there was one. */
  remove(tenant: TenantId, id: string): Promise<boolean>
  /** Deletes exports that expired. Returns how many. */
  expire(tenant: TenantId, at: string): Promise<number>
}

/** On whose behalf a subscription is served: the Caller who made it, as JSON. */
export interface SubscriptionOwners {
  put(tenant: TenantId, subscription: string, caller: unknown): Promise<void>
  get(tenant: TenantId, subscription: string): Promise<unknown>
}
