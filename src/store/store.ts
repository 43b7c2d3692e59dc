import type { AuditRows } from '../record/audit-row.ts'
import type { GenotypeSet, OutsideCall, SourceFile } from '../record/genotype.ts'
import type { ClinicalContext, DrugUse, Measurement, PatientRecord } from '../record/patient-record.ts'
import type { Restriction } from '../record/resource-query.ts'
import type { PackRef } from '../terms/evidence.ts'
import type { PatientId, TenantId } from '../terms/ids.ts'
import type { AccessStore } from './access/access-store.ts'
import type { BoardDecisions } from './board-decision-store.ts'
import type { Classifications } from './classification-store.ts'
import type { Genomes } from './genome-store.ts'
import type { Jobs } from './jobs.ts'
import type { Keeping } from './keeping.ts'
import type { LoginStore } from './login/login-store.ts'
import type { PatientMerges } from './merge/patient-merges.ts'
import type { DerivedRecords } from './messages/derived-record-store.ts'
import type { Messages } from './messages/message-store.ts'
import type { Exports, SubscriptionOwners } from './outbound-store.ts'
import type { Act, Identifier, PatientDetails, PatientHead, PatientKey } from './person.ts'
import type { Proposals } from './proposal-store.ts'
import type { ReceivedFile } from './received-file.ts'
import type { ResourceStore } from './resource-store.ts'
import type { TumorFiles } from './tumor-file-store.ts'
import type { Uploads } from './uploads.ts'
import type { Variants } from './variant-store.ts'

export type { Act, Identifier, PatientDetails, PatientKey }

export interface Patient extends PatientDetails {
  /** Grows by one with every change to the person or to the record; see `RECORD_CHANGED`. */
  readonly version: number
  readonly addedAt: string
  readonly changedAt: string
}

/** One line of the patient list. */
export interface PatientLine extends Patient {
  readonly genotypeSets: number
  readonly outsideCalls: number
  /** Version of the newest plan, or undefined when none was made yet. */
  readonly plan: number | undefined
}

export interface PatientPage {
  readonly patients: readonly PatientLine[]
  /** How many match in all. */
  readonly total: number
  /** Give it as `after` for the next page; undefined on the last one. It is a patient id, so it tells no name. */
  readonly next: PatientId | undefined
}

export interface Patients {
  /** Throws PATIENT_EXISTS when the id is taken, PATIENT_IDENTIFIER_TAKEN when an identifier belongs to someone. */
  add(tenant: TenantId, details: PatientDetails, act: Act): Promise<Patient>
  get(key: PatientKey): Promise<Patient | undefined>
  /** Nothing is opened. */
  head(key: PatientKey): Promise<PatientHead | undefined>
  /** Looks a person up as the hospital knows them. */
  withIdentifier(tenant: TenantId, identifier: Identifier): Promise<Patient | undefined>
  /** How many people of this birth date were ever registered; see `PatientDetails.registeredBefore`. Undefined: no date. */
  registeredOn(tenant: TenantId, birthDate: string): Promise<number | undefined>
  /** People born on this day (YYYY-MM-DD, or a part of it) with a word of the name that begins so. At most 100, by id. */
  bornOn(tenant: TenantId, birthDate: string, word: string): Promise<readonly Patient[]>
  /**
   * People by name, then id; by id alone when more than 5,000 match. `search` matches when each of its words begins a
   * word of the name (accents and case do not count), or all of it begins an identifier's value (three characters or
   * more, or the whole) or the id. `limit` is 1 to 1000 and defaults to 50.
   */
  list(
    tenant: TenantId,
    page?: {
      readonly search?: string
      readonly limit?: number
      readonly after?: PatientId
      /** Only people whose Patient this shows; the total counts no others. */
      readonly within?: Restriction
    },
  ): Promise<PatientPage>
  /**
   * Changes the named details and leaves the others. Throws PATIENT_UNKNOWN; RECORD_CHANGED when `expected` is given
   * and is no longer the version.
   */
  update(
    key: PatientKey,
    change: Partial<Omit<PatientDetails, 'id'>>,
    act: Act,
    expected?: number,
  ): Promise<Patient>
  /**
   * Deletes the person, the record, plans, findings, feedback and every archived file that no other person's record
   * rests on. The event log keeps the id, what was done and when, and nothing else. Backups made before still hold the
   * person. Throws PATIENT_UNKNOWN, LEGAL_HOLD.
   */
  remove(key: PatientKey, act: Act): Promise<Removal>
  /**
   * Destroys the person's key and then does what `remove` does: nothing sealed for the person can be read any more, by
   * anybody, in no backup either. `reason` is a code; it is kept. Also for somebody who is not registered but about
   * whom something was sealed. Throws PATIENT_UNKNOWN, LEGAL_HOLD.
   */
  shred(key: PatientKey, reason: string, act: Act): Promise<ShredReceipt>
  /** Until `release`, the person can be neither removed nor shredded. Throws PATIENT_UNKNOWN. */
  hold(key: PatientKey, reason: string, act: Act): Promise<void>
  /** Returns whether there was a hold. Throws PATIENT_UNKNOWN. */
  release(key: PatientKey, act: Act): Promise<boolean>
  held(key: PatientKey): Promise<LegalHold | undefined>
}

export interface Removal {
  /** Files deleted from the archive. */
  readonly filesDeleted: number
  /** Files kept because another person's record rests on them (one upload with several people). */
  readonly filesShared: number
}

/** What a shredding did, for whoever asked for it. */
export interface ShredReceipt extends Removal {
  readonly patient: PatientId
  readonly reason: string
  readonly at: string
  /** Handles of the keys that were destroyed, hexadecimal. */
  readonly keys: readonly string[]
  /** Of the key folder after it. Copies of the folder of an earlier generation must be destroyed. */
  readonly generation: number
}

export interface LegalHold {
  readonly reason: string
  readonly at: string
  readonly by: string
}

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

export type { ReceivedFile }

/** A file kept for a person. */
export interface ArchivedFile extends SourceFile {
  readonly sha256: string
  readonly bytes: number
  readonly receivedAt: string
  /** Where it lies, sealed. */
  readonly path: string
  /** The bytes as received. Throws VAULT_TAMPERED. */
  read(): AsyncIterable<Uint8Array>
}

export interface Archive {
  /**
   * Copies a file, as it arrives, to the waiting room, sealed, and flushes it to disk. `read()` it, then hand it to
   * `records.ingest` or call `discard()`. What a crash leaves behind is deleted at the next start.
   */
  receive(name: string, content: AsyncIterable<Uint8Array>): Promise<ReceivedFile>
  /** Files of one person, oldest first. */
  list(key: PatientKey): Promise<readonly ArchivedFile[]>
  /** Deletes what processes that died left behind. Runs whenever a store is opened. Returns how many files it deleted. */
  sweep(): Promise<number>
}

/** What one upload adds to a record. All of it is stored, or none. */
export interface Ingest {
  readonly files: readonly { readonly received: ReceivedFile; readonly format: SourceFile['format'] }[]
  readonly genotypes: readonly GenotypeSet[]
  readonly outsideCalls: readonly OutsideCall[]
  /** Added to the list unless the same text stands there with the same status. */
  readonly drugs: readonly DrugUse[]
  /** Each replaces the value of the same kind. */
  readonly measurements: readonly Measurement[]
}

export interface IngestReceipt {
  /** The record's version that holds the upload. */
  readonly version: number
  /** Genotype sets that replaced an earlier reading of the same file and sample. */
  readonly replaced: number
}

/** A record and the version it was read at. */
export interface VersionedRecord {
  readonly record: PatientRecord
  readonly version: number
}

export interface Records {
  /** Everything known of one person, read in one snapshot. */
  get(key: PatientKey): Promise<VersionedRecord | undefined>
  /**
   * One transaction: when it returns, everything is on disk; when it throws or the process dies, nothing is.
   * A file and sample that the person already has replaces the earlier reading.
   * Throws PATIENT_UNKNOWN; RECORD_CHANGED; INGEST_TWO_PEOPLE when the genotypes name several samples of one file;
   * SEX_CONTRADICTION when chromosome X contradicts the registered sex; SAMPLE_OF_ANOTHER_PATIENT when the same
   * sample of the same file is in another person's record.
   */
  ingest(key: PatientKey, upload: Ingest, act: Act, expected?: number): Promise<IngestReceipt>
  /** Replaces the named parts and leaves the others. Throws PATIENT_UNKNOWN, RECORD_CHANGED. Returns the new version. */
  change(
    key: PatientKey,
    parts: {
      readonly drugs?: readonly DrugUse[]
      readonly measurements?: readonly Measurement[]
      readonly context?: ClinicalContext
    },
    act: Act,
    expected?: number,
  ): Promise<number>
}

/** A finding as it is kept: what it is about, and its JSON text. */
export interface FindingDocument {
  /** "pgx". */
  readonly kind: string
  /** What it is about within its kind: the gene. */
  readonly subject: string
  /** JSON text, kept byte for byte. */
  readonly json: string
}

/** One interpretation of one version of a record, to be kept so that an old report can be read again. */
export interface NewPlan {
  readonly engine: { readonly name: string; readonly version: string }
  readonly facts: readonly PackRef[]
  /** Version of the record that was interpreted. */
  readonly recordVersion: number
  readonly findings: readonly FindingDocument[]
  /** The plan as JSON text, kept byte for byte. */
  readonly json: string
}

export interface PlanHead {
  /** 1, 2, 3 … within one person. Never reused, never changed. */
  readonly version: number
  readonly engine: { readonly name: string; readonly version: string }
  readonly facts: readonly PackRef[]
  readonly recordVersion: number
  readonly madeAt: string
}

export interface StoredPlan extends PlanHead {
  readonly json: string
}

export interface Plans {
  /** Adds the next version. Saving the same text from the same engine, facts and record again returns the version it has. */
  save(key: PatientKey, plan: NewPlan, act: Act): Promise<PlanHead>
  /** The newest, or the one asked for. */
  get(key: PatientKey, version?: number): Promise<StoredPlan | undefined>
  /** Newest first. */
  list(key: PatientKey): Promise<readonly PlanHead[]>
  /** Findings behind one version of the plan, by kind and subject. */
  findings(key: PatientKey, version: number): Promise<readonly FindingDocument[]>
}

/** A card that was shown, kept so that feedback, which names only the card, finds its person and rules. */
export interface IssuedCard {
  readonly uuid: string
  /** The person as the EHR names them; need not be registered here. */
  readonly patient: PatientId
  /** CDS service id. */
  readonly service: string
  readonly hook: string
  /** Ids of the rules behind the card. */
  readonly rules: readonly string[]
  /** The release that each of the rules came from, in the same order: "cpic 2025-11". */
  readonly packs?: readonly string[]
  /** Who saw it, as the EHR names them, and what it told: by these a repeat is known. */
  readonly user?: string
  readonly key?: string
  /** shown unless said otherwise: muted, below-threshold, duplicate. */
  readonly state?: string
}

/** A card that a user saw of a person, and what became of it. */
export interface EarlierShown {
  readonly hook: string
  readonly key: string
  readonly outcome: 'accepted' | 'overridden' | undefined
}

/** What a site changed about what its prescribers are shown. */
export interface CardSetting {
  /** rule, pack, drug, gene: do not show. indicator: show nothing less than this. */
  readonly of: 'rule' | 'pack' | 'drug' | 'gene' | 'indicator'
  readonly value: string
  /** CDS service id; undefined: every service. */
  readonly service: string | undefined
  readonly evenCritical: boolean
  /** ISO 8601 instant from which it no longer holds. */
  readonly until: string | undefined
  /** Why, in the words of who set it. */
  readonly reason: string
}

export interface StoredCardSetting extends CardSetting {
  readonly setAt: string
  readonly setBy: string
}

/** How often the cards of one rule of one release were made, and what became of them. */
export interface RuleCount {
  readonly rule: string
  readonly pack: string
  readonly service: string
  readonly shown: number
  readonly muted: number
  readonly belowThreshold: number
  readonly duplicate: number
  readonly accepted: number
  readonly overridden: number
  /** Override reasons by code; "" where only words were sent. */
  readonly reasons: Readonly<Record<string, number>>
}

/** What a prescriber did with a card (CDS Hooks 2.0, "Feedback"). */
export interface CardFeedback {
  readonly card: string
  readonly outcome: 'accepted' | 'overridden'
  readonly acceptedSuggestions: readonly string[]
  readonly overrideReason:
    | {
        readonly code: string | undefined
        readonly system: string | undefined
        readonly comment: string | undefined
      }
    | undefined
  /** ISO 8601 instant, as sent. */
  readonly outcomeAt: string
}

/** Feedback with what was known of its card. */
export interface StoredFeedback extends CardFeedback {
  readonly patient: PatientId
  readonly service: string
  readonly hook: string
  readonly rules: readonly string[]
}

export interface Cards {
  /** Remembers the cards of one response, all for one person. */
  issue(tenant: TenantId, cards: readonly IssuedCard[], act: Act): Promise<void>
  /**
   * Keeps feedback; the same card, outcome and time sent again is kept once. Throws CARD_UNKNOWN, naming the card,
   * and then keeps nothing of the batch. `service` must be the one that showed the card. Returns whom the cards were about.
   */
  feedback(
    tenant: TenantId,
    service: string,
    items: readonly CardFeedback[],
    act: Act,
  ): Promise<readonly PatientId[]>
  /** Cards shown to a user about a person since then, newest first. */
  earlier(tenant: TenantId, patient: PatientId, user: string, since: string): Promise<readonly EarlierShown[]>
  /** `earlier` and `settings` in one question, as every call of a CDS service asks them. */
  before(
    tenant: TenantId,
    patient: PatientId,
    user: string,
    since: string,
  ): Promise<{ readonly earlier: readonly EarlierShown[]; readonly settings: readonly StoredCardSetting[] }>
  /** What the site changed; in the order it was set. */
  settings(tenant: TenantId): Promise<readonly StoredCardSetting[]>
  /** Adds a setting, or replaces the one about the same thing and service. */
  set(tenant: TenantId, setting: CardSetting, act: Act): Promise<void>
  /** Takes a setting back. Returns whether there was one. */
  unset(tenant: TenantId, setting: Pick<CardSetting, 'of' | 'value' | 'service'>): Promise<boolean>
  /** Cards made in [from, until), by rule, release and service. Counts only: it names nobody. */
  report(tenant: TenantId, from: string, until: string): Promise<readonly RuleCount[]>
  /** Feedback on one person's cards, oldest first. */
  list(key: PatientKey): Promise<readonly StoredFeedback[]>
}

/** One line of the log. Written in the same transaction as the change it tells of; never changed, never deleted. */
export interface StoreEvent {
  /** 1, 2, 3 … within one person. */
  readonly number: number
  readonly kind:
    | 'patient-added'
    | 'patient-updated'
    | 'patient-removed'
    | 'patient-shredded'
    | 'patient-merged'
    | 'hold-set'
    | 'hold-released'
    | 'ingested'
    | 'record-changed'
    | 'plan-saved'
    | 'tumor-file-kept'
    | 'tumor-file-withdrawn'
    | 'board-decision-saved'
  readonly at: string
  readonly by: string
  /** What was touched: versions, checksums, counts. Never a name, a genotype or a drug. */
  readonly detail: Readonly<Record<string, string | number>>
}

export interface Events {
  /** Oldest first, from `after` on (default: all). */
  list(key: PatientKey, after?: number): Promise<readonly StoreEvent[]>
}

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
