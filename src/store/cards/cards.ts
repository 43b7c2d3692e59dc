import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import { type Database, prepared } from '../database/query.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { cardReport } from './card-report.ts'
import { type SettingRow, settingOf, settingsIn } from './card-settings.ts'
import type { CardFeedback, Cards, EarlierShown, StoredFeedback } from './card-store.ts'

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
  sealed_reason: Buffer | null
}

interface EarlierRow {
  hook: string
  content: string
  outcome: EarlierShown['outcome'] | null
}

function earlierOf({ hook, content, outcome }: EarlierRow): EarlierShown {
  return { hook, key: content, outcome: outcome ?? undefined }
}

const EARLIER = prepared(`select c.hook, c.content, (select f.outcome from cds_feedback f
            where f.tenant_id = c.tenant_id and f.patient_id = c.patient_id and f.card_uuid = c.card_uuid
            order by f.outcome_at desc limit 1) as outcome
         from cds_card c
         where c.tenant_id = $1 and c.patient_id = $2 and c.shown_to = $3 and c.issued_at >= $4 and c.state = 'shown'
         order by c.issued_at desc, c.card_uuid limit 500`)

const BEFORE = prepared(`select
         (select coalesce(jsonb_agg(to_jsonb(s) order by s.set_at, s.subject, s.value, s.service), '[]')
           from cds_setting s where s.tenant_id = $1) as settings,
         (select coalesce(jsonb_agg(jsonb_build_object('hook', c.hook, 'content', c.content, 'outcome',
             (select f.outcome from cds_feedback f
              where f.tenant_id = c.tenant_id and f.patient_id = c.patient_id and f.card_uuid = c.card_uuid
              order by f.outcome_at desc limit 1))), '[]')
           from (select * from cds_card where tenant_id = $1 and patient_id = $2 and shown_to = $3 and issued_at >= $4
             and state = 'shown' and hook = 'order-select' order by issued_at desc limit 500) c) as earlier`)

const ISSUE =
  prepared(`insert into cds_card (tenant_id, card_uuid, patient_id, service, hook, rules, packs, shown_to, content, state, issued_at)
         select $1, new.uuid, new.patient, new.service, new.hook, new.rules::jsonb, new.packs::jsonb, new.shown_to, new.content,
           new.state, $2
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
           as new (uuid, patient, service, hook, rules, packs, shown_to, content, state)
         on conflict (tenant_id, card_uuid) do nothing`)

export function cardsIn(database: Database, vault: Vault): Cards {
  return {
    async issue(tenant, cards, act) {
      if (cards.length === 0) return
      await database.run(ISSUE, [
        tenant,
        act.at,
        cards.map((card) => card.uuid),
        cards.map((card) => card.patient),
        cards.map((card) => card.service),
        cards.map((card) => card.hook),
        cards.map((card) => JSON.stringify(card.rules)),
        cards.map((card) => JSON.stringify(card.packs ?? card.rules.map(() => ''))),
        cards.map((card) => card.user),
        cards.map((card) => card.key),
        cards.map((card) => card.state ?? 'shown'),
      ])
    },

    async feedback(tenant, service, items, act) {
      return database.transaction(async (queries) => {
        const people = new Set<PatientId>()
        for (const item of items) {
          const card = await queries.first<CardRow>(
            `select patient_id, service, hook, rules from cds_card
             where tenant_id = $1 and card_uuid = $2 and service = $3`,
            [tenant, item.card, service],
          )
          if (card === undefined) throw unknownCard(item.card, service)
          people.add(card.patient_id)
          const outcomeAt = new Date(item.outcomeAt).toISOString()
          const sealedReason =
            item.overrideReason &&
            (await sealerOf(queries, vault, { tenant, patient: card.patient_id }).seal(
              placeOf.reason(item.card, outcomeAt),
              item.overrideReason,
            ))
          await queries.run(
            `insert into cds_feedback (tenant_id, patient_id, card_uuid, outcome, outcome_at, service, hook, rules,
               accepted_suggestions, sealed_reason, override_code, received_at, received_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
            // biome-ignore format: one value a column
            [tenant, card.patient_id, item.card, item.outcome, outcomeAt, card.service, card.hook,
              JSON.stringify(card.rules), JSON.stringify(item.acceptedSuggestions),
              sealedReason, item.overrideReason?.code, act.at, act.by],
          )
        }
        return [...people]
      })
    },

    async earlier(tenant, patient, user, since) {
      const rows = await database.rows<EarlierRow>(EARLIER, [tenant, patient, user, since])
      return rows.map(earlierOf)
    },

    async before(tenant, patient, user, since) {
      const row = await database.first<{ settings: SettingRow[]; earlier: EarlierRow[] }>(BEFORE, [
        tenant,
        patient,
        user,
        since,
      ])
      return { settings: row!.settings.map(settingOf), earlier: row!.earlier.map(earlierOf) }
    },

    ...settingsIn(database),

    report: (tenant, from, until) => cardReport(database, tenant, from, until),

    async list(key) {
      const { tenant, patient } = key
      const rows = await database.rows<FeedbackRow>(
        `select patient_id, service, hook, rules, card_uuid, outcome, outcome_at, accepted_suggestions, sealed_reason
         from cds_feedback where tenant_id = $1 and patient_id = $2 order by outcome_at, card_uuid, outcome`,
        [tenant, patient],
      )
      const sealer = sealerOf(database, vault, key)
      const found: StoredFeedback[] = []
      for (const row of rows) {
        const reason =
          row.sealed_reason &&
          (await sealer.open<{ code?: string; system?: string; comment?: string }>(
            placeOf.reason(row.card_uuid, row.outcome_at),
            row.sealed_reason,
          ))
        found.push({
          card: row.card_uuid,
          patient: row.patient_id,
          service: row.service,
          hook: row.hook,
          rules: row.rules,
          outcome: row.outcome,
          outcomeAt: row.outcome_at,
          acceptedSuggestions: row.accepted_suggestions,
          overrideReason: reason
            ? { code: reason.code, system: reason.system, comment: reason.comment }
            : undefined,
        })
      }
      return found
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
