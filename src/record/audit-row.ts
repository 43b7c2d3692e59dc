import type { PatientId, TenantId } from '../terms/ids.ts'

/** One entry of the audit log as it is kept. The log of a tenant is a list; nothing in it is ever changed. */
export interface AuditRow {
  /** Place in the log and index of the leaf in the tree: 0, 1, 2 … */
  readonly seq: number
  /** ISO 8601 instant. */
  readonly at: string
  /** AuditEvent.action. */
  readonly action: string
  readonly kind: string
  readonly outcome: string
  /** Id of who did it. */
  readonly agent: string
  /** The FHIR AuditEvent, as canonical JSON: the bytes that the tree commits to. */
  readonly leaf: string
  readonly leafHash: Uint8Array
  /** Says which row was altered, where the tree says only that one was. */
  readonly mac: Uint8Array
  /** People whose data was touched. */
  readonly patients: readonly PatientId[]
}

/** Root of the tree over the first `size` entries, signed. */
export interface SignedHead {
  readonly size: number
  readonly root: Uint8Array
  /** ISO 8601 instant. */
  readonly at: string
  /** Which key signed, hexadecimal. */
  readonly keyId: string
  /** Ed25519. */
  readonly signature: Uint8Array
}

/** Where a log stands. */
export interface AuditState {
  readonly size: number
  /** What the next root is computed from, without the past. */
  readonly frontier: Uint8Array
  /** Undefined for a log without entries. */
  readonly head: SignedHead | undefined
  /** When a head was last kept for good, beside the newest. */
  readonly headKeptAt: string | undefined
}

/** Entries to add, and where the log stands with them. */
export interface AuditBatch {
  readonly rows: readonly AuditRow[]
  readonly frontier: Uint8Array
  readonly head: SignedHead
  /** Keep the head for good. */
  readonly keepHead: boolean
}

/** A question to the log. Lists are alternatives; what is given must all hold. */
export interface AuditQuery {
  readonly patients?: readonly string[]
  readonly agents?: readonly string[]
  /** "Practitioner/p1": who did it, as a resource. */
  readonly agentReferences?: readonly string[]
  /** "Observation/o1", or the id alone: what was touched. */
  readonly entityReferences?: readonly string[]
  readonly actions?: readonly string[]
  readonly kinds?: readonly string[]
  readonly outcomes?: readonly string[]
  readonly seqs?: readonly number[]
  /** ISO 8601 instants: at or after; before. */
  readonly since?: string
  readonly until?: string
  /** Only entries before this one: where the page before ended. */
  readonly before?: number
}

/** The audit logs of a store, one for each tenant; no call reads across tenants but `tenants`. */
export interface AuditRows {
  /** Names the store in signed heads. */
  readonly storeId: string
  /**
   * Adds entries: `make` is told where the log stands and says what comes next. It is asked again when another process
   * was faster. `known` is where the log stood last, for a try without a look. Durable on return.
   * Throws AUDIT_LOG_BROKEN when rows lie where the next belong.
   */
  append(
    tenant: TenantId,
    make: (state: AuditState) => AuditBatch | undefined,
    known?: AuditState,
  ): Promise<void>
  state(tenant: TenantId): Promise<AuditState>
  /** Heads kept for good, oldest first. */
  heads(tenant: TenantId): Promise<readonly SignedHead[]>
  /** Rows in their order from `from` on, in batches, all from one state of the database. */
  scan(tenant: TenantId, from: number, batch: number): AsyncIterable<readonly AuditRow[]>
  /** Hashes of the leaves [0, size), one after another. */
  leafHashes(tenant: TenantId, size: number): Promise<Buffer>
  /** Newest first. */
  find(tenant: TenantId, query: AuditQuery, most: number): Promise<readonly AuditRow[]>
  count(tenant: TenantId, query: AuditQuery): Promise<number>
  /** How many rows lead from people to entries. */
  leads(tenant: TenantId): Promise<number>
  /** Everyone who has rows, heads or a state. */
  tenants(): Promise<readonly TenantId[]>
}
