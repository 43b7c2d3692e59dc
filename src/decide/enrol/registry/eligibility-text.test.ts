import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitEligibility } from './eligibility-text.ts'

const shown = (text: string) =>
  splitEligibility(text).map(({ side, depth, text: one }) => `${side?.slice(0, 2) ?? '?'}${depth} ${one}`)

test('bullets, numbers and nesting below two headings', () => {
  const text = [
    'Inclusion Criteria:',
    '',
    '* Age ≥ 18 years',
    '* One of the following:',
    '  * KRAS G12C',
    '  * BRAF V600E',
    '',
    '**Key Exclusion Criteria**:',
    '',
    '1. Pregnancy',
    '2) Prior osimertinib',
  ].join('\n')
  assert.deepEqual(shown(text), [
    'in0 Age ≥ 18 years',
    'in0 One of the following:',
    'in1 KRAS G12C',
    'in1 BRAF V600E',
    'ex0 Pregnancy',
    'ex0 Prior osimertinib',
  ])
})

test('lines that go on are joined; a number of a value is no bullet', () => {
  const text =
    'INCLUSION CRITERIA:\n\n  -  ALT and AST no more than\n     2.5 x ULN\n\n  -  Platelets >= 100\n\nExclusion: fever'
  assert.deepEqual(shown(text), [
    'in0 ALT and AST no more than 2.5 x ULN',
    'in0 Platelets >= 100',
    'ex0 fever',
  ])
})

test('headings within running text, and text before any heading', () => {
  assert.deepEqual(shown('Adults with asthma. Inclusion Criteria: age 18. Exclusion Criteria: smokers.'), [
    '? Adults with asthma.'.replace('?', '?0'),
    'in0 age 18.',
    'ex0 smokers.',
  ])
})

test('an item knows where its text stands', () => {
  const text = 'Inclusion Criteria:\r\n\r\n* first item\r\n* second\r\n'
  const [first, second] = splitEligibility(text)
  assert.equal(text.slice(first!.start, first!.end), 'first item')
  assert.equal(text.slice(second!.start, second!.end), 'second')
})

test('text without structure, of any length, is split in time that grows with it', () => {
  assert.deepEqual(splitEligibility(''), [])
  assert.equal(splitEligibility('a '.repeat(500_000)).length, 1)
  assert.equal(splitEligibility('* x\n'.repeat(100_000)).length, 2_000)
  assert.ok(splitEligibility(`${' '.repeat(100_000)}inclusion${' '.repeat(100_000)}`).length <= 1)
  assert.ok(splitEligibility('exclusion criteria : '.repeat(20_000)).length <= 20_000)
})
