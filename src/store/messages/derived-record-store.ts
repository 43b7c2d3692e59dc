import type { DerivedRecord } from '../../record/derived-record.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Statement } from '../../record/statement.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Act, PatientKey } from '../person.ts'
import type { ResourceChange } from '../resources/resource-store.ts'

/** Which resources a derivation reads: all of some types, of others those that hold one of the codes, and what they refer to. */
export interface DerivedFrom {
  readonly types: readonly string[]
  readonly codes: { readonly type: string; readonly tokens: readonly string[] }
  /** The type of what orders refer to, of the person or of the organisation. */
  readonly referred?: string
}

/** How the typed record follows from resources. */
export interface Derivation {
  readonly from: DerivedFrom
  /** Changes with what resources are taken to say: what was kept under another edition is not used. */
  readonly edition: string
  /** What one resource says, looked at by itself; undefined: nothing. */
  readonly statementOf: (resource: Resource) => Statement | undefined
  /** What follows, from what all say, in the order of type and id. */
  readonly read: (statements: readonly Statement[]) => DerivedRecord
}

/** Whether a change may concern the typed record. */
export function isDerivedFrom({ types, codes }: DerivedFrom, { type, action }: ResourceChange): boolean {
  return action !== 'unchanged' && (type === codes.type || types.includes(type))
}

/** The typed record as it follows from resources. */
export interface DerivedRecords {
  /**
   * Brings the typed record up to date with the resources of one person, in one transaction that nobody's change to
   * either comes between. What was derived before and no longer follows is taken back; what people entered themselves
   * stays. Does nothing, and makes no version, when nothing changed. Returns whether it did. Throws PATIENT_UNKNOWN.
   */
  derive(key: PatientKey, derivation: Derivation, act: Act): Promise<boolean>
  /**
   * The record for somebody who may see only what `within` shows: what follows from hidden resources is as if it did not
   * follow.
   */
  seen(
    key: PatientKey,
    derivation: Derivation,
    record: PatientRecord,
    within: Restriction,
  ): Promise<PatientRecord>
  /**
   * People whose resources were written in the hour before the newest write: when a process dies, what it had written
   * and not yet followed is among them.
   */
  recent(tenant: TenantId): Promise<readonly PatientId[]>
}
