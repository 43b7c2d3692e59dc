import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { codeWords } from '../../../src/decide/sentence/code-words.ts'
import { doThis, notesOf } from '../../../src/decide/sentence/do-this.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { codes, codesOf } from '../../../src/knowledge/guideline/codes.ts'
import type { GuidelineRule } from '../../../src/knowledge/guideline/guideline-rule.ts'
import { guidelines } from '../../../src/knowledge/guideline/guidelines.ts'
import { lookupsOf } from '../../../src/knowledge/import/guideline/collapse.ts'
import { needs, sharedData } from '../../support/shared-data.ts'

const RELEASE = 'pgx/guidance/recommendations.jsonl'
const EXAMPLE = 'pgx/cases/examples/example.recommendations.jsonl'

const facts = Facts.find([join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'facts')])
const words = codeWords(codes(facts))
const rules = guidelines(facts)
  .rules.filter(({ pack }) => pack.id === 'dpwg')
  .map(({ rule }) => rule)

interface Row {
  readonly id: string
  readonly source: string
  readonly guideline: string
  readonly drugs: readonly string[]
  readonly lookup: Readonly<Record<string, string | Readonly<Record<string, number>>>>
  readonly implications: readonly string[]
  readonly text: string
}

const lines = <T>(path: string): T[] =>
  readFileSync(sharedData(path)!, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
const released = (): Row[] => lines<Row>(RELEASE).filter((row) => row.source === 'DPWG')
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** { "*1": 1, "*28": 1 } is the diplotype "*1/*28". */
const printed = (value: string | Readonly<Record<string, number>>): string =>
  typeof value === 'string'
    ? value
    : Object.keys(value)
        .sort()
        .flatMap((allele) => Array.from({ length: value[allele]! }, () => allele))
        .join('/')

test('every code of the DPWG rules is a word of the list', () => {
  const list = codes(facts)
  for (const rule of rules)
    for (const [kind, code] of codesOf(rule)) assert.ok(list.word(kind, code), `${rule.id}: ${kind} ${code}`)
})

test('expanding the rules gives back the 532 rows of the release', { skip: needs(RELEASE) }, () => {
  const rows = released()
  const expanded = rules.flatMap((rule) =>
    rule.drugs.flatMap((drug) =>
      lookupsOf(rule.when).map((lookup) => JSON.stringify([rule.guideline, drug, lookup, rule.textSha256])),
    ),
  )
  const expected = rows.flatMap((row) =>
    row.drugs.map((drug) => {
      const lookup = Object.fromEntries(
        Object.entries(row.lookup).map(([gene, value]) => [gene, printed(value)]),
      )
      return JSON.stringify([row.guideline, drug, lookup, hash(row.text)])
    }),
  )
  assert.equal(expected.length, 532)
  assert.deepEqual(expanded.sort(), expected.sort())
})

test('all 193 texts and 192 implications are coded', { skip: needs(RELEASE) }, () => {
  const pack = facts.pack('dpwg')
  const hashes = (file: string, field: string): Set<string> =>
    new Set(
      [...pack.text(file).matchAll(new RegExp(`"${field}":"([0-9a-f]{16})"`, 'g'))].map((match) => match[1]!),
    )
  const rows = released()
  const texts = new Set(rows.map((row) => hash(row.text)))
  const implications = new Set(rows.flatMap((row) => row.implications.map(hash)))
  assert.deepEqual([texts.size, implications.size], [193, 192])
  assert.deepEqual(hashes('codebook.jsonl', 'textSha256'), texts)
  assert.deepEqual(hashes('effects.jsonl', 'implicationSha256'), implications)
})

test('no sentence of the publisher is in the pack', { skip: needs(RELEASE) }, () => {
  const pack = facts.pack('dpwg')
  const carried = pack.fileNames.map((name) => pack.text(name)).join('\n')
  const said = rules
    .flatMap((rule) => rule.drugs.map((drug) => doThis({ actions: rule.actions, drug }, words)))
    .join('\n')
  for (const row of released()) {
    for (const text of [row.text, ...row.implications]) {
      for (const sentence of text.split(/(?<=[.:])\s+|\n/).filter((one) => one.split(' ').length > 9)) {
        assert.ok(!carried.includes(sentence), sentence)
        assert.ok(!said.includes(sentence), sentence)
      }
    }
  }
})

/** Why a number of a text is not in its codes. Numbers are looked for in what is printed and in the codes themselves. */
const LEFT_OUT: Readonly<Record<string, readonly [string, string]>> = {
  '00a44d77bdeba37f': ['20', 'how the percentage was derived'],
  '8056ff5cf64595e8': ['70', 'how the percentage was derived'],
  '721774dd05b0f24b': ['70', 'how the percentage was derived'],
  '3ac89711ae2608dc': ['20', 'how the percentage was derived'],
  '0c9f592c3dc19e5f': ['0.5 0.8 150 5 0.43', 'doses that two patients tolerated'],
  '16b7ac286f2ab9a5': ['1 0.5 0.8 150 5 0.43', 'doses that two patients tolerated; a gene activity score'],
  '374f4594f735c082': ['0.5 0.8 150 5 0.43', 'doses that two patients tolerated'],
  '3e2288a182f213a9': ['17 1 57', 'mean dose in a study'],
  '04762dbd01d8d71f': ['17 64 51 74', 'mean doses in a study'],
  '93cdfd3e06144ecb': ['64 17 2846 74 51 1236', 'mean doses in a study; allele names'],
  '75a3297fc9b6e091': ['14 2 3', 'patients of a study; the share that 400 mg is of the standard dose'],
  ec4c890f03f903f9: ['2.0 150 5 20 30', 'response to the diagnostic test in a study'],
  '15fe4d90ef382e08': ['49', 'modelled fall of the concentration'],
  '787b33e70f911e00': ['49', 'modelled fall of the concentration'],
  '7d6031dcc9c8a6ce': ['9.4 0.15 5 10 15', 'concentrations in a study'],
  '1bf1e17873032527': ['14.7 3 0.15 29 10 15', 'concentrations in a study'],
  e8cdae37adc5c2a1: ['2', 'the activity score that was looked up'],
  b4c870eee7f612e9: ['2', 'the activity score that was looked up'],
  '7db70167a59da17e': ['2', 'the activity score that was looked up'],
  '6192ed1a1e186e5e': ['2', 'the activity score that was looked up'],
}

/** Names with digits in them are not numbers; neither is the numbering of a list. */
const NAMES =
  /CYP\d\w+|HLA-\w\*[\d:]+|NUDT15|SLCO1B1|ABCG2|VKORC1|6-TGN|rs\d+|c\.\d+\w+|p\.\w+|-1639|Z-10-|\*\d+\w*|[59]-hydroxy\w+|521 TT|1\/\d+[AT]|^\d\. |: \d\. |\. \d\. |\d\. (?=[a-zA-Z])/gm

test('every number of a text is in its codes, or left out for a stated reason', {
  skip: needs(RELEASE),
}, () => {
  const left = new Map<string, string>()
  for (const row of released()) {
    for (const rule of rulesOf(row)) {
      const said = [
        doThis({ actions: rule.actions, drug: row.drugs[0]! }, words),
        ...notesOf(rule.actions, words),
        JSON.stringify(rule.actions),
      ].join(' ')
      const coded = new Set(
        [...said.matchAll(/\d+(?:\.\d+)?/g)].flatMap(([n]) => [Number(n), Number(n) / 100]),
      )
      const missing = [...row.text.replace(NAMES, ' ').matchAll(/\d+(?:\.\d+)?/g)]
        .map(([number]) => number)
        .filter((number) => !coded.has(Number(number)))
      if (missing.length > 0) left.set(rule.textSha256, [...new Set(missing)].join(' '))
    }
  }
  assert.deepEqual(
    [...left].sort(),
    Object.entries(LEFT_OUT)
      .map(([text, [numbers]]) => [text, numbers])
      .sort(),
  )
})

function rulesOf(row: Row): GuidelineRule[] {
  return rules.filter((rule) => rule.guideline === row.guideline && rule.textSha256 === hash(row.text))
}

/** What a text says and its codes do not, with the reason. */
const WORDS_LEFT_OUT: Readonly<Record<string, string>> = {
  'monitor 43403918b7d455ab': 'a comparison of concentrations, coded as a note',
  'monitor 68170fc1caf9034e': 'a comparison of concentrations, coded as a note',
  'monitor 2b2589cc30753114': 'a comparison of concentrations, coded as a note',
  'contraindicated c63585f53dc75497': 'codeine is, coded as an excluded alternative',
  'avoid a8099b992d4761cc': 'doses above 40 mg/day, coded as a limit',
  'percent 0c9f592c3dc19e5f': 'doses that two patients tolerated',
  'percent 16b7ac286f2ab9a5': 'doses that two patients tolerated',
  'percent 374f4594f735c082': 'doses that two patients tolerated',
  'percent 93cdfd3e06144ecb': 'doses of other drugs, coded as a note',
  'percent c488179fb4d220e5': 'doses of other drugs, coded as a note',
  'percent c1033785ef25d10a': 'a risk, coded as information',
  'percent d94503c35bc58d99': 'a risk, coded as information',
  'percent 9b36d1344cb50644': 'a risk, coded as information',
  'percent 76408f12f3606cdc': 'doses in young children, coded as a note',
}

test('avoid, contraindicated, alternative, percent, monitor and advise have codes of their kind', {
  skip: needs(RELEASE),
}, () => {
  const left = new Set<string>()
  for (const row of released()) {
    for (const { actions, textSha256 } of rulesOf(row)) {
      const has = (...list: readonly string[]): boolean => actions.some(({ code }) => list.includes(code))
      const checks: readonly (readonly [string, RegExp, boolean])[] = [
        ['avoid', /\bavoid\b/i, has('AVOID', 'CONTRAINDICATED', 'AVOID_COMEDICATION')],
        ['contraindicated', /contra-?indicated/i, has('CONTRAINDICATED')],
        [
          'alternative',
          /alternative/i,
          has('ALTERNATIVE') || actions.some(({ exclude }) => exclude !== undefined),
        ],
        [
          'percent',
          /%|times the|fold|double/i,
          actions.some(({ dose }) => dose?.percentOfStandard !== undefined),
        ],
        ['monitor', /monitor|plasma concentration|alert/i, has('MONITOR', 'TITRATE')],
        ['advise', /advise|contact|report/i, has('INFORM')],
      ]
      for (const [what, word, coded] of checks)
        if (word.test(row.text) && !coded) left.add(`${what} ${textSha256}`)
      if (has('AVOID')) assert.match(row.text, /avoid|not recommended/i)
      if (has('CONTRAINDICATED')) assert.match(row.text, /contra-?indicated/i)
      if (has('NO_RECOMMENDATION'))
        assert.match(row.text, /not provide a recommendation|insufficient evidence/i)
      if (has('DOSE_DECREASE', 'DOSE_INCREASE', 'LIMIT_DOSE', 'DOSE_SET'))
        assert.match(row.text, /dose|no more than/i)
    }
  }
  assert.deepEqual([...left].sort(), Object.keys(WORDS_LEFT_OUT).sort())
})

interface Published {
  readonly source: string
  readonly drug: string
  readonly guideline: string
  readonly lookupKey: readonly Row['lookup'][]
  readonly text: string
}

/** The release of 2025 looks DPYD and CYP2C9 up by score alone. */
const OLDER_KEY: Readonly<Record<string, string>> = {
  'DPYD 2.0': '2.0 (Normal Metabolizer)',
  'CYP2C9 2.0': 'Normal Metabolizer',
}

/** Rows of the 2025 example whose words changed since January 2024, and what that does to the advice. */
const CHANGED: Readonly<Record<string, string>> = {
  'amitriptyline CYP2D6': 'same advice',
  'atorvastatin SLCO1B1': 'same advice',
  'carbamazepine HLA-B': 'now "avoid" instead of "choose an alternative if possible"',
  'clomipramine CYP2D6': 'same advice; target concentrations were taken out',
  'doxepin CYP2D6': 'same advice; target concentrations were taken out',
  'eliglustat CYP2D6': 'now by kidney and liver function instead of other drugs',
  'imipramine CYP2D6': 'same advice; target concentrations were taken out',
  'lamotrigine HLA-B': 'same advice',
  'nortriptyline CYP2D6': 'same advice; target concentrations were taken out',
  'oxcarbazepine HLA-B': 'same advice',
  'phenytoin HLA-B': 'same advice',
  'simvastatin SLCO1B1': 'same advice',
}

test('the 63 DPWG rows of the example of 2025 find a rule, but for 3 new guidelines', {
  skip: needs(EXAMPLE),
}, () => {
  const published = lines<Published>(EXAMPLE).filter((row) => row.source.startsWith('DPWG'))
  assert.equal(published.length, 63)
  const plain = new Set(
    [
      ...facts
        .pack('dpwg')
        .text('codebook.jsonl')
        .matchAll(/"plainSha256":"([0-9a-f]{16})"/g),
    ].map((match) => match[1]!),
  )
  const absent: string[] = []
  const changed: string[] = []
  for (const row of published) {
    const [lookup] = row.lookupKey
    const [[gene, value]] = Object.entries(lookup!) as [[string, string]]
    const key = OLDER_KEY[`${gene} ${value}`] ?? value
    const found = rules.filter(
      (rule) =>
        rule.guideline === row.guideline &&
        rule.drugs.includes(row.drug) &&
        rule.when.every((when) => when.gene === gene && when.in.includes(key)),
    )
    if (found.length === 0) absent.push(row.drug)
    else {
      assert.equal(found.length, 1, `${row.drug} ${gene} ${value}`)
      if (!plain.has(hash(row.text.replace(/\s+/g, ' ').trim()))) changed.push(`${row.drug} ${gene}`)
    }
  }
  assert.deepEqual(absent.sort(), ['atazanavir', 'mavacamten', 'rosuvastatin'])
  assert.deepEqual(changed.sort(), Object.keys(CHANGED).sort())
})
