import { Fault } from '../terms/fault.ts'
import type { PatientId } from '../terms/ids.ts'
import type { Database } from './query.ts'
import type { CardFeedback, Cards, StoredFeedback } from './store.ts'

interface CardRow {
  patient_id: PatientId
  service: string
  hook: string
  rules: string[]
}

interface FeedbackRow extends CardRow {
  card_uuid: string
  outcome: CardFeedback['outcome']
  outcome_at: string
  accepted_suggestions: string[]
  override_reason: { code?: string; system?: string; comment?: string } | null
}

export function cardsIn(database: Database): Cards {
  return {
    async issue(tenant, cards, act) {
      if (cards.length === 0) return
      await database.run(
        `insert into cds_card (tenant_id, card_uuid, patient_id, service, hook, rules, issued_at)
         select $1, new.uuid, new.patient, new.service, new.hook, new.rules::jsonb, $2
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
           as new (uuid, patient, service, hook, rules)
         on conflict (tenant_id, card_uuid) do nothing`,
        [
          tenant,
          act.at,
          cards.map((card) => card.uuid),
          cards.map((card) => card.patient),
          cards.map((card) => card.service),
          cards.map((card) => card.hook),
          cards.map((card) => JSON.stringify(card.rules)),
        ],
      )
    },

    async feedback(tenant, service, items, act) {
      await database.transaction(async (queries) => {
        for (const item of items) {
          const card = await queries.first<CardRow>(
            `select patient_id, service, hook, rules from cds_card
             where tenant_id = $1 and card_uuid = $2 and service = $3`,
            [tenant, item.card, service],
          )
          if (card === undefined) throw unknownCard(item.card, service)
          await queries.run(
            `insert into cds_feedback (tenant_id, patient_id, card_uuid, outcome, outcome_at, service, hook, rules,
               accepted_suggestions, override_reason, received_at, received_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
            // biome-ignore format: one value a column
            [tenant, card.patient_id, item.card, item.outcome, item.outcomeAt, card.service, card.hook,
              JSON.stringify(card.rules), JSON.stringify(item.acceptedSuggestions),
              item.overrideReason && JSON.stringify(item.overrideReason), act.at, act.by],
          )
        }
      })
    },

    async list({ tenant, patient }) {
      const rows = await database.rows<FeedbackRow>(
        `select patient_id, service, hook, rules, card_uuid, outcome, outcome_at, accepted_suggestions, override_reason
         from cds_feedback where tenant_id = $1 and patient_id = $2 order by outcome_at, card_uuid, outcome`,
        [tenant, patient],
      )
      return rows.map(
        (row): StoredFeedback => ({
          card: row.card_uuid,
          patient: row.patient_id,
          service: row.service,
          hook: row.hook,
          rules: row.rules,
          outcome: row.outcome,
          outcomeAt: row.outcome_at,
          acceptedSuggestions: row.accepted_suggestions,
          overrideReason: row.override_reason
            ? {
                code: row.override_reason.code,
                system: row.override_reason.system,
                comment: row.override_reason.comment,
              }
            : undefined,
        }),
      )
    },
  }
}

function unknownCard(card: string, service: string): Fault {
  return new Fault(
    'CARD_UNKNOWN',
    `card ${card}`,
    `service "${service}" has shown no card of this uuid`,
    'Send the uuid of the card as the service returned it, to the feedback address of that service.',
  )
}
