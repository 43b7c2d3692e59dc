import type {
  AuditBatch,
  AuditQuery,
  AuditRow,
  AuditRows,
  AuditState,
  SignedHead,
} from '../../record/audit-row.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { isDuplicate } from '../database/database-fault.ts'
import { type Database, prepared, type Queries } from '../database/query.ts'

/** The part of a leaf's authentication code that is kept, and of its hash, bytes. */
const MAC = 16
const HASH = 32

const COLUMNS = `seq, at, action, kind, outcome, agent, leaf, leaf_hash as "leafHash", mac,
  array(select patient_id from audit_patient as p
        where p.tenant_id = e.tenant_id and p.seq = e.seq order by patient_id) as patients`

const HEAD = `size, root, signed_at as at, key_id as "keyId", signature`

interface StateRow extends SignedHead {
  readonly frontier: Buffer
  readonly headKeptAt: string
}

const EMPTY: AuditState = { size: 0, frontier: Buffer.alloc(0), head: undefined, headKeptAt: undefined }

export function auditRowsIn(database: Database, storeId: string): AuditRows {
  return {
    storeId,

    async append(tenant, make, known) {
      // Most often nobody else added anything since, and one statement does it all.
      const next = known === undefined ? undefined : make(known)
      if (next !== undefined && (await write(database, tenant, known!, next))) return
      await database.transaction(async (queries) => {
        const state = await claim(queries, tenant)
        const batch = make(state)
        if (batch !== undefined && !(await write(queries, tenant, state, batch))) throw broken(tenant)
      })
    },

    async state(tenant) {
      return (await stateOf(database, tenant, '')) ?? EMPTY
    },

    heads: (tenant) =>
      database.rows<SignedHead>(`select ${HEAD} from audit_head where tenant_id = $1 order by size`, [
        tenant,
      ]),

    scan: (tenant, from, batch) => scan(database, tenant, from, batch),

    async leafHashes(tenant, size) {
      const row = await database.first<{ hashes: Buffer | null }>(
        `select string_agg(leaf_hash, ''::bytea order by seq) as hashes from audit_event
         where tenant_id = $1 and seq < $2`,
        [tenant, size],
      )
      return row?.hashes ?? Buffer.alloc(0)
    },

    find(tenant, query, most) {
      const { where, values } = conditionsOf(tenant, query)
      return database.rows<AuditRow>(
        `select ${COLUMNS} from audit_event as e where ${where} order by seq desc limit $${values.length + 1}`,
        [...values, most],
      )
    },

    async count(tenant, query) {
      const { where, values } = conditionsOf(tenant, query)
      const row = await database.first<{ count: number }>(
        `select count(*) from audit_event as e where ${where}`,
        values,
      )
      return row!.count
    },

    async leads(tenant) {
      const row = await database.first<{ count: number }>(
        'select count(*) from audit_patient where tenant_id = $1',
        [tenant],
      )
      return row!.count
    },

    async tenants() {
      const rows = await database.rows<{ tenant: TenantId }>(
        `select tenant_id as tenant from audit_log union select tenant_id from audit_head
         union select distinct tenant_id from audit_event order by 1`,
      )
      return rows.map(({ tenant }) => tenant)
    },
  }
}

/** Where the log stands; nobody else adds to it until the transaction ends. */
async function claim(queries: Queries, tenant: TenantId): Promise<AuditState> {
  const found = await stateOf(queries, tenant, 'for update')
  if (found !== undefined) return found
  // The first entry of a tenant: of two processes that find nothing, one waits here.
  const begun = await queries.run(
    `insert into audit_log (tenant_id, size, frontier, root, signed_at, key_id, signature, head_kept_at)
     values ($1, 0, '', '', 'epoch', '', '', 'epoch') on conflict do nothing`,
    [tenant],
  )
  const rows = await queries.first('select 1 from audit_event where tenant_id = $1 limit 1', [tenant])
  if (begun === 1 && rows !== undefined) throw broken(tenant)
  return (await stateOf(queries, tenant, 'for update')) ?? EMPTY
}

async function stateOf(
  queries: Queries,
  tenant: TenantId,
  lock: '' | 'for update',
): Promise<AuditState | undefined> {
  const row = await queries.first<StateRow>(
    `select ${HEAD}, frontier, head_kept_at as "headKeptAt" from audit_log where tenant_id = $1 ${lock}`,
    [tenant],
  )
  if (row === undefined) return undefined
  const { frontier, headKeptAt, ...head } = row
  return head.size === 0 ? EMPTY : { size: head.size, frontier, head, headKeptAt }
}

/** Nothing may be added to a log that was tampered with: what is refused now would be lost in it. */
function broken(tenant: TenantId): Fault {
  return new Fault(
    'AUDIT_LOG_BROKEN',
    `audit log of ${tenant}`,
    'the rows of the audit log and what is known of its length contradict one another',
    'Somebody changed the database by hand. Run "garrod audit verify"; nothing is answered until it is put right.',
  )
}

/** Adds to the log if it stands where `before` says. False when it does not; then nothing was added. */
async function write(
  queries: Queries,
  tenant: TenantId,
  before: AuditState,
  { rows, frontier, head, keepHead }: AuditBatch,
): Promise<boolean> {
  const touched = rows.flatMap(({ seq, patients }) => patients.map((patient) => ({ seq, patient })))
  try {
    const found = await queries.first<{ moved: boolean }>(APPEND, [
      tenant,
      before.size,
      before.head?.signature ?? Buffer.alloc(0),
      ...[head.size, head.root, head.at, head.keyId, head.signature, frontier, keepHead],
      Buffer.concat(rows.map(({ leafHash }) => leafHash)),
      Buffer.concat(rows.map(({ mac }) => mac)),
      rows.map(({ at }) => at),
      rows.map(({ action }) => action),
      rows.map(({ kind }) => kind),
      rows.map(({ outcome }) => outcome),
      rows.map(({ agent }) => agent),
      // JSON holds no line end outside of an escape.
      rows.map(({ leaf }) => leaf).join('\n'),
      touched.map(({ patient }) => patient),
      touched.map(({ seq }) => seq),
    ])
    return found!.moved
  } catch (error) {
    throw isDuplicate(error, 'audit_event_pkey') ? broken(tenant) : error
  }
}

/** One statement, so that one way to the database and back is enough for it to be whole and on disk. */
const APPEND = prepared(`
with moved as (
  update audit_log set size = $4, root = $5, signed_at = $6, key_id = $7, signature = $8, frontier = $9,
    head_kept_at = case when $10 then $6 else head_kept_at end
  where tenant_id = $1 and size = $2 and signature = $3
  returning 1
), added as (
  insert into audit_event (tenant_id, seq, at, action, kind, outcome, agent, leaf, leaf_hash, mac)
  select $1, $2::bigint + n - 1, at, action, kind, outcome, agent, leaf,
         substring($11::bytea from (n - 1)::integer * ${HASH} + 1 for ${HASH}),
         substring($12::bytea from (n - 1)::integer * ${MAC} + 1 for ${MAC})
  from moved, unnest($13::timestamptz[], $14::text[], $15::text[], $16::text[], $17::text[], string_to_array($18, E'\\n'))
    with ordinality as row (at, action, kind, outcome, agent, leaf, n)
), touched as (
  insert into audit_patient (tenant_id, patient_id, seq)
  select $1, patient, seq from moved, unnest($19::text[], $20::bigint[]) as row (patient, seq)
), kept as (
  insert into audit_head (tenant_id, size, root, signed_at, key_id, signature)
  select $1, $4::bigint, $5::bytea, $6::timestamptz, $7::text, $8::bytea from moved where $10
  on conflict do nothing
)
select exists (select from moved) as moved`)

async function* scan(
  database: Database,
  tenant: TenantId,
  from: number,
  batch: number,
): AsyncIterable<readonly AuditRow[]> {
  // Rows are never changed in use, so that batches of several states are one state.
  for (let next = from; ; ) {
    const rows = await database.rows<AuditRow>(
      `select ${COLUMNS} from audit_event as e where tenant_id = $1 and seq >= $2 order by seq limit $3`,
      [tenant, next, batch],
    )
    if (rows.length > 0) yield rows
    if (rows.length < batch) return
    next = rows.at(-1)!.seq + 1
  }
}

function conditionsOf(tenant: TenantId, query: AuditQuery): { where: string; values: unknown[] } {
  const values: unknown[] = [tenant]
  const parts = ['e.tenant_id = $1']
  const add = (value: unknown, part: (name: string) => string) => {
    if (value === undefined) return
    values.push(value)
    parts.push(part(`$${values.length}`))
  }
  add(
    query.patients,
    (name) => `e.seq in (select seq from audit_patient where tenant_id = $1 and patient_id = any(${name}))`,
  )
  add(query.agents, (name) => `e.agent = any(${name})`)
  add(query.agentReferences, (name) => `e.leaf::jsonb #>> '{agent,0,who,reference}' = any(${name})`)
  add(
    query.entityReferences,
    (name) => `exists (select from jsonb_array_elements(e.leaf::jsonb -> 'entity') as entity
      where entity #>> '{what,reference}' = any(${name})
         or split_part(entity #>> '{what,reference}', '/', 2) = any(${name}))`,
  )
  add(query.actions, (name) => `e.action = any(${name})`)
  add(query.kinds, (name) => `e.kind = any(${name})`)
  add(query.outcomes, (name) => `e.outcome = any(${name})`)
  add(query.seqs, (name) => `e.seq = any(${name})`)
  add(query.since, (name) => `e.at >= ${name}`)
  add(query.until, (name) => `e.at < ${name}`)
  add(query.before, (name) => `e.seq < ${name}`)
  return { where: parts.join(' and '), values }
}
