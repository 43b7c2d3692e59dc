import type { GenotypeSet, SourceFile } from '../record/genotype.ts'
import { Fault } from '../terms/fault.ts'
import type { Assembly } from '../terms/genome.ts'
import { packGenotypes, unpackGenotypes } from './genotype-pack.ts'
import type { Queries } from './query.ts'
import type { PatientKey } from './store.ts'

interface GenotypeRow {
  sample: string
  file_name: string
  file_format: SourceFile['format']
  file_sha256: string | null
  assembly: Assembly
  packed: Buffer
}

/** A person's genotype sets in the order they came. */
export async function readGenotypeSets(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<readonly GenotypeSet[]> {
  const rows = await queries.rows<GenotypeRow>(
    `select sample, file_name, file_format, file_sha256, assembly, packed from genotype_set
     where tenant_id = $1 and patient_id = $2 order by ordinal`,
    [tenant, patient],
  )
  return rows.map((row) => ({
    sample: row.sample,
    source: { name: row.file_name, format: row.file_format, sha256: row.file_sha256 ?? undefined },
    assembly: row.assembly,
    ...unpackGenotypes(row.packed),
  }))
}

/**
 * Adds a genotype set, in the place of an earlier reading of the same file and sample when there is one; returns
 * whether there was. Throws SAMPLE_OF_ANOTHER_PATIENT.
 */
export async function writeGenotypeSet(
  queries: Queries,
  key: PatientKey,
  set: GenotypeSet,
): Promise<boolean> {
  const { tenant, patient } = key
  const { sha256 } = set.source
  if (sha256 !== undefined) await claimSample(queries, key, sha256, set)
  const earlier = await queries.first<{ ordinal: number }>(
    `select ordinal from genotype_set
     where tenant_id = $1 and patient_id = $2 and file_sha256 = $3 and sample = $4`,
    [tenant, patient, sha256, set.sample],
  )
  const values = [set.source.name, set.source.format, set.assembly, packGenotypes(set)]
  if (earlier !== undefined) {
    await queries.run(
      `update genotype_set set file_name = $4, file_format = $5, assembly = $6, packed = $7
       where tenant_id = $1 and patient_id = $2 and ordinal = $3`,
      [tenant, patient, earlier.ordinal, ...values],
    )
    return true
  }
  await queries.run(
    `insert into genotype_set
       (tenant_id, patient_id, ordinal, sample, file_sha256, file_name, file_format, assembly, packed)
     select $1, $2, coalesce(max(ordinal), 0) + 1, $3, $4, $5, $6, $7, $8
     from genotype_set where tenant_id = $1 and patient_id = $2`,
    [tenant, patient, set.sample, sha256, ...values],
  )
  return false
}

/** Holds a sample of a file for one person: the same bytes cannot be two people. */
async function claimSample(
  queries: Queries,
  { tenant, patient }: PatientKey,
  sha256: string,
  { sample, source }: GenotypeSet,
): Promise<void> {
  await queries.run(
    `insert into sample_directory (tenant_id, file_sha256, sample, patient_id) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [tenant, sha256, sample, patient],
  )
  const holder = await queries.first<{ patient_id: string }>(
    'select patient_id from sample_directory where tenant_id = $1 and file_sha256 = $2 and sample = $3',
    [tenant, sha256, sample],
  )
  if (holder!.patient_id === patient) return
  throw new Fault(
    'SAMPLE_OF_ANOTHER_PATIENT',
    `${source.name}, sample ${sample}`,
    `this sample of this very file is in the record of patient "${holder!.patient_id}"`,
    `Check whose file it is. If "${holder!.patient_id}" is the same person, use that record or remove one of the two.`,
  )
}
