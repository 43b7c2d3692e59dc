import { type Compartment, TENANT_COMPARTMENT } from '../../record/resource.ts'
import type { TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import { KeyCache } from './key-cache.ts'
import type { Keys, SealingKey } from './keyring.ts'
import type { TenantKeys } from './tenant-keys.ts'
import { isTransaction, TransactionMemory } from './transaction-memory.ts'
import type { SealKey, Vault } from './vault.ts'
import { shredded, tampered } from './vault-fault.ts'

interface KeyRow {
  patient_id: Compartment
  version: number
  tenant_version: number
  handle: Buffer
  wrapped: Buffer
}

interface PersonKey {
  readonly version: number
  readonly key: SealingKey
}

const COLUMNS = 'patient_id, version, tenant_version, handle, wrapped'

const NEWEST = prepared(`select ${COLUMNS} from patient_key where tenant_id = $1 and patient_id = $2
  order by version desc limit 1`)
/** Until the end of the transaction. Of a statement by itself the lock would end with it, and cost a commit of its own. */
const NEWEST_HELD = prepared(`${NEWEST} for key share`)
const OF_VERSION = prepared(
  `select ${COLUMNS} from patient_key where tenant_id = $1 and patient_id = $2 and version = $3`,
)

/** What a person's key is bound to when it is wrapped. */
export function personContext({ tenant, patient }: SealKey, version: number): string {
  return `person ${JSON.stringify([tenant, patient, version])}`
}

/**
 * The vault over the key rows of a database. A person's key is wrapped twice: under the person's own secret of the key
 * folder, so that destroying that secret destroys every copy of the key wherever it lies; and around that under the
 * tenant's key, so that a rotation of the tenant's key needs nothing else.
 */
export class PersonVault implements Vault {
  readonly blind: Vault['blind']
  readonly #keys: Keys
  readonly #tenants: TenantKeys
  readonly #cache: KeyCache
  readonly #sealing = new TransactionMemory<Promise<PersonKey>>()
  /** Version of each tenant's own key, once it was seen committed. It is about no person and never destroyed. */
  readonly #own = new Map<TenantId, number>()

  constructor(keys: Keys, tenants: TenantKeys, blind: Vault['blind'], cache = new KeyCache()) {
    this.#keys = keys
    this.#tenants = tenants
    this.blind = blind
    this.#cache = cache
  }

  async seal(queries: Queries, key: SealKey, place: string, plain: string | Uint8Array): Promise<Buffer> {
    const own = await this.#current(queries, key)
    return this.#keys.seal(own.key, own.version, contextOf(key, place), plain)
  }

  async open(queries: Queries, key: SealKey, place: string, sealed: Uint8Array): Promise<Buffer> {
    const version = this.#keys.versionOf(sealed)
    if (version === undefined) throw tampered(place)
    const context = contextOf(key, place)
    const name = nameOf(key, version)
    const known = this.#cache.get(name)
    const plain = known && this.#keys.open(known, context, sealed)
    if (plain !== undefined) return plain
    // The person may have been removed and registered anew by another process: then the key is another one.
    if (known !== undefined) this.#cache.drop(name)
    const opened = this.#keys.open(await this.#ofVersion(queries, key, version, place), context, sealed)
    if (opened === undefined) throw tampered(place)
    return opened
  }

  async ready(queries: Queries, tenant: TenantId, patients: readonly Compartment[]): Promise<void> {
    // A person whose first key was destroyed is asked for again; that is rare.
    const wanted = [...new Set(patients)].filter(
      (patient) => this.#cache.get(nameOf({ tenant, patient }, 1)) === undefined,
    )
    if (wanted.length === 0) return
    const rows = await queries.rows<KeyRow>(
      `select ${COLUMNS} from patient_key where tenant_id = $1 and patient_id = any($2)`,
      [tenant, wanted],
    )
    for (const row of rows) {
      const key = { tenant, patient: row.patient_id }
      if ((await this.#sealing.get(queries, nameOf(key)))?.version === row.version) continue
      await this.#unwrapped(queries, key, row)
    }
  }

  /** Forgets a person's keys, as after they were destroyed. */
  forget(key: SealKey, versions: readonly number[]): void {
    for (const version of versions) this.#cache.drop(nameOf(key, version))
  }

  wipe(): void {
    this.#own.clear()
    this.#cache.wipe()
    this.#tenants.wipe()
  }

  /**
   * The key to seal with. Looked up once in every transaction and held there, so that nothing is sealed under a key
   * that another process destroys meanwhile. The tenant's own is looked up once in a while: nobody destroys that.
   */
  async #current(queries: Queries, key: SealKey): Promise<PersonKey> {
    const version = key.patient === TENANT_COMPARTMENT ? this.#own.get(key.tenant) : undefined
    const own = version === undefined ? undefined : this.#cache.get(nameOf(key, version))
    if (version !== undefined && own !== undefined) return { version, key: own }
    return this.#sealing.once(queries, nameOf(key), () => this.#lookUp(queries, key))
  }

  async #lookUp(queries: Queries, key: SealKey): Promise<PersonKey> {
    const newest = isTransaction(queries) ? NEWEST_HELD : NEWEST
    const read = () => queries.first<KeyRow>(newest, [key.tenant, key.patient])
    let row = await read()
    if (row === undefined) {
      const made = await this.#make(queries, key)
      if (made !== undefined) return made
      // Another transaction was faster.
      row = await read()
    }
    if (row === undefined) throw shredded('key')
    const unwrapped = await this.#unwrapped(queries, key, row)
    if (key.patient === TENANT_COMPARTMENT && !isTransaction(queries)) this.#own.set(key.tenant, row.version)
    return { version: row.version, key: unwrapped }
  }

  async #ofVersion(queries: Queries, key: SealKey, version: number, place: string): Promise<SealingKey> {
    const made = await this.#sealing.get(queries, nameOf(key))
    if (made?.version === version) return made.key
    const row = await queries.first<KeyRow>(OF_VERSION, [key.tenant, key.patient, version])
    if (row !== undefined) return this.#unwrapped(queries, key, row)
    // Bytes that were brought here from a place with another key look the same as those whose key is gone.
    const gone = await queries.first(
      'select 1 from destroyed_key where tenant_id = $1 and patient_id = $2 and version = $3',
      [key.tenant, key.patient, version],
    )
    throw gone === undefined ? tampered(place) : shredded(place)
  }

  async #unwrapped(queries: Queries, key: SealKey, row: KeyRow): Promise<SealingKey> {
    const name = nameOf(key, row.version)
    const handle = row.handle.toString('hex')
    const known = this.#cache.get(name, handle)
    if (known !== undefined) return known
    const context = personContext(key, row.version)
    const tenantKey = await this.#tenants.get(queries, key.tenant, row.tenant_version)
    const guarded = tenantKey && this.#keys.open(tenantKey, context, row.wrapped)
    const own = guarded && this.#keys.unguard(row.handle, guarded, context)
    if (own === undefined) throw tampered('key')
    if (own === 'destroyed') throw shredded('key')
    return this.#cache.put(name, handle, own)
  }

  /** Undefined when another transaction made it first. */
  async #make(queries: Queries, key: SealKey): Promise<PersonKey | undefined> {
    const last = await queries.first<{ version: number }>(
      `select coalesce(max(version), 0) as version from destroyed_key where tenant_id = $1 and patient_id = $2`,
      [key.tenant, key.patient],
    )
    const version = last!.version + 1
    const tenant = await this.#tenants.current(queries, key.tenant)
    const own = this.#keys.newKey()
    const handle = this.#keys.newHandle()
    const context = personContext(key, version)
    const wrapped = this.#keys.seal(
      tenant.key,
      tenant.version,
      context,
      this.#keys.guard(handle, own, context),
    )
    const made = await queries.run(
      `insert into patient_key (tenant_id, patient_id, version, tenant_version, handle, wrapped)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [key.tenant, key.patient, version, tenant.version, handle, wrapped],
    )
    if (made === 0) return undefined
    // In a transaction it is not yet certain that the row will stay.
    const held = isTransaction(queries)
      ? own
      : this.#cache.put(nameOf(key, version), handle.toString('hex'), own)
    return { version, key: held }
  }
}

function contextOf({ tenant, patient }: SealKey, place: string): string {
  return JSON.stringify([tenant, patient, place])
}

/** Ids hold no line break. */
function nameOf({ tenant, patient }: SealKey, version?: number): string {
  return version === undefined ? `${tenant}\n${patient}` : `${tenant}\n${patient}\n${version}`
}
