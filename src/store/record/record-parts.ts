import type { OutsideCall } from '../../record/genotype.ts'
import type { DrugUse, Measurement } from '../../record/patient-record.ts'
import type { TenantId } from '../../terms/ids.ts'
import { contentOf } from '../archive/archive-content.ts'
import { prepared, type Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'

/** The short parts of a record: one table each, read and written as lists in the order given, each row sealed. */

export interface SealedRow {
  ordinal: number
  sealed: Buffer
}

const OUTSIDE_CALLS = prepared(
  'select ordinal, sealed from outside_call where tenant_id = $1 and patient_id = $2 order by ordinal',
)
/** Rows of the given places are overwritten, those beyond the list go. */
const SET_OUTSIDE_CALLS =
  prepared(`with gone as (delete from outside_call where tenant_id = $1 and patient_id = $2 and ordinal > $3)
  insert into outside_call (tenant_id, patient_id, ordinal, content, sealed)
  select $1, $2, new.ordinal, new.content, new.sealed
  from unnest($4::integer[], $5::text[], $6::bytea[]) as new (ordinal, content, sealed)
  on conflict (tenant_id, patient_id, ordinal) do update set content = excluded.content, sealed = excluded.sealed`)
const ADD_OUTSIDE_CALLS = prepared(`insert into outside_call (tenant_id, patient_id, ordinal, content, sealed)
  select $1, $2, $3 + new.position - 1, new.content, new.sealed
  from unnest($4::text[], $5::bytea[]) with ordinality as new (content, sealed, position)`)

export async function readOutsideCalls(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
): Promise<readonly OutsideCall[]> {
  return openOutsideCalls(
    queries,
    vault,
    key,
    await queries.rows<SealedRow>(OUTSIDE_CALLS, [key.tenant, key.patient]),
  )
}

/** Rows of outside_call in their order. */
export async function openOutsideCalls(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  rows: readonly SealedRow[],
): Promise<readonly OutsideCall[]> {
  const sealer = sealerOf(queries, vault, key)
  const calls: OutsideCall[] = []
  for (const { ordinal, sealed } of rows) {
    const { gene, diplotype, phenotype, activityScore, source, line } = await sealer.open<OutsideCall>(
      placeOf.outsideCall(ordinal),
      sealed,
    )
    const { name, format, sha256 } = source
    calls.push({ gene, diplotype, phenotype, activityScore, source: { name, format, sha256 }, line })
  }
  return calls
}

/**
 * Adds calls after those that are there; calls of a file that was read before replace its earlier ones. The caller
 * holds the lock on the person's row.
 */
export async function writeOutsideCalls(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  calls: readonly OutsideCall[],
): Promise<void> {
  if (calls.length === 0) return
  const { tenant, patient } = key
  const contents = contentsOf(vault, tenant, calls)
  await queries.run(
    'delete from outside_call where tenant_id = $1 and patient_id = $2 and content = any($3)',
    [tenant, patient, [...new Set(contents.flatMap((content) => content ?? []))]],
  )
  const last = await queries.first<{ ordinal: number }>(
    'select coalesce(max(ordinal), 0) as ordinal from outside_call where tenant_id = $1 and patient_id = $2',
    [tenant, patient],
  )
  await addOutsideCalls(queries, vault, key, last!.ordinal + 1, calls)
}

/** Sets the whole list; of what is there, by ordinal, only what is another is written. The caller holds the lock on the person's row. */
export async function replaceOutsideCalls(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  calls: readonly OutsideCall[],
  there: ReadonlyMap<number, OutsideCall> = new Map(),
): Promise<void> {
  const sealer = sealerOf(queries, vault, key)
  const ordinals = calls.flatMap((call, i) =>
    JSON.stringify(call) === JSON.stringify(there.get(i + 1)) ? [] : [i + 1],
  )
  const changed = ordinals.map((ordinal) => calls[ordinal - 1]!)
  await queries.run(SET_OUTSIDE_CALLS, [
    key.tenant,
    key.patient,
    calls.length,
    ordinals,
    contentsOf(vault, key.tenant, changed),
    await Promise.all(ordinals.map((one, i) => sealer.seal(placeOf.outsideCall(one), changed[i]))),
  ])
}

async function addOutsideCalls(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  first: number,
  calls: readonly OutsideCall[],
): Promise<void> {
  const sealed = await sealedCalls(queries, vault, key, first, calls)
  await queries.run(ADD_OUTSIDE_CALLS, [
    key.tenant,
    key.patient,
    first,
    contentsOf(vault, key.tenant, calls),
    sealed,
  ])
}

function sealedCalls(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  first: number,
  calls: readonly OutsideCall[],
): Promise<readonly Buffer[]> {
  const sealer = sealerOf(queries, vault, key)
  return Promise.all(calls.map((call, i) => sealer.seal(placeOf.outsideCall(first + i), call)))
}

function contentsOf(vault: Vault, tenant: TenantId, calls: readonly OutsideCall[]) {
  return calls.map(({ source: { sha256 } }) => sha256 && contentOf(vault, tenant, sha256))
}

export async function readDrugs(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
): Promise<readonly DrugUse[]> {
  const rows = await queries.rows<SealedRow>(
    'select ordinal, sealed from drug_use where tenant_id = $1 and patient_id = $2 order by ordinal',
    [key.tenant, key.patient],
  )
  const sealer = sealerOf(queries, vault, key)
  const drugs: DrugUse[] = []
  for (const { ordinal, sealed } of rows) {
    const { text, rxcui, atc, status } = await sealer.open<DrugUse>(placeOf.drug(ordinal), sealed)
    drugs.push({ text, rxcui, atc, status })
  }
  return drugs
}

export async function replaceDrugs(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  drugs: readonly DrugUse[],
): Promise<void> {
  const { tenant, patient } = key
  const sealer = sealerOf(queries, vault, key)
  await queries.run('delete from drug_use where tenant_id = $1 and patient_id = $2', [tenant, patient])
  await queries.run(
    `insert into drug_use (tenant_id, patient_id, ordinal, sealed)
     select $1, $2, new.ordinal, new.sealed from unnest($3::bytea[]) with ordinality as new (sealed, ordinal)`,
    [tenant, patient, await Promise.all(drugs.map((drug, i) => sealer.seal(placeOf.drug(i + 1), drug)))],
  )
}

/** By kind. */
export async function readMeasurements(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
): Promise<readonly Measurement[]> {
  const rows = await queries.rows<{ kind: Measurement['kind']; sealed: Buffer }>(
    'select kind, sealed from measurement where tenant_id = $1 and patient_id = $2 order by kind',
    [key.tenant, key.patient],
  )
  const sealer = sealerOf(queries, vault, key)
  const measurements: Measurement[] = []
  for (const { kind, sealed } of rows)
    measurements.push(await sealer.open<Measurement>(placeOf.measurement(kind), sealed))
  return measurements
}

/** Sets the value of each kind given; the last of two of a kind holds. */
export async function writeMeasurements(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  measurements: readonly Measurement[],
): Promise<void> {
  const sealer = sealerOf(queries, vault, key)
  for (const { kind, value, unit } of measurements) {
    await queries.run(
      `insert into measurement (tenant_id, patient_id, kind, sealed) values ($1, $2, $3, $4)
       on conflict (tenant_id, patient_id, kind) do update set sealed = excluded.sealed`,
      [key.tenant, key.patient, kind, await sealer.seal(placeOf.measurement(kind), { kind, value, unit })],
    )
  }
}
