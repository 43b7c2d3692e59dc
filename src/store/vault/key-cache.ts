/** Longest time that an unwrapped key is kept, ms: a key that another process destroyed is gone from here by then. */
const LONGEST = 10 * 60_000
/** A key that was let go may still be in use by a call under way; after this many ms it is overwritten. */
const GRACE = 60_000

interface Kept {
  readonly key: Buffer
  readonly handle: string
  readonly since: number
}

/** Unwrapped keys, the least recently used one let go first, overwritten when they are. */
export class KeyCache {
  readonly #most: number
  readonly #now: () => number
  readonly #kept = new Map<string, Kept>()
  #leaving: { readonly key: Buffer; readonly at: number }[] = []

  /** `now` counts ms from anywhere. */
  constructor(most = 50_000, now: () => number = () => performance.now()) {
    this.#most = most
    this.#now = now
  }

  /** The key under this name, if it is the one with this handle (undefined: whichever). */
  get(name: string, handle?: string): Buffer | undefined {
    const found = this.#kept.get(name)
    if (found === undefined) return undefined
    if ((handle !== undefined && found.handle !== handle) || this.#now() - found.since > LONGEST) {
      this.drop(name)
      return undefined
    }
    this.#kept.delete(name)
    this.#kept.set(name, found)
    return found.key
  }

  put(name: string, handle: string, key: Buffer): void {
    const before = this.#kept.get(name)
    if (before !== undefined && before.key !== key) this.drop(name)
    this.#kept.set(name, { key, handle, since: this.#now() })
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= this.#most) break
      this.drop(oldest)
    }
    while (this.#leaving[0] !== undefined && this.#now() - this.#leaving[0].at > GRACE)
      this.#leaving.shift()!.key.fill(0)
  }

  drop(name: string): void {
    const found = this.#kept.get(name)
    if (found === undefined) return
    this.#kept.delete(name)
    this.#leaving.push({ key: found.key, at: this.#now() })
  }

  /** Overwrites every key. */
  wipe(): void {
    for (const { key } of this.#kept.values()) key.fill(0)
    for (const { key } of this.#leaving) key.fill(0)
    this.#kept.clear()
    this.#leaving = []
  }
}
