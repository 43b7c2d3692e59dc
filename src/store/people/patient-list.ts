import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import { restrictionSql } from '../resources/restriction.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import { literally, nameKey } from './name-key.ts'
import { PATIENT_COLUMNS, type PatientRow, patientOf } from './patient-row.ts'
import { askedDigests } from './patient-search.ts'
import type { Patient, PatientLine, PatientPage, Patients } from './people-store.ts'

/**
 * Names are sealed, so the database cannot sort by them. Up to this many matches are opened and sorted here; of more,
 * the pages are by id: nobody reads so long a list from its top, and a few letters of a name make it short.
 */
const SORTED_BY_NAME = 5_000

/** People of one name and one day are a handful; a hundred are no answer to who somebody is. */
const MOST_ALIKE = 100

/** See `Patients.bornOn`. Found by the day first: it is among few, a family name can be among thousands. */
export async function patientsBornOn(
  database: Database,
  vault: Vault,
  tenant: TenantId,
  birthDate: string,
  word: string,
): Promise<readonly Patient[]> {
  const { name } = askedDigests(vault, tenant, word)
  const day = Date.parse(birthDate)
  if (name === undefined || Number.isNaN(day)) return []
  const rows = await database.rows<PatientRow>(
    `select distinct ${PATIENT_COLUMNS} from resource_index i
       join patient p on p.tenant_id = i.tenant_id and p.patient_id = i.patient_id
     where i.tenant_id = $1 and i.type = 'Patient' and i.param = 'birthdate' and i.low = $2
       and p.found_by @> $3::bigint[]
     order by p.patient_id limit $4`,
    [tenant, day, name, MOST_ALIKE],
  )
  return opened(database, vault, tenant, rows)
}

interface Asked {
  readonly where: string
  readonly values: readonly unknown[]
}

/** See `Patients.list`. */
export async function listPatients(
  database: Database,
  vault: Vault,
  tenant: TenantId,
  { search = '', limit = 50, after, within = UNRESTRICTED }: NonNullable<Parameters<Patients['list']>[1]>,
): Promise<PatientPage> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new Fault(
      'PAGE_LIMIT',
      'limit',
      `a page of ${limit} patients cannot be given`,
      'Ask for 1 to 1000.',
    )
  }
  const asked = visible(askedOf(vault, tenant, search.trim()), within)
  return database.snapshot(async (queries) => {
    const counted = await queries.first<{ total: number }>(
      `select count(*)::integer as total from patient p where ${asked.where}`,
      asked.values,
    )
    const { total } = counted!
    if (after !== undefined) await requireThere(queries, tenant, after)
    const found =
      total <= SORTED_BY_NAME
        ? await pageByName(queries, vault, tenant, asked, limit, after)
        : await pageById(queries, vault, tenant, asked, limit, after)
    const people = found.slice(0, limit)
    return {
      patients: await linesOf(queries, tenant, people),
      total,
      next: found.length > limit ? people.at(-1)!.id : undefined,
    }
  })
}

/** Every word begins a word of the name; or all of it begins an identifier or the id. */
function askedOf(vault: Vault, tenant: TenantId, text: string): Asked {
  if (text === '') return { where: 'p.tenant_id = $1', values: [tenant] }
  const { name, identifier } = askedDigests(vault, tenant, text)
  return {
    where: `p.tenant_id = $1 and (p.found_by @> $2::bigint[] or p.found_by @> $3::bigint[] or p.patient_id like $4)`,
    // What no name can be found by must not be the empty list, which every name is.
    values: [tenant, name ?? identifier, identifier, `${literally(text)}%`],
  }
}

/** Of those asked for, the people whose Patient the restriction shows: the total counts no others. */
function visible({ where, values }: Asked, within: Restriction): Asked {
  const bound = [...values]
  const rows = `select p.tenant_id, p.patient_id, 'Patient'::text as type, p.patient_id as id,
    '{}'::text[] as labels, '{}'::text[] as codes`
  const condition = restrictionSql(within, 'r', (value) => `$${bound.push(value)}`)
  if (condition === '') return { where, values }
  return { where: `${where} and exists (select 1 from (${rows}) r where true${condition})`, values: bound }
}

async function requireThere(queries: Queries, tenant: TenantId, after: PatientId): Promise<void> {
  const last = await queries.first('select 1 from patient where tenant_id = $1 and patient_id = $2', [
    tenant,
    after,
  ])
  if (last !== undefined) return
  throw new Fault(
    'PAGE_GONE',
    `after ${after}`,
    'the patient at the end of the previous page was removed',
    'Start again from the first page.',
  )
}

/** One more than the page holds, when there are more. */
async function pageByName(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  asked: Asked,
  limit: number,
  after: PatientId | undefined,
): Promise<readonly Patient[]> {
  const rows = await queries.rows<PatientRow>(
    `select ${PATIENT_COLUMNS} from patient p where ${asked.where}`,
    asked.values,
  )
  const people = await opened(queries, vault, tenant, rows)
  const sorted = people
    .map((one) => ({ one, name: nameKey(one.name) }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.one.id, b.one.id))
  if (after === undefined) return sorted.slice(0, limit + 1).map(({ one }) => one)
  // The last one of the page before may not match any more, and still tells where to go on.
  const last =
    sorted.find(({ one }) => one.id === after)?.name ??
    nameKey((await readOne(queries, vault, tenant, after)).name)
  return sorted
    .filter(({ one, name }) => (compare(name, last) || compare(one.id, after)) > 0)
    .slice(0, limit + 1)
    .map(({ one }) => one)
}

async function pageById(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  asked: Asked,
  limit: number,
  after: PatientId | undefined,
): Promise<readonly Patient[]> {
  const { length } = asked.values
  const rows = await queries.rows<PatientRow>(
    `select ${PATIENT_COLUMNS} from patient p where ${asked.where} and p.patient_id > $${length + 1}
     order by p.patient_id limit $${length + 2}`,
    [...asked.values, after ?? '', limit + 1],
  )
  return opened(queries, vault, tenant, rows)
}

async function readOne(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  patient: PatientId,
): Promise<Patient> {
  const rows = await queries.rows<PatientRow>(
    `select ${PATIENT_COLUMNS} from patient p where p.tenant_id = $1 and p.patient_id = $2`,
    [tenant, patient],
  )
  return (await opened(queries, vault, tenant, rows))[0]!
}

async function opened(
  queries: Queries,
  vault: Vault,
  tenant: TenantId,
  rows: readonly PatientRow[],
): Promise<readonly Patient[]> {
  if (rows.length > 1) {
    await vault.ready(
      queries,
      tenant,
      rows.map((row) => row.patient_id),
    )
  }
  const people: Patient[] = []
  for (const row of rows) {
    people.push(await patientOf(sealerOf(queries, vault, { tenant, patient: row.patient_id }), row))
  }
  return people
}

async function linesOf(
  queries: Queries,
  tenant: TenantId,
  people: readonly Patient[],
): Promise<readonly PatientLine[]> {
  const rows = await queries.rows<{
    patient_id: PatientId
    genotype_sets: number
    outside_calls: number
    plan: number | null
  }>(
    `select p.patient_id,
      (select count(*)::integer from genotype_set g
        where g.tenant_id = p.tenant_id and g.patient_id = p.patient_id) as genotype_sets,
      (select count(*)::integer from outside_call o
        where o.tenant_id = p.tenant_id and o.patient_id = p.patient_id) as outside_calls,
      (select max(n.version) from plan n
        where n.tenant_id = p.tenant_id and n.patient_id = p.patient_id) as plan
     from patient p where p.tenant_id = $1 and p.patient_id = any($2)`,
    [tenant, people.map(({ id }) => id)],
  )
  const counts = new Map(rows.map((row) => [row.patient_id, row]))
  return people.map((one) => {
    const { genotype_sets, outside_calls, plan } = counts.get(one.id)!
    return { ...one, genotypeSets: genotype_sets, outsideCalls: outside_calls, plan: plan ?? undefined }
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
