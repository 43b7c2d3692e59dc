import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

// Far longer than any of it takes: a busy machine is no fault of the product, and one that never comes is told by name.
const PATIENCE_MS = 60_000
const PAUSE_MS = 25

/**
 * Asks again until `told` gives something other than false or undefined, and gives that; fails with `what` when it never
 * does. For work that goes on behind an answer: jobs, notifications, documents being read.
 */
export async function until<T>(
  what: string,
  told: () => Promise<T | false | undefined> | T | false | undefined,
): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const value = await told()
    if (value !== false && value !== undefined) return value
    if (performance.now() > end) return assert.fail(what)
    await sleep(PAUSE_MS)
  }
}
