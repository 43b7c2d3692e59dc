import type { DerivedRecord } from '../../record/derived-record.ts'
import type { DrugUse, Measurement, PatientRecord } from '../../record/patient-record.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import type { Statement } from '../../record/statement.ts'
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
import { derivedFromSql } from './derived-from.ts'
import type { Derivation, DerivedFrom, DerivedRecords } from './derived-record-store.ts'
import { readStatements, sealedStatements } from './kept-statements.ts'

/** What the last derivation put on the lists that it shares with people. */
interface Put {
  readonly drugs: readonly DrugUse[]
  readonly measurements: readonly Measurement[]
}

const NOTHING_PUT: Put = { drugs: [], measurements: [] }

const PLACE = 'derived record'
const BEFORE = prepared('select sealed from derived_record where tenant_id = $1 and patient_id = $2')
/** What was put there and the calls, in one: the first has no ordinal. */
const BEFORE_WITH_CALLS = prepared(`select null::integer as ordinal, sealed, statements from derived_record
    where tenant_id = $1 and patient_id = $2
  union all select ordinal, sealed, null from outside_call where tenant_id = $1 and patient_id = $2
  order by ordinal nulls first`)
const WRITE =
  prepared(`with put as (insert into derived_record (tenant_id, patient_id, sealed, statements) values ($1, $2, $7, $8)
    on conflict (tenant_id, patient_id) do update set sealed = excluded.sealed,
      statements = coalesce(excluded.statements, derived_record.statements))
  ${ADD_EVENT}`)
const KEEP = prepared(`insert into derived_record (tenant_id, patient_id, statements) values ($1, $2, $3)
  on conflict (tenant_id, patient_id) do update set statements = excluded.statements`)

export function derivedRecordsIn(database: Database, vault: Vault): DerivedRecords {
  return {
    derive: (key, derivation, act) =>
      database.transaction(async (queries) => {
        await queries.first(LOCK_PERSON, [key.tenant, key.patient])
        return deriveIn(queries, vault, key, derivation, act)
      }),

    seen: (key, { from, statementOf, read }, record, within) =>
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
        const said = own.flatMap((one) => statementOf(one) ?? [])
        const referred = await referredBy(queries, vault, key, from, said, everywhere)
        const visible = read([...said, ...referred.flatMap((one) => statementOf(one) ?? [])])
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
  derivation: Derivation,
  act: Act,
): Promise<boolean> {
  const { from, statementOf, read } = derivation
  const sealer = sealerOf(queries, vault, key)
  const { before, calls, there, kept } = await putAndCalls(queries, vault, key)
  const { statements, keep } = await readStatements(queries, vault, key, derivation, kept)
  const referred = await referredBy(queries, vault, key, from, statements, UNRESTRICTED)
  const derived = read([...statements, ...referred.flatMap((one) => statementOf(one) ?? [])])
  const sealed = keep === undefined ? null : await sealedStatements(queries, vault, key, keep)
  const parts: string[] = []
  if (!same(calls.filter(isDerived), derived.outsideCalls)) parts.push('outsideCalls')
  if (!same(before.drugs, derived.drugs)) parts.push('drugs')
  if (!same(before.measurements, derived.measurements)) parts.push('measurements')
  if (parts.length === 0) {
    if (sealed !== null) await queries.run(KEEP, [key.tenant, key.patient, sealed])
    return false
  }
  const { version } = await claim(queries, key, act.at, undefined)
  if (parts.includes('outsideCalls')) {
    const entered = calls.filter((one) => !isDerived(one))
    await replaceOutsideCalls(queries, vault, key, [...entered, ...derived.outsideCalls], there)
  }
  if (parts.includes('drugs')) await putDrugs(queries, vault, key, before, derived)
  if (parts.includes('measurements')) await putMeasurements(queries, vault, key, before, derived)
  const put: Put = { drugs: derived.drugs, measurements: derived.measurements }
  const event = eventValues(key, 'record-changed', act, { version, parts: parts.sort().join(' ') })
  await queries.run(WRITE, [...event, await sealer.seal(PLACE, put), sealed])
  return true
}

function isDerived({ source }: DerivedRecord['outsideCalls'][number]): boolean {
  return source.format === 'fhir'
}

/** The Medications that orders refer to, of this person or of the organisation. Nothing is asked of the database where there are none. */
async function referredBy(
  queries: Queries,
  vault: Vault,
  { tenant, patient }: PatientKey,
  { referred }: DerivedFrom,
  statements: readonly Statement[],
  within: Restriction,
): Promise<readonly Resource[]> {
  if (referred === undefined) return []
  const ids = statements.flatMap(({ drug }) => drug?.medication ?? [])
  if (ids.length === 0) return []
  const values = new Values()
  const { bind } = values
  const rows = await queries.rows<ResourceRow>(
    `select ${readColumns('r')} from resource r where r.tenant_id = ${bind(tenant)}
      and r.patient_id = any(${bind([TENANT_COMPARTMENT, patient])}::text[]) and r.type = ${bind(referred)}
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
  const row = await queries.first<{ sealed: Buffer | null }>(BEFORE, [key.tenant, key.patient])
  return row === undefined || row.sealed === null
    ? NOTHING_PUT
    : sealerOf(queries, vault, key).open<Put>(PLACE, row.sealed)
}

async function putAndCalls(queries: Queries, vault: Vault, key: PatientKey) {
  const rows = await queries.rows<{
    ordinal: number | null
    sealed: Buffer | null
    statements: Buffer | null
  }>(BEFORE_WITH_CALLS, [key.tenant, key.patient])
  let before = NOTHING_PUT
  let kept: Buffer | undefined
  const calls: SealedRow[] = []
  for (const { ordinal, sealed, statements } of rows) {
    if (ordinal === null) {
      kept = statements ?? undefined
      if (sealed !== null) before = await sealerOf(queries, vault, key).open<Put>(PLACE, sealed)
    } else calls.push({ ordinal, sealed: sealed! })
  }
  const opened = await openOutsideCalls(queries, vault, key, calls)
  const there = new Map(calls.map(({ ordinal }, i) => [ordinal, opened[i]!]))
  return { before, kept, calls: opened, there }
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
