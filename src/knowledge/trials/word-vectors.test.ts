import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { VECTOR_SIZE, wordVectors } from './word-vectors.ts'

test('words that are used alike have vectors that point alike', () => {
  const vectors = wordVectors(builtInFacts())
  const like = (one: string, other: string) => {
    const [a, b] = [vectors.vector(one)!, vectors.vector(other)!]
    assert.equal(a.length, VECTOR_SIZE)
    const dot = (x: Int8Array, y: Int8Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
  }
  assert.ok(like('lymphoma', 'leukemia') > like('lymphoma', 'hemoglobin'))
  assert.ok(like('chemotherapy', 'radiation') > like('chemotherapy', 'consent'))
  assert.equal(vectors.vector('no such word'), undefined)
})
