import type { ExchangeServices } from './exchange-services.ts'
import { replay } from './replay.ts'

/** How many messages are asked for at a time. */
const BATCH = 100
/** While messages keep coming, filing lets them pass: it waits for a pause of so long, ms, but no longer than that. */
const PAUSE = 25
const LONGEST_WAIT = 5000

/**
 * Files messages that were accepted when they were on disk, in the order they came. What a process that died had
 * accepted is filed by the next one that starts. A message that cannot be filed is quarantined, and the next one taken.
 */
export class Backlog {
  readonly #services: ExchangeServices
  #work: Promise<void> | undefined
  #again = false
  #stopped = false
  #lastWake = 0

  constructor(services: ExchangeServices) {
    this.#services = services
  }

  /** There may be something to do. */
  wake(): void {
    if (this.#stopped) return
    this.#lastWake = performance.now()
    if (this.#work !== undefined) {
      this.#again = true
      return
    }
    this.#work = this.#run().finally(() => {
      this.#work = undefined
      if (this.#again) {
        this.#again = false
        this.wake()
      }
    })
  }

  /** Resolves when nothing is left to do, without waiting for pauses any more. */
  async settled(): Promise<void> {
    this.#lastWake = 0
    while (this.#work !== undefined) await this.#work
  }

  /** Finishes the message in hand and takes no other. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#again = false
    await this.#work
  }

  async #run(): Promise<void> {
    const { messages, tenant, now, log } = this.#services
    try {
      for (;;) {
        const ids = await messages.waiting(tenant, BATCH)
        if (ids.length === 0) return
        for (const id of ids) {
          await this.#quiet()
          if (this.#stopped) return
          await this.#file(id, { at: now().toISOString(), by: 'backlog' })
        }
      }
    } catch (error) {
      // The store does not answer: what waits is tried again at the next message or the next start.
      log(`messages wait to be filed: ${(error as { code?: string }).code ?? 'the store does not answer'}`)
    }
  }

  async #quiet(): Promise<void> {
    const latest = performance.now() + LONGEST_WAIT
    while (!this.#stopped && performance.now() < latest && performance.now() - this.#lastWake < PAUSE) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }

  async #file(id: string, act: { at: string; by: string }): Promise<void> {
    try {
      await replay(this.#services, id, { act }, { by: act.by })
    } catch (error) {
      const code = (error as { code?: string }).code
      // Somebody else has filed it; or it is quarantined, with its fault, and no longer waits.
      if (code === undefined || /^(DATABASE|VAULT|KEYS|AUDIT)_/.test(code)) throw error
    }
  }
}
