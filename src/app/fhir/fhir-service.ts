import type { OutcomeIssue } from '../../fhir/rest/outcome.ts'
import type { Named } from '../../fhir/search/chained-criteria.ts'
import type { SearchIndex } from '../../fhir/search/search-index.ts'
import type { Assemblies } from '../../knowledge/assemblies.ts'
import type { AuditRows } from '../../record/audit-row.ts'
import type { ConsentRule } from '../../record/consent-rule.ts'
import type { Compartment, Resource } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { AccessObligation } from '../../safeguard/access/access.ts'
import type { AuditEntry, AuditSink } from '../../safeguard/audit/audit-entry.ts'
import type { Caller } from '../../safeguard/caller.ts'
import type { Act } from '../../store/person.ts'
import type { ResourceChange, ResourceStore } from '../../store/resources/resource-store.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { NameSources } from '../../variant/projection/sources.ts'
import type { KnownPeople } from './new-person.ts'
import type { TrialMatcher } from './trial-matcher.ts'

/** Interactions of the FHIR server, as CapabilityStatement and AuditEvent.subtype name them. */
export type Interaction =
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'history-instance'
  | 'history-type'
  | 'history-system'
  | 'create'
  | 'search-type'
  | 'capabilities'
  | 'transaction'
  | 'batch'
  | 'operation'

/** What somebody is about to do, before it is done. */
export interface Asked {
  readonly interaction: Interaction
  readonly type: string | undefined
  /** The person in the address, or whose record is about to be changed; undefined where it is not one person. */
  readonly patient?: PatientId
  /** Name of the operation, "$everything". */
  readonly operation?: string
}

/** What one interaction may see. */
export interface Permission {
  readonly within: Restriction
  /** Elements of a type that leave, beside resourceType, id and meta; undefined: all of them. */
  readonly projection: (type: string) => readonly string[] | undefined
  /** What must be said or done with the answer. */
  readonly obligations?: readonly AccessObligation[]
}

/**
 * Who makes a request and what they may do; made anew for every request. What it may see is settled by `permit` before
 * an interaction runs; until then it is nothing.
 */
export interface FhirContext extends Permission {
  readonly tenant: TenantId
  readonly act: Act
  readonly who: AuditEntry['who']
  /** On whose behalf a subscription that is made now is served. */
  readonly caller?: Caller
  /** v3-ActReason. */
  readonly purpose: string
  /** Throws ACCESS_DENIED. Asked for every interaction, also for each entry of a bundle, and again for each write. */
  readonly permit: (asked: Asked) => Promise<Permission>
}

/** For /metadata alone. */
export interface BesideFhir {
  /** $export of Bulk Data Access. */
  readonly bulk: boolean
  /** Where tokens come from (SMART App Launch); undefined: everybody is let in. */
  readonly login: (() => { readonly authorize: string; readonly token: string }) | undefined
}

/** What the FHIR server works with. */
export interface FhirService {
  readonly store: ResourceStore
  readonly index: SearchIndex
  /** Address of the server's FHIR root, without a slash at the end: "https://…/fhir/R4". */
  readonly base: () => string
  readonly audit: AuditSink
  /** Rows of the audit log, of which AuditEvents are made; undefined where none is kept. */
  readonly auditLog?: AuditRows
  /** Who is registered, where a second chart of somebody is to be refused. */
  readonly people?: KnownPeople
  /** Reference sequences, for the genomics operations; undefined where they are not offered. */
  readonly assemblies?: Assemblies
  /** The site's own sequence and transcripts, which names of variants are read with; undefined: it has neither. */
  readonly names?: NameSources
  /** Matches people and trials; undefined where that is not offered. */
  readonly trials?: TrialMatcher
  /** What is wrong with a resource; an error refuses the write. `profiles`: to hold it to besides those it claims. */
  readonly validate: (resource: Resource, profiles?: readonly string[]) => readonly OutcomeIssue[]
  /** What a write is held to instead, where that differs; see acceptIssues. */
  readonly accept?: (resource: Resource) => readonly OutcomeIssue[]
  /** Sensitivity labels "system|code" that a resource gets beside those it carries. */
  readonly labelsOf: (resource: Resource) => readonly string[]
  /** What a Consent says, for the query to obey. */
  readonly consentOf: (consent: Resource) => ConsentRule
  /** Files of a person as they were received, as resources that are kept nowhere, where they may be seen. */
  readonly files?: (
    tenant: TenantId,
    patient: PatientId,
    within: Restriction,
  ) => Promise<readonly { readonly resource: Resource; readonly receivedAt: string }[]>
  /** Called after a commit, before the answer: subscriptions, jobs. */
  readonly changed: (context: FhirContext, changes: readonly ResourceChange[]) => Promise<void>
  /** The clock and the ids, so that a test can hold them. */
  /** What is served beside the interactions under the same address; undefined: nothing. */
  readonly beside?: BesideFhir
  readonly now: () => Date
  readonly newId: () => string
  /** 32 bytes under which the links to further pages are sealed. */
  readonly pageKey: Uint8Array
  /** One line for the operator; never anything about a person. */
  readonly log: (line: string) => void
}

/** A request as the interactions see it: from HTTP, or an entry of a bundle. */
export interface FhirRequest {
  readonly method: string
  /** Decoded path segments below the FHIR root. */
  readonly path: readonly string[]
  readonly query: readonly Named[]
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Parsed JSON, or the parameters of a form. */
  readonly body: unknown
  readonly bodyType: 'json' | 'json-patch' | 'form' | 'none'
}

/** `body` is JSON text: what the store keeps is sent as it is. */
export interface FhirReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** What an interaction touched, for the audit log. */
export interface Trace {
  readonly patients: Set<string>
  readonly what: Set<string>
  count: number | undefined
}

/** One interaction at work. */
export interface Work {
  readonly service: FhirService
  readonly context: FhirContext
  readonly request: FhirRequest
  readonly trace: Trace
}

/** The same work with what may be seen when doing this. Throws ACCESS_DENIED. */
export async function permitted<W extends { readonly context: FhirContext }>(
  work: W,
  asked: Asked,
): Promise<W> {
  return { ...work, context: { ...work.context, ...(await work.context.permit(asked)) } }
}

/** Notes that these resources were given or changed. */
export function touch(
  trace: Trace,
  resources: readonly { readonly type: string; readonly id: string; readonly compartment: Compartment }[],
): void {
  for (const { type, id, compartment } of resources) {
    if (trace.what.size < 100) trace.what.add(`${type}/${id}`)
    if (compartment !== '') trace.patients.add(compartment)
  }
}
