import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from './words.ts'

const forms = (line: string) => wordsOf(line).map(({ form }) => form)

test('raw text is cut as the annotated lines are', () => {
  assert.deepEqual(forms('Age ≥18 years (e.g., ANC>=1,500/mm3).'), [
    ...['age', '≥', '@NUMBER', 'years', '(', 'e.g.', ',', 'anc', '≥', '@NUMBER', '/', 'mm3', ')', '.'],
  ])
  assert.deepEqual(forms('ECOG 0-1, 18–65, 2-year'), [
    ...['ecog', '@NUMBER', '-', '@NUMBER', ',', '@NUMBER', '-', '@NUMBER', ',', '2-year'],
  ])
  assert.deepEqual(forms("Crohn's, EML4-ALK+ at 1:40; 2.5"), [
    ...['crohn', "'s", ',', 'eml4-alk+', 'at', '1:40', ';', '@NUMBER'],
  ])
})

test('text that was cut before is cut in the same places', () => {
  const line = "hba1c < @NUMBER % ( e.g . crohn 's disease ) , bcr-abl1 -rearranged 1.73m2"
  assert.deepEqual(forms(line), line.split(' '))
})

test('words know where they stand, and anything ends', () => {
  for (const line of ['', ' \t ', '(((', `${'x.'.repeat(100_000)}`, 'a\u0000b\ud800', '.'.repeat(50_000)]) {
    const words = wordsOf(line)
    for (const [i, { start, end }] of words.entries()) {
      assert.ok(start < end && end <= line.length)
      assert.ok(i === 0 || words[i - 1]!.end <= start)
    }
    assert.equal(words.map(({ start, end }) => line.slice(start, end)).join(''), line.replace(/\s/g, ''))
  }
})
