import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import { type LabelPerson, populationFit, readPopulation } from './population.ts'

const aged = (years: number, more: LabelPerson = {}): LabelPerson => ({
  age: { from: years, to: years },
  ...more,
})
const fits = (text: string, person: LabelPerson) => populationFit(text, person).fits

test('every population of the pack is read', () => {
  const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
  for (const { id, population } of approvals(facts).all) assert.ok(readPopulation(population), id)
})

test('both sides of every edge of age', () => {
  const rows: readonly (readonly [string, number, string])[] = [
    ['adult', 17, 'no'],
    ['adult', 18, 'yes'],
    ['12 years and older', 11, 'no'],
    ['12 years and older', 12, 'yes'],
    ['1 year to under 18 years', 0, 'no'],
    ['1 year to under 18 years', 1, 'yes'],
    ['1 year to under 18 years', 17, 'yes'],
    ['1 year to under 18 years', 18, 'no'],
    ['6 months to under 18 years', 0, 'unknown'],
    ['1 month and older', 0, 'unknown'],
    ['1 month and older', 1, 'yes'],
    ['under 18 years', 17, 'yes'],
    ['under 18 years', 18, 'no'],
    ['1 year to young adult', 21, 'yes'],
    ['1 year to young adult', 22, 'no'],
    ['adult and paediatric', 0, 'yes'],
  ]
  for (const [text, years, is] of rows) assert.equal(fits(text, aged(years)), is, `${text}, ${years}`)
})

test('a birth year that leaves two ages open decides nothing at the edge', () => {
  assert.equal(fits('adult', { age: { from: 17, to: 18 } }), 'unknown')
})

test('a label for women is not for a man; her menopause is asked for, his is not', () => {
  assert.equal(fits('women', { sex: 'male' }), 'no')
  assert.equal(fits('postmenopausal women', { sex: 'male' }), 'no')
  assert.equal(fits('postmenopausal women or men', aged(60, { sex: 'male' })), 'yes')
  const her = populationFit('postmenopausal women', aged(60, { sex: 'female' }))
  assert.deepEqual([her.fits, her.asks], ['unknown', 'whether menopause has passed'])
  assert.equal(fits('women', aged(60, { sex: 'female' })), 'yes')
})

test('of a person of whom nothing is known nothing is ruled out', () => {
  for (const text of ['adult', 'women', 'postmenopausal women', 'under 18 years']) {
    const { fits: is, asks } = populationFit(text, {})
    assert.deepEqual([is, asks], ['unknown', undefined], text)
  }
})
