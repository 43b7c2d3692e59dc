import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  decimalElement,
  putSpelled,
  readResourceText,
  resourceCopy,
  resourceText,
  spelledAs,
  spellingOf,
} from './resource-text.ts'

/** Numbers as JSON allows them. */
const written = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9]\d{0,24}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,24}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,2}$/)),
  )
  .map((parts) => parts.join(''))

test('every number comes back as it was written, and is the number that JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 6 }), (numbers) => {
      const members = numbers.map((one, i) => `"n${i}":${one},"deep${i}":[{"value":${one}}]`)
      const text = `{${members.join(',')},"note":"5.40, 1e5"}`
      const tree = readResourceText(text)
      assert.equal(resourceText(tree), text)
      assert.equal(JSON.stringify(tree), JSON.stringify(JSON.parse(text)))
    }),
    { numRuns: 500 },
  )
})

for (const text of [
  '5.40',
  '5.0',
  '-0',
  '-0.0',
  '1e2',
  '1E2',
  '1.0e-7',
  '0.0000001',
  '12345678901234567890',
  '0.1234567890123456789',
])
  test(`${text} keeps its spelling with spaces, too`, () => {
    assert.equal(resourceText(readResourceText(`{"value" : ${text} }`)), `{"value":${text}}`)
    assert.equal(resourceText(readResourceText(`{"value":\n\t${text}\n}`), 1), `{\n "value": ${text}\n}`)
  })

test('a number that has been replaced is written as it is now', () => {
  const quantity = readResourceText('{"value":5.40,"unit":"mmol/L"}') as { value: number; unit: string }
  assert.equal(resourceText({ ...quantity, value: 6 }), '{"value":6,"unit":"mmol/L"}')
  assert.equal(resourceText({ ...quantity, unit: 'g' }), '{"value":5.40,"unit":"g"}')
  const { unit: _unit, ...rest } = quantity
  assert.equal(resourceText([{ rest }]), '[{"rest":{"value":5.40}}]')
  putSpelled(rest, 'value', 5.4, undefined)
  assert.equal(resourceText(rest), '{"value":5.4}')
  assert.equal(resourceText(quantity), '{"value":5.40,"unit":"mmol/L"}', 'the other keeps its own')
})

test('copies keep the spelling: deep, member by member, and of a text', () => {
  const tree = readResourceText('{"a":{"value":1.50}}') as { a: { value: number } }
  assert.equal(resourceText(resourceCopy(tree)), '{"a":{"value":1.50}}')
  assert.equal(resourceText(spelledAs(tree.a, Object.fromEntries(Object.entries(tree.a)))), '{"value":1.50}')
  assert.equal(resourceText(decimalElement('value', '5.40')), '{"value":5.40}')
  assert.equal(spellingOf(decimalElement('value', '5.4'), 'value'), undefined)
})

test('one object of very many odd numbers is read as well as one of few', () => {
  const text = `{${Array.from({ length: 200_000 }, (_, i) => `"m${i}":1e0`).join(',')}}`
  assert.equal(resourceText(readResourceText(text)), text)
})
