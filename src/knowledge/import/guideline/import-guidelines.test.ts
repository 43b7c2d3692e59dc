import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Fault } from '../../../terms/fault.ts'
import { openPack } from '../../fact-pack.ts'
import { Facts } from '../../facts.ts'
import { type GuidelineRule, GuidelineRule as Schema } from '../../guideline/guideline-rule.ts'
import { guidelines } from '../../guideline/guidelines.ts'
import { writePack } from '../write-pack.ts'
import { mainText, plainText, textHash } from './guideline-text.ts'
import { importGuidelines } from './import-guidelines.ts'

const root = mkdtempSync(join(tmpdir(), 'garrod-import-'))
after(() => rmSync(root, { recursive: true }))

const AVOID = 'Avoid examplan.'
const CONSIDER = `${AVOID}\nOther Considerations\nWatch the liver.`
const HARM = 'CYP2D6: Higher exposure.'

const head = {
  title: 'Test',
  source: 'https://example.org/',
  retrieved: '2026-01-01',
  licence: 'CC0-1.0',
  attribution: 'None',
  limits: ['A limit of the base.'],
}
const codedText = {
  textSha256: textHash(CONSIDER),
  plainSha256: textHash(plainText(CONSIDER)),
  mainSha256: textHash(plainText(mainText(CONSIDER))),
  actions: [{ code: 'AVOID' }],
  considerations: [{ code: 'MONITOR', monitor: ['liver'] }],
}
const codedHarm = {
  implicationSha256: textHash(HARM),
  plainSha256: textHash(plainText(HARM)),
  effects: [{ gene: 'CYP2D6', exposure: 'up', risk: 'toxicity', term: 'death' }],
}

function factsForTest(): Facts {
  const folder = mkdtempSync(join(root, 'facts-'))
  const lines = (...rows: unknown[]): string => rows.map((one) => `${JSON.stringify(one)}\n`).join('')
  writePack(
    folder,
    { ...head, id: 'cpic', version: '1' },
    new Map([
      ['codebook.jsonl', lines(codedText)],
      ['effects.jsonl', lines(codedHarm)],
      ['populations.jsonl', lines({ name: 'general', population: { code: 'general' } })],
      ['rules.jsonl', ''],
      ['guidelines.jsonl', ''],
    ]),
  )
  writePack(
    folder,
    { ...head, id: 'codes', version: '1' },
    new Map([['codes.tsv', 'code\tkind\tenglish\tgrave\ndeath\tterm\tdeath\tyes\n']]),
  )
  return Facts.find([folder])
}

interface RowOptions {
  readonly id?: string
  readonly text?: string
  readonly score?: string
  readonly population?: string
  readonly implication?: string
  readonly drug?: string
}

function rowOf({
  id = 'R1',
  text = CONSIDER,
  score = '0.0',
  drug = 'examplan',
  ...more
}: RowOptions): object {
  return {
    id,
    source: 'CPIC',
    guideline: 'PA9',
    drugs: [drug],
    population: more.population ?? 'general',
    strength: 'Strong',
    lookup: { CYP2D6: score },
    implications: [more.implication ?? HARM],
    text,
  }
}

function imported(rows: readonly object[], facts = factsForTest()) {
  const from = mkdtempSync(join(root, 'release-'))
  const into = mkdtempSync(join(root, 'packs-'))
  writeFileSync(join(from, 'recommendations.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const entry = { id: 'PA9', source: 'CPIC', drugs: ['examplan'], genes: ['CYP2D6'], citations: [] }
  writeFileSync(join(from, 'guidelines.json'), JSON.stringify([entry]))
  const order = { source: 'CPIC', from, into, version: '2', retrieved: '2026-02-02', facts } as const
  const report = importGuidelines(order)
  const rules = readFileSync(join(report.folder, 'rules.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): GuidelineRule => Schema.parse(JSON.parse(line)))
  return { report, rules, order }
}

test('rows that say the same are one rule; nothing else is covered', () => {
  const { report, rules } = imported([
    rowOf({ id: 'R1', score: '≥3.0' }),
    rowOf({ id: 'R2', score: '0.0' }),
    rowOf({ id: 'R3', drug: 'otheran', score: '0.0' }),
    rowOf({ id: 'R4', drug: 'otheran', score: '≥3.0' }),
  ])
  assert.equal(report.rows, 4)
  assert.equal(rules.length, 1)
  assert.deepEqual(rules[0]?.drugs, ['examplan', 'otheran'])
  assert.deepEqual(rules[0]?.when, [{ gene: 'CYP2D6', basis: 'activityScore', in: ['0.0', '≥3.0'] }])
  assert.deepEqual(rules[0]?.actions, [{ code: 'AVOID' }, { code: 'MONITOR', monitor: ['liver'] }])
  assert.equal(rules[0]?.interrupt, 'critical')
  assert.deepEqual(report.uncoded, [])
})

test('an unknown text becomes a rule that says so, and is reported', () => {
  const { report, rules } = imported([rowOf({ text: 'Give half.' })])
  assert.deepEqual(rules[0]?.actions, [{ code: 'INFORM', inform: ['uncoded-text-see-guideline'] }])
  assert.equal(rules[0]?.interrupt, 'info')
  assert.deepEqual(report.uncoded, [
    { what: 'text', which: textHash('Give half.'), guideline: 'PA9', drugs: ['examplan'], rows: ['R1'] },
  ])
  const files = readdirSync(report.folder)
  assert.equal(files.includes('uncoded.jsonl'), true)
  assert.match(openPack(report.folder).head.limits[1] ?? '', /^1 texts or terms .* not coded/)
})

test('changed considerations keep the recommendation, drop the old considerations and are reported', () => {
  const { report, rules } = imported([rowOf({ text: `${AVOID}\nOther Considerations\nWatch the heart.` })])
  assert.deepEqual(rules[0]?.actions, [
    { code: 'AVOID' },
    { code: 'INFORM', inform: ['uncoded-considerations-see-guideline'] },
  ])
  assert.equal(report.uncoded[0]?.what, 'considerations')
})

test('a release without considerations is coded by its recommendation alone', () => {
  const { report, rules } = imported([rowOf({ text: AVOID })])
  assert.deepEqual(rules[0]?.actions, [{ code: 'AVOID' }])
  assert.deepEqual(report.uncoded, [])
})

test('line breaks alone do not make a text unknown', () => {
  const { report, rules } = imported([rowOf({ text: CONSIDER.replaceAll('\n', ' ') })])
  assert.deepEqual(report.uncoded, [])
  assert.equal(rules[0]?.actions.length, 2)
})

test('an unknown implication, population or strength is reported and never guessed', () => {
  const row = { ...rowOf({ implication: 'CYP2D6: Who knows.', population: 'martians' }), strength: 'Maybe' }
  const { report, rules } = imported([row])
  assert.deepEqual(rules[0]?.effects, [{ gene: 'CYP2D6', exposure: 'unknown', risk: 'unknown' }])
  assert.deepEqual(rules[0]?.population, { code: 'unlisted' })
  assert.equal(rules[0]?.strength, 'unspecified')
  assert.deepEqual(report.uncoded.map((one) => one.what).sort(), ['implication', 'population', 'strength'])
})

test('the new pack opens, carries the codebook on and is read like any other', () => {
  const { report, order } = imported([rowOf({})])
  const pack = openPack(report.folder)
  assert.deepEqual([pack.head.id, pack.head.version, pack.head.retrieved], ['cpic', '2', '2026-02-02'])
  assert.deepEqual(pack.head.limits, ['A limit of the base.'])
  const read = guidelines(Facts.find([order.into]))
  assert.deepEqual(read.drugs, ['examplan'])
  assert.equal(read.forDrug('examplan')[0]?.guideline.id, 'PA9')
  assert.deepEqual(read.forDrug('unheard'), [])
})

test('importing twice gives the same bytes; a version is never overwritten', () => {
  const rows = [rowOf({ id: 'R1', score: '0.5' }), rowOf({ id: 'R2', score: '0.0' })]
  const [one, other] = [imported(rows), imported([...rows].reverse())]
  assert.equal(
    readFileSync(join(one.report.folder, 'rules.jsonl'), 'utf8'),
    readFileSync(join(other.report.folder, 'rules.jsonl'), 'utf8'),
  )
  assert.throws(
    () => importGuidelines(one.order),
    (error) => error instanceof Fault && error.code === 'FACTS_VERSION_EXISTS',
  )
})

test('a release of another publisher is refused', () => {
  assert.throws(
    () => imported([{ ...rowOf({}), source: 'DPWG' }]),
    (error) => error instanceof Fault && error.code === 'GUIDELINES_EMPTY',
  )
})
