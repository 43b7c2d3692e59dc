import { Fault } from '../../terms/fault.ts'
import { isDuplicate } from '../database/database-fault.ts'
import type { Database } from '../database/query.ts'
import type { CdsClient, CdsClients, Client, Clients } from './login-store.ts'

interface ClientRow {
  client_id: string
  name: string
  kind: Client['kind']
  redirect_uris: string[]
  scopes: string
  roles: string[]
  launch_url: string | null
  secret_digest: string | null
  jwks: Client['jwks'] | null
  jwks_uri: string | null
  asks: boolean
  organization: string | null
}

const CLIENT =
  'client_id, name, kind, redirect_uris, scopes, roles, launch_url, secret_digest, jwks, jwks_uri, asks, organization'

function clientOf(row: ClientRow): Client {
  return {
    id: row.client_id,
    name: row.name,
    kind: row.kind,
    redirectUris: row.redirect_uris,
    scopes: row.scopes,
    roles: row.roles,
    launchUrl: row.launch_url ?? undefined,
    secretDigest: row.secret_digest ?? undefined,
    jwks: row.jwks ?? undefined,
    jwksUri: row.jwks_uri ?? undefined,
    asks: row.asks,
    organization: row.organization ?? undefined,
  }
}

export function clientsIn(database: Database): Clients {
  return {
    async add(tenant, client, act) {
      try {
        await database.run(
          `insert into login_client (tenant_id, ${CLIENT}, added_at, added_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
          // biome-ignore format: one value a column
          [tenant, client.id, client.name, client.kind, client.redirectUris, client.scopes, client.roles, client.launchUrl,
            client.secretDigest, jsonOf(client.jwks), client.jwksUri, client.asks, client.organization,
            act.at, act.by],
        )
      } catch (error) {
        throw isDuplicate(error, 'login_client_pkey') ? taken(client.id) : error
      }
    },
    async get(tenant, id) {
      const row = await database.first<ClientRow>(
        `select ${CLIENT} from login_client where tenant_id = $1 and client_id = $2`,
        [tenant, id],
      )
      return row && clientOf(row)
    },
    async list(tenant) {
      const rows = await database.rows<ClientRow>(
        `select ${CLIENT} from login_client where tenant_id = $1 order by client_id`,
        [tenant],
      )
      return rows.map(clientOf)
    },
    async remove(tenant, id) {
      await database.transaction(async (queries) => {
        const touched = await queries.run(
          'delete from login_client where tenant_id = $1 and client_id = $2',
          [tenant, id],
        )
        if (touched === 0) throw unknown(id)
        await queries.run('delete from login_artifact where tenant_id = $1 and client_id = $2', [tenant, id])
      })
    },
  }
}

interface CdsRow {
  issuer: string
  name: string
  jku: string | null
  jwks: CdsClient['jwks'] | null
  ehr_tenants: string[]
}

const CDS = 'issuer, name, jku, jwks, ehr_tenants'

function cdsOf(row: CdsRow): CdsClient {
  return {
    issuer: row.issuer,
    name: row.name,
    jku: row.jku ?? undefined,
    jwks: row.jwks ?? undefined,
    ehrTenants: row.ehr_tenants,
  }
}

export function cdsClientsIn(database: Database): CdsClients {
  return {
    async add(tenant, { issuer, name, jku, jwks, ehrTenants }, act) {
      try {
        await database.run(
          `insert into login_cds_client (tenant_id, ${CDS}, added_at, added_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [tenant, issuer, name, jku, jsonOf(jwks), ehrTenants, act.at, act.by],
        )
      } catch (error) {
        throw isDuplicate(error, 'login_cds_client_pkey') ? taken(issuer) : error
      }
    },
    async get(tenant, issuer) {
      const row = await database.first<CdsRow>(
        `select ${CDS} from login_cds_client where tenant_id = $1 and issuer = $2`,
        [tenant, issuer],
      )
      return row && cdsOf(row)
    },
    async list(tenant) {
      const rows = await database.rows<CdsRow>(
        `select ${CDS} from login_cds_client where tenant_id = $1 order by issuer`,
        [tenant],
      )
      return rows.map(cdsOf)
    },
    async remove(tenant, issuer) {
      const touched = await database.run(
        'delete from login_cds_client where tenant_id = $1 and issuer = $2',
        [tenant, issuer],
      )
      if (touched === 0) throw unknown(issuer)
    },
  }
}

const jsonOf = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

function taken(id: string): Fault {
  return new Fault(
    'CLIENT_EXISTS',
    `client ${id}`,
    'a program is registered under this id already',
    'Choose another id, or remove that one first with "garrod client remove".',
  )
}

function unknown(id: string): Fault {
  return new Fault(
    'CLIENT_UNKNOWN',
    `client ${id}`,
    'no program is registered under this id',
    'See "garrod client list".',
  )
}
