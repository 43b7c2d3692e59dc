import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import type { AccessStore, StoredGrant } from './access-store.ts'

interface GrantRow {
  grant_id: string
  patient_id: PatientId
  granted_to: string
  reason: string
  explanation: Buffer
  granted_at: string
  until_at: string
  reviewed_at: string | null
  reviewed_by: string | null
  outcome: 'appropriate' | 'inappropriate' | null
}

const COLUMNS = `grant_id, patient_id, granted_to, reason, explanation, granted_at, until_at, reviewed_at, reviewed_by,
  outcome`

const placeOf = (id: string) => `break_glass ${id}`

export function breakGlassIn(
  database: Database,
  vault: Vault,
): Pick<AccessStore, 'breakGlass' | 'grantInForce' | 'grants' | 'review' | 'unreviewed'> {
  const opened = async (queries: Queries, tenant: TenantId, row: GrantRow): Promise<StoredGrant> => {
    const key = { tenant, patient: row.patient_id }
    const explanation = await vault.open(queries, key, placeOf(row.grant_id), row.explanation)
    return {
      id: row.grant_id,
      patient: row.patient_id,
      to: row.granted_to,
      reason: row.reason,
      explanation: explanation.toString('utf8'),
      grantedAt: row.granted_at,
      until: row.until_at,
      review:
        row.reviewed_at === null
          ? undefined
          : { at: row.reviewed_at, by: row.reviewed_by!, outcome: row.outcome! },
    }
  }
  return {
    breakGlass: (tenant, { id, patient, to, reason, explanation, grantedAt, until }) =>
      database.transaction(async (queries) => {
        const person = await queries.first(
          'select 1 from patient where tenant_id = $1 and patient_id = $2 for share',
          [tenant, patient],
        )
        if (person === undefined) throw patientUnknown(patient)
        const sealed = await vault.seal(queries, { tenant, patient }, placeOf(id), explanation)
        await queries.run(
          `insert into break_glass (tenant_id, patient_id, grant_id, granted_to, reason, explanation, granted_at, until_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [tenant, patient, id, to, reason, sealed, grantedAt, until],
        )
      }),

    async grantInForce(tenant, to, at) {
      const row = await database.first<GrantRow>(
        `select ${COLUMNS} from break_glass
         where tenant_id = $1 and granted_to = $2 and granted_at <= $3 and until_at > $3
         order by until_at desc, grant_id limit 1`,
        [tenant, to, at],
      )
      return row && opened(database, tenant, row)
    },

    grants: (tenant, most) =>
      database.snapshot(async (queries) => {
        const rows = await queries.rows<GrantRow>(
          `select ${COLUMNS} from break_glass where tenant_id = $1
           order by reviewed_at is not null, case when reviewed_at is null then granted_at end, granted_at desc, grant_id
           limit $2`,
          [tenant, most],
        )
        const grants: StoredGrant[] = []
        for (const row of rows) grants.push(await opened(queries, tenant, row))
        return grants
      }),

    review: (tenant, id, review) =>
      database.transaction(async (queries) => {
        const row = await queries.first<GrantRow>(
          `select ${COLUMNS} from break_glass where tenant_id = $1 and grant_id = $2 for update`,
          [tenant, id],
        )
        if (row === undefined) throw grantUnknown(id)
        if (row.reviewed_at !== null) throw reviewed(id)
        if (row.granted_to === review.by) throw own(id)
        await queries.run(
          `update break_glass set reviewed_at = $4, reviewed_by = $5, outcome = $6
           where tenant_id = $1 and patient_id = $2 and grant_id = $3`,
          [tenant, row.patient_id, id, review.at, review.by, review.outcome],
        )
        return { ...(await opened(queries, tenant, row)), review }
      }),

    async unreviewed(tenant, before) {
      const row = await database.first<{ waiting: number }>(
        `select count(*)::integer as waiting from break_glass
         where tenant_id = $1 and reviewed_at is null and granted_at < $2`,
        [tenant, before],
      )
      return row!.waiting
    },
  }
}

function patientUnknown(patient: PatientId): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    'patient',
    `there is no patient "${patient}"`,
    'Look the id up in the patient list.',
  )
}

function grantUnknown(id: string): Fault {
  return new Fault(
    'BREAK_GLASS_UNKNOWN',
    id,
    'there is no such break-glass access',
    'See the list of emergency accesses.',
  )
}

function reviewed(id: string): Fault {
  return new Fault(
    'BREAK_GLASS_REVIEWED',
    id,
    'this break-glass access was reviewed already',
    'A review is not changed; note a new finding with the incident.',
  )
}

function own(id: string): Fault {
  return new Fault(
    'BREAK_GLASS_OWN',
    id,
    'nobody reviews an access of their own',
    'Ask another privacy officer to review it.',
  )
}
