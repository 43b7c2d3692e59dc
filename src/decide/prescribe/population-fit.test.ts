import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patient } from '../../../test/support/patient.ts'
import type { Population } from '../../knowledge/guideline/guideline-rule.ts'
import { fits, type Person, personOf } from './population-fit.ts'

const nobody: Person = { age: undefined, weightKg: undefined, indications: undefined }
const aged = (from: number, to = from): Person => ({ ...nobody, age: { from, to } })
const none = new Set<string>()
const said = (population: Omit<Population, 'code'>, person: Person, inPlay = none) => {
  const fit = fits({ code: 'x', ...population }, person, 'efavirenz', undefined, inPlay)
  return fit.is === 'unknown' ? fit.asks.join(', ') : fit.is
}

test('a rule for everybody fits anybody', () => {
  assert.equal(said({}, nobody), 'yes')
})

for (const [population, person, expected] of [
  [{ ageMin: 18 }, nobody, 'age'],
  [{ ageMin: 18 }, aged(17), 'no'],
  [{ ageMin: 18 }, aged(18), 'yes'],
  [{ ageMax: 18 }, aged(17), 'yes'],
  [{ ageMax: 18 }, aged(18), 'no'],
  [{ ageMin: 18 }, aged(17, 18), 'exact age'],
  [{ ageMax: 12, ageMustBeKnown: true }, nobody, 'no'],
  [{ ageMax: 12, ageMustBeKnown: true }, aged(11), 'yes'],
  [{ ageMax: 12, ageMustBeKnown: true }, aged(11, 12), 'exact age'],
  [{ ageMax: 12, ageMustBeKnown: true }, aged(12), 'no'],
  [{ weightMinKg: 40 }, nobody, 'weight'],
  [{ weightMinKg: 40 }, { ...nobody, weightKg: 40 }, 'no'], // more than 40 kg
  [{ weightMinKg: 40 }, { ...nobody, weightKg: 40.1 }, 'yes'],
] as const) {
  test(`${JSON.stringify(population)} for ${JSON.stringify(person.age ?? person.weightKg)}: ${expected}`, () => {
    assert.equal(said(population, person), expected)
  })
}

const efavirenz = { weightMinKg: 40, adultsAtAnyWeight: true }
for (const [what, person, expected] of [
  ['nothing known', nobody, 'age, weight'],
  ['an adult', aged(30), 'yes'],
  ['a child of unknown weight', aged(10), 'weight'],
  ['a light child', { ...aged(10), weightKg: 35 }, 'no'],
  ['a heavy child', { ...aged(10), weightKg: 41 }, 'yes'],
  ['35 kg of unknown age', { ...nobody, weightKg: 35 }, 'age'],
] as const) {
  test(`adults and children over 40 kg, ${what}: ${expected}`, () => {
    assert.equal(said(efavirenz, person), expected)
  })
}

const acs = { indication: ['acute-coronary-syndrome', 'percutaneous-coronary-intervention'] }
const inPlay = new Set([...acs.indication, 'peripheral-arterial-disease'])
for (const [indications, expected] of [
  [undefined, 'indication'],
  [['percutaneous-coronary-intervention'], 'yes'],
  [['peripheral-arterial-disease'], 'no'],
  [['depression'], 'indication'], // an indication of another drug says nothing
  [['depression', 'acute-coronary-syndrome'], 'yes'],
  [['x'], 'yes'], // the population's own code
] as const) {
  test(`acute coronary syndrome or stent, indications ${indications}: ${expected}`, () => {
    assert.equal(said(acs, { ...nobody, indications }, inPlay), expected)
  })
}

for (const [wanted, known, expected] of [
  ['naive', undefined, 'unknown'],
  ['naive', 'naive', 'yes'],
  ['naive', 'established', 'no'],
  ['established', 'established', 'yes'],
] as const) {
  test(`${wanted} wanted, ${known} known: ${expected}`, () => {
    assert.equal(fits({ code: 'x', exposure: wanted }, nobody, 'carbamazepine', known, none).is, expected)
  })
}

test('whether another drug can be used is always asked, and a certain no wins over a question', () => {
  assert.equal(said({ noAlternative: true }, nobody), 'whether another drug can be used instead of efavirenz')
  assert.equal(said({ noAlternative: true, ageMin: 18 }, aged(10)), 'no')
})

test('a person is read from the record: the last weight, the age on the day', () => {
  const record = patient({
    birthDate: '2000-06-02',
    measurements: [
      { kind: 'weight', value: 70, unit: 'kg' },
      { kind: 'weight', value: 72, unit: 'kg' },
    ],
  })
  assert.deepEqual(personOf(record, '2025-06-01'), {
    age: { from: 24, to: 24 },
    weightKg: 72,
    indications: undefined,
  })
  assert.deepEqual(
    personOf(patient({ measurements: [{ kind: 'age', value: 40, unit: 'a' }] }), '2025-06-01').age,
    {
      from: 40,
      to: 40,
    },
  )
})
