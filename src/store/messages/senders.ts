import type { Database } from '../database/query.ts'
import type { Messages, SenderSettings } from './message-store.ts'

interface SenderRow {
  sender: string
  utc_offset: string | null
  registers: boolean | null
}

/** A sender that nobody has set anything for: its clock is not known, and its ADT registers people. */
function settingsOf({ sender, utc_offset, registers }: SenderRow): SenderSettings {
  return { sender, utcOffset: utc_offset ?? undefined, registers: registers ?? true }
}

export function sendersIn(database: Database): Pick<Messages, 'senders' | 'sender' | 'setSender'> {
  return {
    async senders(tenant) {
      const rows = await database.rows<SenderRow>(
        `select k.sender, s.utc_offset, s.registers from
           (select sender from exchange_message where tenant_id = $1 and direction = 'in'
            union select sender from exchange_code_map where tenant_id = $1
            union select sender from exchange_sender where tenant_id = $1) as k
         left join exchange_sender s on s.tenant_id = $1 and s.sender = k.sender order by k.sender`,
        [tenant],
      )
      return rows.map(settingsOf)
    },

    async sender(tenant, sender) {
      const row = await database.first<SenderRow>(
        'select sender, utc_offset, registers from exchange_sender where tenant_id = $1 and sender = $2',
        [tenant, sender],
      )
      return settingsOf(row ?? { sender, utc_offset: null, registers: null })
    },

    async setSender(tenant, { sender, utcOffset, registers }, act) {
      await database.run(
        `insert into exchange_sender (tenant_id, sender, utc_offset, registers, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, sender) do update set
           utc_offset = excluded.utc_offset, registers = excluded.registers,
           changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
        [tenant, sender, utcOffset, registers, act.at, act.by],
      )
    },
  }
}
