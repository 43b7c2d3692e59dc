import { TENANT_COMPARTMENT } from '../record/resource.ts'
import type { TenantId } from '../terms/ids.ts'
import type { Database } from './database/query.ts'
import type { ExportFile, Exports, StoredExport, SubscriptionOwners } from './messages/outbound-store.ts'
import type { Vault } from './vault/vault.ts'

interface ExportRow {
  id: string
  owner: string
  request: unknown
  files: ExportFile[] | null
  notes: unknown
  transactionTime: string
  expiresAt: string
}

export function exportsIn(database: Database, vault: Vault): Exports {
  const keyOf = (tenant: TenantId) => ({ tenant, patient: TENANT_COMPARTMENT })
  const clear = (tenant: TenantId, id: string) =>
    database.run('delete from bulk_export_part where tenant_id = $1 and export_id = $2', [tenant, id])
  const remove = async (tenant: TenantId, id: string) => {
    await clear(tenant, id)
    return (
      (await database.run('delete from bulk_export where tenant_id = $1 and export_id = $2', [tenant, id])) >
      0
    )
  }
  return {
    async begin(tenant, { id, owner, request, transactionTime, expiresAt }) {
      await database.run(
        `insert into bulk_export (tenant_id, export_id, owner, request, transaction_time, expires_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [tenant, id, owner, JSON.stringify(request), transactionTime, expiresAt],
      )
    },

    async get(tenant, id) {
      const row = await database.first<ExportRow>(
        `select export_id as id, owner, request, files, notes, transaction_time as "transactionTime", expires_at as "expiresAt"
         from bulk_export where tenant_id = $1 and export_id = $2`,
        [tenant, id],
      )
      return (
        row &&
        ({ ...row, files: row.files ?? undefined, notes: row.notes ?? undefined } satisfies StoredExport)
      )
    },

    async restart(tenant, id) {
      await clear(tenant, id)
    },

    async write(tenant, id, { type, file, part }, text) {
      const body = await vault.seal(database, keyOf(tenant), placeOf(id, type, file, part), text)
      await database.run(
        `insert into bulk_export_part (tenant_id, export_id, type, file, part, body) values ($1, $2, $3, $4, $5, $6)`,
        [tenant, id, type, file, part, body],
      )
    },

    async finish(tenant, id, files, notes) {
      await database.run(
        'update bulk_export set files = $3, notes = $4 where tenant_id = $1 and export_id = $2',
        [tenant, id, JSON.stringify(files), JSON.stringify(notes)],
      )
    },

    async *read(tenant, id, type, file) {
      for (let part = 0; ; part++) {
        const row = await database.first<{ body: Buffer }>(
          `select body from bulk_export_part
           where tenant_id = $1 and export_id = $2 and type = $3 and file = $4 and part = $5`,
          [tenant, id, type, file, part],
        )
        if (row === undefined) return
        yield await vault.open(database, keyOf(tenant), placeOf(id, type, file, part), row.body)
      }
    },

    remove,

    async expire(tenant, at) {
      const old = await database.rows<{ id: string }>(
        'select export_id as id from bulk_export where tenant_id = $1 and expires_at <= $2',
        [tenant, at],
      )
      for (const { id } of old) await remove(tenant, id)
      return old.length
    },
  }
}

function placeOf(id: string, type: string, file: number, part: number): string {
  return `bulk_export_part/${id}/${type}/${file}/${part}`
}

export function subscriptionOwnersIn(database: Database): SubscriptionOwners {
  return {
    async put(tenant, subscription, caller) {
      await database.run(
        `insert into subscription_owner (tenant_id, subscription_id, caller) values ($1, $2, $3)
         on conflict (tenant_id, subscription_id) do update set caller = excluded.caller`,
        [tenant, subscription, JSON.stringify(caller)],
      )
    },
    async get(tenant, subscription) {
      const row = await database.first<{ caller: unknown }>(
        'select caller from subscription_owner where tenant_id = $1 and subscription_id = $2',
        [tenant, subscription],
      )
      return row?.caller
    },
  }
}
