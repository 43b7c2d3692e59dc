import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Keys } from './keyring.ts'
import { isTransaction, TransactionMemory } from './transaction-memory.ts'

interface TenantKey {
  readonly version: number
  readonly key: Buffer
}

interface Row {
  version: number
  root_id: string
  wrapped: Buffer
}

/** What a tenant's key is bound to when it is wrapped. */
export function tenantContext(tenant: string, version: number): string {
  return `tenant ${JSON.stringify([tenant, version])}`
}

/** The tenants' keys, which wrap those of people. Few; held until the store is closed. */
export class TenantKeys {
  readonly #keys: Keys
  readonly #known = new Map<string, Buffer>()
  readonly #current = new TransactionMemory<Promise<TenantKey>>()

  constructor(keys: Keys) {
    this.#keys = keys
  }

  /**
   * The newest key of a tenant, made when there is none. Until the transaction ends nobody can take it away: a
   * rotation waits, and then wraps anew what was wrapped under it.
   */
  current(queries: Queries, tenant: TenantId): Promise<TenantKey> {
    return this.#current.once(queries, tenant, () => this.#lookUp(queries, tenant))
  }

  async #lookUp(queries: Queries, tenant: TenantId): Promise<TenantKey> {
    const read = () =>
      queries.first<Row>(
        `select version, root_id, wrapped from tenant_key where tenant_id = $1
         order by version desc limit 1 for key share`,
        [tenant],
      )
    const row = (await read()) ?? (await this.#make(queries, tenant)) ?? (await read())
    if (row === undefined) throw rootChanged()
    return 'key' in row ? row : { version: row.version, key: await this.#unwrapped(tenant, row) }
  }

  /** One of a tenant's keys. Undefined when there is none of this version. */
  async get(queries: Queries, tenant: TenantId, version: number): Promise<Buffer | undefined> {
    const made = await this.#current.get(queries, tenant)
    if (made?.version === version) return made.key
    const known = this.#known.get(nameOf(tenant, version))
    if (known !== undefined) return known
    const row = await queries.first<Row>(
      'select version, root_id, wrapped from tenant_key where tenant_id = $1 and version = $2',
      [tenant, version],
    )
    return row && this.#unwrapped(tenant, row)
  }

  /** A new version, wrapped and not yet in the database. */
  async next(tenant: TenantId, version: number): Promise<{ readonly key: Buffer; readonly wrapped: Buffer }> {
    const key = this.#keys.newKey()
    return { key, wrapped: await this.#keys.wrap(key, tenantContext(tenant, version)) }
  }

  wipe(): void {
    for (const key of this.#known.values()) key.fill(0)
    this.#known.clear()
  }

  async #unwrapped(tenant: TenantId, row: Row): Promise<Buffer> {
    const name = nameOf(tenant, row.version)
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const key = await this.#keys.unwrap(row.root_id, row.wrapped, tenantContext(tenant, row.version))
    this.#known.set(name, key)
    return key
  }

  /** Undefined when another transaction made it first, or when the root key was changed meanwhile. */
  async #make(queries: Queries, tenant: TenantId): Promise<TenantKey | undefined> {
    const { key, wrapped } = await this.next(tenant, 1)
    const made = await queries.run(
      `insert into tenant_key (tenant_id, version, root_id, wrapped)
       select $1, 1, root_id, $3 from (select root_id from vault_state where root_id = $2 for share) as state
       on conflict (tenant_id, version) do nothing`,
      [tenant, this.#keys.mark.root, wrapped],
    )
    if (made === 0) return undefined
    // In a transaction it is not yet certain that the row will stay.
    if (!isTransaction(queries)) this.#known.set(nameOf(tenant, 1), key)
    return { version: 1, key }
  }
}

function nameOf(tenant: string, version: number): string {
  return `${tenant}\n${version}`
}

function rootChanged(): Fault {
  return new Fault(
    'KEYS_ROTATED',
    'root key',
    'the root key was changed while this program was running',
    'Start it again: it then works with the new one.',
  )
}
