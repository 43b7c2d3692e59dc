import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type EntityNetwork,
  PARTS,
  type PartName,
  type Weights,
} from '../../../knowledge/trials/entity-network.ts'
import { VECTOR_SIZE, type WordVectors } from '../../../knowledge/trials/word-vectors.ts'
import { Network } from './network.ts'
import { BUCKETS, letterRows, VECTOR_STEP, vectorOf } from './network-words.ts'

const [LAYER, STATE, LABELS, OWN, LETTERS, SIDES] = [8, 4, 5, 2, 3, 2]
const SHAPES: Readonly<Record<PartName, readonly [number, number]>> = {
  input: [LAYER, VECTOR_SIZE + 1 + OWN + LETTERS + SIDES],
  'input-bias': [1, LAYER],
  'forward-input': [4 * STATE, LAYER],
  'forward-state': [4 * STATE, STATE],
  'forward-bias': [1, 4 * STATE],
  'backward-input': [4 * STATE, LAYER],
  'backward-state': [4 * STATE, STATE],
  'backward-bias': [1, 4 * STATE],
  inner: [LAYER, 2 * STATE + LAYER],
  'inner-bias': [1, LAYER],
  outer: [LABELS, LAYER],
  'outer-bias': [1, LABELS],
  transitions: [LABELS, LABELS],
  letters: [BUCKETS, LETTERS],
  words: [2, OWN],
}

let state = 3
const some = (): number => {
  state = (state * 1103515245 + 12345) % 2147483648
  return state / 2147483648 - 0.5
}
const network = Object.fromEntries(
  PARTS.map((part): [PartName, Weights] => {
    const [rows, columns] = SHAPES[part]
    return [part, { rows, columns, step: 1, values: Float64Array.from({ length: rows * columns }, some) }]
  }),
) as EntityNetwork
const known = new Map([['cancer', Int8Array.from({ length: VECTOR_SIZE }, (_, i) => (i % 7) - 3)]])
const vectors: WordVectors = { words: 1, vector: (word) => known.get(word) }
const rows = new Map([
  ['cancer', 0],
  ['of', 1],
])

/** The slow definition of what the module computes. */
function slowly(forms: readonly string[], sides: Float32Array): number[] {
  const product = (part: PartName, x: readonly number[], bias?: PartName) => {
    const { rows, columns, values } = network[part]
    return Array.from({ length: rows }, (_, i) =>
      x.reduce((sum, one, j) => sum + values[i * columns + j]! * one, bias ? network[bias].values[i]! : 0),
    )
  }
  const first = forms.map((form, i) => {
    const vector = vectorOf(form, vectors)
    const row = rows.get(form)
    const own = row === undefined ? [0, 0] : [...network.words.values.slice(row * OWN, (row + 1) * OWN)]
    const buckets = letterRows(form)
    const letters = Array.from({ length: LETTERS }, (_, j) =>
      buckets.reduce(
        (sum, one) => sum + network.letters.values[one * LETTERS + j]! / Math.sqrt(buckets.length),
        0,
      ),
    )
    const meaning = Array.from({ length: VECTOR_SIZE }, (_, j) => (vector?.[j] ?? 0) * VECTOR_STEP)
    const told = [...sides.slice(i * SIDES, (i + 1) * SIDES)]
    const x = [...meaning, vector === undefined ? 1 : 0, ...own, ...letters, ...told]
    return product('input', x, 'input-bias').map(Math.tanh)
  })
  const squashed = (x: number) => 1 / (1 + Math.exp(-x))
  const memory = (way: 'forward' | 'backward', words: readonly number[][]) => {
    let [cell, shown] = [new Array<number>(STATE).fill(0), new Array<number>(STATE).fill(0)]
    return words.map((word) => {
      const fromState = product(`${way}-state`, shown)
      const gates = product(`${way}-input`, word, `${way}-bias`).map((one, j) => one + fromState[j]!)
      cell = cell.map(
        (one, j) =>
          squashed(gates[STATE + j]!) * one + squashed(gates[j]!) * Math.tanh(gates[3 * STATE + j]!),
      )
      shown = cell.map((one, j) => squashed(gates[2 * STATE + j]!) * Math.tanh(one))
      return shown
    })
  }
  const ahead = memory('forward', first)
  const back = memory('backward', [...first].reverse()).reverse()
  return first.flatMap((layer, i) => {
    const hidden = product('inner', [...ahead[i]!, ...back[i]!, ...layer], 'inner-bias').map(Math.tanh)
    return product('outer', hidden, 'outer-bias')
  })
}

test('the module computes what the network is', () => {
  const fast = new Network(network, rows, vectors)
  for (const forms of [
    ['cancer'],
    ['history', 'of', 'non-cancer', '@NUMBER'],
    'cancer of the '.repeat(300).trim().split(' '),
    ['of'],
  ]) {
    const sides = Float32Array.from({ length: forms.length * SIDES }, (_, i) => (i % 3) / 3)
    const [found, wanted] = [fast.scores(forms, sides), slowly(forms, sides)]
    assert.equal(found.length, wanted.length)
    for (const [i, one] of wanted.entries())
      assert.ok(Math.abs(found[i]! - one) < 1e-3, `${found[i]} where ${one} is right`)
  }
})

test('a word with hyphens has the vector of its known parts', () => {
  assert.deepEqual(vectorOf('non-cancer', vectors), known.get('cancer'))
  assert.equal(vectorOf('zzz', vectors), undefined)
})
