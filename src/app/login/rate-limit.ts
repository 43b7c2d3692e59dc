import { Fault } from '../../terms/fault.ts'

/** A caller has used up what a window of time allows. */
export class TooManyRequests extends Fault {
  /** Whole seconds until the next window. */
  readonly retryAfter: number
  /** The first refusal of this window. */
  readonly first: boolean

  constructor(what: string, retryAfter: number, first: boolean) {
    super('TOO_MANY_REQUESTS', 'request', what, `Wait ${retryAfter} seconds, then try again.`)
    this.retryAfter = retryAfter
    this.first = first
  }
}

/** Callers remembered at most; beyond it the one heard of longest ago is forgotten. */
const MOST = 20_000

/**
 * Counts attempts of one sort by caller in this process. What must hold over several servers, the back-off of one user's
 * name, is counted in the database.
 */
export class RateLimit {
  readonly #most: number
  readonly #windowMs: number
  readonly #what: string
  readonly #seen = new Map<string, { since: number; count: number }>()

  constructor(most: number, windowMs: number, what = 'there were too many attempts from this address') {
    this.#most = most
    this.#windowMs = windowMs
    this.#what = what
  }

  /** Throws TooManyRequests (429) when the caller has used up its attempts of this window. */
  take(caller: string, now: Date): void {
    const at = now.getTime()
    const seen = this.#seen.get(caller)
    const current = seen === undefined || at - seen.since >= this.#windowMs ? { since: at, count: 0 } : seen
    current.count++
    this.#seen.delete(caller)
    this.#seen.set(caller, current)
    if (this.#seen.size > MOST) this.#seen.delete(this.#seen.keys().next().value!)
    if (current.count > this.#most) {
      const rest = Math.max(1, Math.ceil((current.since + this.#windowMs - at) / 1000))
      throw new TooManyRequests(this.#what, rest, current.count === this.#most + 1)
    }
  }
}
