import { parentPort, workerData } from 'node:worker_threads'
import { Dice, mutate } from './mutate.ts'
import { defectOf, PARSERS } from './parsers.ts'

/** What the thread is told, and what it shares: the number of the input it reads at this moment. */
export interface FuzzTask {
  readonly parser: string
  readonly first: number
  readonly seconds: number
  readonly current: SharedArrayBuffer
}

export interface FuzzResult {
  readonly inputs: number
  /** Milliseconds of the input that took longest. */
  readonly slowest: number
  readonly defects: readonly { readonly input: number; readonly error: string }[]
}

const MOST_DEFECTS = 3

/** The input of a number: mutated from the seeds, the same on every run. */
function inputOf(number: number, seeds: readonly Uint8Array[]): Buffer {
  const dice = new Dice(number)
  return mutate(dice.pick(seeds), seeds, dice)
}

async function fuzz({ parser: name, first, seconds, current }: FuzzTask): Promise<FuzzResult> {
  const parser = PARSERS.find((one) => one.name === name)!
  const seeds = parser.seeds()
  const at = new Int32Array(current)
  const end = performance.now() + 1000 * seconds
  const defects: { input: number; error: string }[] = []
  let slowest = 0
  let number = first
  for (; performance.now() < end && defects.length < MOST_DEFECTS; number++) {
    const bytes = inputOf(number, seeds)
    Atomics.store(at, 0, number)
    const started = performance.now()
    const error = await defectOf(parser, bytes)
    slowest = Math.max(slowest, performance.now() - started)
    if (error !== undefined) defects.push({ input: number, error })
  }
  return { inputs: number - first, slowest, defects }
}

parentPort!.postMessage(await fuzz(workerData as FuzzTask))
