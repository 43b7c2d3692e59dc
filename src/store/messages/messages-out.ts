import type { Database } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { messagePlace } from './message-place.ts'
import type { Destination, Messages } from './message-store.ts'

export function messagesOutIn(
  database: Database,
  vault: Vault,
): Pick<
  Messages,
  'destinations' | 'setDestination' | 'removeDestination' | 'keepOut' | 'closeOut' | 'waitingOut'
> {
  return {
    destinations: (tenant) =>
      database.rows<Destination>(
        `select name, host, port, tls, application, facility from exchange_destination
         where tenant_id = $1 order by name`,
        [tenant],
      ),

    async setDestination(tenant, { name, host, port, tls, application, facility }, act) {
      await database.run(
        `insert into exchange_destination
           (tenant_id, name, host, port, tls, application, facility, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant_id, name) do update set host = excluded.host, port = excluded.port, tls = excluded.tls,
           application = excluded.application, facility = excluded.facility,
           changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
        [tenant, name, host, port, tls, application, facility, act.at, act.by],
      )
    },

    async removeDestination(tenant, name) {
      const removed = await database.run(
        'delete from exchange_destination where tenant_id = $1 and name = $2',
        [tenant, name],
      )
      return removed > 0
    },

    async keepOut(tenant, { id, destination, controlId, type, patient, text }, act) {
      const raw = await vault.seal(database, { tenant, patient }, messagePlace(id), text)
      const digest = vault.blind(tenant, 'message', text)
      await database.run(
        `insert into exchange_message (tenant_id, message_id, direction, sender, control_id, claim, digest, type, state,
           patient_id, fault, warnings, unmapped, attempts, received_at, changed_at, changed_by, raw, ack)
         values ($1, $2, 'out', $3, $4, null, $5, $6, 'waiting', $7, null, '[]', '[]', 0, $8, $8, $9, $10, null)
         on conflict (tenant_id, message_id) do nothing`,
        [tenant, id, destination, controlId, digest, type, patient, act.at, act.by, raw],
      )
    },

    async closeOut(tenant, id, { state, fault, ack }, act) {
      await database.run(
        `update exchange_message set state = $3, fault = $4, ack = $5, attempts = attempts + 1,
           changed_at = $6, changed_by = $7
         where tenant_id = $1 and message_id = $2 and direction = 'out'`,
        [tenant, id, state, fault === undefined ? null : JSON.stringify(fault), ack, act.at, act.by],
      )
    },

    async waitingOut(tenant) {
      const rows = await database.rows<{ message_id: string }>(
        `select message_id from exchange_message where tenant_id = $1 and state = 'waiting'
         order by received_at, message_id`,
        [tenant],
      )
      return rows.map(({ message_id }) => message_id)
    },
  }
}
