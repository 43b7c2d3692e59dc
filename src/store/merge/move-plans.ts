import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

/**
 * Plans, as what was concluded when. Those of the retired person come before the survivor's own, so that the newest
 * one stays the newest: the survivor's are numbered up by as many.
 */
export async function movePlans(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<void> {
  const moved = await lastVersion(queries, from)
  if (moved === 0) return
  // From the newest down: a version must be free before another takes its number.
  await renumber(queries, vault, to, to, moved)
  await renumber(queries, vault, from, to, 0)
}

async function lastVersion(queries: Queries, { tenant, patient }: PatientKey): Promise<number> {
  const row = await queries.first<{ last: number }>(
    'select coalesce(max(version), 0) as last from plan where tenant_id = $1 and patient_id = $2',
    [tenant, patient],
  )
  return row!.last
}

async function renumber(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
  by: number,
): Promise<void> {
  const { tenant } = from
  const plans = await queries.rows<{ version: number; sealed: Buffer }>(
    'select version, sealed from plan where tenant_id = $1 and patient_id = $2 order by version desc',
    [tenant, from.patient],
  )
  for (const { version, sealed } of plans) {
    const next = version + by
    await queries.run(
      `insert into plan (tenant_id, patient_id, version, engine_name, engine_version, facts, record_version, made_at, sealed)
       select tenant_id, $3, $4, engine_name, engine_version, facts, record_version, made_at, $5 from plan
       where tenant_id = $1 and patient_id = $2 and version = $6`,
      // biome-ignore format: one value a column
      [tenant, from.patient, to.patient, next,
        await resealed(queries, vault, from, to, placeOf.plan(version), placeOf.plan(next), sealed), version],
    )
    const findings = await queries.rows<{ ordinal: number; sealed: Buffer }>(
      'select ordinal, sealed from finding where tenant_id = $1 and patient_id = $2 and plan_version = $3',
      [tenant, from.patient, version],
    )
    for (const one of findings) {
      const [before, after] = [placeOf.finding(version, one.ordinal), placeOf.finding(next, one.ordinal)]
      await queries.run(
        `insert into finding (tenant_id, patient_id, plan_version, ordinal, kind, subject, sealed)
         select tenant_id, $3, $4, ordinal, kind, subject, $5 from finding
         where tenant_id = $1 and patient_id = $2 and plan_version = $6 and ordinal = $7`,
        // biome-ignore format: one value a column
        [tenant, from.patient, to.patient, next,
          await resealed(queries, vault, from, to, before, after, one.sealed), version, one.ordinal],
      )
    }
    await queries.run('delete from plan where tenant_id = $1 and patient_id = $2 and version = $3', [
      tenant,
      from.patient,
      version,
    ])
  }
}
