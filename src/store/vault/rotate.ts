import type { TenantId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import { personContext } from './person-vault.ts'
import type { KeyStatus } from './store-keys.ts'
import { adoptRoot, type Unlocked } from './unlock.ts'

/** People wrapped anew in one transaction. */
const BATCH = 2_000

/**
 * Gives a tenant a new key and wraps every person's key under it; what is sealed for people is not touched. Others may
 * go on working meanwhile. An interrupted rotation is finished by the next. Returns how many keys were wrapped anew.
 */
export async function rotateTenant(
  database: Database,
  { keys, tenants }: Unlocked,
  tenant: TenantId,
  told: (done: number) => void = () => undefined,
): Promise<number> {
  const version = await database.transaction(async (queries) => {
    const newest = await queries.first<{ version: number }>(
      'select version from tenant_key where tenant_id = $1 order by version desc limit 1 for update',
      [tenant],
    )
    // Nobody's key was made yet, so there is nothing to wrap anew.
    if (newest === undefined) return undefined
    const next = newest.version + 1
    const { key, wrapped } = await tenants.next(tenant, next)
    key.fill(0)
    await queries.run(
      'insert into tenant_key (tenant_id, version, root_id, wrapped) values ($1, $2, $3, $4)',
      [tenant, next, keys.mark.root, wrapped],
    )
    return next
  })
  if (version === undefined) return 0
  let done = 0
  for (;;) {
    const some = await rewrapSome(database, { keys, tenants }, tenant, version)
    done += some
    if (some > 0) told(done)
    else if (await retire(database, tenant, version)) return done
  }
}

async function rewrapSome(
  database: Database,
  { keys, tenants }: Pick<Unlocked, 'keys' | 'tenants'>,
  tenant: TenantId,
  version: number,
): Promise<number> {
  return database.transaction(async (queries) => {
    const rows = await queries.rows<{
      patient_id: string
      version: number
      tenant_version: number
      wrapped: Buffer
    }>(
      `select patient_id, version, tenant_version, wrapped from patient_key
       where tenant_id = $1 and tenant_version < $2 order by tenant_version limit $3 for update`,
      [tenant, version, BATCH],
    )
    if (rows.length === 0) return 0
    const next = (await tenants.get(queries, tenant, version))!
    const wrapped: Buffer[] = []
    for (const row of rows) {
      const context = personContext({ tenant, patient: row.patient_id as never }, row.version)
      const before = await tenants.get(queries, tenant, row.tenant_version)
      const guarded = before && keys.open(before, context, row.wrapped)
      if (guarded === undefined)
        throw new Error(`a key of version ${row.version} does not open under its tenant's`)
      wrapped.push(keys.seal(next, version, context, guarded))
    }
    await queries.run(
      `update patient_key k set tenant_version = $2, wrapped = new.wrapped
       from unnest($3::text[], $4::integer[], $5::bytea[]) as new (patient_id, version, wrapped)
       where k.tenant_id = $1 and k.patient_id = new.patient_id and k.version = new.version`,
      [tenant, version, rows.map((row) => row.patient_id), rows.map((row) => row.version), wrapped],
    )
    return rows.length
  })
}

/** Deletes the tenant's keys before `version`. False when somebody has wrapped under one of them meanwhile. */
function retire(database: Database, tenant: TenantId, version: number): Promise<boolean> {
  return database.transaction(async (queries) => {
    // Waits for whoever is making a person's key under one of them.
    await queries.run('select 1 from tenant_key where tenant_id = $1 and version < $2 for update', [
      tenant,
      version,
    ])
    const left = await queries.first(
      'select 1 from patient_key where tenant_id = $1 and tenant_version < $2 limit 1',
      [tenant, version],
    )
    if (left !== undefined) return false
    await queries.run('delete from tenant_key where tenant_id = $1 and version < $2', [tenant, version])
    return true
  })
}

/** A new root key; every tenant's key is wrapped under it. Throws KEYS_NOT_OURS. */
export async function renewRoot(database: Database, { keys }: Unlocked): Promise<void> {
  await keys.renewRoot()
  await adoptRoot(database, keys)
  await database.run('update vault_state set generation = $1', [keys.generation])
}

export async function keyStatus(database: Database, { keys }: Unlocked): Promise<KeyStatus> {
  const tenants = await database.rows<KeyStatus['tenants'][number]>(
    `select t.tenant_id as tenant, t.version, t.made_at as "madeAt",
       (select count(*)::integer from patient_key k
         where k.tenant_id = t.tenant_id and k.tenant_version = t.version) as people
     from tenant_key t order by t.tenant_id, t.version`,
  )
  const held = await database.first<{ count: number }>('select count(*)::integer as count from legal_hold')
  return {
    root: { id: keys.mark.root, source: keys.source },
    keyring: keys.mark.keyring,
    generation: keys.generation,
    destroyed: keys.destroyed().length,
    holds: held!.count,
    tenants,
  }
}
