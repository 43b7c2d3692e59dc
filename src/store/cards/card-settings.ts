import { type Database, prepared } from '../database/query.ts'
import type { CardSetting, Cards, StoredCardSetting } from './card-store.ts'

export interface SettingRow {
  subject: CardSetting['of']
  value: string
  service: string
  even_critical: boolean
  valid_until: string | null
  reason: string
  set_at: string
  set_by: string
}

const SETTINGS =
  prepared(`select subject, value, service, even_critical, valid_until, reason, set_at, set_by from cds_setting
         where tenant_id = $1 order by set_at, subject, value, service`)

/** Instants may come as the database writes them in JSON. */
export function settingOf(row: SettingRow): StoredCardSetting {
  return {
    of: row.subject,
    value: row.value,
    service: row.service === '' ? undefined : row.service,
    evenCritical: row.even_critical,
    until: row.valid_until === null ? undefined : new Date(row.valid_until).toISOString(),
    reason: row.reason,
    setAt: new Date(row.set_at).toISOString(),
    setBy: row.set_by,
  }
}

/** What a site does not want to be shown. Every service is kept as "". */
export function settingsIn(database: Database): Pick<Cards, 'settings' | 'set' | 'unset'> {
  return {
    async settings(tenant) {
      const rows = await database.rows<SettingRow>(SETTINGS, [tenant])
      return rows.map(settingOf)
    },

    async set(tenant, { of, value, service, evenCritical, until, reason }, act) {
      await database.transaction(async (queries) => {
        // One threshold a service: a new one takes the place of the other.
        if (of === 'indicator') {
          await queries.run(
            `delete from cds_setting where tenant_id = $1 and subject = 'indicator' and service = $2`,
            [tenant, service ?? ''],
          )
        }
        await queries.run(
          `insert into cds_setting (tenant_id, subject, value, service, even_critical, valid_until, reason, set_at, set_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           on conflict (tenant_id, subject, value, service) do update set even_critical = excluded.even_critical,
             valid_until = excluded.valid_until, reason = excluded.reason, set_at = excluded.set_at, set_by = excluded.set_by`,
          [tenant, of, value, service ?? '', evenCritical, until, reason, act.at, act.by],
        )
      })
    },

    async unset(tenant, { of, value, service }) {
      const gone = await database.run(
        'delete from cds_setting where tenant_id = $1 and subject = $2 and value = $3 and service = $4',
        [tenant, of, value, service ?? ''],
      )
      return gone > 0
    },
  }
}
