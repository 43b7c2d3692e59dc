import type { TenantId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import type { RuleCount } from './card-store.ts'

interface CountRow {
  rule: string
  pack: string
  service: string
  shown: number
  muted: number
  below: number
  duplicate: number
  accepted: number
  overridden: number
  reasons: Record<string, number>
}

/**
 * See `Cards.report`. It goes over every person on purpose: a count names nobody. The last word on a card counts: one
 * that was overridden first and accepted later is accepted.
 */
export async function cardReport(
  database: Database,
  tenant: TenantId,
  from: string,
  until: string,
): Promise<readonly RuleCount[]> {
  const rows = await database.rows<CountRow>(
    `with made as (
       select r.rule, coalesce(c.packs ->> (r.place::integer - 1), '') as pack, c.service, c.state, f.outcome,
         coalesce(f.override_code, '') as reason
       from cds_card c
       cross join lateral jsonb_array_elements_text(c.rules) with ordinality as r (rule, place)
       left join lateral (
         select outcome, override_code from cds_feedback f
         where f.tenant_id = c.tenant_id and f.patient_id = c.patient_id and f.card_uuid = c.card_uuid
         order by outcome_at desc limit 1
       ) f on true
       where c.tenant_id = $1 and c.issued_at >= $2 and c.issued_at < $3
     ), reasons as (
       select rule, pack, service, jsonb_object_agg(reason, n) as reasons from (
         select rule, pack, service, reason, count(*)::integer as n from made where outcome = 'overridden'
         group by rule, pack, service, reason
       ) counted group by rule, pack, service
     )
     select m.rule, m.pack, m.service,
       (count(*) filter (where m.state = 'shown'))::integer as shown,
       (count(*) filter (where m.state = 'muted'))::integer as muted,
       (count(*) filter (where m.state = 'below-threshold'))::integer as below,
       (count(*) filter (where m.state = 'duplicate'))::integer as duplicate,
       (count(*) filter (where m.outcome = 'accepted'))::integer as accepted,
       (count(*) filter (where m.outcome = 'overridden'))::integer as overridden,
       coalesce((select r.reasons from reasons r
         where r.rule = m.rule and r.pack = m.pack and r.service = m.service), '{}') as reasons
     from made m group by m.rule, m.pack, m.service order by m.rule, m.pack, m.service`,
    [tenant, from, until],
  )
  return rows.map(({ below, ...row }) => ({ ...row, belowThreshold: below }))
}
