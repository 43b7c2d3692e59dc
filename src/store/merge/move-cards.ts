import type { Queries } from '../database/query.ts'
import { messagePlace } from '../messages/message-place.ts'
import type { PatientKey } from '../person.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

/** Cards shown, what was done with them, and messages received. */
export async function moveCards(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<void> {
  const keys = [from.tenant, from.patient, to.patient]
  await queries.run('update cds_card set patient_id = $3 where tenant_id = $1 and patient_id = $2', keys)
  const reasons = await queries.rows<{
    card_uuid: string
    outcome: string
    outcome_at: string
    sealed_reason: Buffer
  }>(
    `select card_uuid, outcome, outcome_at, sealed_reason from cds_feedback
     where tenant_id = $1 and patient_id = $2 and sealed_reason is not null`,
    [from.tenant, from.patient],
  )
  for (const { card_uuid, outcome, outcome_at, sealed_reason } of reasons) {
    const place = placeOf.reason(card_uuid, outcome_at)
    await queries.run(
      `update cds_feedback set patient_id = $3, sealed_reason = $4
       where tenant_id = $1 and patient_id = $2 and card_uuid = $5 and outcome = $6 and outcome_at = $7`,
      [
        ...keys,
        await resealed(queries, vault, from, to, place, place, sealed_reason),
        card_uuid,
        outcome,
        outcome_at,
      ],
    )
  }
  await queries.run('update cds_feedback set patient_id = $3 where tenant_id = $1 and patient_id = $2', keys)
  const messages = await queries.rows<{ message_id: string; raw: Buffer }>(
    'select message_id, raw from exchange_message where tenant_id = $1 and patient_id = $2',
    [from.tenant, from.patient],
  )
  for (const { message_id, raw } of messages) {
    const place = messagePlace(message_id)
    await queries.run(
      'update exchange_message set patient_id = $2, raw = $3 where tenant_id = $1 and message_id = $4',
      [from.tenant, to.patient, await resealed(queries, vault, from, to, place, place, raw), message_id],
    )
  }
}
