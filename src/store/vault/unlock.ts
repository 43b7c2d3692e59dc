import type { Database } from '../database/query.ts'
import type { Keyring, KeyringMark, Keys } from './keyring.ts'
import { PersonVault } from './person-vault.ts'
import { TenantKeys, tenantContext } from './tenant-keys.ts'

const BLIND = 'blind index'

interface State {
  keyring_id: string
  root_id: string
  blind_secret: Buffer
  generation: number
}

export interface Unlocked {
  readonly keys: Keys
  readonly tenants: TenantKeys
  readonly vault: PersonVault
  /** Generation of the key folder that the database has followed so far. */
  readonly generation: number
}

/** Brings a database and its keys together, for the first time or again. Throws KEYS_MISSING, KEYS_WRONG. */
export async function unlock(database: Database, keyring: Keyring): Promise<Unlocked> {
  for (;;) {
    const state = await database.first<State>(
      'select keyring_id, root_id, blind_secret, generation from vault_state',
    )
    if (state === undefined) {
      await begin(database, keyring)
      continue
    }
    const mark: KeyringMark = { keyring: state.keyring_id, root: state.root_id }
    const keys = await keyring.unlock(mark)
    if (keys.mark.root !== state.root_id) await adoptRoot(database, keys)
    else await keys.adoptRoot()
    const secret = await keys.unwrap(
      keys.mark.root,
      (await database.first<State>('select blind_secret from vault_state'))!.blind_secret,
      BLIND,
    )
    const tenants = new TenantKeys(keys)
    const vault = new PersonVault(keys, tenants, keys.blinder(secret))
    return { keys, tenants, vault, generation: state.generation }
  }
}

/** Gives a new database its keys; when another process does so at the same time, the first one's hold. */
async function begin(database: Database, keyring: Keyring): Promise<void> {
  const keys = await keyring.unlock(undefined)
  const secret = keys.newKey()
  await database.run(
    `insert into vault_state (keyring_id, root_id, blind_secret, generation) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [keys.mark.keyring, keys.mark.root, await keys.wrap(secret, BLIND), keys.generation],
  )
  secret.fill(0)
  keys.close()
}

/** Wraps everything that the root key wraps under the one in force: all of it, or none. */
export async function adoptRoot(database: Database, keys: Keys): Promise<void> {
  await database.transaction(async (queries) => {
    const state = (await queries.first<State>('select root_id, blind_secret from vault_state for update'))!
    const root = keys.mark.root
    if (state.root_id !== root) {
      const rows = await queries.rows<{
        tenant_id: string
        version: number
        root_id: string
        wrapped: Buffer
      }>('select tenant_id, version, root_id, wrapped from tenant_key where root_id <> $1', [root])
      for (const row of rows) {
        const context = tenantContext(row.tenant_id, row.version)
        const key = await keys.unwrap(row.root_id, row.wrapped, context)
        await queries.run(
          'update tenant_key set root_id = $3, wrapped = $4 where tenant_id = $1 and version = $2',
          [row.tenant_id, row.version, root, await keys.wrap(key, context)],
        )
        key.fill(0)
      }
      const secret = await keys.unwrap(state.root_id, state.blind_secret, BLIND)
      await queries.run('update vault_state set root_id = $1, blind_secret = $2', [
        root,
        await keys.wrap(secret, BLIND),
      ])
      secret.fill(0)
    }
  })
  await keys.adoptRoot()
}
