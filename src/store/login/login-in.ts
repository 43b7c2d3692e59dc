import type { TenantId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import type { SealKey, Vault } from '../vault/vault.ts'
import { artifactsIn } from './artifacts.ts'
import { cdsClientsIn, clientsIn } from './clients.ts'
import { digestOf } from './digest.ts'
import type { LoginStore, StoredKey } from './login-store.ts'
import { sessionsIn } from './sessions.ts'
import { usersIn } from './users.ts'

interface KeyRow {
  kid: string
  purpose: string
  sealed: Buffer
  made_at: string
}

const keyOf = (tenant: TenantId): SealKey => ({ tenant, patient: '' })
const placeOf = (kid: string) => `login_key/${kid}`

export function loginIn(database: Database, vault: Vault): LoginStore {
  return {
    users: usersIn(database, vault),
    sessions: sessionsIn(database),
    clients: clientsIn(database),
    cdsClients: cdsClientsIn(database),
    artifacts: artifactsIn(database),

    async takeToken(tenant, issuer, token, expiresAt) {
      const touched = await database.run(
        `insert into login_used_token (tenant_id, issuer, token_digest, expires_at) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [tenant, issuer, digestOf(token), expiresAt],
      )
      return touched === 1
    },

    async keys(tenant) {
      const rows = await database.rows<KeyRow>(
        'select kid, purpose, sealed, made_at from login_key where tenant_id = $1 order by made_at desc, kid',
        [tenant],
      )
      const keys: StoredKey[] = []
      for (const { kid, purpose, sealed, made_at } of rows) {
        const secret = await vault.open(database, keyOf(tenant), placeOf(kid), sealed)
        keys.push({ kid, purpose, secret, madeAt: made_at })
      }
      return keys
    },

    async addKey(tenant, { kid, purpose, secret, madeAt }, unlessSince) {
      await database.transaction(async (queries) => {
        const sealed = await vault.seal(queries, keyOf(tenant), placeOf(kid), secret)
        // The lock is this statement's: a second server waits, then sees the first one's key.
        await queries.run("select pg_advisory_xact_lock(hashtextextended('login_key ' || $1, 0))", [tenant])
        await queries.run(
          `insert into login_key (tenant_id, kid, purpose, sealed, made_at)
           select $1, $2, $3, $4, $5 where not exists (
             select from login_key where tenant_id = $1 and purpose = $3 and made_at >= $6)`,
          [tenant, kid, purpose, sealed, madeAt, unlessSince],
        )
      })
    },

    async removeKey(tenant, kid) {
      await database.run('delete from login_key where tenant_id = $1 and kid = $2', [tenant, kid])
    },

    async purge(tenant, at) {
      for (const table of ['login_session', 'login_artifact', 'login_used_token']) {
        await database.run(`delete from ${table} where tenant_id = $1 and expires_at <= $2`, [tenant, at])
      }
    },
  }
}
