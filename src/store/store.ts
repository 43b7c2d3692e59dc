import type { AuditRows } from '../record/audit-row.ts'
import type { AccessStore } from './access/access-store.ts'
import type { Archive } from './archive/file-archive.ts'
import type { Cards } from './cards/card-store.ts'
import type { Classifications } from './classifications/classification-store.ts'
import type { Genomes } from './genomes/genome-store.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Keeping } from './keeping.ts'
import type { Events } from './log/events.ts'
import type { LoginStore } from './login/login-store.ts'
import type { PatientMerges } from './merge/patient-merges.ts'
import type { DerivedRecords } from './messages/derived-record-store.ts'
import type { Messages } from './messages/message-store.ts'
import type { Exports, SubscriptionOwners } from './messages/outbound-store.ts'
import type { Patients } from './people/people-store.ts'
import type { Plans } from './record/plan-store.ts'
import type { Records } from './record/record-store.ts'
import type { ResourceStore } from './resources/resource-store.ts'
import type { BoardDecisions } from './tumor/board-decision-store.ts'
import type { TumorFiles } from './tumor/tumor-file-store.ts'
import type { Proposals } from './uploads/proposal-store.ts'
import type { Uploads } from './uploads/uploads.ts'
import type { Variants } from './variants/variant-store.ts'
import type { StoreKeys } from './vault/store-keys.ts'

/** Where everything about patients is kept. Open it with `openStore`; every call may throw a DATABASE_* fault. */
export interface Store {
  /** Resolves when the database answers; it looks at no row. Throws DATABASE_…. */
  answers(): Promise<void>
  readonly patients: Patients
  readonly records: Records
  readonly archive: Archive
  readonly plans: Plans
  readonly cards: Cards
  readonly events: Events
  readonly keys: StoreKeys
  readonly resources: ResourceStore
  readonly jobs: Jobs
  readonly uploads: Uploads
  readonly variants: Variants
  readonly genomes: Genomes
  /** What the site holds of variants, with its history. */
  readonly classifications: Classifications
  /** Messages of other systems, and what their codes mean. */
  readonly messages: Messages
  /** What leaves in bulk, until it is fetched. */
  readonly exports: Exports
  readonly subscriptionOwners: SubscriptionOwners
  /** Facts read from documents that wait for a person's word. */
  readonly proposals: Proposals
  /** Which files are of which tumour. */
  readonly tumorFiles: TumorFiles
  /** What tumour boards decided, with its history. */
  readonly boardDecisions: BoardDecisions
  /** The typed record as it follows from resources. */
  readonly derived: DerivedRecords
  readonly merges: PatientMerges
  /** What decides who may see what, beside the policies. */
  readonly access: AccessStore
  /** Rows of the audit logs; written through safeguard/audit alone. */
  readonly audit: AuditRows
  /** Backup and checks. */
  readonly keeping: Keeping
  /** Users, sessions, registered programs, and what was issued to them. */
  readonly login: LoginStore
  /** Releases connections; the last one out stops the embedded server unless "garrod db start" asked to keep it. */
  close(): Promise<void>
}
