import { TENANT_COMPARTMENT } from '../../record/resource.ts'
import type { TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { Act } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { messagePlace } from './message-place.ts'
import type { NewMessage, Outcome } from './message-store.ts'

/** A message that came in, with what became of it. */
export interface MessageToWrite {
  readonly message: NewMessage
  /** Keyed digest of its bytes. */
  readonly digest: string
  readonly outcome: Outcome
  readonly act: Act
}

const WRITE =
  prepared(`insert into exchange_message (tenant_id, message_id, direction, sender, control_id, claim, digest, type,
    patient_id, received_at, changed_at, changed_by, state, fault, warnings, unmapped, ack, attempts, raw)
  values ($1, $2, 'in', $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, $13, $14, $15, 1, $16)
  on conflict (tenant_id, sender, claim) do nothing`)

/** Writes the row of a message, sealed. False when another message has the control id. */
export async function writeMessage(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  one: MessageToWrite,
): Promise<boolean> {
  const values = [tenant, ...columnsOf(one), await sealedRaw(queries, vault, tenant, one)]
  return (await queries.run(WRITE, values)) === 1
}

const WRITE_MANY =
  prepared(`insert into exchange_message (tenant_id, message_id, direction, sender, control_id, claim, digest, type,
    patient_id, received_at, changed_at, changed_by, state, fault, warnings, unmapped, ack, attempts, raw)
  select $1, id, 'in', sender, control_id, claim, digest, type,
    patient_id, at, at, by, state, fault, warnings, unmapped, ack, 1, raw
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
      $10::text[], $11::text[], $12::jsonb[], $13::jsonb[], $14::jsonb[], $15::text[], $16::bytea[])
    as w (id, sender, control_id, claim, digest, type, patient_id, at, by, state, fault, warnings, unmapped, ack, raw)
  on conflict (tenant_id, sender, claim) do nothing returning message_id`)

/** The same of several, all or none. Returns the ids of those that were written: no other message has their control id. */
export async function writeMessages(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  several: readonly MessageToWrite[],
): Promise<ReadonlySet<string>> {
  const rows: unknown[][] = []
  for (const one of several) rows.push([...columnsOf(one), await sealedRaw(queries, vault, tenant, one)])
  const columns = rows[0]!.map((_, column) => rows.map((row) => row[column] ?? null))
  const written = await queries.rows<{ message_id: string }>(WRITE_MANY, [tenant, ...columns])
  return new Set(written.map(({ message_id }) => message_id))
}

/** Columns of a row between the tenant and the content, in the order of the statements above. */
function columnsOf({ message, digest, outcome, act }: MessageToWrite): readonly unknown[] {
  const { id, sender, controlId, type } = message
  // A control id that was used before stays with the first: this one is kept to be looked at.
  const claim = outcome.fault?.code === 'HL7_CONTROL_ID_REUSED' ? undefined : controlId
  const patient = outcome.patient ?? TENANT_COMPARTMENT
  return [id, sender, controlId, claim, digest, type, patient, act.at, act.by, ...outcomeColumns(outcome)]
}

/** state, fault, warnings, unmapped, ack. */
export function outcomeColumns({ state, fault, warnings, unmapped, ack }: Outcome): readonly unknown[] {
  return [
    state,
    fault === undefined ? null : JSON.stringify(fault),
    JSON.stringify(warnings),
    JSON.stringify(unmapped),
    ack,
  ]
}

/** Sealed under the key of its person, or of the tenant while it is nobody's. */
function sealedRaw(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  { message, outcome }: MessageToWrite,
): Promise<Buffer> {
  const patient = outcome.patient ?? TENANT_COMPARTMENT
  return vault.seal(queries, { tenant, patient }, messagePlace(message.id), message.raw)
}
