import { Fault } from '../../terms/fault.ts'
import type { Queries } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import type { Act, PatientKey } from '../person.ts'
import { claim } from './patient-row.ts'
import type { LegalHold } from './people-store.ts'

/** A duty to keep what is known of a person, such as a law suit: nothing about the person is destroyed meanwhile. */
export async function readHold(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<LegalHold | undefined> {
  return queries.first<LegalHold>(
    'select reason, at, by from legal_hold where tenant_id = $1 and patient_id = $2',
    [tenant, patient],
  )
}

/** Throws LEGAL_HOLD while there is one. Call it under the lock on the person's row. */
export async function refuseUnderHold(queries: Queries, key: PatientKey): Promise<void> {
  const hold = await readHold(queries, key)
  if (hold === undefined) return
  throw new Fault(
    'LEGAL_HOLD',
    `patient ${key.patient}`,
    `what is known of this person must be kept: legal hold "${hold.reason}" since ${hold.at.slice(0, 10)}`,
    `When the hold has ended: garrod patient hold ${key.patient} --release.`,
  )
}

/** Sets the hold, or its reason anew. Throws PATIENT_UNKNOWN. */
export async function setHold(queries: Queries, key: PatientKey, reason: string, act: Act): Promise<void> {
  const { version } = await claim(queries, key, act.at, undefined)
  await queries.run(
    `insert into legal_hold (tenant_id, patient_id, reason, at, by) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, patient_id) do update set reason = excluded.reason, at = excluded.at, by = excluded.by`,
    [key.tenant, key.patient, reason, act.at, act.by],
  )
  await log(queries, key, 'hold-set', act, { version, reason })
}

/** Ends the hold. Returns whether there was one. Throws PATIENT_UNKNOWN. */
export async function releaseHold(queries: Queries, key: PatientKey, act: Act): Promise<boolean> {
  const { version } = await claim(queries, key, act.at, undefined)
  const ended = await queries.run('delete from legal_hold where tenant_id = $1 and patient_id = $2', [
    key.tenant,
    key.patient,
  ])
  if (ended > 0) await log(queries, key, 'hold-released', act, { version })
  return ended > 0
}
