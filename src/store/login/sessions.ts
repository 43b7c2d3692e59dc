import type { Database } from '../database/query.ts'
import { digestOf } from './digest.ts'
import type { Sessions } from './login-store.ts'
import { USER, type UserRow, userOf } from './users.ts'

/** Shorter looks are not written down: a page makes many requests. */
const SEEN_AGAIN_SECONDS = 30

interface SessionRow extends UserRow {
  second_factor: boolean
  started_at: string
  seen_at: string
  expires_at: string
}

export function sessionsIn(database: Database): Sessions {
  return {
    async start(tenant, { token, user, secondFactor, expiresAt }, at) {
      await database.run(
        `insert into login_session (tenant_id, token_digest, user_id, second_factor, started_at, seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6)`,
        [tenant, digestOf(token), user, secondFactor, at, expiresAt],
      )
    },

    async find(tenant, token, at, idleSeconds) {
      const digest = digestOf(token)
      const row = await database.first<SessionRow>(
        `select ${USER.replace(/\w+/g, 'u.$&')}, s.second_factor, s.started_at, s.seen_at, s.expires_at
         from login_session s join login_user u on u.tenant_id = s.tenant_id and u.user_id = s.user_id
         where s.tenant_id = $1 and s.token_digest = $2 and not u.disabled and s.expires_at > $3::timestamptz
           and s.seen_at > $3::timestamptz - interval '1 second' * $4::float8`,
        [tenant, digest, at, idleSeconds],
      )
      if (row === undefined) return undefined
      if (Date.parse(at) - Date.parse(row.seen_at) > SEEN_AGAIN_SECONDS * 1000) {
        await database.run(
          `update login_session set seen_at = $3 where tenant_id = $1 and token_digest = $2 and seen_at < $3::timestamptz`,
          [tenant, digest, at],
        )
      }
      return {
        digest,
        user: userOf(row),
        secondFactor: row.second_factor,
        startedAt: row.started_at,
        seenAt: row.seen_at,
        expiresAt: row.expires_at,
      }
    },

    async lasts(tenant, digest, at) {
      const row = await database.first(
        'select 1 from login_session where tenant_id = $1 and token_digest = $2 and expires_at > $3::timestamptz',
        [tenant, digest, at],
      )
      return row !== undefined
    },

    async end(tenant, token) {
      await database.run('delete from login_session where tenant_id = $1 and token_digest = $2', [
        tenant,
        digestOf(token),
      ])
    },

    async ofUser(tenant, user, at, idleSeconds) {
      const rows = await database.rows<Omit<SessionRow, keyof UserRow> & { token_digest: string }>(
        `select token_digest, second_factor, started_at, seen_at, expires_at from login_session
         where tenant_id = $1 and user_id = $2 and expires_at > $3::timestamptz
           and seen_at > $3::timestamptz - interval '1 second' * $4::float8
         order by seen_at desc, token_digest`,
        [tenant, user, at, idleSeconds],
      )
      return rows.map((row) => ({
        digest: row.token_digest,
        secondFactor: row.second_factor,
        startedAt: row.started_at,
        seenAt: row.seen_at,
        expiresAt: row.expires_at,
      }))
    },

    async endOf(tenant, user, digest) {
      await database.run(
        'delete from login_session where tenant_id = $1 and user_id = $2 and token_digest = $3',
        [tenant, user, digest],
      )
    },
  }
}
