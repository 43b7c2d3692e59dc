import { Fault } from '../../terms/fault.ts'

/** Callers remembered at most; beyond it the one heard of longest ago is forgotten. */
const MOST = 20_000

/**
 * Counts attempts of one sort by caller in this process. What must hold over several servers, the back-off of one user's
 * name, is counted in the database.
 */
export class RateLimit {
  readonly #most: number
  readonly #windowMs: number
  readonly #seen = new Map<string, { since: number; count: number }>()

  constructor(most: number, windowMs: number) {
    this.#most = most
    this.#windowMs = windowMs
  }

  /** Throws TOO_MANY_REQUESTS (429) when the caller has used up its attempts of this window. */
  take(caller: string, now: Date): void {
    const at = now.getTime()
    const seen = this.#seen.get(caller)
    const current = seen === undefined || at - seen.since >= this.#windowMs ? { since: at, count: 0 } : seen
    current.count++
    this.#seen.delete(caller)
    this.#seen.set(caller, current)
    if (this.#seen.size > MOST) this.#seen.delete(this.#seen.keys().next().value!)
    if (current.count > this.#most) {
      throw new Fault(
        'TOO_MANY_REQUESTS',
        'request',
        'there were too many attempts from this address',
        'Wait a minute, then try again.',
      )
    }
  }
}
