// Learns the networks of the tagger: writes the lines as numbers, compiles scripts/entity-network/learn.c with the compiler of
// this machine (cc), runs it once for each seed, and rounds the weights to a byte.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LineFeatures, SIDES } from '../../src/decide/enrol/entities/features.ts'
import type { Lexicon } from '../../src/decide/enrol/entities/lexicon.ts'
import { BUCKETS, letterRows, VECTOR_STEP, vectorOf } from '../../src/decide/enrol/entities/network-words.ts'
import {
  type EntityNetwork,
  type EntityNetworks,
  PARTS,
  type PartName,
  type Weights,
} from '../../src/knowledge/trials/entity-network.ts'
import { VECTOR_SIZE, type WordVectors } from '../../src/knowledge/trials/word-vectors.ts'

/** Numbers for a word's own row and for a group of letters, units of the layers, and of the memory in each direction. */
const SIZES = { own: 24, letters: 24, inner: 48, state: 48 }
/** One network for each. */
export const SEEDS: readonly number[] = [1, 2, 3]

/** A line to learn from: words, and the label of each. */
export interface LabelledLine {
  readonly forms: readonly string[]
  readonly labels: readonly number[]
}

/** Learns a network for each seed; the same compiler gives the same networks. */
export async function learnNetworks(
  lines: readonly LabelledLine[],
  labels: number,
  lexicon: Lexicon,
  vectors: WordVectors,
  seeds: readonly number[] = SEEDS,
): Promise<EntityNetworks> {
  const words = [...new Set(lines.flatMap(({ forms }) => forms))].sort()
  const folder = mkdtempSync(join(tmpdir(), 'garrod-network-'))
  try {
    const [input, program] = [join(folder, 'lines'), join(folder, 'learn')]
    writeFileSync(input, numbersOf(lines, words, lexicon, vectors))
    const sizes = { VECTOR_SIZE, VECTOR_STEP, SIDES, BUCKETS, LABELS: labels }
    const own = { OWN: SIZES.own, LETTERS: SIZES.letters, INNER: SIZES.inner, STATE: SIZES.state }
    execFileSync('cc', [
      ...['-O3', '-march=native', '-ffast-math'],
      ...Object.entries({ ...sizes, ...own }).map(([name, size]) => `-D${name}=${size}`),
      ...['-o', program, join(import.meta.dirname, '../entity-network/learn.c'), '-lm'],
    ])
    const networks = seeds.map(async (seed) => {
      const output = join(folder, `weights-${seed}`)
      await promisify(execFile)(program, [input, output, String(seed)])
      return networkOf(readFileSync(output), words.length, labels)
    })
    return { networks: await Promise.all(networks), words }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What learn.c reads: for each word its vector, 1 where it has none, and its groups of letters; then the lines. */
function numbersOf(
  lines: readonly LabelledLine[],
  words: readonly string[],
  lexicon: Lexicon,
  vectors: WordVectors,
): Uint8Array {
  const numbers: number[] = [words.length, lines.length]
  const none = new Int8Array(VECTOR_SIZE)
  for (const word of words) {
    const vector = vectorOf(word, vectors)
    const letters = letterRows(word)
    numbers.push(...(vector ?? none), vector === undefined ? 1 : 0, letters.length, ...letters)
  }
  const places = new Map(words.map((word, i) => [word, i]))
  const sides = new Float32Array(SIDES)
  for (const { forms, labels } of lines) {
    numbers.push(forms.length, ...forms.map((form) => places.get(form)!), ...labels)
    const features = new LineFeatures(forms, lexicon)
    for (let i = 0; i < forms.length; i++) {
      features.sides(i, sides, 0)
      // All of them are thirds.
      for (const side of sides) numbers.push(Math.round(3 * side))
    }
  }
  return new Uint8Array(Int32Array.from(numbers).buffer)
}

function networkOf(bytes: Buffer, words: number, labels: number): EntityNetwork {
  const { own, letters, inner, state } = SIZES
  const shapes: Readonly<Record<PartName, readonly [rows: number, columns: number]>> = {
    input: [inner, VECTOR_SIZE + 1 + own + letters + SIDES],
    'input-bias': [1, inner],
    'forward-input': [4 * state, inner],
    'forward-state': [4 * state, state],
    'forward-bias': [1, 4 * state],
    'backward-input': [4 * state, inner],
    'backward-state': [4 * state, state],
    'backward-bias': [1, 4 * state],
    inner: [inner, 2 * state + inner],
    'inner-bias': [1, inner],
    outer: [labels, inner],
    'outer-bias': [1, labels],
    transitions: [labels, labels],
    letters: [BUCKETS, letters],
    words: [words, own],
  }
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  let at = 0
  const parts = PARTS.map((part): [PartName, Weights] => {
    const [rows, columns] = shapes[part]
    const exact = all.subarray(at, at + rows * columns)
    at += rows * columns
    const step = stepOf(exact)
    return [
      part,
      { rows, columns, step, values: Float64Array.from(exact, (one) => Math.round(one / step) * step) },
    ]
  })
  if (at !== all.length) throw new Error(`learn.c wrote ${all.length} weights where ${at} were looked for`)
  return Object.fromEntries(parts) as EntityNetwork
}

/** The step in which weights are kept, so that the greatest fits a signed byte: six digits of it, as the pack writes it. */
function stepOf(values: Float32Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return Number((most / 127).toPrecision(6)) || 1
}

/** The files of the pack. */
export function networkFiles({ networks, words }: EntityNetworks): ReadonlyMap<string, string> {
  const rows = networks.flatMap((network, i) =>
    PARTS.map((part) => {
      const { rows, columns, step, values } = network[part]
      const bytes = Int8Array.from(values, (one) => Math.round(one / step))
      return [i + 1, part, rows, columns, step, Buffer.from(bytes.buffer).toString('base64')].join('\t')
    }),
  )
  return new Map([
    ['networks.tsv', ['network\tpart\trows\tcolumns\tstep\tvalues', ...rows, ''].join('\n')],
    ['words.tsv', ['row\tword', ...words.map((word, row) => `${row}\t${word}`), ''].join('\n')],
  ])
}
