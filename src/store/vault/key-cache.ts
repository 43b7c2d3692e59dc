import { createSecretKey, type KeyObject } from 'node:crypto'

/** Longest time that an unwrapped key is kept, ms: a key that another process destroyed is gone from here by then. */
const LONGEST = 10 * 60_000

interface Kept {
  readonly key: KeyObject
  readonly handle: string
  readonly since: number
}

/**
 * Unwrapped keys, the least recently used one let go first. They are held as the cipher library's own objects, which it
 * clears when nobody holds them any more: with the bytes given anew, each use would cost five times as much.
 */
export class KeyCache {
  readonly #most: number
  readonly #now: () => number
  readonly #kept = new Map<string, Kept>()

  /** `now` counts ms from anywhere. */
  constructor(most = 50_000, now: () => number = () => performance.now()) {
    this.#most = most
    this.#now = now
  }

  /** The key under this name, if it is the one with this handle (undefined: whichever). */
  get(name: string, handle?: string): KeyObject | undefined {
    const found = this.#kept.get(name)
    if (found === undefined) return undefined
    this.#kept.delete(name)
    if ((handle !== undefined && found.handle !== handle) || this.#now() - found.since > LONGEST)
      return undefined
    this.#kept.set(name, found)
    return found.key
  }

  /** Takes the key over: its bytes are overwritten here. */
  put(name: string, handle: string, bytes: Buffer): KeyObject {
    const key = createSecretKey(bytes)
    bytes.fill(0)
    this.#kept.delete(name)
    this.#kept.set(name, { key, handle, since: this.#now() })
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= this.#most) break
      this.#kept.delete(oldest)
    }
    return key
  }

  drop(name: string): void {
    this.#kept.delete(name)
  }

  wipe(): void {
    this.#kept.clear()
  }
}
