import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Span } from './spans.ts'
import { firstMentions, wholeNames } from './whole-names.ts'
import { wordsOf } from './words.ts'

const formsOf = (line: string) => wordsOf(line).map(({ form }) => form)

/** A span over the words of a name, where it stands for the nth time. */
function spanOf(forms: readonly string[], name: string, nth: number, probability: number): Span {
  const words = formsOf(name)
  const places = forms.flatMap((_, i) => (words.every((word, k) => forms[i + k] === word) ? i : []))
  const first = places[nth - 1]!
  return { first, last: first + words.length - 1, kind: 0, probability }
}

test('a name does not cut a pair of brackets, and those that do leave their place to others', () => {
  const forms = formsOf('acute myeloid leukemia (aml) or fever')
  const whole = spanOf(forms, 'acute myeloid leukemia (aml)', 1, 0.3)
  const short = spanOf(forms, 'acute myeloid leukemia', 1, 0.2)
  const cut = spanOf(forms, 'acute myeloid leukemia (aml', 1, 0.4)
  const end = spanOf(forms, 'aml)', 1, 0.1)
  const other = spanOf(forms, 'fever', 1, 0.9)
  const left = wholeNames([whole, cut, short, end, other], forms)
  assert.deepEqual(
    left.map(({ first, last, probability }) => [first, last, Number(probability.toFixed(4))]),
    [
      [whole.first, whole.last, 0.6],
      [short.first, short.last, 0.3333],
      [other.first, other.last, 0.9],
    ],
  )
})

test('a closing bracket before an opening one is no pair', () => {
  const forms = formsOf('hbv ) infection ( treated')
  assert.deepEqual(wholeNames([spanOf(forms, 'hbv ) infection ( treated', 1, 0.5)], forms), [])
})

test('no probability grows beyond one', () => {
  const forms = formsOf('a (b')
  const spans = [spanOf(forms, 'a', 1, 0.9), spanOf(forms, 'a (b', 1, 0.95)]
  assert.deepEqual(wholeNames(spans, forms), [{ ...spans[0], probability: 1 }])
})

test('a name is marked where it first stands', () => {
  const forms = formsOf('prior chemotherapy, relapse while on chemotherapy')
  const [first, again] = [spanOf(forms, 'chemotherapy', 1, 0.5), spanOf(forms, 'chemotherapy', 2, 0.9)]
  assert.deepEqual(firstMentions([first, again], forms), [first])
})

test('the seam of two annotations and bounds are no repetition', () => {
  for (const [line, name] of [
    ['hepatic encephalopathy encephalopathy within a year', 'encephalopathy'],
    ['hepatitis b virus (hbv) hbv) infection', 'hbv'],
    ['hemoglobin < 12 g/dl in women, < 13 g/dl in men', '12 g/dl'],
  ] as const) {
    const forms = formsOf(line)
    const again = [spanOf(forms, name, 2, 0.5)]
    assert.deepEqual(firstMentions(again, forms), again)
  }
})

test('a name does not go across words said twice in a row', () => {
  for (const [line, name] of [
    ['relapsed acute leukemias acute leukemias', 'acute leukemias acute leukemias'],
    ['platinum-based chemotherapy therapy', 'chemotherapy therapy'],
    ['become pregnant pregnant', 'become pregnant pregnant'],
  ] as const) {
    const forms = formsOf(line)
    assert.deepEqual(wholeNames([spanOf(forms, name, 1, 0.5)], forms), [])
  }
  const forms = formsOf('acute leukemias acute leukemias or hepatitis b or c')
  const whole = ['acute leukemias', 'hepatitis b or c'].map((name) => spanOf(forms, name, 1, 0.5))
  assert.deepEqual(wholeNames(whole, forms), whole)
})
