import type { ConsentRule } from '../../record/consent-rule.ts'
import type { Compartment, ResourceRef } from '../../record/resource.ts'
import type { IndexEntry, ResourceQuery, Restriction } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Act, PatientDetails } from '../person.ts'

/** One change of one resource. */
export interface ResourceWrite extends ResourceRef {
  /** create: the id must be free. put: creates or updates. delete: leaves a tombstone in the history. */
  readonly action: 'create' | 'put' | 'delete'
  readonly compartment: Compartment
  /** The resource as JSON text without meta.versionId and meta.lastUpdated, which the store gives; undefined for delete. */
  readonly json: string | undefined
  readonly index: readonly IndexEntry[]
  /** Security labels "system|code" of meta.security, and those that Garrod added. */
  readonly labels: readonly string[]
  /** "system|code" of what the resource is about (its code, category, type): consents name them. */
  readonly codes: readonly string[]
  /** If-Match: refuse with RECORD_CHANGED unless this is the newest version; 0: unless there never was one. */
  readonly expected?: number
  /** For a Patient: who it is. Registered, changed or removed in the same transaction, under the guards of `Patients`. */
  readonly identity?: PatientDetails
  /** For a Consent: what it says, kept as rows in the same transaction, so that the next query obeys it. */
  readonly consent?: ConsentRule
}

export interface StoredResource extends ResourceRef {
  readonly compartment: Compartment
  /** 1, 2, 3 … */
  readonly version: number
  /** ISO 8601 instant. */
  readonly lastUpdated: string
  readonly by: string
  readonly deleted: boolean
  /** JSON text with meta.versionId and meta.lastUpdated; undefined when deleted. */
  readonly json: string | undefined
}

export interface ResourcePage {
  readonly resources: readonly StoredResource[]
  /** Undefined when it was not asked for. */
  readonly total: number | undefined
  /** Give it as `after` for the next page; undefined on the last one. It tells nothing about a person. */
  readonly next: string | undefined
}

export interface HistoryQuery {
  /** Undefined: every type. */
  readonly type: string | undefined
  readonly id: string | undefined
  /** Versions written at this instant or after it. */
  readonly since: string | undefined
  /** Versions that were the newest at some time in [from, until). */
  readonly at: { readonly from: string; readonly until: string } | undefined
  readonly count: number
  readonly after: string | undefined
}

/** What was written, for those who follow: subscriptions, index of findings, jobs. */
export interface ResourceChange extends ResourceRef {
  readonly compartment: Compartment
  readonly version: number
  readonly action: 'created' | 'updated' | 'deleted' | 'unchanged'
  readonly lastUpdated: string
}

/** FHIR resources, every version of them. Bodies are sealed under the person's key. */
export interface ResourceStore {
  /**
   * All writes or none; in the order given. A put that changes nothing makes no version ("unchanged").
   * Throws RESOURCE_EXISTS, RESOURCE_UNKNOWN (delete), RECORD_CHANGED, RESOURCE_OF_ANOTHER_PATIENT (the id is in
   * another compartment: a resource never moves between people), PATIENT_UNKNOWN (compartment of nobody registered),
   * PATIENT_IDENTIFIER_TAKEN, PATIENT_EXISTS.
   */
  commit(tenant: TenantId, writes: readonly ResourceWrite[], act: Act): Promise<readonly ResourceChange[]>
  /** The newest version, a tombstone included; undefined when never there or hidden. */
  read(tenant: TenantId, ref: ResourceRef, within: Restriction): Promise<StoredResource | undefined>
  /** Several at once, in any order; hidden and unknown ones are left out. */
  readMany(
    tenant: TenantId,
    refs: readonly ResourceRef[],
    within: Restriction,
  ): Promise<readonly StoredResource[]>
  readVersion(
    tenant: TenantId,
    ref: ResourceRef,
    version: number,
    within: Restriction,
  ): Promise<StoredResource | undefined>
  /** Newest first. */
  history(tenant: TenantId, query: HistoryQuery, within: Restriction): Promise<ResourcePage>
  /** Which of the types there are any of. */
  typesThere(tenant: TenantId, types: readonly string[], within: Restriction): Promise<ReadonlySet<string>>
  search(tenant: TenantId, query: ResourceQuery): Promise<ResourcePage>
  /** Every resource that matches, in batches, in a stable order, from one state of the database. For exports. */
  scan(tenant: TenantId, query: ResourceQuery, batch: number): AsyncIterable<readonly StoredResource[]>
}
