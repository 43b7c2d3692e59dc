import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-trials-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const trial = (number: string, match: unknown, rest: object = {}) => ({
  protocol_no: number,
  status: 'open to accrual',
  treatment_list: { step: [{ arm: [{ arm_code: 'A', arm_suspended: 'N', arm_internal_id: 7, match }] }] },
  ...rest,
})
const kras = trial('1-1', [
  {
    and: [
      { genomic: { hugo_symbol: 'KRAS', protein_change: 'p.G12C', variant_category: 'Mutation' } },
      { clinical: { oncotree_primary_diagnosis: 'Lung', age_numerical: '>=18' } },
    ],
  },
])
const noTp53 = trial('1-2', [{ genomic: { hugo_symbol: '!TP53', variant_category: 'Mutation' } }])
const trials = file('trials.json', [kras, noTp53])
const people = file(
  'people.jsonl',
  [
    {
      id: 'a',
      birthDate: '1960',
      diagnosis: 'LUAD',
      assays: [{ name: 'panel', genes: ['KRAS', 'TP53'], finds: ['mutation'] }],
      alterations: [{ kind: 'mutation', gene: 'KRAS', proteinChange: 'p.G12C' }],
    },
    { id: 'b', birthDate: '1960', diagnosis: 'LUAD' },
    { id: 'c', birthDate: '2020', diagnosis: 'LUAD', deceased: true },
  ]
    .map((one) => JSON.stringify(one))
    .join('\n'),
)

test('every person with every trial: met, or unknown with the test that settles it', async () => {
  const { exit, out } = await garrod(
    'trials',
    'match',
    '--trials',
    trials,
    '--patients',
    people,
    '--json',
    '--as-of',
    '2026-01-01',
  )
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.equal(exit, 1)
  assert.deepEqual(
    lines.map(({ patient, protocol, verdict }) => [patient, protocol, verdict]),
    [
      ['a', '1-1', 'met'],
      ['a', '1-2', 'met'],
      ['b', '1-1', 'unknown'],
      ['b', '1-2', 'unknown'],
    ],
  )
  assert.match(out, /"settledBy":"single-gene sequencing"/)
})

test('for a reader: the trial, the verdict, each criterion and why', async () => {
  const { out } = await garrod(
    'trials',
    'match',
    '--trials',
    trials,
    '--patients',
    people,
    '--patient',
    'a',
    '--as-of',
    '2026-01-01',
  )
  assert.match(out, /met {6}KRAS, mutations, p\.G12C: KRAS p\.G12C was found/)
  assert.match(out, /met {6}not: TP53, mutations: none found in TP53, which was tested \(panel\)/)
})

test('people for a trial, with what each criterion costs', async () => {
  const { out } = await garrod(
    'trials',
    'match',
    '--trials',
    trials,
    '--patients',
    people,
    '--trial',
    '1-1',
    '--as-of',
    '2026-01-01',
    '--json',
    '--deceased',
  )
  const [clause] = JSON.parse(out) as { counts: object; eligible: string[] }[]
  assert.deepEqual(clause!.counts, { met: 1, unknown: 1, notMet: 1 })
  assert.deepEqual(clause!.eligible, ['a'])
})

test('as MatchMiner: its own form of results, and the untested gene counts as wild type', async () => {
  const records = file('records.json', {
    SAMPLE_ID: 's',
    VITAL_STATUS: 'alive',
    GENDER: 'Male',
    BIRTH_DATE_INT: 19600101,
    genomic: [],
  })
  const { exit, out } = await garrod(
    'trials',
    'match',
    '--trials',
    trials,
    '--patients',
    records,
    '--compat',
    'matchminer',
    '--json',
  )
  assert.equal(exit, 0)
  assert.deepEqual(JSON.parse(out), {
    protocol_no: '1-2',
    sample_id: 's',
    match: [
      {
        match_path: 'treatment_list.step.0.arm.0.match',
        level: 'arm',
        internal_id: '7',
        curation_status: 'open',
      },
    ],
  })
  const own = await garrod(
    'trials',
    'match',
    '--trials',
    trials,
    '--patients',
    people,
    '--compat',
    'matchminer',
  )
  assert.equal(own.exit, 2)
  assert.match(own.err, /CANDIDATE_NOT_MATCHMINER/)
})

test('check names what is wrong, and says so by its exit code', async () => {
  const good = await garrod('trials', 'check', trials)
  assert.equal(good.exit, 0)
  const path = file('bad.json', [
    kras,
    trial('A1', [{ clinical: { oncotree_primary_diagnosis: 'All Solid Tumors' } }]),
  ])
  const bad = await garrod('trials', 'check', path)
  assert.equal(bad.exit, 1)
  assert.match(bad.out, /CTML_PROTOCOL_NUMBER[\s\S]*CTML_DIAGNOSIS_UNKNOWN[\s\S]*_SOLID_/)
})

test('two documents in one file, one a line, and a text that is none', async () => {
  const two = file('two.json', `${JSON.stringify(kras, null, 2)}\n${JSON.stringify(noTp53)}`)
  assert.equal((await garrod('trials', 'check', two)).exit, 0)
  for (const [text, code] of [
    ['', 'EMPTY_FILE'],
    ['protocol_no: 1', 'JSON_MALFORMED'],
    ['{"protocol_no": 1', 'JSON_MALFORMED'],
    ['[]', 'JSON_EMPTY'],
  ] as const) {
    const ran = await garrod('trials', 'check', file('text.json', text))
    assert.equal(ran.exit, 2, text)
    assert.match(ran.err, new RegExp(`code {3}${code}`), `${text}: ${ran.err}`)
  }
})

test('50,000 criteria and a trial twice end in coded faults; the readable trial is matched all the same', async () => {
  const many = Array.from({ length: 50_000 }, () => ({ clinical: { gender: 'Male' } }))
  const path = file('many.json', [trial('2-1', [{ or: many }]), kras, kras])
  const checked = await garrod('trials', 'check', path)
  assert.match(checked.out, /CTML_TOO_LARGE[\s\S]*CTML_PROTOCOL_TWICE/)
  const matched = await garrod(
    'trials',
    'match',
    '--trials',
    path,
    '--patients',
    people,
    '--patient',
    'a',
    '--as-of',
    '2026-01-01',
  )
  assert.equal(matched.exit, 1)
  assert.match(matched.err, /left out[\s\S]*2-1|left out: the trial has more/)
  assert.match(matched.out, /1-1/)
})

test('paths of a bare criterion', async () => {
  const path = file('bare.json', { and: [{ g: {} }, { or: [{ a: {} }, { b: {} }] }] })
  const { out } = await garrod('trials', 'paths', path)
  assert.equal((JSON.parse(out) as { paths: unknown[] }).paths.length, 2)
})

test('people that cannot be read are named by field', async () => {
  const path = file('person.json', { id: 'x', birthDate: '1.1.1990' })
  const { exit, err } = await garrod('trials', 'match', '--trials', trials, '--patients', path)
  assert.equal(exit, 2)
  assert.match(err, /CANDIDATE_MALFORMED/)
  assert.match(err, /birthDate/)
})

test('what show prints is read again, and gives the same answers', async () => {
  const shown = await garrod('trials', 'show', trials, '--json')
  const own = file('own.jsonl', shown.out)
  const ask = (path: string) =>
    garrod('trials', 'match', '--trials', path, '--patients', people, '--json', '--as-of', '2026-01-01')
  assert.equal((await ask(own)).out, (await ask(trials)).out)
  assert.equal((await garrod('trials', 'check', own)).exit, 0)
  const ctml = await garrod('trials', 'show', trials, '--json', '--ctml')
  assert.deepEqual(
    ctml.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
    [kras, noTp53],
  )
})

test('as MatchMiner, what silently matches nobody is told beside the results', async () => {
  const solid = file('solid.json', [
    trial('1-3', [{ clinical: { oncotree_primary_diagnosis: 'All Solid Tumors' } }]),
  ])
  const peer = file('peer.jsonl', JSON.stringify({ SAMPLE_ID: 's', VITAL_STATUS: 'alive', genomic: [] }))
  const { exit, out, err } = await garrod(
    'trials',
    'match',
    '--trials',
    solid,
    '--patients',
    peer,
    '--compat',
    'matchminer',
  )
  assert.deepEqual([exit, out], [0, ''])
  assert.match(err, /check 1-3: .*All Solid Tumors.*nobody would match/)
})
