import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { oncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import { ONCOGENICITY_CODES } from '../finding/tumor.ts'
import { oncogenicityOf } from './oncogenicity.ts'
import { readOncogenicityCodes, statedCode } from './stated-codes.ts'

const rules = oncogenicityRules(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
const of = (text: string) =>
  oncogenicityOf(
    readOncogenicityCodes(text, 'test').map((code) => statedCode(code, 'test', rules)),
    rules,
  )

for (const [points, expected] of [
  [10, 'oncogenic'],
  [9, 'likely-oncogenic'],
  [6, 'likely-oncogenic'],
  [5, 'uncertain'],
  [0, 'uncertain'],
  [-1, 'likely-benign'],
  [-6, 'likely-benign'],
  [-7, 'benign'],
] as const)
  test(`${points} points are ${expected}`, () => assert.equal(rules.classOf(points), expected))

for (const [codes, points, expected] of [
  ['OVS1,OM2', 8, 'likely-oncogenic'],
  ['OVS1,OS2', 12, 'oncogenic'],
  ['OS1,OS3,OM1,OM4', 4, 'uncertain'],
  ['OS3,OM1,OM4', 4, 'uncertain'],
  ['OM1,OM3,OP3', 2, 'uncertain'],
  ['OM4,OM3', 2, 'uncertain'],
  // OM1 is itself excluded, so it excludes nothing.
  ['OS1,OM1,OM3', 6, 'likely-oncogenic'],
  ['OS2,OM3,OP1,OP4', 8, 'likely-oncogenic'],
  ['SBVS1,SBS1,SBS2', -16, 'benign'],
  ['SBP1', -1, 'likely-benign'],
  ['', 0, 'uncertain'],
] as const)
  test(`"${codes}" is ${expected} with ${points} points`, () => {
    const one = of(codes)
    assert.deepEqual([one.points, one.class], [points, expected])
  })

test('points are those of the codes that count, for every pair', () => {
  for (const a of ONCOGENICITY_CODES)
    for (const b of ONCOGENICITY_CODES) {
      if (a === b) continue
      const one = of(`${a},${b}`)
      const left = one.criteria.filter(({ state }) => state === 'not-used')
      assert.ok(left.length <= 1)
      assert.equal(
        one.points + left.reduce((sum, { code }) => sum + rules.points(code), 0),
        one.pointsBeforeExclusions,
      )
      assert.deepEqual(of(`${b},${a}`).points, one.points)
    }
})

test('a list that cannot be read is refused', () => {
  assert.throws(() => of('OVS1,OVS2'), { code: 'ONCOGENICITY_CODE_UNKNOWN' })
  assert.throws(() => of('OP4,op4'), { code: 'ONCOGENICITY_CODE_TWICE' })
})
