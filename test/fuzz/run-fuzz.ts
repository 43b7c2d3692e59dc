import { Worker } from 'node:worker_threads'
import type { FuzzResult, FuzzTask } from './fuzz-worker.ts'

/** Memory of the thread, beyond which Node ends it: far more than a reader of small files may need. */
const HEAP_MB = 256
/** Silence after the end of the time given that is taken for a reader that hangs; the machine may be busy. */
const GRACE_SECONDS = 30

/**
 * Fuzzes one reader in a thread of its own for a bounded time. A reader that hangs or fills the memory is ended, and the
 * number of its input is told: `inputs` from that number on repeat it.
 */
export async function runFuzz(parser: string, first: number, seconds: number): Promise<FuzzResult> {
  const current = new SharedArrayBuffer(4)
  const task: FuzzTask = { parser, first, seconds, current }
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<FuzzResult>((resolve, reject) => {
      const at = () => `input ${new Int32Array(current)[0]} of "${parser}"`
      timer = setTimeout(() => reject(new Error(`${at()} hangs`)), 1000 * (seconds + GRACE_SECONDS))
      worker.once('message', resolve)
      worker.once('error', (error) => reject(new Error(`${at()}: ${error.stack}`)))
      worker.once('exit', () => reject(new Error(`${at()}: the thread ended`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
