import type { ConsentRule } from '../../record/consent-rule.ts'
import type { ResourceRef } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { DerivedFrom } from '../messages/derived-record-store.ts'
import type { PatientHead } from '../person.ts'

/** Why somebody broke the glass on one person's record, until when, and what the review said. */
export interface StoredGrant {
  readonly id: string
  readonly patient: PatientId
  /** Caller id, "user/…". */
  readonly to: string
  /** Reason code. */
  readonly reason: string
  /** In the words of who broke it. Sealed under the person's key. */
  readonly explanation: string
  readonly grantedAt: string
  readonly until: string
  readonly review:
    | { readonly at: string; readonly by: string; readonly outcome: 'appropriate' | 'inappropriate' }
    | undefined
}

/** Something that could be seen, as restrictions look at it; it need not be stored. */
export interface Sight extends ResourceRef {
  readonly labels: readonly string[]
  readonly codes: readonly string[]
}

/** A count that a researcher was told, with whom it was about (digests of ids). */
export interface ToldCount {
  readonly question: string
  readonly askedAt: string
  /** Lower end of what was told; undefined when nothing was. */
  readonly shown: number | undefined
  readonly members: readonly string[]
}

/** What decides who may see what, beside the policies. */
export interface AccessStore {
  /** What a person's active Consents say. */
  consents(tenant: TenantId, patient: PatientId): Promise<readonly ConsentRule[]>
  /** Which of these a restriction shows of one person, by the same condition as every query. */
  shown(
    tenant: TenantId,
    patient: PatientId,
    sights: readonly Sight[],
    within: Restriction,
  ): Promise<readonly boolean[]>
  /**
   * The same, whether it shows all that the person has of these resources, and which version of the person's record that
   * was, in one question.
   */
  sees(
    tenant: TenantId,
    patient: PatientId,
    sights: readonly Sight[],
    of: DerivedFrom,
    within: Restriction,
  ): Promise<{
    readonly shown: readonly boolean[]
    readonly all: boolean
    /** Undefined when nobody has the id. */
    readonly head: PatientHead | undefined
  }>
  /** Throws PATIENT_UNKNOWN. */
  breakGlass(tenant: TenantId, grant: Omit<StoredGrant, 'review'>): Promise<void>
  /** The grant of somebody that ends last, among those in force. */
  grantInForce(tenant: TenantId, to: string, at: string): Promise<StoredGrant | undefined>
  /** Those that wait for a review first, oldest first; then the others, newest first. */
  grants(tenant: TenantId, most: number): Promise<readonly StoredGrant[]>
  /** Throws BREAK_GLASS_UNKNOWN, BREAK_GLASS_REVIEWED, BREAK_GLASS_OWN: nobody reviews their own. */
  review(
    tenant: TenantId,
    id: string,
    review: { readonly at: string; readonly by: string; readonly outcome: 'appropriate' | 'inappropriate' },
  ): Promise<StoredGrant>
  /** How many grants made before an instant wait for a review. */
  unreviewed(tenant: TenantId, before: string): Promise<number>
  /** A keyed digest, the same on every server of this store; `kind` keeps digests of one sort apart from others. */
  digest(tenant: TenantId, kind: string, text: string): string
  /** What somebody was told of counts since then. */
  toldCounts(tenant: TenantId, asker: string, since: string): Promise<readonly ToldCount[]>
  /** Keeps what was told; a question that was kept already stays as it was. */
  keepCount(tenant: TenantId, asker: string, told: ToldCount): Promise<void>
}
