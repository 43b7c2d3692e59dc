import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { needs, sharedData } from '../../../../test/support/shared-data.ts'
import { openPack } from '../../fact-pack.ts'
import { readTable } from '../../table.ts'
import { importCivic } from './import-civic.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-civic-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, rows: readonly (readonly string[])[]) => {
  const path = join(folder, name)
  const text = `${rows.map((row) => row.join('\t')).join('\n')}\n`
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)
  return path
}
const run = (paths: readonly string[], version?: string) => {
  const into = mkdtempSync(join(folder, 'facts-'))
  const report = importCivic({
    paths,
    into,
    version,
    retrieved: '2026-11-22',
    lift: () => undefined,
    readable: (text) => !text.includes('UNREADABLE'),
  })
  const pack = openPack(report[0]!.replace(/: .*/, ''))
  const table = <C extends string>(name: string, columns: readonly C[]) =>
    readTable(pack.text(name), columns, name)
  return { report, pack, table }
}

const OLD = [
  ...[
    'gene',
    'variant',
    'disease',
    'doid',
    'drugs',
    'drug_interaction_type',
    'evidence_type',
    'evidence_direction',
  ],
  ...[
    'evidence_level',
    'clinical_significance',
    'evidence_statement',
    'citation_id',
    'source_type',
    'nct_ids',
  ],
  ...['rating', 'evidence_status', 'evidence_id', 'variant_id', 'variant_origin'],
]
const old = (id: string, status = 'accepted', level = 'B') => [
  ...[
    'BRAF',
    'V600E',
    'Melanoma',
    '1909',
    'Dabrafenib,Trametinib',
    'Combination',
    'Predictive',
    'Supports',
    level,
  ],
  ...['Sensitivity/Response', 'A sentence.', '123', 'PubMed', '', '4', status, id, '12', 'Somatic'],
]

test('the layout of 2019 to 2021: facts without sentences, and every row accounted for', () => {
  const { report, pack, table } = run([
    file('01-Aug-2021-ClinicalEvidenceSummaries.tsv.gz', [
      OLD,
      old('7'),
      old('7'),
      old('8', 'submitted'),
      old('9', 'accepted', 'X'),
    ]),
    file('01-Aug-2021-GeneSummaries.tsv', [
      ['gene_id', 'name', 'description'],
      ['5', 'BRAF', 'A sentence.'],
    ]),
  ])
  assert.equal(pack.head.version, '2021-08-01')
  for (const name of pack.fileNames) assert.ok(!pack.text(name).includes('A sentence.'), name)
  const [row, ...more] = table('evidence.tsv', [
    'evidence',
    'profile',
    'disease',
    'therapies',
    'together',
    'type',
  ])
  assert.deepEqual(
    { ...row },
    {
      evidence: '7',
      profile: 'variant-12',
      disease: 'DOID:1909',
      therapies: 'Dabrafenib|Trametinib',
      together: 'combination',
      type: 'therapeutic',
    },
  )
  assert.equal(more.length, 0)
  assert.deepEqual(table('profiles.tsv', ['profile', 'category'])[0], {
    profile: 'variant-12',
    category: 'BRAF V600E',
  })
  assert.equal(report.length, 1 + 4)
  const counted = table('left-out.tsv', ['reason', 'rows']).reduce((sum, one) => sum + Number(one.rows), 0)
  assert.equal(counted, 4)
})

test('the layout of 2022 and later: molecular profiles, renamed columns, assertions with codes, flagged rows', () => {
  const header = [
    ...[
      'molecular_profile',
      'molecular_profile_id',
      'disease',
      'doid',
      'therapies',
      'therapy_interaction_type',
    ],
    ...[
      'evidence_type',
      'evidence_direction',
      'evidence_level',
      'significance',
      'citation_id',
      'source_type',
    ],
    ...['rating', 'evidence_status', 'evidence_id', 'variant_origin', 'is_flagged'],
  ]
  const row = (id: string, profile: readonly [string, string], flagged = 'false') => [
    ...[profile[0], profile[1], 'Lung Non-small Cell Carcinoma', '3908', 'Osimertinib', '', 'PREDICTIVE'],
    ...['SUPPORTS', 'A', 'SENSITIVITYRESPONSE', '9', 'PUBMED', '5', 'accepted', id, 'SOMATIC', flagged],
  ]
  const { table, report } = run(
    [
      file('nightly-ClinicalEvidenceSummaries.tsv', [
        header,
        row('1', ['EGFR L858R AND EGFR T790M', '4000']),
        row('2', ['v::ALK Fusion', '499']),
        row('3', ['NOT KRAS Mutation', '77'], 'true'),
        row('4', ['EML4::ALK e6-e20', '501']),
      ]),
      file('nightly-VariantSummaries.tsv', [
        [
          'variant_id',
          'feature_name',
          'variant',
          'variant_types',
          'hgvs_descriptions',
          'single_variant_molecular_profile_id',
        ],
        ['33', 'EGFR', 'L858R', 'missense_variant', '', '33'],
      ]),
      file('nightly-AssertionSummaries.tsv', [
        [
          'molecular_profile',
          'molecular_profile_id',
          'disease',
          'doid',
          'assertion_type',
          'significance',
          'clingen_codes',
          'assertion_summary',
          'assertion_id',
        ],
        ['EGFR L858R', '33', 'Cancer', '162', 'ONCOGENIC', 'ONCOGENIC', 'OS3,OP4', 'A sentence.', '90'],
      ]),
    ],
    '2026-11',
  )
  assert.deepEqual(
    table('profiles.tsv', ['profile', 'category']).map((one) => ({ ...one })),
    [
      { profile: 'profile-33', category: 'EGFR L858R' },
      { profile: 'profile-77', category: 'NOT KRAS mutation' },
      { profile: 'profile-499', category: 'ALK fusion' },
      { profile: 'profile-501', category: 'EML4::ALK E6;A20' },
      { profile: 'profile-4000', category: 'EGFR L858R AND EGFR T790M' },
    ],
  )
  const kept = table('evidence.tsv', ['evidence', 'significance', 'direction', 'source'])
  assert.deepEqual(
    kept.map(({ evidence }) => evidence),
    ['1', '2', '4'],
  )
  assert.deepEqual(
    { ...kept[0] },
    { evidence: '1', significance: 'sensitivity', direction: 'supports', source: 'PubMed 9' },
  )
  assert.equal(table('assertions.tsv', ['codes'])[0]!.codes, 'OS3|OP4')
  assert.ok(report.includes('left out: 1 evidence that its curators flagged'))
})

test('what is no release is refused', () => {
  assert.throws(() => run([join(folder, 'none.tsv')]), { code: 'CIVIC_FILE_UNREADABLE' })
  assert.throws(() => run([file('x.tsv', [['a', 'b']])]), { code: 'CIVIC_FILE_UNKNOWN' })
  assert.throws(
    () =>
      run([
        file('g.tsv', [
          ['gene_id', 'name'],
          ['1', 'ALK'],
        ]),
      ]),
    { code: 'CIVIC_NO_EVIDENCE' },
  )
  assert.throws(() => run([file('nightly.tsv', [OLD, old('1')])]), { code: 'USAGE_VERSION' })
})

const RELEASE = 'oncology/civic/01-Aug-2021-ClinicalEvidenceSummaries.tsv.gz'
test('the built-in pack holds every accepted item of its release', { skip: needs(RELEASE) }, () => {
  const pack = openPack('facts/civic/2021-08-01')
  const { table } = run([sharedData(RELEASE)!])
  const columns = [
    'evidence',
    'profile',
    'disease',
    'therapies',
    'level',
    'direction',
    'significance',
    'source',
  ] as const
  assert.deepEqual(readTable(pack.text('evidence.tsv'), columns, 'pack'), table('evidence.tsv', columns))
  assert.equal(readFileSync('facts/civic/2021-08-01/evidence.tsv', 'utf8').split('\n').length - 2, 3650)
})
