import type { DrugUse, Measurement } from '../../record/patient-record.ts'
import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import { type Sealer, sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'

/** Drugs, measurements, plans and findings of one person. */
export async function sealParts(queries: Queries, vault: Vault, key: PatientKey): Promise<void> {
  const sealer = sealerOf(queries, vault, key)
  await sealDrugs(queries, sealer, key)
  await sealMeasurements(queries, sealer, key)
  await sealPlans(queries, sealer, key)
  await sealFindings(queries, sealer, key)
}

async function sealDrugs(queries: Queries, sealer: Sealer, { tenant, patient }: PatientKey): Promise<void> {
  const rows = await queries.rows<{
    ordinal: number
    text: string
    rxcui: DrugUse['rxcui'] | null
    atc: DrugUse['atc'] | null
    status: DrugUse['status']
  }>('select ordinal, text, rxcui, atc, status from drug_use where tenant_id = $1 and patient_id = $2', [
    tenant,
    patient,
  ])
  for (const { ordinal, text, rxcui, atc, status } of rows) {
    const drug: DrugUse = { text, rxcui: rxcui ?? undefined, atc: atc ?? undefined, status }
    await queries.run(
      `update drug_use set sealed = $4, text = null, rxcui = null, atc = null, status = null
       where tenant_id = $1 and patient_id = $2 and ordinal = $3`,
      [tenant, patient, ordinal, await sealer.seal(placeOf.drug(ordinal), drug)],
    )
  }
}

async function sealMeasurements(
  queries: Queries,
  sealer: Sealer,
  { tenant, patient }: PatientKey,
): Promise<void> {
  const rows = await queries.rows<Measurement>(
    'select kind, value, unit from measurement where tenant_id = $1 and patient_id = $2',
    [tenant, patient],
  )
  for (const one of rows)
    await queries.run(
      `update measurement set sealed = $4, value = null, unit = null
       where tenant_id = $1 and patient_id = $2 and kind = $3`,
      [tenant, patient, one.kind, await sealer.seal(placeOf.measurement(one.kind), one)],
    )
}

async function sealPlans(queries: Queries, sealer: Sealer, { tenant, patient }: PatientKey): Promise<void> {
  const rows = await queries.rows<{ version: number; body: string }>(
    'select version, body from plan where tenant_id = $1 and patient_id = $2',
    [tenant, patient],
  )
  for (const { version, body } of rows)
    await queries.run(
      `update plan set sealed = $4, body = null where tenant_id = $1 and patient_id = $2 and version = $3`,
      [tenant, patient, version, await sealer.sealText(placeOf.plan(version), body)],
    )
}

async function sealFindings(
  queries: Queries,
  sealer: Sealer,
  { tenant, patient }: PatientKey,
): Promise<void> {
  const rows = await queries.rows<{ plan_version: number; ordinal: number; body: string }>(
    'select plan_version, ordinal, body from finding where tenant_id = $1 and patient_id = $2',
    [tenant, patient],
  )
  for (const { plan_version, ordinal, body } of rows)
    await queries.run(
      `update finding set sealed = $5, body = null
       where tenant_id = $1 and patient_id = $2 and plan_version = $3 and ordinal = $4`,
      [
        tenant,
        patient,
        plan_version,
        ordinal,
        await sealer.sealText(placeOf.finding(plan_version, ordinal), body),
      ],
    )
}
