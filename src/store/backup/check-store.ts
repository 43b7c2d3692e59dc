import { createHash } from 'node:crypto'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import type { StoreCheck, StoreProblem } from '../keeping.ts'
import type { PatientKey } from '../person.ts'
import type { Store } from '../store.ts'

type Parts = Pick<Store, 'records' | 'archive' | 'plans' | 'resources'>

/** Rows that must lead somewhere, though no foreign key says so: the two may lie on different machines. */
const LEADS: readonly (readonly [where: string, what: string, orphans: string])[] = [
  ...['patient_key', 'identifier_digest', 'sample_digest', 'resource_directory', 'resource'].map(
    (table) =>
      [
        table,
        'rows of people who are not there',
        `select 1 from ${table} as t where t.patient_id <> '' and not exists (select 1 from patient as p
           where p.tenant_id = t.tenant_id and p.patient_id = t.patient_id)`,
      ] as const,
  ),
  [
    'resource_directory',
    'rows that lead to no resource',
    `select 1 from resource_directory as d where not exists (select 1 from resource as r
       where r.tenant_id = d.tenant_id and r.patient_id = d.patient_id and r.type = d.type and r.id = d.id)`,
  ],
  [
    'resource',
    'resources that the directory does not name',
    `select 1 from resource as r where not exists (select 1 from resource_directory as d
       where d.tenant_id = r.tenant_id and d.type = r.type and d.id = r.id and d.patient_id = r.patient_id)`,
  ],
  [
    'resource_version',
    'resources without the version before',
    `select 1 from resource as r where r.version > 1 and not exists (select 1 from resource_version as v
       where v.tenant_id = r.tenant_id and v.patient_id = r.patient_id and v.type = r.type and v.id = r.id
         and v.version = r.version - 1)`,
  ],
  [
    'resource_version',
    'versions that lead to no newer one',
    `select 1 from resource_version as v where not exists (select 1 from resource as r
       where r.tenant_id = v.tenant_id and r.patient_id = v.patient_id and r.type = v.type and r.id = v.id
         and r.version > v.version)`,
  ],
  [
    'resource_index',
    'rows that lead to no resource',
    `select 1 from resource_index as i where not exists (select 1 from resource as r
       where r.tenant_id = i.tenant_id and r.patient_id = i.patient_id and r.type = i.type and r.id = i.id)`,
  ],
]

/** See `Keeping.check`. */
export async function checkStore(
  database: Database,
  store: Parts,
  told: (people: number) => void = () => undefined,
): Promise<StoreCheck> {
  const problems: StoreProblem[] = []
  for (const [where, what, orphans] of LEADS) {
    const row = await database.first<{ count: number }>(`select count(*) from (${orphans}) as orphan`)
    if (row!.count > 0) problems.push({ where, code: 'ORPHANS', what: `${row!.count} ${what}` })
  }
  const unsure = await database.rows<{ name: string }>(
    `select conname as name from pg_constraint
     where connamespace = current_schema()::regnamespace and not convalidated`,
  )
  for (const { name } of unsure) {
    problems.push({ where: name, code: 'CONSTRAINT', what: 'a rule that rows may break' })
  }
  const counts = { people: 0, files: 0, plans: 0, resources: 0 }
  for await (const key of everybody(database)) {
    const where = `patient ${key.patient}`
    await tried(problems, where, async () => void (await store.records.get(key)))
    await tried(problems, where, async () => {
      for (const { version } of await store.plans.list(key)) {
        await store.plans.get(key, version)
        await store.plans.findings(key, version)
        counts.plans++
      }
    })
    await tried(problems, where, async () => {
      for (const { sha256, bytes, read } of await store.archive.list(key)) {
        const hash = createHash('sha256')
        let length = 0
        await tried(problems, `${where}, received file`, async () => {
          for await (const chunk of read()) {
            hash.update(chunk)
            length += chunk.length
          }
          if (hash.digest('hex') !== sha256 || length !== bytes) throw otherContent()
        })
        counts.files++
      }
    })
    counts.people++
    told(counts.people)
  }
  for (const { tenant, type } of await database.rows<{ tenant: TenantId; type: string }>(
    'select distinct tenant_id as tenant, type from resource order by 1, 2',
  )) {
    const query = {
      type,
      criteria: [],
      sort: [],
      count: 0,
      after: undefined,
      total: false,
      within: UNRESTRICTED,
    }
    await tried(problems, `resources of type ${type}`, async () => {
      for await (const batch of store.resources.scan(tenant, query, 500)) counts.resources += batch.length
    })
  }
  return { ...counts, problems }
}

async function* everybody(database: Database): AsyncIterable<PatientKey> {
  for (let after: PatientKey | undefined; ; ) {
    const rows = await database.rows<{ tenant: TenantId; patient: PatientId }>(
      `select tenant_id as tenant, patient_id as patient from patient
       where (tenant_id, patient_id) > ($1, $2) order by 1, 2 limit 500`,
      [after?.tenant ?? '', after?.patient ?? ''],
    )
    yield* rows
    if (rows.length < 500) return
    after = rows.at(-1)
  }
}

/** A fault is a problem of the store; anything else is a defect, and thrown on. */
async function tried(problems: StoreProblem[], where: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code } = error as { code?: string }
    if (error instanceof Fault) problems.push({ where, code: error.code, what: error.what })
    else if (code === 'ENOENT')
      problems.push({ where, code: 'FILE_MISSING', what: 'the file is not in the archive' })
    else throw error
  }
}

function otherContent(): Fault {
  return new Fault(
    'FILE_ALTERED',
    'archive',
    'the file is not the one that was received',
    'Restore it from a backup.',
  )
}
