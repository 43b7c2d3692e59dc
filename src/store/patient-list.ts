import { Fault } from '../terms/fault.ts'
import type { PatientId, TenantId } from '../terms/ids.ts'
import { literally, nameKey } from './name-key.ts'
import { PATIENT_COLUMNS, type PatientRow, patientOf } from './patient-row.ts'
import type { Database } from './query.ts'
import type { PatientLine, PatientPage } from './store.ts'

/** See `Patients.list`. */
export async function listPatients(
  database: Database,
  tenant: TenantId,
  { search = '', limit = 50, after }: { search?: string; limit?: number; after?: PatientId },
): Promise<PatientPage> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new Fault(
      'PAGE_LIMIT',
      'limit',
      `a page of ${limit} patients cannot be given`,
      'Ask for 1 to 1000.',
    )
  }
  const values: unknown[] = [tenant]
  let matching = 'p.tenant_id = $1'
  const text = search.trim()
  if (text !== '') {
    values.push(`%${literally(nameKey(text))}%`, `${literally(text)}%`)
    matching += ` and (p.name_key like $2 or p.patient_id like $3 or exists (select 1 from patient_identifier s
      where s.tenant_id = p.tenant_id and s.patient_id = p.patient_id and s.value like $3))`
  }
  return database.snapshot(async (queries) => {
    const counted = await queries.first<{ total: number }>(
      `select count(*)::integer as total from patient p where ${matching}`,
      values,
    )
    let beyond = ''
    if (after !== undefined) {
      const last = await queries.first<{ name_key: string }>(
        'select name_key from patient where tenant_id = $1 and patient_id = $2',
        [tenant, after],
      )
      if (last === undefined) {
        throw new Fault(
          'PAGE_GONE',
          `after ${after}`,
          'the patient at the end of the previous page was removed',
          'Start again from the first page.',
        )
      }
      values.push(last.name_key, after)
      beyond = `and (p.name_key, p.patient_id) > ($${values.length - 1}, $${values.length})`
    }
    values.push(limit + 1)
    const rows = await queries.rows<
      PatientRow & { genotype_sets: number; outside_calls: number; plan: number | null }
    >(
      `select ${PATIENT_COLUMNS},
        (select count(*)::integer from genotype_set g
          where g.tenant_id = p.tenant_id and g.patient_id = p.patient_id) as genotype_sets,
        (select count(*)::integer from outside_call o
          where o.tenant_id = p.tenant_id and o.patient_id = p.patient_id) as outside_calls,
        (select max(n.version) from plan n
          where n.tenant_id = p.tenant_id and n.patient_id = p.patient_id) as plan
       from patient p where ${matching} ${beyond}
       order by p.name_key, p.patient_id limit $${values.length}`,
      values,
    )
    const patients = rows.slice(0, limit).map(
      (row): PatientLine => ({
        ...patientOf(row),
        genotypeSets: row.genotype_sets,
        outsideCalls: row.outside_calls,
        plan: row.plan ?? undefined,
      }),
    )
    return {
      patients,
      total: counted!.total,
      next: rows.length > limit ? patients.at(-1)!.id : undefined,
    }
  })
}
