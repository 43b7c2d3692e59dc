import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type DisclosedCount,
  type Draw,
  disclosedCount,
  type EarlierCount,
} from '../../src/safeguard/disclosure/disclosed-count.ts'

const drawWith =
  (key: string): Draw =>
  (text, below) =>
    createHmac('sha256', key).update(text).digest().readUInt32BE() % below
const draw = drawWith('key')

const people = (n: number, from = 0) => new Set(Array.from({ length: n }, (_, at) => `p${from + at}`))
const ask = (question: string, members: ReadonlySet<string>, earlier: readonly EarlierCount[] = []) =>
  disclosedCount({ question, members }, earlier, draw)
const told = (question: string, members: ReadonlySet<string>): EarlierCount => ({
  question,
  members,
  answer: ask(question, members),
})
const anyKey = fc.string({ minLength: 1, maxLength: 8 })

test('fewer than twenty are never told, whatever the key and the words of the question', () => {
  fc.assert(
    fc.property(fc.nat(19), anyKey, fc.string(), (n, key, question) => {
      assert.deepEqual(disclosedCount({ question, members: people(n) }, [], drawWith(key)), { shown: false })
    }),
  )
})

test('what is told is true, and wide', () => {
  fc.assert(
    fc.property(fc.nat(500), anyKey, (n, key) => {
      const answer = disclosedCount({ question: 'q', members: people(n) }, [], drawWith(key))
      if (!answer.shown) return assert.ok(n < 40)
      assert.ok(answer.atLeast <= n && n < answer.fewerThan)
      assert.ok(answer.atLeast >= 20 && answer.fewerThan - answer.atLeast >= 40)
    }),
  )
})

test('no count tells apart two cohorts around the limit: both are possible behind every answer', () => {
  // Somebody who knows 19 members for certain asks for them and one more.
  const shownOf20 = Array.from({ length: 400 }, (_, at) => ask(`q${at}`, people(20))).filter(
    ({ shown }) => shown,
  )
  assert.ok(shownOf20.length < 40, `${shownOf20.length} of 400 tell that there are twenty`)
  assert.ok(shownOf20.length > 0)
})

test('the same cohort with or without one person, or in other words, is not answered again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 300 }), fc.integer({ min: -19, max: 19 }), (n, change) => {
      const earlier = [told('all of them', people(n))]
      assert.deepEqual(ask('but him', people(n + change), earlier), { shown: false })
    }),
  )
})

test('a cohort of others is answered', () => {
  const earlier = [told('first', people(60))]
  assert.ok(ask('second', people(60, 1000), earlier).shown)
  assert.ok(ask('third', people(120), earlier).shown)
})

test('the same question has the same answer, also when somebody was added meanwhile', () => {
  const before = told('q', people(59))
  assert.deepEqual(ask('q', people(60), [before]), before.answer)
})

/** All that can be known of a count from its answer. */
const range = (count: DisclosedCount) =>
  count.shown ? [count.atLeast, count.fewerThan - 1] : [0, Number.POSITIVE_INFINITY]

test('sums and differences of answers never give a small count', () => {
  // |A or B|, |A|, |B| are asked; the overlap follows as |A| + |B| - |A or B|.
  const anySizes = fc.tuple(
    fc.integer({ min: 0, max: 200 }),
    fc.integer({ min: 1, max: 19 }),
    fc.integer({ min: 0, max: 200 }),
  )
  fc.assert(
    fc.property(anySizes, anyKey, ([onlyA, both, onlyB], key) => {
      const a = people(onlyA + both)
      const b = people(both + onlyB, onlyA)
      const told: EarlierCount[] = []
      const answers = [a, b, new Set([...a, ...b])].map((members, at) => {
        const answer = disclosedCount({ question: `q${at}`, members }, told, drawWith(key))
        told.push({ question: `q${at}`, members, answer })
        return range(answer)
      })
      const [[aLow, aHigh], [bLow, bHigh], [orLow, orHigh]] = answers as [number[], number[], number[]]
      const low = Math.max(0, aLow! + bLow! - orHigh!)
      const high = Math.min(aHigh!, bHigh!, aHigh! + bHigh! - orLow!)
      assert.ok(low <= both && both <= high)
      assert.ok(high - low >= 19, `the overlap of ${both} is known to lie in ${low}..${high}`)
    }),
    { numRuns: 3000, examples: [[[192, 2, 134], 'G.']] },
  )
})
