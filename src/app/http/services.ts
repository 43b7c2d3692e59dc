import type { Plan } from '../../decide/plan.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { DrugUse, PatientRecord } from '../../record/patient-record.ts'
import type { AuditSink } from '../../safeguard/audit/audit-entry.ts'
import type { LeakedPasswords } from '../../safeguard/login/leaked-passwords.ts'
import type { Act } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { NameSources } from '../../variant/projection/sources.ts'
import type { SiteAccess } from '../access/site-access.ts'
import type { ExchangeServices } from '../exchange/exchange-services.ts'
import type { Entry } from '../login/entry.ts'
import type { Scanner } from '../scan/scanner.ts'
import type { MayNotify } from '../subscriptions/subscription.ts'
import type { PostalCodes } from '../trials/postal-codes.ts'
import type { EhrAccess } from './ehr/ehr-client.ts'

/** What the server works with. Made once at start, by "garrod serve" or by a test. */
export interface Services {
  readonly store: Store
  readonly tenant: TenantId
  /** How the server knows who calls. */
  readonly entry: Entry
  /** Every request is written down here before its reply leaves. */
  readonly audit: AuditSink
  readonly facts: Facts
  /** What this site decided about access; undefined: nothing beside the policies of Garrod. */
  readonly site?: SiteAccess
  /** Passwords that nobody may choose; undefined: the site has no list. */
  readonly leaked?: LeakedPasswords
  /**
   * From a record to findings and advice, under the facts in force: on the drugs of the record, and on every other
   * drug that the findings change something for; with "all", on every drug that has a guideline.
   */
  readonly interpret: (record: PatientRecord, which?: 'actionable' | 'all') => Interpretation
  /** Advice on these drugs alone, for a person who takes what the record says. */
  readonly advise: (record: PatientRecord, drugs: readonly DrugUse[]) => Plan
  /** The clock, so that a test can hold it. */
  readonly now: () => Date
  /** One line for the operator. Never a name, an identifier, a genotype or a drug. */
  readonly log: (line: string) => void
  /** Where people reach this server, without a slash at the end: links on cards are absolute. */
  readonly publicUrl: () => string
  /** Which EHRs a CDS service may call back; undefined: none. */
  readonly ehr?: EhrAccess
  /** Messages of laboratories and EHRs; undefined where none are exchanged. */
  readonly exchange?: ExchangeServices
  /** GA4GH Beacon under /beacon; undefined: there is none. */
  readonly beacon?: BeaconSettings
  /** Which addresses subscribers may be notified at; undefined: none. */
  readonly mayNotify?: MayNotify
  /** The site's own sequence and transcripts, of GARROD_REFERENCE and GARROD_TRANSCRIPTS; undefined: it has neither. */
  readonly names?: NameSources
  /** Places of postal codes, for distances to the sites of trials; undefined: the site has given none. */
  readonly postalCodes?: PostalCodes
  /** Looks at files for malware before they are kept or given; undefined: the site has none. */
  readonly scanner?: Scanner
  /** Folder of the built web page; undefined where there is none. */
  readonly page: string | undefined
  /** Largest file taken, bytes. */
  readonly largestFile: number
}

export interface BeaconSettings {
  /** Reverse domain name: "org.example.beacon". */
  readonly id: string
  readonly name: string
  /** Callers ("user/…", "client/…") who are given records. */
  readonly controlled: readonly string[]
  /** Questions of one caller in thirty days; undefined: the usual budget. */
  readonly questions?: number
}

export interface Interpretation {
  readonly findings: readonly PgxFinding[]
  readonly plan: Plan
}

/** A change made over HTTP, now. */
export function act(services: Pick<Services, 'now'>, by: string): Act {
  return { at: services.now().toISOString(), by }
}
