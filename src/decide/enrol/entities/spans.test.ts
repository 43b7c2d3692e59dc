import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestSpans, mayFollow, type Span, spanProbabilities, stepsOf } from './spans.ts'

/** Every way to label some words, with its weight: the slow definition of what the algorithm computes. */
function* labellings(words: number, labels: number, before = 0): Generator<number[]> {
  if (words === 0) yield []
  else
    for (let label = 0; label < labels; label++)
      if (mayFollow(before, label))
        for (const rest of labellings(words - 1, labels, label)) yield [label, ...rest]
}

test('probabilities of spans are sums over all labellings', () => {
  const [words, labels] = [4, 5]
  let state = 7
  const logit = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return (state / 2147483648) * 4 - 2
  }
  const scores = Float64Array.from({ length: words * labels }, logit)
  const transitions = Float64Array.from({ length: labels * labels }, logit)
  const sums = new Map<string, number>()
  let total = 0
  for (const one of labellings(words, labels)) {
    let sum = 0
    for (const [i, label] of one.entries())
      sum += scores[i * labels + label]! + transitions[(one[i - 1] ?? 0) * labels + label]!
    const weight = Math.exp(sum)
    total += weight
    for (let first = 0; first < words; first++) {
      if (one[first]! % 2 !== 1) continue
      let last = first
      while (last + 1 < words && one[last + 1] === one[first]! + 1) last++
      const key = `${first} ${last} ${(one[first]! - 1) / 2}`
      sums.set(key, (sums.get(key) ?? 0) + weight)
    }
  }
  const found = spanProbabilities(scores, stepsOf(transitions, labels), labels)
  assert.ok(found.length > 5)
  for (const { first, last, kind, probability } of found)
    assert.ok(Math.abs(probability - sums.get(`${first} ${last} ${kind}`)! / total) < 1e-9)
  for (const [key, sum] of sums)
    if (sum / total > 0.03) assert.ok(found.some((one) => `${one.first} ${one.last} ${one.kind}` === key))
})

test('the chosen spans do not overlap and serve best', () => {
  const span = (first: number, last: number, probability: number): Span => ({
    first,
    last,
    kind: 0,
    probability,
  })
  const both = [span(0, 3, 0.45), span(0, 1, 0.4), span(2, 3, 0.4)]
  assert.deepEqual(bestSpans(both, 4, 0.3), [both[1], both[2]])
  assert.deepEqual(bestSpans(both, 4, 0.38), [both[0]])
  assert.deepEqual(bestSpans(both, 4, 0.5), [])
})
