import type { DerivedRecord } from '../../record/derived-record.ts'
import type { DrugUse, Measurement } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import type { PatientId } from '../../terms/ids.ts'
import { log } from '../event-log.ts'
import { claim, LOCK_PERSON } from '../patient-row.ts'
import type { PatientKey } from '../person.ts'
import { type Database, prepared, type Queries } from '../query.ts'
import {
  readDrugs,
  readMeasurements,
  readOutsideCalls,
  replaceDrugs,
  replaceOutsideCalls,
  writeMeasurements,
} from '../record-parts.ts'
import { openRows, type ResourceRow, readColumns } from '../resources/stored-row.ts'
import { sealerOf } from '../sealed-json.ts'
import type { Vault } from '../vault.ts'
import type { DerivedFrom, DerivedRecords } from './derived-record-store.ts'

/** What the last derivation put on the lists that it shares with people. */
interface Put {
  readonly drugs: readonly DrugUse[]
  readonly measurements: readonly Measurement[]
}

const PLACE = 'derived record'
const BEFORE = prepared('select sealed from derived_record where tenant_id = $1 and patient_id = $2')
const WRITE = prepared(`insert into derived_record (tenant_id, patient_id, sealed) values ($1, $2, $3)
  on conflict (tenant_id, patient_id) do update set sealed = excluded.sealed`)
const SOURCES = prepared(`select ${readColumns('r')} from resource r
  where r.tenant_id = $1 and r.patient_id = $2 and not r.deleted
    and (r.type = any($3) or (r.type = $4 and r.codes && $5))
  order by r.type, r.id`)

export function derivedRecordsIn(database: Database, vault: Vault): DerivedRecords {
  return {
    derive: (key, from, read, act) =>
      database.transaction(async (queries) => {
        const { tenant, patient } = key
        await queries.first(LOCK_PERSON, [tenant, patient])
        const derived = read(await resourcesOf(queries, vault, key, from))
        const sealer = sealerOf(queries, vault, key)
        const row = await queries.first<{ sealed: Buffer }>(BEFORE, [tenant, patient])
        const before: Put =
          row === undefined ? { drugs: [], measurements: [] } : await sealer.open<Put>(PLACE, row.sealed)
        const calls = await readOutsideCalls(queries, vault, key)
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
        await queries.run(WRITE, [tenant, patient, await sealer.seal(PLACE, put)])
        await log(queries, key, 'record-changed', act, { version, parts: parts.sort().join(' ') })
        return true
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

function isDerived({ source }: DerivedRecord['outsideCalls'][number]): boolean {
  return source.format === 'fhir'
}

async function resourcesOf(
  queries: Queries,
  vault: Vault,
  { tenant, patient }: PatientKey,
  { types, codes }: DerivedFrom,
): Promise<readonly Resource[]> {
  const rows = await queries.rows<ResourceRow>(SOURCES, [tenant, patient, types, codes.type, codes.tokens])
  const stored = await openRows(queries, vault, tenant, rows)
  return stored.map(({ json }) => JSON.parse(json!) as Resource)
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
