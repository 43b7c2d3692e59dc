import type { GenotypeSet, SourceFile } from '../../record/genotype.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { contentOf } from '../archive/archive-content.ts'
import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { packGenotypes, unpackGenotypes } from './genotype-pack.ts'

interface GenotypeRow {
  ordinal: number
  file_format: SourceFile['format']
  assembly: Assembly
  sealed: Buffer
}

/** What is sealed beside the calls. */
interface Head {
  readonly sample: string
  readonly name: string
  readonly sha256: string | undefined
}

/** A person's genotype sets in the order they came. */
export async function readGenotypeSets(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
): Promise<readonly GenotypeSet[]> {
  const rows = await queries.rows<GenotypeRow>(
    `select ordinal, file_format, assembly, sealed from genotype_set
     where tenant_id = $1 and patient_id = $2 order by ordinal`,
    [key.tenant, key.patient],
  )
  const sets: GenotypeSet[] = []
  for (const { ordinal, file_format, assembly, sealed } of rows) {
    const { head, packed } = split(await vault.open(queries, key, placeOf.genotypes(ordinal), sealed))
    const { sample, name, sha256 } = head
    sets.push({ sample, source: { name, format: file_format, sha256 }, assembly, ...unpackGenotypes(packed) })
  }
  return sets
}

/**
 * Adds a genotype set, in the place of an earlier reading of the same file and sample when there is one; returns
 * whether there was. The caller holds the lock on the person's row. Throws SAMPLE_OF_ANOTHER_PATIENT.
 */
export async function writeGenotypeSet(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  set: GenotypeSet,
): Promise<boolean> {
  const { tenant, patient } = key
  const { sha256 } = set.source
  const reading = sha256 === undefined ? undefined : readingOf(vault, key, sha256, set.sample)
  if (reading !== undefined) await claimSample(queries, key, reading, set)
  const earlier = await queries.first<{ ordinal: number }>(
    'select ordinal from genotype_set where tenant_id = $1 and patient_id = $2 and reading = $3',
    [tenant, patient, reading],
  )
  const ordinal = earlier?.ordinal ?? (await nextOrdinal(queries, key))
  const sealed = await sealGenotypeSet(queries, vault, key, ordinal, set)
  if (earlier !== undefined) {
    await queries.run(
      `update genotype_set set file_format = $4, assembly = $5, sealed = $6
       where tenant_id = $1 and patient_id = $2 and ordinal = $3`,
      [tenant, patient, ordinal, set.source.format, set.assembly, sealed],
    )
    return true
  }
  const content = sha256 === undefined ? undefined : contentOf(vault, tenant, sha256)
  await queries.run(
    `insert into genotype_set (tenant_id, patient_id, ordinal, content, reading, file_format, assembly, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, patient, ordinal, content, reading, set.source.format, set.assembly, sealed],
  )
  return false
}

export function sealGenotypeSet(
  queries: Queries,
  vault: Vault,
  key: PatientKey,
  ordinal: number,
  { sample, source: { name, sha256 }, ...set }: GenotypeSet,
): Promise<Buffer> {
  return vault.seal(
    queries,
    key,
    placeOf.genotypes(ordinal),
    joined({ sample, name, sha256 }, packGenotypes(set)),
  )
}

/** Digest of one sample of one file: the same bytes cannot be two people. */
export function readingOf(
  vault: Vault,
  { tenant }: Pick<PatientKey, 'tenant'>,
  sha256: string,
  sample: string,
): string {
  return vault.blind(tenant, 'sample of a file', JSON.stringify([sha256, sample]))
}

async function nextOrdinal(queries: Queries, { tenant, patient }: PatientKey): Promise<number> {
  const row = await queries.first<{ next: number }>(
    `select coalesce(max(ordinal), 0) + 1 as next from genotype_set where tenant_id = $1 and patient_id = $2`,
    [tenant, patient],
  )
  return row!.next
}

/** Length of the head, the head as JSON, the packed calls. */
function joined(head: Head, packed: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text, packed])
}

function split(bytes: Buffer): { head: Head; packed: Buffer } {
  const end = 4 + bytes.readUInt32BE()
  const { sample, name, sha256 } = JSON.parse(bytes.toString('utf8', 4, end)) as Head
  return { head: { sample, name, sha256 }, packed: bytes.subarray(end) }
}

/** Holds a sample of a file for one person. */
async function claimSample(
  queries: Queries,
  { tenant, patient }: PatientKey,
  reading: string,
  { sample, source }: GenotypeSet,
): Promise<void> {
  await queries.run(
    'insert into sample_digest (tenant_id, digest, patient_id) values ($1, $2, $3) on conflict do nothing',
    [tenant, reading, patient],
  )
  const holder = await queries.first<{ patient_id: string }>(
    'select patient_id from sample_digest where tenant_id = $1 and digest = $2',
    [tenant, reading],
  )
  if (holder!.patient_id === patient) return
  throw new Fault(
    'SAMPLE_OF_ANOTHER_PATIENT',
    `${source.name}, sample ${sample}`,
    `this sample of this very file is in the record of patient "${holder!.patient_id}"`,
    `Check whose file it is. If "${holder!.patient_id}" is the same person, use that record or remove one of the two.`,
  )
}
