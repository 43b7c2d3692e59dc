import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { isDuplicate } from '../database/database-fault.ts'
import type { Database, Queries } from '../database/query.ts'
import type { SealKey, Vault } from '../vault/vault.ts'
import type { Credentials, User, Users } from './login-store.ts'

export interface UserRow {
  user_id: string
  name: string
  roles: string[]
  reference: string | null
  organization: string | null
  must_change: boolean
  given_until: string | null
  totp_on: boolean
  disabled: boolean
  locked_until: string | null
  added_at: string
}

interface CredentialsRow extends UserRow {
  password: string
  totp: Buffer | null
  totp_step: number
}

/** Columns of a user without secrets. */
export const USER =
  'user_id, name, roles, reference, organization, must_change, given_until, totp_on, disabled, locked_until, added_at'

export function userOf(row: UserRow): User {
  return {
    id: row.user_id,
    name: row.name,
    roles: row.roles,
    reference: row.reference ?? undefined,
    organization: row.organization ?? undefined,
    mustChange: row.must_change,
    givenUntil: row.given_until ?? undefined,
    secondFactor: row.totp_on,
    disabled: row.disabled,
    lockedUntil: row.locked_until ?? undefined,
    addedAt: row.added_at,
  }
}

const keyOf = (tenant: TenantId): SealKey => ({ tenant, patient: '' })
const placeOf = (id: string) => `login_user/${id}/totp`

export function usersIn(database: Database, vault: Vault): Users {
  async function credentialsOf(tenant: TenantId, row: CredentialsRow): Promise<Credentials> {
    const totp =
      row.totp === null
        ? undefined
        : await vault.open(database, keyOf(tenant), placeOf(row.user_id), row.totp)
    return { ...userOf(row), password: row.password, totp, totpStep: row.totp_step }
  }

  return {
    async add(tenant, user, password, act) {
      try {
        await database.run(
          `insert into login_user (tenant_id, user_id, name, roles, reference, password, must_change, added_at, added_by, organization, given_until)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
          // biome-ignore format: one value a column
          [tenant, user.id, user.name, user.roles, user.reference, password, user.mustChange, act.at, act.by,
            user.organization, user.givenUntil],
        )
      } catch (error) {
        if (!isDuplicate(error, 'login_user_pkey')) throw error
        throw new Fault(
          'USER_EXISTS',
          `user ${user.id}`,
          'somebody signs in under this name already',
          'Choose another name, or see "garrod user list".',
        )
      }
    },

    async get(tenant, id) {
      const row = await database.first<UserRow>(
        `select ${USER} from login_user where tenant_id = $1 and user_id = $2`,
        [tenant, id],
      )
      return row && userOf(row)
    },

    async list(tenant) {
      const rows = await database.rows<UserRow>(
        `select ${USER} from login_user where tenant_id = $1 order by user_id`,
        [tenant],
      )
      return rows.map(userOf)
    },

    async change(tenant, id, change) {
      await database.transaction(async (queries) => {
        const touched = await queries.run(
          `update login_user set name = coalesce($3, name), roles = coalesce($4, roles),
             reference = coalesce($5, reference), disabled = coalesce($6, disabled),
             organization = coalesce($7, organization)
           where tenant_id = $1 and user_id = $2`,
          [tenant, id, change.name, change.roles, change.reference, change.disabled, change.organization],
        )
        if (touched === 0) throw unknownUser(id)
        if (change.disabled === true) await endEverything(queries, tenant, id)
      })
    },

    async setPassword(tenant, id, password, mustChange, givenUntil) {
      await database.transaction(async (queries) => {
        const touched = await queries.run(
          `update login_user set password = $3, must_change = $4, given_until = $5, failures = 0, locked_until = null
           where tenant_id = $1 and user_id = $2`,
          [tenant, id, password, mustChange, givenUntil],
        )
        if (touched === 0) throw unknownUser(id)
        await endEverything(queries, tenant, id)
      })
    },

    async setSecondFactor(tenant, id, secret) {
      await database.transaction(async (queries) => {
        const sealed =
          secret === undefined ? null : await vault.seal(queries, keyOf(tenant), placeOf(id), secret)
        const touched = await queries.run(
          `update login_user set totp = $3, totp_on = false, totp_step = 0 where tenant_id = $1 and user_id = $2`,
          [tenant, id, sealed],
        )
        if (touched === 0) throw unknownUser(id)
      })
    },

    async attempt(tenant, id, at, { free, firstSeconds, mostSeconds }) {
      const row = await database.first<CredentialsRow>(
        `update login_user set failures = failures + 1,
           locked_until = case when failures + 1 >= $4
             then $3::timestamptz + interval '1 second' * least($6::float8, $5::float8 * power(2, least(30, failures + 1 - $4))) end
         where tenant_id = $1 and user_id = $2 and not disabled
           and (locked_until is null or locked_until <= $3::timestamptz)
         returning ${USER}, password, totp, totp_step`,
        [tenant, id, at, free, firstSeconds, mostSeconds],
      )
      return row && credentialsOf(tenant, row)
    },

    async credentials(tenant, id) {
      const row = await database.first<CredentialsRow>(
        `select ${USER}, password, totp, totp_step from login_user where tenant_id = $1 and user_id = $2`,
        [tenant, id],
      )
      return row && credentialsOf(tenant, row)
    },

    async succeeded(tenant, id) {
      await database.run(
        'update login_user set failures = 0, locked_until = null where tenant_id = $1 and user_id = $2',
        [tenant, id],
      )
    },

    async takeStep(tenant, id, step) {
      const touched = await database.run(
        `update login_user set totp_step = $3, totp_on = true
         where tenant_id = $1 and user_id = $2 and totp is not null and totp_step < $3`,
        [tenant, id, step],
      )
      return touched === 1
    },
  }
}

/** Whoever was disabled, or has a new password, signs in again: on the page and in every app. */
async function endEverything(queries: Queries, tenant: TenantId, id: string): Promise<void> {
  for (const table of ['login_session', 'login_artifact']) {
    await queries.run(`delete from ${table} where tenant_id = $1 and user_id = $2`, [tenant, id])
  }
}

function unknownUser(id: string): Fault {
  return new Fault('USER_UNKNOWN', `user ${id}`, 'nobody signs in under this name', 'See "garrod user list".')
}
