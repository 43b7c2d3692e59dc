import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Facts } from '../../knowledge/facts.ts'
import { warfarinFacts } from '../../knowledge/guideline/dose-equation.ts'
import { doseOf, type InputValue } from './dose-equation.ts'

const facts = warfarinFacts(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]))
const equation = (id: string) => facts.equations.find((one) => one.id === id)!
const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 0.005, `${found}`)

// Worked by hand from the published coefficients, term by term.
test('IWPC: 65 years, 170 cm, 75 kg, white, VKORC1 AG, CYP2C9 *1/*2', () => {
  // 5.6044 - 1.5684 + 1.4790 + 0.9600 - 0.8677 - 0.5211 = 5.0862; squared 25.869
  near(doseOf(equation('iwpc'), iwpc(6, 170, 75, 'AG', '*1/*2', 'white', 'no', 'no')), 25.869)
})
test('IWPC: 49 years, 180 cm, 90 kg, black, GG, *1/*1, amiodarone', () => {
  // 5.6044 - 1.0456 + 1.5660 + 1.1520 - 0.2760 - 0.5503 = 6.4505; squared 41.609
  near(doseOf(equation('iwpc'), iwpc(4, 180, 90, 'GG', '*1/*1', 'black', 'no', 'yes')), 41.609)
})
test('IWPC: 70 years, 160 cm, 55 kg, Asian, AA, *1/*3, phenytoin', () => {
  // 5.6044 - 1.8298 + 1.3920 + 0.7040 - 1.6974 - 0.9357 - 0.1092 + 1.1816 = 4.3099; squared 18.575
  near(doseOf(equation('iwpc'), iwpc(7, 160, 55, 'AA', '*1/*3', 'asian', 'yes', 'no')), 18.575)
})
test('Gage: 65 years, 1.86356 m2, one VKORC1 A, one *2, INR 2.5', () => {
  // 0.9751 - 0.3238 + 0.8045 - 0.48425 - 0.2066 + 0.50725 = 1.2722; exp 3.569
  near(doseOf(equation('gage'), gage(1, 1.86356, 0, 65, 1, 2.5, 'no', 'no', 'white', 'no')), 3.569)
})
test('Gage: 40 years, 1.65866 m2, VKORC1 AA, *3/*3, INR 3, amiodarone, smoker, thrombosis', () => {
  // 0.9751 - 0.6476 + 0.71604 - 0.8016 - 0.298 + 0.6087 - 0.2538 + 0.0922 + 0.0664 = 0.45744; exp 1.580
  near(doseOf(equation('gage'), gage(2, 1.65866, 2, 40, 0, 3, 'yes', 'yes', 'white', 'yes')), 1.58)
})

test('an input that is not there, or not one the term knows, is refused', () => {
  const inputs = iwpc(6, 170, 75, 'AG', '*1/*2', 'white', 'no', 'no')
  for (const [name, value] of [
    ['height', undefined],
    ['height', 'tall'],
    ['height', Number.NaN],
    ['race', undefined],
    ['race', 'unknown'],
    ['cyp2c9', '*1/*5'],
  ] as const) {
    const changed = new Map(inputs)
    if (value === undefined) changed.delete(name)
    else changed.set(name, value)
    assert.throws(() => doseOf(equation('iwpc'), changed), RangeError, `${name} ${value}`)
  }
})

// The abstract of Gage 2008 states each effect in percent; the coefficients must give them back.
for (const [what, coefficient, times, percent] of [
  ['a VKORC1 A allele', 'vkorc1-a-alleles', 1, -28],
  ['0.25 m2', 'body-surface', 0.25, 11],
  ['a CYP2C9*3 allele', 'cyp2c9-3-alleles', 1, -33],
  ['a CYP2C9*2 allele', 'cyp2c9-2-alleles', 1, -19],
  ['a decade', 'age', 10, -7],
  ['0.5 INR', 'target-inr', 0.5, 11],
] as const) {
  test(`Gage: ${what} changes the dose by ${percent} %`, () => {
    const term = equation('gage').terms.find((one) => one.input === coefficient)
    assert.ok(term !== undefined && 'per' in term)
    assert.equal(Math.round((Math.exp(term.per * times) - 1) * 100), percent)
  })
}
for (const [what, input, is, percent] of [
  ['amiodarone', 'amiodarone', 'yes', -22],
  ['smoking', 'smoker', 'yes', 10],
  ['African American ancestry', 'race', 'black', -9],
  ['thrombosis', 'venous-thromboembolism', 'yes', 7],
] as const) {
  test(`Gage: ${what} changes the dose by ${percent} %`, () => {
    const term = equation('gage').terms.find((one) => one.input === input)
    assert.ok(term !== undefined && 'is' in term)
    assert.equal(Math.round((Math.exp(term.is[is]!) - 1) * 100), percent)
  })
}

function iwpc(
  decades: number,
  height: number,
  weight: number,
  vkorc1: string,
  cyp2c9: string,
  race: string,
  inducer: string,
  amiodarone: string,
): Map<string, InputValue> {
  return new Map<string, InputValue>([
    ['age-decades', decades],
    ['height', height],
    ['weight', weight],
    ['vkorc1', vkorc1],
    ['cyp2c9', cyp2c9],
    ['race', race],
    ['enzyme-inducer', inducer],
    ['amiodarone', amiodarone],
  ])
}

function gage(
  aAlleles: number,
  surface: number,
  star3: number,
  age: number,
  star2: number,
  inr: number,
  amiodarone: string,
  smoker: string,
  race: string,
  thrombosis: string,
): Map<string, InputValue> {
  return new Map<string, InputValue>([
    ['vkorc1-a-alleles', aAlleles],
    ['body-surface', surface],
    ['cyp2c9-3-alleles', star3],
    ['age', age],
    ['cyp2c9-2-alleles', star2],
    ['target-inr', inr],
    ['amiodarone', amiodarone],
    ['smoker', smoker],
    ['race', race],
    ['venous-thromboembolism', thrombosis],
  ])
}
