import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LabelCaution } from '../../knowledge/tumor/label-conditions.ts'
import type { Clearance, PersonCondition } from '../../record/person-condition.ts'
import {
  cautionText,
  cautionWeight,
  conditionCautions,
  openCautions,
  openConditions,
} from './condition-cautions.ts'

const caution = (below: number, weight: LabelCaution['weight'], says: string): LabelCaution => ({
  drug: 'capecitabine',
  condition: 'kidney-disease',
  weight,
  section: weight === 'contraindicated' ? '4' : '2',
  below,
  says,
  checked: 'label text',
})
const CAUTIONS = [caution(51, 'dose', 'three quarters of the dose'), caution(30, 'contraindicated', 'severe')]
const kidneys = (clearance?: Clearance): PersonCondition => ({
  key: 'kidney-disease',
  words: 'impaired kidneys',
  ...(clearance === undefined ? {} : { clearance }),
})
const metBy = (clearance?: Clearance) =>
  conditionCautions(CAUTIONS, [kidneys(clearance)]).map((one) => one.caution.below)
const openBy = (clearance?: Clearance) =>
  openCautions(CAUTIONS, [kidneys(clearance)], []).map((one) => one.caution.below)
const exactly = (value: number) => ({ low: value, high: value })

test('a limit is met below it, not at it; the lowest that is met is told', () => {
  assert.deepEqual(metBy(exactly(29.9)), [30])
  assert.deepEqual(metBy(exactly(30)), [51])
  assert.deepEqual(metBy(exactly(50.9)), [51])
  assert.deepEqual(metBy(exactly(51)), [])
  for (const value of [0, 29.9, 30, 51, 80]) assert.deepEqual(openBy(exactly(value)), [])
})

test('a lower limit that weighs less does not hide a heavier one', () => {
  const both = [caution(51, 'contraindicated', 'severe'), caution(30, 'dose', 'half')]
  assert.equal(conditionCautions(both, [kidneys(exactly(10))]).length, 2)
})

test('a stage that lies across a limit, and kidneys of which no number is told, leave it open: neither met nor passed over', () => {
  assert.deepEqual(metBy({ low: 30, high: 59 }), [])
  assert.deepEqual(openBy({ low: 30, high: 59 }), [51])
  assert.deepEqual(metBy(undefined), [])
  assert.deepEqual(openBy(undefined), [51, 30])
  assert.deepEqual(openBy({ low: 60 }), [])
  assert.match(
    openConditions(CAUTIONS, [kidneys()], [])[1]!,
    /^creatinine clearance: impaired kidneys, and the label of capecitabine speaks of less than 30 mL\/min/,
  )
})

test('a condition that may not hold is never met, and is open as far as its number goes', () => {
  const perhaps = { ...kidneys(exactly(20)), doubt: 'unconfirmed' }
  assert.equal(openCautions(CAUTIONS, [], [perhaps]).length, 2)
  assert.equal(openCautions(CAUTIONS, [], [{ ...perhaps, clearance: exactly(70) }]).length, 0)
})

test('another dose weighs nothing in the order of options, a contraindication most', () => {
  const [dose] = conditionCautions(CAUTIONS, [kidneys(exactly(40))])
  const [severe] = conditionCautions(CAUTIONS, [kidneys(exactly(20))])
  assert.equal(cautionWeight([]), 0)
  assert.equal(cautionWeight([dose!]), 0)
  assert.equal(cautionWeight([dose!, severe!]), 2)
  assert.equal(
    cautionText(dose!),
    'impaired kidneys (clearing 40 mL/min): in the dosage, section 2, of capecitabine (below 51 mL/min: three quarters of the dose)',
  )
})
