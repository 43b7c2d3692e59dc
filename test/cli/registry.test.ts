import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-registry-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const study = (nctId: string, eligibility: object, more: object = {}) => ({
  protocolSection: {
    identificationModule: { nctId, briefTitle: 'A study' },
    statusModule: { overallStatus: 'RECRUITING' },
    eligibilityModule: { sex: 'ALL', ...eligibility },
    ...more,
  },
})
const criteria =
  'Inclusion Criteria:\n\n* ECOG 0-1\n* KRAS G12C mutation\n* A good mood\n\nExclusion Criteria:\n\n* QTc > 470 ms'
const page = file('page.json', {
  studies: [
    study('NCT00000001', { minimumAge: '18 Years', eligibilityCriteria: criteria }),
    study(
      'NCT00000002',
      { minimumAge: '18 Years', mood: 'good' },
      { statusModule: { overallStatus: 'COMPLETED' } },
    ),
  ],
  nextPageToken: 'x',
})
const person = file('person.json', { id: 'P', birthDate: '1960-01-01', ecog: 1 })

test('a page of the registry: drafts are unknown until they are signed', async () => {
  const match = [
    'trials',
    'match',
    '--trials',
    page,
    '--patients',
    person,
    '--patient',
    'P',
    '--as-of',
    '2026-01-01',
  ]
  const before = await garrod(...match, '--json')
  assert.equal(before.exit, 1)
  const [{ clauses }] = before.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const reasons = clauses[0].reasons as { criterion: string; verdict: string; because: string }[]
  assert.deepEqual(
    reasons.map(({ verdict }) => verdict),
    ['met', 'unknown', 'unknown', 'unknown', 'unknown'],
  )
  assert.equal(reasons[1]!.because, 'draft, not signed; it was read as: ECOG <= 1')
  assert.equal(reasons[3]!.because, 'free text, not understood')

  const listed = await garrod('trials', 'draft', page, '--json')
  const drafts = (JSON.parse(listed.out.split('\n')[0]!) as { drafts: { id: string; text: string }[] }).drafts
  const ids = drafts.filter(({ text }) => text !== 'A good mood').flatMap(({ id }) => ['--draft', id])
  const signed = await garrod('trials', 'draft', page, '--sign', 'A. Reader', '--as-of', '2026-01-01', ...ids)
  assert.equal(signed.exit, 0)
  const now = await garrod(...match, '--json', '--signed', file('signed.json', signed.out))
  const after = JSON.parse(now.out.trim().split('\n')[0]!).clauses[0].reasons as {
    criterion: string
    verdict: string
  }[]
  assert.deepEqual(
    after.map(({ criterion, verdict }) => `${verdict}: ${criterion}`),
    [
      'met: age >= 18 years',
      'met: ECOG <= 1',
      'unknown: KRAS, mutations, p.G12C',
      'unknown: inclusion: “A good mood”',
      'unknown: not: QTc > 470 ms',
    ],
  )
})

test('nothing is signed that was not named, and nothing that was not read', async () => {
  const all = await garrod('trials', 'draft', page, '--sign', 'A. Reader')
  assert.equal(all.exit, 2)
  assert.match(all.err, /USAGE_DRAFT/)
  const other = await garrod('trials', 'draft', page, '--sign', 'A. Reader', '--draft', '000000000000')
  assert.match(other.err, /DRAFT_NOT_THERE/)
})

test('check tells of unknown fields and of drafts', async () => {
  const { out, exit } = await garrod('trials', 'check', page)
  assert.match(out, /STUDY_FIELD_UNKNOWN {2}.*eligibilityModule\.mood/)
  assert.match(out, /4 criteria are drafts of free text, 3 of them with a reading/)
  assert.equal(exit, 0)
})

test('what cannot be read is coded, and does not take the others along', async () => {
  const bad = file('bad.json', [
    study('NCT00000003', { eligibilityCriteria: 7 }),
    study('1', {}),
    study('NCT00000004', { eligibilityCriteria: 'x'.repeat(1_000_000) }),
    study('NCT00000005', { minimumAge: 'eighteen' }),
  ])
  const { out, exit } = await garrod('trials', 'check', bad, '--json')
  const codes = out
    .trim()
    .split('\n')
    .flatMap((line) => (JSON.parse(line).findings as { code: string }[]).map(({ code }) => code))
  assert.deepEqual(codes, [
    'STUDY_MALFORMED',
    'STUDY_NUMBER_MALFORMED',
    'STUDY_TEXT_TOO_LONG',
    'STUDY_AGE_UNREADABLE',
    'CRITERION_UNREADABLE',
  ])
  assert.equal(exit, 1)
  const none = await garrod('trials', 'check', file('none.json', 'no json'))
  assert.equal(none.exit, 2)
  assert.match(none.err, /JSON_MALFORMED/)
})

test('entities of lines: columns as annotated files have them, and JSON', async () => {
  const lines = file('lines.txt', '1:3:age\tAge greater than 18 years\nKnown allergy to penicillin\n\n')
  const { out, exit } = await garrod('trials', 'entities', lines)
  assert.equal(exit, 0)
  const [first, second, third] = out.split('\n')
  assert.match(first!, /^1:4:age,\d+:\d+:lower_bound\tAge greater than 18 years$/)
  assert.match(second!, /(^|,)18:28:allergy_name/)
  assert.equal(third, '\t')
  const json = await garrod('trials', 'entities', lines, '--json')
  const [entity] = JSON.parse(json.out.split('\n')[0]!).entities
  assert.deepEqual([entity.start, entity.end, entity.kind, entity.text], [1, 4, 'age', 'Age'])
})

test('a line of a megabyte is tagged in bounded time', async () => {
  const long = file('long.txt', `${'history of cancer '.repeat(20_000)}\n${'x'.repeat(500_000)}\n`)
  const { exit, out } = await garrod('trials', 'entities', long)
  assert.equal(exit, 0)
  assert.equal(out.split('\n').length, 3)
})
