import type { OutsideCall, SourceFile } from '../record/genotype.ts'
import type { DrugUse, Measurement } from '../record/patient-record.ts'
import type { AtcCode, RxCui } from '../terms/ids.ts'
import type { Queries } from './query.ts'
import type { PatientKey } from './store.ts'

/** The short parts of a record: one table each, read and written as lists in the order given. */

interface OutsideRow {
  gene: string
  diplotype: string | null
  phenotype: string | null
  activity_score: string | null
  file_name: string
  file_format: SourceFile['format']
  file_sha256: string | null
  line: number
}

export async function readOutsideCalls(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<readonly OutsideCall[]> {
  const rows = await queries.rows<OutsideRow>(
    `select gene, diplotype, phenotype, activity_score, file_name, file_format, file_sha256, line
     from outside_call where tenant_id = $1 and patient_id = $2 order by ordinal`,
    [tenant, patient],
  )
  return rows.map((row) => ({
    gene: row.gene,
    diplotype: row.diplotype ?? undefined,
    phenotype: row.phenotype ?? undefined,
    activityScore: row.activity_score ?? undefined,
    source: { name: row.file_name, format: row.file_format, sha256: row.file_sha256 ?? undefined },
    line: row.line,
  }))
}

/** Adds calls after those that are there; calls of a file that was read before replace its earlier ones. */
export async function writeOutsideCalls(
  queries: Queries,
  { tenant, patient }: PatientKey,
  calls: readonly OutsideCall[],
): Promise<void> {
  if (calls.length === 0) return
  const files = [...new Set(calls.flatMap(({ source }) => source.sha256 ?? []))]
  await queries.run(
    'delete from outside_call where tenant_id = $1 and patient_id = $2 and file_sha256 = any($3)',
    [tenant, patient, files],
  )
  await queries.run(
    `insert into outside_call (tenant_id, patient_id, ordinal, gene, diplotype, phenotype, activity_score,
       file_name, file_format, file_sha256, line)
     select $1, $2, last.ordinal + new.position, new.gene, new.diplotype, new.phenotype, new.activity_score,
       new.file_name, new.file_format, new.file_sha256, new.line
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::integer[])
       with ordinality as new (gene, diplotype, phenotype, activity_score, file_name, file_format, file_sha256, line, position),
       (select coalesce(max(ordinal), 0) as ordinal from outside_call where tenant_id = $1 and patient_id = $2) as last`,
    [
      tenant,
      patient,
      calls.map((call) => call.gene),
      calls.map((call) => call.diplotype),
      calls.map((call) => call.phenotype),
      calls.map((call) => call.activityScore),
      calls.map((call) => call.source.name),
      calls.map((call) => call.source.format),
      calls.map((call) => call.source.sha256),
      calls.map((call) => call.line),
    ],
  )
}

export async function readDrugs(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<readonly DrugUse[]> {
  const rows = await queries.rows<{
    text: string
    rxcui: RxCui | null
    atc: AtcCode | null
    status: DrugUse['status']
  }>(
    'select text, rxcui, atc, status from drug_use where tenant_id = $1 and patient_id = $2 order by ordinal',
    [tenant, patient],
  )
  return rows.map(({ text, rxcui, atc, status }) => ({
    text,
    rxcui: rxcui ?? undefined,
    atc: atc ?? undefined,
    status,
  }))
}

export async function replaceDrugs(
  queries: Queries,
  { tenant, patient }: PatientKey,
  drugs: readonly DrugUse[],
): Promise<void> {
  await queries.run('delete from drug_use where tenant_id = $1 and patient_id = $2', [tenant, patient])
  await queries.run(
    `insert into drug_use (tenant_id, patient_id, ordinal, text, rxcui, atc, status)
     select $1, $2, new.ordinal, new.text, new.rxcui, new.atc, new.status
     from unnest($3::text[], $4::text[], $5::text[], $6::text[])
       with ordinality as new (text, rxcui, atc, status, ordinal)`,
    [
      tenant,
      patient,
      drugs.map((drug) => drug.text),
      drugs.map((drug) => drug.rxcui),
      drugs.map((drug) => drug.atc),
      drugs.map((drug) => drug.status),
    ],
  )
}

/** By kind. */
export function readMeasurements(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<readonly Measurement[]> {
  return queries.rows<Measurement>(
    'select kind, value, unit from measurement where tenant_id = $1 and patient_id = $2 order by kind',
    [tenant, patient],
  )
}

/** Sets the value of each kind given; the last of two of a kind holds. */
export async function writeMeasurements(
  queries: Queries,
  { tenant, patient }: PatientKey,
  measurements: readonly Measurement[],
): Promise<void> {
  for (const { kind, value, unit } of measurements) {
    await queries.run(
      `insert into measurement (tenant_id, patient_id, kind, value, unit) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, patient_id, kind) do update set value = excluded.value, unit = excluded.unit`,
      [tenant, patient, kind, value, unit],
    )
  }
}
