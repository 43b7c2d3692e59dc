import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymityReport } from './k-anonymity.ts'

const record = (quasi: string, sensitive: string) => ({ quasi: quasi.split(' '), sensitive })

test('a record alone in its group is unique, and its secret is told', () => {
  const report = anonymityReport([record('40 f', 'A'), record('40 f', 'B'), record('50 m', 'A')])
  assert.deepEqual(report, {
    records: 3,
    classes: 2,
    k: 1,
    unique: 1,
    below5: 3,
    below11: 3,
    maximumRisk: 1,
    meanRisk: 2 / 3,
    diversity: 1,
  })
})

test('groups below five and below eleven, both sides of the edge', () => {
  const many = (n: number) => Array.from({ length: n }, () => record('x', 'A'))
  for (const [n, below5, below11] of [
    [4, 4, 4],
    [5, 0, 5],
    [10, 0, 10],
    [11, 0, 0],
  ] as const) {
    const report = anonymityReport(many(n))
    assert.deepEqual([report.below5, report.below11], [below5, below11], String(n))
  }
})

test('values that join to the same text are not one group', () => {
  assert.equal(anonymityReport([{ quasi: ['a', 'b,c'] }, { quasi: ['a,b', 'c'] }]).classes, 2)
})

test('no records', () => {
  assert.equal(anonymityReport([]).k, 0)
  assert.equal(anonymityReport([]).diversity, undefined)
})
