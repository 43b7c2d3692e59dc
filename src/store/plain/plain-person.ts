import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { OutsideCall, SourceFile } from '../../record/genotype.ts'
import type { ClinicalContext } from '../../record/patient-record.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { ArchiveFolder } from '../archive/archive.ts'
import { contentOf } from '../archive/archive-content.ts'
import type { Database, Queries } from '../database/query.ts'
import { writeIdentifiers } from '../people/patient-identifiers.ts'
import { sealIdentity } from '../people/patient-row.ts'
import { searchDigests } from '../people/patient-search.ts'
import type { Identifier, PatientKey } from '../person.ts'
import { unpackGenotypes } from '../record/genotype-pack.ts'
import { readingOf, sealGenotypeSet } from '../record/genotype-sets.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { sealParts } from './plain-parts.ts'

/** Seals everything that is kept in plain text about one person, or nothing. */
export async function sealPerson(
  database: Database,
  vault: Vault,
  archive: ArchiveFolder,
  key: PatientKey,
): Promise<void> {
  await database.transaction(async (queries) => {
    const { tenant, patient } = key
    const person = await queries.first<{
      name: string | null
      birth_date: string | null
      context: ClinicalContext
    }>(
      `select name, birth_date, context from patient
       where tenant_id = $1 and patient_id = $2 and sealed_identity is null for update`,
      [tenant, patient],
    )
    // Another process has done it, or the person was removed.
    if (person === undefined) return
    await archive.shareLock(queries)
    await sealFiles(queries, vault, archive, key)
    await sealParts(queries, vault, key)
    const identifiers = await queries.rows<Identifier>(
      'select system, value from patient_identifier where tenant_id = $1 and patient_id = $2 order by ordinal',
      [tenant, patient],
    )
    await writeIdentifiers(queries, vault, key, identifiers)
    const identity = {
      name: person.name ?? undefined,
      birthDate: person.birth_date ?? undefined,
      identifiers,
    }
    const sealer = sealerOf(queries, vault, key)
    await queries.run(
      `update patient set sealed_identity = $3, sealed_context = $4, found_by = $5,
         name = null, name_key = null, birth_date = null, context = '{}'
       where tenant_id = $1 and patient_id = $2`,
      [
        tenant,
        patient,
        await sealIdentity(sealer, identity),
        await sealer.seal(placeOf.context, person.context),
        searchDigests(vault, tenant, identity),
      ],
    )
  })
}

interface FileRow {
  sha256: string
  name: string
  format: string
  bytes: number
  at: string
}

/**
 * The person's files, and the rows that lead to them by checksum. A file that was lost before stays lost: its row is
 * kept, and reading it is an error as it was.
 */
async function sealFiles(
  queries: Queries,
  vault: Vault,
  archive: ArchiveFolder,
  key: PatientKey,
): Promise<void> {
  const { tenant, patient } = key
  const own = [tenant, patient]
  const files = await queries.rows<FileRow>(
    `select content as sha256, name, format, bytes, received_at as at from archived_file
     where tenant_id = $1 and patient_id = $2 and sealed is null order by content`,
    own,
  )
  for (const { sha256, name, format, at } of files) {
    const plain = join(archive.plainFolder, tenant, sha256.slice(0, 2), sha256)
    const received = await archive.receive(name, createReadStream(plain, { highWaterMark: 1 << 20 }))
    await archive.keep(queries, key, received, { format, at })
    // Left over when the file is sealed already, for somebody else.
    await received.discard()
  }
  await sealGenotypes(queries, vault, key)
  await sealOutsideCalls(queries, vault, key)
  for (const { sha256 } of files) {
    const content = contentOf(vault, tenant, sha256)
    await queries.run('delete from archived_file where tenant_id = $1 and patient_id = $2 and content = $3', [
      ...own,
      sha256,
    ])
    await queries.run(
      `update event set detail = jsonb_set(detail, '{files}', to_jsonb(replace(detail ->> 'files', $3, $4)))
       where tenant_id = $1 and patient_id = $2 and kind = 'ingested' and detail ? 'files'`,
      [...own, sha256, content],
    )
  }
}

async function sealGenotypes(queries: Queries, vault: Vault, key: PatientKey): Promise<void> {
  const { tenant, patient } = key
  const rows = await queries.rows<{
    ordinal: number
    sample: string
    file_name: string
    file_format: SourceFile['format']
    sha256: string | null
    assembly: Assembly
    packed: Buffer
  }>(
    `select ordinal, sample, file_name, file_format, content as sha256, assembly, packed from genotype_set
     where tenant_id = $1 and patient_id = $2`,
    [tenant, patient],
  )
  for (const { ordinal, sample, assembly, packed, ...row } of rows) {
    const sha256 = row.sha256 ?? undefined
    const source = { name: row.file_name, format: row.file_format, sha256 }
    const sealed = await sealGenotypeSet(queries, vault, key, ordinal, {
      sample,
      source,
      assembly,
      ...unpackGenotypes(packed),
    })
    const reading = sha256 && readingOf(vault, key, sha256, sample)
    await queries.run(
      `update genotype_set set sealed = $4, content = $5, reading = $6, sample = null, file_name = null, packed = null
       where tenant_id = $1 and patient_id = $2 and ordinal = $3`,
      [tenant, patient, ordinal, sealed, sha256 && contentOf(vault, tenant, sha256), reading],
    )
    if (reading === undefined) continue
    await queries.run(
      'insert into sample_digest (tenant_id, digest, patient_id) values ($1, $2, $3) on conflict do nothing',
      [tenant, reading, patient],
    )
  }
}

async function sealOutsideCalls(queries: Queries, vault: Vault, key: PatientKey): Promise<void> {
  const { tenant, patient } = key
  const rows = await queries.rows<{
    ordinal: number
    gene: string
    diplotype: string | null
    phenotype: string | null
    activity_score: string | null
    file_name: string
    file_format: SourceFile['format']
    sha256: string | null
    line: number
  }>(
    `select ordinal, gene, diplotype, phenotype, activity_score, file_name, file_format, content as sha256, line
     from outside_call where tenant_id = $1 and patient_id = $2`,
    [tenant, patient],
  )
  const sealer = sealerOf(queries, vault, key)
  for (const { ordinal, ...row } of rows) {
    const sha256 = row.sha256 ?? undefined
    const call: OutsideCall = {
      gene: row.gene,
      diplotype: row.diplotype ?? undefined,
      phenotype: row.phenotype ?? undefined,
      activityScore: row.activity_score ?? undefined,
      source: { name: row.file_name, format: row.file_format, sha256 },
      line: row.line,
    }
    await queries.run(
      `update outside_call set sealed = $4, content = $5, gene = null, diplotype = null, phenotype = null,
         activity_score = null, file_name = null, file_format = null, line = null
       where tenant_id = $1 and patient_id = $2 and ordinal = $3`,
      [
        tenant,
        patient,
        ordinal,
        await sealer.seal(placeOf.outsideCall(ordinal), call),
        sha256 && contentOf(vault, tenant, sha256),
      ],
    )
  }
}
