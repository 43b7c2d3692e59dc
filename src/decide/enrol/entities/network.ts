import { type EntityNetwork, PARTS, type Weights } from '../../../knowledge/trials/entity-network.ts'
import { VECTOR_SIZE, type WordVectors } from '../../../knowledge/trials/word-vectors.ts'
import { NETWORK_WASM } from './network-module.ts'
import { letterRows, VECTOR_STEP, vectorOf } from './network-words.ts'

/** Words whose first layer is kept for the next line. */
const MOST_KEPT = 20_000

/** The part of WebAssembly that is used: the types of Node do not name it. */
interface WebAssemblyOfNode {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: unknown }
}

interface Inner {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly __heap_base: { readonly value: number }
  run(network: number, first: number, words: number, room: number, scores: number): void
}

const PAGE = 65536
/** Weights that run.c needs, in its order: all but those of the first layer, the transitions and the tables. */
const INNER = PARTS.slice(2, -3)

/**
 * Scores the labels of words by what stands before and behind them: a layer over each word (its vector, its own row, its
 * letters, what the lexicon says), a long short-term memory in both directions (Hochreiter and Schmidhuber 1997), a layer
 * over both, and scores for a conditional random field (Lample et al. 2016, arXiv:1603.01360). What comes behind the first
 * layer is computed by scripts/entity-network/run.c as WebAssembly.
 */
export class Network {
  readonly transitions: Float64Array
  readonly #parts: EntityNetwork
  readonly #rows: ReadonlyMap<string, number>
  readonly #vectors: WordVectors
  readonly #kept = new Map<string, Float32Array>()
  /** The weights of the sides, side by side: [side * layer + unit]. */
  readonly #sides: Float32Array
  readonly #sideCount: number
  readonly #inner: Inner
  /** Where the weights end and a line may be laid out. */
  readonly #free: number

  constructor(parts: EntityNetwork, rows: ReadonlyMap<string, number>, vectors: WordVectors) {
    this.#parts = parts
    this.#rows = rows
    this.#vectors = vectors
    this.transitions = Float64Array.from(parts.transitions.values)
    const { input } = parts
    const from = VECTOR_SIZE + 1 + parts.words.columns + parts.letters.columns
    this.#sideCount = input.columns - from
    this.#sides = columnsOf(input, input.rows).subarray(from * input.rows)
    const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyOfNode }
    const module = new WebAssembly.Module(Buffer.from(NETWORK_WASM, 'base64'))
    this.#inner = new WebAssembly.Instance(module).exports as Inner
    this.#free = this.#layOut()
  }

  /** Lays the weights out behind the module's own memory: the struct of run.c, then its matrices. Returns where they end. */
  #layOut(): number {
    const base = aligned(this.#inner.__heap_base.value)
    const head = [this.#parts.input.rows, this.#parts['forward-state'].columns, fours(this.#parts.outer.rows)]
    let at = aligned(base + 4 * (head.length + INNER.length))
    for (const name of INNER) {
      const part = this.#parts[name]
      // A bias is a column, of as many numbers as its matrix has rows.
      const [rows, matrix] =
        part.rows === 1 ? [part.columns, { ...part, rows: part.columns, columns: 1 }] : [part.rows, part]
      const columns = columnsOf(matrix, fours(rows))
      this.#room(at, columns.length).set(columns)
      head.push(at)
      at += 4 * columns.length
    }
    new Int32Array(this.#inner.memory.buffer, base, head.length).set(head)
    return at
  }

  /** Numbers of the module's memory, which grows where it must. */
  #room(at: number, length: number): Float32Array {
    const { memory } = this.#inner
    const missing = at + 4 * length - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
    return new Float32Array(memory.buffer, at, length)
  }

  /** Logits, [word * labels + label]. `sides` has SIDES numbers for each word. */
  scores(forms: readonly string[], sides: Float32Array): Float64Array {
    const { input, outer } = this.#parts
    const [words, layer, labels] = [forms.length, input.rows, outer.rows]
    const state = this.#parts['forward-state'].columns
    const wide = fours(labels)
    const room = this.#free + 4 * words * layer
    const out = room + 4 * (words * (2 * state + layer) + 5 * state + layer)
    this.#room(out, words * wide)
    const first = this.#room(this.#free, words * layer)
    for (let i = 0; i < words; i++) this.#firstLayer(forms[i]!, sides, i, first)
    this.#inner.run(aligned(this.#inner.__heap_base.value), this.#free, words, room, out)
    const found = this.#room(out, words * wide)
    const scores = new Float64Array(words * labels)
    for (let i = 0; i < words; i++)
      for (let y = 0; y < labels; y++) scores[i * labels + y] = found[i * wide + y]!
    return scores
  }

  /** The first layer of a word, before it is bent. */
  #firstLayer(form: string, sides: Float32Array, i: number, into: Float32Array): void {
    const layer = this.#parts.input.rows
    const at = i * layer
    into.set(this.#ofWord(form), at)
    for (let side = 0; side < this.#sideCount; side++) {
      const value = sides[i * this.#sideCount + side]!
      if (value === 0) continue
      for (let j = 0; j < layer; j++) into[at + j] = into[at + j]! + value * this.#sides[side * layer + j]!
    }
  }

  /** The part of the first layer that a word brings by itself; that of words seen before is kept. */
  #ofWord(form: string): Float32Array {
    const kept = this.#kept.get(form)
    if (kept !== undefined) return kept
    const { input, 'input-bias': bias, letters, words } = this.#parts
    const x = new Float64Array(input.columns)
    const vector = vectorOf(form, this.#vectors)
    if (vector === undefined) x[VECTOR_SIZE] = 1
    else for (let j = 0; j < VECTOR_SIZE; j++) x[j] = vector[j]! * VECTOR_STEP
    let at = VECTOR_SIZE + 1
    const own = this.#rows.get(form)
    if (own !== undefined) x.set(words.values.subarray(own * words.columns, (own + 1) * words.columns), at)
    at += words.columns
    const rows = letterRows(form)
    for (const row of rows)
      for (let j = 0; j < letters.columns; j++)
        x[at + j] = x[at + j]! + letters.values[row * letters.columns + j]! / Math.sqrt(rows.length)
    const layer = bias.values.map((start, i) => {
      let sum = start
      for (let j = 0; j < input.columns; j++) sum += input.values[i * input.columns + j]! * x[j]!
      return sum
    })
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    const small = Float32Array.from(layer)
    this.#kept.set(form, small)
    return small
  }
}

/** The next multiple of four, so many numbers as a vector of the module has. */
const fours = (count: number): number => Math.ceil(count / 4) * 4
/** The next multiple of a vector's sixteen bytes. */
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** A matrix column by column, each column filled up with 0. */
function columnsOf({ rows, columns, values }: Weights, height: number): Float32Array {
  const turned = new Float32Array(columns * height)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * height + i] = values[i * columns + j]!
  return turned
}
