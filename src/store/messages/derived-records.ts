import type { DerivedRecord } from '../../record/derived-record.ts'
import type { DrugUse, Measurement, PatientRecord } from '../../record/patient-record.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import type { PatientId } from '../../terms/ids.ts'
import { type Database, prepared, type Queries } from '../database/query.ts'
import { ADD_EVENT, eventValues } from '../log/event-log.ts'
import { claim, LOCK_PERSON } from '../people/patient-row.ts'
import type { Act, PatientKey } from '../person.ts'
import {
  openOutsideCalls,
  readDrugs,
  readMeasurements,
  replaceDrugs,
  replaceOutsideCalls,
  type SealedRow,
  writeMeasurements,
} from '../record/record-parts.ts'
import type { StoredResource } from '../resources/resource-store.ts'
import { restrictionSql } from '../resources/restriction.ts'
import { Values } from '../resources/statement.ts'
import { openRows, type ResourceRow, readColumns } from '../resources/stored-row.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import type { Derivation, DerivedFrom, DerivedRecords } from './derived-record-store.ts'

/** What the last derivation put on the lists that it shares with people. */
interface Put {
  readonly drugs: readonly DrugUse[]
  readonly measurements: readonly Measurement[]
}

const NOTHING_PUT: Put = { drugs: [], measurements: [] }

const PLACE = 'derived record'
const BEFORE = prepared('select sealed from derived_record where tenant_id = $1 and patient_id = $2')
/** What was put there and the calls, in one: the first has no ordinal. */
const BEFORE_WITH_CALLS = prepared(`select null::integer as ordinal, sealed from derived_record
    where tenant_id = $1 and patient_id = $2
  union all select ordinal, sealed from outside_call where tenant_id = $1 and patient_id = $2
  order by ordinal nulls first`)
const WRITE =
  prepared(`with put as (insert into derived_record (tenant_id, patient_id, sealed) values ($1, $2, $7)
    on conflict (tenant_id, patient_id) do update set sealed = excluded.sealed)
  ${ADD_EVENT}`)

export function derivedRecordsIn(database: Database, vault: Vault): DerivedRecords {
  return {
    derive: (key, derivation, act) =>
      database.transaction(async (queries) => {
        await queries.first(LOCK_PERSON, [key.tenant, key.patient])
        return deriveIn(queries, vault, key, derivation, act)
      }),

    seen: (key, { from, read }, record, within) =>
      database.snapshot(async (queries) => {
        const values = new Values()
        const rows = await queries.rows<ResourceRow>(
          `select ${readColumns('r')} from resource r where ${derivedFromSql(key, from, values)}
            ${restrictionSql(within, 'r', values.bind)} order by r.type, r.id`,
          values.list,
        )
        const own = parsed(await openRows(queries, vault, key.tenant, rows))
        // The organisation's list of medications is seen by who may see the order.
        const everywhere = { ...within, types: undefined, compartments: undefined }
        const visible = read([...own, ...(await referredBy(queries, vault, key, from, own, everywhere))])
        return withDerived(record, await lastPut(queries, vault, key), visible)
      }),

    async recent(tenant) {
      const rows = await database.rows<{ patient: PatientId }>(
        `select distinct patient_id as patient from resource
         where tenant_id = $1 and patient_id <> '' and last_updated >=
           (select max(last_updated) - interval '1 hour' from resource where tenant_id = $1)
         order by 1`,
        [tenant],
      )
      return rows.map(({ patient }) => patient)
    },
  }
}

/** Brings the typed record up to date, in the transaction of the caller, who holds the lock on the person's row. */
export async function deriveIn(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  { from, read }: Derivation,
  act: Act,
): Promise<boolean> {
  const derived = read(await resourcesOf(queries, vault, key, from))
  const sealer = sealerOf(queries, vault, key)
  const { before, calls } = await putAndCalls(queries, vault, key)
  const parts: string[] = []
  if (!same(calls.filter(isDerived), derived.outsideCalls)) parts.push('outsideCalls')
  if (!same(before.drugs, derived.drugs)) parts.push('drugs')
  if (!same(before.measurements, derived.measurements)) parts.push('measurements')
  if (parts.length === 0) return false
  const { version } = await claim(queries, key, act.at, undefined)
  if (parts.includes('outsideCalls')) {
    const entered = calls.filter((one) => !isDerived(one))
    await replaceOutsideCalls(queries, vault, key, [...entered, ...derived.outsideCalls])
  }
  if (parts.includes('drugs')) await putDrugs(queries, vault, key, before, derived)
  if (parts.includes('measurements')) await putMeasurements(queries, vault, key, before, derived)
  const put: Put = { drugs: derived.drugs, measurements: derived.measurements }
  const event = eventValues(key, 'record-changed', act, { version, parts: parts.sort().join(' ') })
  await queries.run(WRITE, [...event, await sealer.seal(PLACE, put)])
  return true
}

/** Which rows of resource, as "r", a derivation reads. */
export function derivedFromSql(
  { tenant, patient }: PatientKey,
  { types, codes }: DerivedFrom,
  { bind }: Values,
): string {
  return `r.tenant_id = ${bind(tenant)} and r.patient_id = ${bind(patient)} and not r.deleted
    and (r.type = any(${bind(types)}::text[]) or (r.type = ${bind(codes.type)} and r.codes && ${bind(codes.tokens)}::text[]))`
}

function isDerived({ source }: DerivedRecord['outsideCalls'][number]): boolean {
  return source.format === 'fhir'
}

async function resourcesOf(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  from: DerivedFrom,
): Promise<readonly Resource[]> {
  const values = new Values()
  const text = `select ${readColumns('r')} from resource r where ${derivedFromSql(key, from, values)} order by r.type, r.id`
  const rows = await queries.rows<ResourceRow>(prepared(text), values.list)
  const own = parsed(await openRows(queries, vault, key.tenant, rows))
  return [...own, ...(await referredBy(queries, vault, key, from, own, UNRESTRICTED))]
}

/** What the resources refer to, of this person or of the organisation. Nothing is asked of the database where they do not. */
async function referredBy(
  queries: Queries,
  vault: Vault,
  { tenant, patient }: PatientKey,
  { referred }: DerivedFrom,
  own: readonly Resource[],
  within: Restriction,
): Promise<readonly Resource[]> {
  if (referred === undefined) return []
  // Not what an absolute address leads to: that may be another server's.
  const form = new RegExp(`^${referred.type}/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?$`)
  const ids = own.flatMap((one) => {
    const { reference } = (one[referred.element] ?? {}) as { readonly reference?: string }
    return form.exec(reference ?? '')?.[1] ?? []
  })
  if (ids.length === 0) return []
  const values = new Values()
  const { bind } = values
  const rows = await queries.rows<ResourceRow>(
    `select ${readColumns('r')} from resource r where r.tenant_id = ${bind(tenant)}
      and r.patient_id = any(${bind([TENANT_COMPARTMENT, patient])}::text[]) and r.type = ${bind(referred.type)}
      and r.id = any(${bind([...new Set(ids)])}::text[]) and not r.deleted ${restrictionSql(within, 'r', bind)}
      order by r.id`,
    values.list,
  )
  return parsed(await openRows(queries, vault, tenant, rows))
}

function parsed(stored: readonly StoredResource[]): readonly Resource[] {
  return stored.map(({ json }) => JSON.parse(json!) as Resource)
}

async function lastPut(queries: Queries, vault: Vault, key: PatientKey): Promise<Put> {
  const row = await queries.first<{ sealed: Buffer }>(BEFORE, [key.tenant, key.patient])
  return row === undefined ? NOTHING_PUT : sealerOf(queries, vault, key).open<Put>(PLACE, row.sealed)
}

async function putAndCalls(queries: Queries, vault: Vault, key: PatientKey) {
  const rows = await queries.rows<{ ordinal: number | null; sealed: Buffer }>(BEFORE_WITH_CALLS, [
    key.tenant,
    key.patient,
  ])
  let before = NOTHING_PUT
  const calls: SealedRow[] = []
  for (const { ordinal, sealed } of rows) {
    if (ordinal === null) before = await sealerOf(queries, vault, key).open<Put>(PLACE, sealed)
    else calls.push({ ordinal, sealed })
  }
  return { before, calls: await openOutsideCalls(queries, vault, key, calls) }
}

/** The record with what follows from some of the resources in the place of what followed from all. */
function withDerived(record: PatientRecord, all: Put, some: DerivedRecord): PatientRecord {
  const has = <T>(list: readonly T[], one: T) => list.some((other) => same(one, other))
  const instead = <T>(listed: readonly T[], before: readonly T[], now: readonly T[]): readonly T[] => {
    const entered = listed.filter((one) => !has(before, one))
    // What somebody has taken off the list since stays off it.
    const stays = now.filter((one) => !has(entered, one) && (has(listed, one) || !has(before, one)))
    return [...entered, ...stays]
  }
  const measured = record.measurements.filter((one) => !has(all.measurements, one))
  const kinds = new Set(measured.map(({ kind }) => kind))
  return {
    ...record,
    outsideCalls: [...record.outsideCalls.filter((one) => !isDerived(one)), ...some.outsideCalls],
    drugs: instead(record.drugs, all.drugs, some.drugs),
    measurements: [...measured, ...some.measurements.filter(({ kind }) => !kinds.has(kind))],
  }
}

/** Drugs that people entered stay; those of the last derivation go, those of this one come. */
async function putDrugs(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  before: Put,
  derived: DerivedRecord,
): Promise<void> {
  const listed = await readDrugs(queries, vault, key)
  const entered = listed.filter((one) => !before.drugs.some((other) => same(one, other)))
  const added = derived.drugs.filter((one) => !entered.some((other) => same(one, other)))
  await replaceDrugs(queries, vault, key, [...entered, ...added])
}

/**
 * The newest word holds, whoever says it: a measurement that changed in the resources replaces what was entered; one
 * that went from the resources goes, unless somebody has entered another value since.
 */
async function putMeasurements(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  before: Put,
  derived: DerivedRecord,
): Promise<void> {
  const listed = await readMeasurements(queries, vault, key)
  const gone = before.measurements.filter(
    (one) =>
      !derived.measurements.some(({ kind }) => kind === one.kind) && listed.some((other) => same(one, other)),
  )
  await queries.run('delete from measurement where tenant_id = $1 and patient_id = $2 and kind = any($3)', [
    key.tenant,
    key.patient,
    gone.map(({ kind }) => kind),
  ])
  const changed = derived.measurements.filter((one) => !before.measurements.some((other) => same(one, other)))
  await writeMeasurements(queries, vault, key, changed)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
