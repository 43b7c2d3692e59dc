import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { Facts } from '../../knowledge/facts.ts'
import { codes } from '../../knowledge/guideline/codes.ts'
import { type Action, ActionCode, type Effect } from '../../knowledge/guideline/guideline-rule.ts'
import { guidelines } from '../../knowledge/guideline/guidelines.ts'
import { because } from './because.ts'
import { codeWords } from './code-words.ts'
import { doThis, notesOf } from './do-this.ts'
import { headline } from './headline.ts'

const facts = Facts.find([join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'facts')])
const list = codes(facts)
const words = codeWords(list)
const { rules } = guidelines(facts)

/** What no sentence may contain: values that leaked, doubled or stray punctuation. */
const FLAWS: readonly RegExp[] = [
  /undefined|null|NaN|\[object|Infinity/,
  / {2}|\s$|^\s/,
  /[,;:.]{2}|[,;:] [,;:.]| [,;.:]/,
  /\( | \)|\(\)/,
  /\b(the the|a a|of of|to to|and and|or or)\b/,
]

function assertWellWritten(text: string): void {
  for (const flaw of FLAWS) assert.doesNotMatch(text, flaw)
  assert.match(text, /^[\p{Lu}\d"]/u, `starts small: ${text}`)
  assert.match(text, /[^.]\.$/, `does not end with one full stop: ${text}`)
  const open = text.split('(').length
  assert.equal(open, text.split(')').length, `brackets do not match: ${text}`)
}

test('every rule of every installed pack reads well', () => {
  assert.ok(rules.length > 500)
  for (const { rule } of rules) {
    for (const drug of rule.drugs) {
      const advice = { actions: rule.actions, drug, population: rule.population }
      assertWellWritten(doThis(advice, words))
      assertWellWritten(headline(advice, words))
      for (const note of notesOf(rule.actions, words)) assertWellWritten(note)
    }
    const basis = rule.when.map(({ gene, in: [result] }) => ({
      gene,
      result: result!,
      phenotype: undefined,
      activityScore: undefined,
    }))
    assertWellWritten(because(rule.effects, basis, words))
  }
})

test('headlines of all rules name the drug, and 95 of 100 fit their line', () => {
  const lines = rules.flatMap(({ rule }) =>
    rule.drugs.map((drug) => ({
      drug,
      line: headline({ actions: rule.actions, drug }, words),
    })),
  )
  for (const { drug, line } of lines) assert.ok(line.toLowerCase().includes(drug), line)
  const long = lines.filter(({ line }) => line.length > 120)
  assert.ok(long.length <= lines.length * 0.05, `${long.length} of ${lines.length} are longer`)
  for (const { line } of long) assert.ok(line.length <= 155, line)
})

const codeOf = (kind: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...list.all.filter((word) => word.kind === kind && !word.code.endsWith(':')).map(({ code }) => code),
  )
const some = (kind: string): fc.Arbitrary<string[]> =>
  fc.uniqueArray(codeOf(kind), { minLength: 1, maxLength: 3 })
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })
const span = fc.record({
  from: fc.integer({ min: 1, max: 5 }),
  to: fc.integer({ min: 5, max: 9 }),
  unit: fc.constantFrom('hour', 'day', 'week', 'month'),
})
const amount = fc.record({
  from: fc.constantFrom(0.5, 10),
  to: fc.constantFrom(10, 37.5),
  unit: fc.constantFrom('mg', 'mg/kg', 'mg/m2', 'ug'),
  per: fc.constantFrom('dose', 'day', 'week', '2-weeks', 'month'),
})
const dose = fc.record({
  of: fc.constantFrom(
    'start',
    'lowest-start',
    'maintenance',
    'maximum',
    'loading',
    'subsequent',
    'daily',
    'any',
  ),
  percentOfStandard: optional(
    fc.constantFrom(
      { from: 0, to: 25 },
      { from: 50, to: 50 },
      { from: 100, to: 150 },
      { from: 150, to: 200 },
    ),
  ),
  amount: optional(amount),
  max: optional(amount),
  timesPerDay: optional(fc.integer({ min: 1, max: 4 })),
  timesPerWeek: optional(fc.integer({ min: 1, max: 3 })),
  bound: optional(fc.constantFrom('below', 'at-least')),
  examples: optional(fc.array(amount, { minLength: 1, maxLength: 2 })),
  standard: optional(fc.array(amount, { minLength: 1, maxLength: 2 })),
  course: optional(
    fc.record({ count: fc.integer({ min: 1, max: 8 }), unit: fc.constantFrom('dose', 'day', 'week') }),
  ),
})
const level = fc.record({
  sample: fc.constantFrom('peak', 'trough', 'steady-state', 'any'),
  of: optional(fc.constantFrom(['clomipramine'], ['a', 'b'])),
  actBelow: optional(fc.constantFrom(200)),
  aim: fc.constantFrom({ from: 50, to: 150 }, { from: 200 }),
  toxicAbove: optional(fc.constantFrom(400)),
  unit: fc.constantFrom('ng/mL', 'ug/mL'),
})
const drugs = fc.uniqueArray(
  fc.constantFrom('warfarin', 'prasugrel', 'class:copper-iud', 'metabolised-by:CYP2D6'),
  {
    minLength: 1,
  },
)
const action = fc.record({
  code: fc.constantFrom(...ActionCode.options),
  dose: optional(dose),
  alternatives: optional(drugs),
  exclude: optional(drugs),
  monitor: optional(some('monitor')),
  test: some('test'),
  inform: optional(some('inform')),
  condition: optional(some('condition')),
  after: optional(span),
  interval: optional(span),
  level: optional(level),
  wording: optional(fc.constantFrom('consider', 'recommended', 'strongly-recommended')),
})

/** Drops what is undefined, as JSON does, so that values have the shape of a pack's rules. */
const plain = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T

test('any actions of the schema read well', () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 4 }), (raw) => {
      const actions = plain<Action[]>(raw)
      if (actions.every(({ code }) => code === 'INFORM')) return
      assertWellWritten(doThis({ actions, drug: 'testol' }, words))
      assertWellWritten(headline({ actions, drug: 'testol' }, words))
    }),
    { numRuns: 400 },
  )
})

test('any effects of the schema read well', () => {
  const effect = fc.record({
    gene: fc.constantFrom('CYP2D6', 'HLA-B'),
    exposure: fc.constantFrom('up', 'down', 'none', 'unknown'),
    risk: fc.constantFrom('toxicity', 'inefficacy', 'both', 'none', 'unknown'),
    term: optional(codeOf('term')),
    degree: optional(fc.constantFrom('slight', 'moderate', 'great')),
    certainty: optional(fc.constantFrom('possible', 'theoretical')),
  })
  fc.assert(
    fc.property(fc.array(effect, { maxLength: 3 }), (raw) => {
      assertWellWritten(because(plain<Effect[]>(raw), [], words))
    }),
    { numRuns: 300 },
  )
})

test('the same codes give the same bytes', () => {
  for (const { rule } of rules.slice(0, 50)) {
    const advice = { actions: rule.actions, drug: rule.drugs[0]! }
    assert.equal(doThis(advice, words), doThis(plain<typeof advice>(advice), words))
  }
})
