import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'

/** What was written on overriding cards, and what the log says of removed people's files: they need not be registered. */
export async function sealFeedback(database: Database, vault: Vault): Promise<void> {
  for (;;) {
    const rows = await database.rows<{
      tenant_id: TenantId
      patient_id: PatientId
      card_uuid: string
      outcome: string
      outcome_at: string
      override_reason: unknown
    }>(
      `select tenant_id, patient_id, card_uuid, outcome, outcome_at, override_reason from cds_feedback
       where override_reason is not null and sealed_reason is null limit 500`,
    )
    if (rows.length === 0) break
    await database.transaction(async (queries) => {
      for (const row of rows) {
        const key = { tenant: row.tenant_id, patient: row.patient_id }
        await queries.run(
          `update cds_feedback set sealed_reason = $6, override_reason = null
           where tenant_id = $1 and patient_id = $2 and card_uuid = $3 and outcome = $4 and outcome_at = $5`,
          [
            row.tenant_id,
            row.patient_id,
            row.card_uuid,
            row.outcome,
            row.outcome_at,
            await sealerOf(queries, vault, key).seal(
              placeOf.reason(row.card_uuid, row.outcome_at),
              row.override_reason,
            ),
          ],
        )
      }
    })
  }
  await database.run(
    `update event set detail = detail - 'files' where kind = 'ingested' and detail ? 'files'
       and not exists (select 1 from patient p where p.tenant_id = event.tenant_id and p.patient_id = event.patient_id)`,
  )
}
