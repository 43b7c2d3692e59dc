import { TENANT_COMPARTMENT } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { type Database, prepared, type Queries } from '../database/query.ts'
import type { Act } from '../person.ts'
import { commitWrites } from '../resources/commit.ts'
import type { ResourceChange } from '../resources/resource-store.ts'
import type { Vault } from '../vault/vault.ts'
import { codeMapsIn } from './code-maps.ts'
import { type Derivation, isDerivedFrom } from './derived-record-store.ts'
import { deriveIn } from './derived-records.ts'
import { messagePlace } from './message-place.ts'
import { LINE_COLUMNS, lineOf, type MessageRow } from './message-row.ts'
import type { Earlier, Messages, Outcome } from './message-store.ts'
import { messagesOutIn } from './messages-out.ts'
import { sendersIn } from './senders.ts'
import { outcomeColumns, writeMessage } from './write-message.ts'
import { WrittenTogether } from './written-together.ts'

export function messagesIn(database: Database, vault: Vault): Messages {
  const together = new WrittenTogether(database, vault)
  return {
    ...codeMapsIn(database),
    ...sendersIn(database),
    ...messagesOutIn(database, vault),

    earlier: (tenant, sender, controlId, raw) =>
      findEarlier(database, tenant, sender, controlId, digestOf(vault, tenant, raw)),

    async take(tenant, message, outcome, act, derivation) {
      const digest = digestOf(vault, tenant, message.raw)
      const { patient, writes } = outcome
      const one = { message, digest, outcome, act }
      const insert = (queries: Queries) => writeMessage(queries, vault, tenant, one)
      try {
        // One statement is a transaction of its own.
        if (writes.length === 0) {
          const isNobodys = patient === undefined
          if (!(await (isNobodys ? together.write(tenant, one) : insert(database)))) throw new Claimed()
          return { taken: [] }
        }
        return await database.transaction(async (queries) => {
          if (!writes.some(({ identity }) => identity !== undefined)) {
            // First of all: whoever has the control id is waited for, and then nothing else is done.
            if (!(await insert(queries))) throw new Claimed()
            const taken = await commitWrites(queries, vault, tenant, writes, act)
            await follow(queries, vault, tenant, outcome, taken, derivation, act)
            return { taken }
          }
          // The key of somebody who is registered by this message is made after the person.
          const taken = await commitWrites(queries, vault, tenant, writes, act)
          if (!(await insert(queries))) throw new Claimed()
          await follow(queries, vault, tenant, outcome, taken, derivation, act)
          return { taken }
        })
      } catch (error) {
        if (!(error instanceof Claimed)) throw error
        const earlier = await findEarlier(database, tenant, message.sender, message.controlId, digest)
        return { earlier: earlier! }
      }
    },

    settle: (tenant, id, outcome, act, expected, derivation) =>
      database.transaction(async (queries) => {
        const row = await queries.first<{ raw: Buffer; patient_id: PatientId | ''; attempts: number }>(
          'select raw, patient_id, attempts from exchange_message where tenant_id = $1 and message_id = $2 for update',
          [tenant, id],
        )
        if (row === undefined) throw unknownMessage(id)
        if (row.attempts !== expected) throw changed(id)
        const raw = await open(queries, vault, tenant, row.patient_id, id, row.raw)
        const changes = await commitWrites(queries, vault, tenant, outcome.writes, act)
        await follow(queries, vault, tenant, outcome, changes, derivation, act)
        await queries.run(
          `update exchange_message set state = $3, fault = $4, warnings = $5, unmapped = $6, ack = $7,
             attempts = attempts + 1, changed_at = $8, changed_by = $9
           where tenant_id = $1 and message_id = $2`,
          [tenant, id, ...outcomeColumns(outcome), act.at, act.by],
        )
        await seal(queries, vault, tenant, id, outcome.patient ?? (row.patient_id || undefined), raw)
        return changes
      }),

    async read(tenant, id) {
      const row = await database.first<MessageRow & { raw: Buffer; ack: string | null }>(
        `select ${LINE_COLUMNS}, raw, ack from exchange_message where tenant_id = $1 and message_id = $2`,
        [tenant, id],
      )
      if (row === undefined) throw unknownMessage(id)
      const raw = await open(database, vault, tenant, row.patient_id, id, row.raw)
      return { ...lineOf(row), raw, ack: row.ack ?? undefined }
    },

    async list(tenant, { states, sender, limit, after }) {
      const rows = await database.rows<MessageRow>(
        `select ${LINE_COLUMNS} from exchange_message m
         where tenant_id = $1 and ($2::text[] is null or state = any($2)) and ($3::text is null or sender = $3)
           and ($4::text is null or (received_at, message_id) <
             (select received_at, message_id from exchange_message where tenant_id = $1 and message_id = $4))
         order by received_at desc, message_id desc limit $5`,
        [tenant, states ?? null, sender ?? null, after ?? null, limit],
      )
      return rows.map(lineOf)
    },

    waiting: (tenant, limit) => ids(database, tenant, "state = 'received'", [limit], 'limit $2'),

    withUnmapped: (tenant, sender) =>
      ids(database, tenant, "state = 'unmapped' and sender = $2", [sender], ''),
  }
}

/** The typed record of the person, where what was written may concern it. The commit has locked the person. */
async function follow(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  { patient }: Outcome,
  changes: readonly ResourceChange[],
  derivation: Derivation | undefined,
  act: Act,
): Promise<void> {
  if (derivation === undefined || patient === undefined) return
  if (changes.some((one) => isDerivedFrom(derivation.from, one)))
    await deriveIn(queries, vault, { tenant, patient }, derivation, act)
}

/** Ends the transaction of a message whose control id another one has; never leaves this file. */
class Claimed extends Error {}

/** A keyed digest of the bytes: whether two messages are the same is seen without opening either. */
/** An engine between may write other line ends when it sends a message again: it is the same message. */
function digestOf(vault: Vault, tenant: TenantId, raw: Uint8Array): string {
  const segments = Buffer.from(raw)
    .toString('latin1')
    .replace(/\r\n|\n/g, '\r')
  return vault.blind(tenant, 'message', segments.replace(/\r+$/, ''))
}

const EARLIER = prepared(`select message_id, digest, state, patient_id, ack from exchange_message
  where tenant_id = $1 and sender = $2 and direction = 'in'
    and (claim = $3 or (digest = $4 and control_id is not distinct from $3))
  order by digest = $4 desc limit 1`)

async function findEarlier(
  queries: Queries,
  tenant: TenantId,
  sender: string,
  controlId: string | undefined,
  digest: string,
): Promise<Earlier | undefined> {
  const row = await queries.first<{
    message_id: string
    digest: string
    state: Earlier['state']
    patient_id: PatientId | ''
    ack: string | null
  }>(EARLIER, [tenant, sender, controlId, digest])
  return (
    row && {
      id: row.message_id,
      same: row.digest === digest,
      state: row.state,
      patient: row.patient_id === '' ? undefined : row.patient_id,
      ack: row.ack ?? undefined,
    }
  )
}

/** Seals the content under the key of its person, or of the tenant while it is nobody's. */
async function seal(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  id: string,
  patient: PatientId | undefined,
  raw: Uint8Array,
): Promise<void> {
  const compartment = patient ?? TENANT_COMPARTMENT
  const sealed = await vault.seal(queries, { tenant, patient: compartment }, messagePlace(id), raw)
  await queries.run(
    'update exchange_message set raw = $3, patient_id = $4 where tenant_id = $1 and message_id = $2',
    [tenant, id, sealed, compartment],
  )
}

function open(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  patient: PatientId | '',
  id: string,
  sealed: Buffer,
): Promise<Buffer> {
  return vault.open(queries, { tenant, patient }, messagePlace(id), sealed)
}

async function ids(
  queries: Queries,
  tenant: TenantId,
  where: string,
  values: readonly unknown[],
  end: string,
): Promise<readonly string[]> {
  const rows = await queries.rows<{ message_id: string }>(
    `select message_id from exchange_message where tenant_id = $1 and ${where} order by received_at, message_id ${end}`,
    [tenant, ...values],
  )
  return rows.map(({ message_id }) => message_id)
}

function unknownMessage(id: string): Fault {
  return new Fault(
    'MESSAGE_UNKNOWN',
    `message ${id}`,
    'there is no message with this id',
    'See "garrod exchange list".',
  )
}

function changed(id: string): Fault {
  return new Fault(
    'MESSAGE_CHANGED',
    `message ${id}`,
    'somebody else has dealt with this message in the meantime',
    'Look at it again with "garrod exchange show".',
  )
}
