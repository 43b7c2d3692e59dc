import type { Resource } from '../../record/resource.ts'
import type { AuditSink } from '../../safeguard/audit/audit-entry.ts'
import type { Derivation } from '../../store/messages/derived-record-store.ts'
import type { Messages } from '../../store/messages/message-store.ts'
import type { Patients } from '../../store/people/people-store.ts'
import type { Act } from '../../store/person.ts'
import type { ResourceChange, ResourceStore, ResourceWrite } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { TestMessages } from './processing-id.ts'

/** What messages are exchanged with. Made once at start. */
export interface ExchangeServices {
  readonly tenant: TenantId
  /** For messages out. */
  readonly store: Pick<Store, 'messages' | 'resources' | 'jobs' | 'patients'>
  readonly messages: Messages
  readonly patients: Patients
  readonly resources: Pick<ResourceStore, 'readMany'>
  /** Resources as the store takes them: validated, indexed, labelled, all about this person. Throws RESOURCE_INVALID. */
  readonly writesOf: (resources: readonly Resource[], patient: PatientId) => Promise<readonly ResourceWrite[]>
  /** Two records become one, in one transaction. Throws what `Patients.merge` throws. */
  readonly merge: (survivor: PatientId, retired: PatientId, act: Act) => Promise<void>
  /** How the typed record of a person follows from resources: it is brought up to date in the commit that writes them. */
  readonly derivation: Derivation
  /** The typed record of the person, where it may not have been brought up to date. */
  readonly bringUpToDate: (patient: PatientId, act: Act) => Promise<unknown>
  /** After a commit, before the acknowledgment: subscriptions, jobs. */
  readonly announce: (changes: readonly ResourceChange[]) => Promise<void>
  /** A message was stored that is to be filed. */
  readonly backlog: () => void
  /** HGNC ids by gene symbol. */
  readonly genes: ReadonlyMap<string, string>
  readonly testMessages: TestMessages
  readonly audit: AuditSink
  readonly now: () => Date
  readonly newId: () => string
  /** One line for the operator; never anything about a person. */
  readonly log: (line: string) => void
}

/** Where a message came from: kept in the audit log. */
export interface From {
  /** "mllp", "http", "cli:name". */
  readonly by: string
  readonly address?: string
}
