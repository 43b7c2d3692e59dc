import type { PackRef } from '../../terms/evidence.ts'
import type { Database } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import { unknownPatient } from '../people/patient-row.ts'
import type { PatientKey } from '../person.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import type { FindingDocument, PlanHead, Plans, StoredPlan } from './plan-store.ts'

interface PlanRow {
  version: number
  engine_name: string
  engine_version: string
  facts: PackRef[]
  record_version: number
  made_at: string
}

const HEAD = 'version, engine_name, engine_version, facts, record_version, made_at'

function headOf(row: PlanRow): PlanHead {
  return {
    version: row.version,
    engine: { name: row.engine_name, version: row.engine_version },
    facts: row.facts.map(({ id, version }) => ({ id, version })),
    recordVersion: row.record_version,
    madeAt: row.made_at,
  }
}

export function plansIn(database: Database, vault: Vault): Plans {
  return {
    async save(key, plan, act) {
      const { tenant, patient } = key
      return database.transaction(async (queries) => {
        // Locks the person without counting the record up: a conclusion does not change what is known.
        const person = await queries.first(
          'select 1 from patient where tenant_id = $1 and patient_id = $2 for update',
          [tenant, patient],
        )
        if (person === undefined) throw unknownPatient(key)
        const newest = await queries.first<PlanRow & { same: boolean; sealed: Buffer }>(
          `select ${HEAD}, sealed, engine_name = $3 and engine_version = $4 and facts = $5 and record_version = $6 as same
           from plan where tenant_id = $1 and patient_id = $2 order by version desc limit 1`,
          // biome-ignore format: one value a column
          [tenant, patient, plan.engine.name, plan.engine.version, JSON.stringify(plan.facts), plan.recordVersion],
        )
        const sealer = sealerOf(queries, vault, key)
        if (
          newest?.same &&
          (await sealer.openText(placeOf.plan(newest.version), newest.sealed)) === plan.json
        )
          return headOf(newest)
        const version = (newest?.version ?? 0) + 1
        const saved = await queries.first<PlanRow>(
          `insert into plan (tenant_id, patient_id, version, engine_name, engine_version, facts, record_version, made_at, sealed)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${HEAD}`,
          // biome-ignore format: one value a column
          [tenant, patient, version, plan.engine.name, plan.engine.version, JSON.stringify(plan.facts),
            plan.recordVersion, act.at, await sealer.sealText(placeOf.plan(version), plan.json)],
        )
        await queries.run(
          `insert into finding (tenant_id, patient_id, plan_version, ordinal, kind, subject, sealed)
           select $1, $2, $3, new.ordinal, new.kind, new.subject, new.sealed
           from unnest($4::text[], $5::text[], $6::bytea[]) with ordinality as new (kind, subject, sealed, ordinal)`,
          [
            tenant,
            patient,
            version,
            plan.findings.map((finding) => finding.kind),
            plan.findings.map((finding) => finding.subject),
            await Promise.all(
              plan.findings.map(({ json }, i) => sealer.sealText(placeOf.finding(version, i + 1), json)),
            ),
          ],
        )
        await log(queries, key, 'plan-saved', act, { version, recordVersion: plan.recordVersion })
        return headOf(saved!)
      })
    },

    async get(key, version) {
      const { tenant, patient } = key
      const row = await database.first<PlanRow & { sealed: Buffer }>(
        `select ${HEAD}, sealed from plan
         where tenant_id = $1 and patient_id = $2 and ($3::integer is null or version = $3)
         order by version desc limit 1`,
        [tenant, patient, version],
      )
      if (row === undefined) return undefined
      const sealer = sealerOf(database, vault, key)
      return {
        ...headOf(row),
        json: await sealer.openText(placeOf.plan(row.version), row.sealed),
      } satisfies StoredPlan
    },

    async list({ tenant, patient }: PatientKey) {
      const rows = await database.rows<PlanRow>(
        `select ${HEAD} from plan where tenant_id = $1 and patient_id = $2 order by version desc`,
        [tenant, patient],
      )
      return rows.map(headOf)
    },

    async findings(key, version) {
      const rows = await database.rows<{ kind: string; subject: string; ordinal: number; sealed: Buffer }>(
        `select kind, subject, ordinal, sealed from finding
         where tenant_id = $1 and patient_id = $2 and plan_version = $3 order by kind, subject, ordinal`,
        [key.tenant, key.patient, version],
      )
      const sealer = sealerOf(database, vault, key)
      const found: FindingDocument[] = []
      for (const { kind, subject, ordinal, sealed } of rows)
        found.push({ kind, subject, json: await sealer.openText(placeOf.finding(version, ordinal), sealed) })
      return found
    },
  }
}
