import type { TenantId } from '../../terms/ids.ts'
import type { Database } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { type MessageToWrite, writeMessage, writeMessages } from './write-message.ts'

/** Most messages of one commit. */
const MOST = 64
/** A message of more bytes is written by itself: it takes its time, and the others need not wait for it. */
const LARGE = 64 * 1024

interface Waiting {
  readonly tenant: TenantId
  readonly one: MessageToWrite
  readonly done: (written: boolean) => void
  readonly failed: (error: unknown) => void
}

/**
 * Messages that nothing but their row is written for. One that comes alone is written at once; those that come while a
 * commit is on its way to the disk share the next one. Each sender hears of its message when it is on disk.
 */
export class WrittenTogether {
  readonly #database: Database
  readonly #vault: Vault
  #waiting: Waiting[] = []
  #isWriting = false

  constructor(database: Database, vault: Vault) {
    this.#database = database
    this.#vault = vault
  }

  /** Resolves when the row is on disk; false when another message has the control id. */
  write(tenant: TenantId, one: MessageToWrite): Promise<boolean> {
    if (one.message.raw.length > LARGE) return writeMessage(this.#database, this.#vault, tenant, one)
    return new Promise((done, failed) => {
      this.#waiting.push({ tenant, one, done, failed })
      if (!this.#isWriting) void this.#writeAll()
    })
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const { tenant } = this.#waiting[0]!
      const now = this.#waiting.filter((one) => one.tenant === tenant).slice(0, MOST)
      const taken = new Set(now)
      this.#waiting = this.#waiting.filter((one) => !taken.has(one))
      if (now.length === 1) await this.#writeAlone(now[0]!)
      else await this.#writeTogether(tenant, now)
    }
    this.#isWriting = false
  }

  async #writeAlone({ tenant, one, done, failed }: Waiting): Promise<void> {
    await writeMessage(this.#database, this.#vault, tenant, one).then(done, failed)
  }

  async #writeTogether(tenant: TenantId, several: readonly Waiting[]): Promise<void> {
    try {
      const written = await this.#database.transaction((queries) =>
        writeMessages(
          queries,
          this.#vault,
          tenant,
          several.map(({ one }) => one),
        ),
      )
      for (const { one, done } of several) done(written.has(one.message.id))
    } catch {
      // Perhaps one of them cannot be written: the others must not suffer for it.
      for (const one of several) await this.#writeAlone(one)
    }
  }
}
