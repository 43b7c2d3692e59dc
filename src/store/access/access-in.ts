import { gunzipSync, gzipSync } from 'node:zlib'
import type { Restriction } from '../../record/resource-query.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { derivedFromSql } from '../messages/derived-records.ts'
import { type Database, prepared } from '../query.ts'
import { restrictionSql } from '../resources/restriction.ts'
import { Values } from '../resources/statement.ts'
import type { Vault } from '../vault.ts'
import type { AccessStore, Sight, ToldCount } from './access-store.ts'
import { breakGlassIn } from './break-glass-rows.ts'
import { readConsentRules } from './consent-rules.ts'

export function accessIn(database: Database, vault: Vault): AccessStore {
  return {
    ...breakGlassIn(database, vault),
    consents: (tenant, patient) => readConsentRules(database, tenant, patient),

    async shown(tenant, patient, sights, within) {
      const values = new Values()
      const rows = await database.rows<{ at: number }>(
        prepared(shownSql(tenant, patient, sights, within, values)),
        values.list,
      )
      const seen = new Set(rows.map(({ at }) => at))
      return sights.map((_, at) => seen.has(at))
    },

    async sees(tenant, patient, sights, of, within) {
      const values = new Values()
      const rows = await database.rows<{ at: number }>(
        prepared(`${shownSql(tenant, patient, sights, within, values)}
          union all (select -1 from resource r where ${derivedFromSql({ tenant, patient }, of, values)}
            and not (true${restrictionSql(within, 'r', values.bind)}) limit 1)`),
        values.list,
      )
      const seen = new Set(rows.map(({ at }) => at))
      return { shown: sights.map((_, at) => seen.has(at)), all: !seen.has(-1) }
    },

    digest: (tenant, kind, text) => vault.blind(tenant, kind, text),

    async toldCounts(tenant, asker, since) {
      const rows = await database.rows<{
        question_digest: string
        asked_at: string
        shown: number | null
        members: Buffer
      }>(
        `select question_digest, asked_at, shown, members from disclosed_count
         where tenant_id = $1 and asker = $2 and asked_at >= $3 order by asked_at, question_digest`,
        [tenant, asker, since],
      )
      return rows.map(
        (row): ToldCount => ({
          question: row.question_digest,
          askedAt: row.asked_at,
          shown: row.shown ?? undefined,
          members: gunzipSync(row.members)
            .toString('latin1')
            .split('\n')
            .filter((one) => one !== ''),
        }),
      )
    },

    async keepCount(tenant, asker, { question, askedAt, shown, members }) {
      await database.run(
        `insert into disclosed_count (tenant_id, asker, question_digest, asked_at, shown, members)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [tenant, asker, question, askedAt, shown, gzipSync(members.join('\n'))],
      )
    },
  }
}

/** The places of the sights that are shown. */
function shownSql(
  tenant: TenantId,
  patient: PatientId,
  sights: readonly Sight[],
  within: Restriction,
  { bind }: Values,
): string {
  const asked = bind(JSON.stringify(sights.map((one, at) => ({ at, ...one }))))
  return `select r.at from (
      select at, ${bind(tenant)}::text as tenant_id, ${bind(patient)}::text as patient_id, type, id, labels, codes
      from jsonb_to_recordset(${asked}::jsonb) as x (at integer, type text, id text, labels text[], codes text[])) r
    where true${restrictionSql(within, 'r', bind)}`
}
