import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import {
  readDrugs,
  readMeasurements,
  readOutsideCalls,
  replaceDrugs,
  writeMeasurements,
  writeOutsideCalls,
} from '../record/record-parts.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

/**
 * Outside calls, drugs, measurements and context. Where both say something of the same measurement, or have a context,
 * the survivor's holds. What follows from resources is derived anew, from the resources of both.
 */
export async function moveRecordParts(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<void> {
  const calls = await readOutsideCalls(queries, vault, from)
  const own = await readOutsideCalls(queries, vault, to)
  const files = new Set(own.map(({ source }) => source.sha256))
  await writeOutsideCalls(
    queries,
    vault,
    to,
    calls.filter(
      ({ source }) => source.format !== 'fhir' && (source.sha256 === undefined || !files.has(source.sha256)),
    ),
  )
  const drugs = await readDrugs(queries, vault, to)
  const added = (await readDrugs(queries, vault, from)).filter(
    (one) => !drugs.some((other) => other.text === one.text && other.status === one.status),
  )
  if (added.length > 0) await replaceDrugs(queries, vault, to, [...drugs, ...added])
  const known = new Set((await readMeasurements(queries, vault, to)).map(({ kind }) => kind))
  const measured = await readMeasurements(queries, vault, from)
  await writeMeasurements(
    queries,
    vault,
    to,
    measured.filter(({ kind }) => !known.has(kind)),
  )
  for (const table of ['outside_call', 'drug_use', 'measurement', 'derived_record']) {
    await queries.run(`delete from ${table} where tenant_id = $1 and patient_id = $2`, [
      from.tenant,
      from.patient,
    ])
  }
  const contexts = await queries.rows<{ patient_id: string; sealed_context: Buffer }>(
    `select patient_id, sealed_context from patient
     where tenant_id = $1 and patient_id in ($2, $3) and sealed_context is not null`,
    [from.tenant, from.patient, to.patient],
  )
  const [only, another] = contexts
  if (only === undefined || another !== undefined || only.patient_id === to.patient) return
  const sealed = await resealed(
    queries,
    vault,
    from,
    to,
    placeOf.context,
    placeOf.context,
    only.sealed_context,
  )
  await queries.run('update patient set sealed_context = $3 where tenant_id = $1 and patient_id = $2', [
    to.tenant,
    to.patient,
    sealed,
  ])
}
