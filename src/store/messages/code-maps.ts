import type { Database } from '../database/query.ts'
import type { CodeMapEntry, Messages, UnmappedCode } from './message-store.ts'

/** Names of coding systems are compared without regard to case. */
function systemKey(system: string): string {
  return system.trim().toUpperCase()
}

export function codeMapsIn(
  database: Database,
): Pick<Messages, 'codeMap' | 'setCodes' | 'removeCode' | 'unmapped'> {
  return {
    async codeMap(tenant, sender) {
      const rows = await database.rows<Omit<CodeMapEntry, 'toDisplay'> & { toDisplay: string | null }>(
        `select system, code, to_system as "toSystem", to_code as "toCode", to_display as "toDisplay"
         from exchange_code_map where tenant_id = $1 and sender = $2 order by system, code`,
        [tenant, sender],
      )
      return rows.map((row) => ({ ...row, toDisplay: row.toDisplay ?? undefined }))
    },

    setCodes: (tenant, sender, rows, only, act) =>
      database.transaction(async (queries) => {
        if (only) {
          await queries.run('delete from exchange_code_map where tenant_id = $1 and sender = $2', [
            tenant,
            sender,
          ])
        }
        for (const row of rows) {
          await queries.run(
            `insert into exchange_code_map
               (tenant_id, sender, system, code, to_system, to_code, to_display, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (tenant_id, sender, system, code) do update set to_system = excluded.to_system,
               to_code = excluded.to_code, to_display = excluded.to_display,
               changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
            // biome-ignore format: one value a column
            [tenant, sender, systemKey(row.system), row.code, row.toSystem, row.toCode, row.toDisplay, act.at, act.by],
          )
        }
      }),

    async removeCode(tenant, sender, system, code) {
      const removed = await database.run(
        'delete from exchange_code_map where tenant_id = $1 and sender = $2 and system = $3 and code = $4',
        [tenant, sender, systemKey(system), code],
      )
      return removed > 0
    },

    async unmapped(tenant, sender) {
      const rows = await database.rows<Omit<UnmappedCode, 'text'> & { text: string | null }>(
        `select sender, u ->> 'system' as system, u ->> 'code' as code, max(u ->> 'text') as text,
           (u ->> 'assumed')::boolean as assumed, count(distinct message_id) as messages,
           max(received_at) as "lastAt"
         from exchange_message, jsonb_array_elements(unmapped) as u
         where tenant_id = $1 and ($2::text is null or sender = $2) and direction = 'in' and state <> 'discarded'
         group by 1, 2, 3, 5 order by 5, 6 desc, 1, 2, 3`,
        [tenant, sender ?? null],
      )
      return rows.map((row) => ({ ...row, text: row.text ?? undefined }))
    },
  }
}
