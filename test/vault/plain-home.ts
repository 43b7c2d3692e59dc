import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from '../../src/store/database/query.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { MIGRATIONS } from '../../src/store/migrations/migrations.ts'
import { packGenotypes } from '../../src/store/record/genotype-pack.ts'
import { call, panelCalls } from '../store/example-upload.ts'

/** Words of the plain database that must be gone afterwards. */
export const PLAIN_WORDS = [
  'Plainfirstname',
  'Plainsecondname',
  'PLAIN-MRN-4711',
  '1929-02-28',
  'plainindication',
  'PLAINSAMPLE-A',
  'PLAINSAMPLE-B',
  'plainfilename',
  'Plaindrugname',
  'Plaincomment',
  'Plainplanbody',
  'Plainfindingbody',
  'Plainfilebody',
  'Plainouterbody',
]

const AT = '2026-01-01T00:00:00.000Z'

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** As version 0.1.0 kept two people who share a file, some who have none, one who is gone, and one known by a card alone. */
export async function fillPlain(
  database: Database,
  home: string,
): Promise<{ shared: string; outside: string }> {
  await migrate(
    database,
    MIGRATIONS.filter(({ number }) => number <= 2),
  )
  const { store_id } = (await database.first<{ store_id: string }>('select store_id from store_identity'))!
  const shared = '##fileformat=VCFv4.2 Plainfilebody'.repeat(9_000)
  const outside = 'CYP2D6\t*1/*4\tPlainouterbody'
  for (const text of [shared, outside]) {
    const sha256 = checksum(text)
    const path = join(home, 'archive', store_id, 'files', 'main', sha256.slice(0, 2), sha256)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const people = [
    ['a', 'Plainfirstname Őne', 'PLAINSAMPLE-A'],
    ['b', 'Plainsecondname', 'PLAINSAMPLE-B'],
  ] as const
  for (const [id, name, sample] of people) {
    await database.run(
      `insert into patient (tenant_id, patient_id, name, name_key, sex, birth_date, context, version, added_at, changed_at)
       values ('main', $1, $2, lower($2), 'female', '1929-02-28', '{"indications": ["plainindication"]}', 3, $3, $3)`,
      [id, name, AT],
    )
    await file(database, id, shared)
    await database.run(
      `insert into genotype_set (tenant_id, patient_id, ordinal, sample, file_name, file_format, file_sha256, assembly, packed)
       values ('main', $1, 1, $2, 'plainfilename.vcf', 'vcf', $3, 'GRCh38', $4)`,
      [id, sample, checksum(shared), packGenotypes({ calls: panelCalls(20), gaps: [], notes: ['Read.'] })],
    )
    await database.run(
      `insert into sample_directory (tenant_id, file_sha256, sample, patient_id) values ('main', $1, $2, $3)`,
      [checksum(shared), sample, id],
    )
    await database.run(
      `insert into event (tenant_id, patient_id, number, kind, at, by, detail) values ('main', $1, 1, 'ingested', $2, 'test', $3)`,
      [id, AT, { version: 2, files: checksum(shared) }],
    )
  }
  await restOfA(database, outside)
  for (let i = 0; i < 60; i++)
    await database.run(
      `insert into patient (tenant_id, patient_id, name, name_key, sex, version, added_at, changed_at)
       values ('main', $1, 'Plainfirstname', 'plainfirstname', 'unknown', 1, $2, $2)`,
      [`many-${i}`, AT],
    )
  await database.run(
    `insert into event (tenant_id, patient_id, number, kind, at, by, detail) values ('main', 'gone', 1, 'ingested', $1, 'test', $2)`,
    [AT, { version: 2, files: checksum(shared) }],
  )
  return { shared, outside }
}

async function file(database: Database, id: string, text: string): Promise<void> {
  await database.run(
    `insert into archived_file (tenant_id, patient_id, sha256, name, format, bytes, received_at)
     values ('main', $1, $2, 'plainfilename.vcf', 'vcf', $3, $4)`,
    [id, checksum(text), Buffer.byteLength(text), AT],
  )
}

async function restOfA(database: Database, outside: string): Promise<void> {
  await database.run(
    `insert into patient_identifier (tenant_id, patient_id, system, value, ordinal) values ('main', 'a', 'urn:mrn', 'PLAIN-MRN-4711', 0)`,
  )
  await database.run(
    `insert into identifier_directory (tenant_id, system, value, patient_id) values ('main', 'urn:mrn', 'PLAIN-MRN-4711', 'a')`,
  )
  await file(database, 'a', outside)
  await database.run(
    `insert into outside_call (tenant_id, patient_id, ordinal, gene, diplotype, file_name, file_format, file_sha256, line)
     values ('main', 'a', 1, 'CYP2D6', '*1/*4', 'plainfilename.tsv', 'outside-calls', $1, 1)`,
    [checksum(outside)],
  )
  const unsourced = packGenotypes({ calls: [call('chr1:5', ['A'])], gaps: [], notes: [] })
  await database.run(
    `insert into genotype_set (tenant_id, patient_id, ordinal, sample, file_name, file_format, assembly, packed)
     values ('main', 'a', 2, 'PLAINSAMPLE-B', 'plainfilename', 'vcf', 'GRCh37', $1)`,
    [unsourced],
  )
  await database.run(
    `insert into drug_use (tenant_id, patient_id, ordinal, text, rxcui, status) values ('main', 'a', 1, 'Plaindrugname', '32968', 'taking')`,
  )
  await database.run(
    `insert into measurement (tenant_id, patient_id, kind, value, unit) values ('main', 'a', 'weight', 71.5, 'kg')`,
  )
  await database.run(
    `insert into plan (tenant_id, patient_id, version, engine_name, engine_version, facts, record_version, made_at, body)
     values ('main', 'a', 1, 'garrod', '0.1.0', '[]', 3, $1, '{"z": 1,  "a": "Plainplanbody"}')`,
    [AT],
  )
  await database.run(
    `insert into finding (tenant_id, patient_id, plan_version, ordinal, kind, subject, body)
     values ('main', 'a', 1, 1, 'pgx', 'CYP2C19', '{"a": "Plainfindingbody"}')`,
  )
  await database.run(
    `insert into cds_feedback (tenant_id, patient_id, card_uuid, outcome, outcome_at, service, hook, rules,
       accepted_suggestions, override_reason, received_at, received_by)
     values ('main', 'by-card', $1, 'overridden', $2, 's', 'h', '[]', '[]', '{"code": "c", "comment": "Plaincomment"}', $2, 'test')`,
    [randomUUID(), AT],
  )
}
