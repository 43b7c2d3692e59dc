import { randomUUID } from 'node:crypto'
import type { AuditBatch, AuditRow, AuditRows, AuditState, SignedHead } from '../../record/audit-row.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { AnchorFolder } from './anchor-folder.ts'
import type { AuditEntry, AuditSink } from './audit-entry.ts'
import { auditEventOf } from './audit-event.ts'
import type { AuditKey } from './audit-key.ts'
import { orderedJson } from './canonical-json.ts'
import { checkpointOf, headText, originOf, signHead } from './signed-head.ts'
import { TreeFrontier } from './tree-frontier.ts'
import { leafHash } from './tree-hash.ts'

/** Entries written in one transaction, at most: nobody waits for a longer one. */
const MOST = 1000
/** A head is kept for good when the one before is so old, ms. */
const KEEP_EVERY = 60_000

interface Waiting {
  readonly entry: AuditEntry
  /** The leaf, once its place is known. */
  readonly leaf: (seq: number) => string
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/** Entries of one tenant on their way to disk. */
interface Queue {
  waiting: Waiting[]
  writing: Promise<void> | undefined
  /** Where the log stood after this process last wrote. */
  state: AuditState | undefined
  /** Whether the newest head of this process was not kept for good. */
  unkept: boolean
}

/**
 * The audit log: an RFC 6962 tree of FHIR AuditEvents. Entries that arrive while others are being written go together
 * in the next transaction; each call returns when its entry is on disk. Every transaction leaves a signed head.
 */
export class AuditLog implements AuditSink {
  readonly #rows: AuditRows
  readonly #key: AuditKey
  readonly #anchors: AnchorFolder
  readonly #now: () => Date
  readonly #queues = new Map<TenantId, Queue>()

  constructor(rows: AuditRows, key: AuditKey, anchors: AnchorFolder, now: () => Date) {
    this.#rows = rows
    this.#key = key
    this.#anchors = anchors
    this.#now = now
  }

  record(tenant: TenantId, entry: AuditEntry): Promise<void> {
    return new Promise((done, failed) => {
      const leaf = leafOf(tenant, entry)
      const queue = this.#queueOf(tenant)
      queue.waiting.push({ entry, leaf, done, failed })
      queue.writing ??= this.#write(tenant, queue)
    })
  }

  /** Writes what waits, and keeps the newest head for good. */
  async close(): Promise<void> {
    for (const [tenant, queue] of this.#queues) {
      await queue.writing
      if (queue.unkept) await this.#keep(tenant, queue)
    }
    await this.#anchors.settled()
  }

  #queueOf(tenant: TenantId): Queue {
    const queue = this.#queues.get(tenant) ?? {
      waiting: [],
      writing: undefined,
      state: undefined,
      unkept: false,
    }
    this.#queues.set(tenant, queue)
    return queue
  }

  async #write(tenant: TenantId, queue: Queue): Promise<void> {
    // Those of the same turn of the event loop go together.
    await undefined
    while (queue.waiting.length > 0) {
      const batch = queue.waiting.splice(0, MOST)
      try {
        const { head, keepHead } = await this.#append(tenant, queue, batch)
        queue.unkept = !keepHead
        const note = this.#noteOf(tenant, head)
        this.#anchors.latest(tenant, note)
        if (keepHead) await this.#anchors.keep(tenant, note)
        for (const { done } of batch) done()
      } catch (error) {
        // What is known of the log may be wrong now: the statement may have been done all the same.
        queue.state = undefined
        for (const { failed } of batch) failed(error)
      }
    }
    queue.writing = undefined
  }

  async #append(tenant: TenantId, queue: Queue, entries: readonly Waiting[]): Promise<AuditBatch> {
    let written: AuditBatch | undefined
    const make = (state: AuditState) => {
      written = this.#batchOf(tenant, state, entries)
      const { head, frontier, keepHead } = written
      const headKeptAt = keepHead ? head.at : state.headKeptAt
      queue.state = { size: head.size, frontier, head, headKeptAt }
      return written
    }
    await this.#rows.append(tenant, make, queue.state)
    return written!
  }

  #batchOf(tenant: TenantId, state: AuditState, entries: readonly Waiting[]): AuditBatch {
    const frontier = TreeFrontier.of(state.size, state.frontier)
    const rows = entries.map(({ entry, ...one }): AuditRow => {
      const seq = frontier.size
      const leaf = one.leaf(seq)
      const hash = leafHash(leaf)
      frontier.append(hash)
      const { at, action, kind, outcome, who, patients } = entry
      const mac = this.#key.mac(tenant, seq, hash)
      const people = [...new Set(patients)]
      return { seq, at, action, kind, outcome, agent: who.id, leaf, leafHash: hash, mac, patients: people }
    })
    return { rows, frontier: frontier.bytes, ...this.#headOf(tenant, state, frontier) }
  }

  #headOf(
    tenant: TenantId,
    { headKeptAt }: AuditState,
    frontier: TreeFrontier,
  ): Pick<AuditBatch, 'head' | 'keepHead'> {
    const now = this.#now()
    const head = signHead(this.#key, {
      origin: originOf(this.#rows.storeId, tenant),
      size: frontier.size,
      root: frontier.root(),
      at: now.toISOString(),
    })
    const keepHead = headKeptAt === undefined || now.getTime() - Date.parse(headKeptAt) >= KEEP_EVERY
    return { head, keepHead }
  }

  /** Keeps the newest head, whoever signed it, for good. */
  async #keep(tenant: TenantId, queue: Queue): Promise<void> {
    let kept: SignedHead | undefined
    await this.#rows.append(tenant, ({ frontier, head }) => {
      if (head === undefined) return undefined
      kept = head
      return { rows: [], frontier, head, keepHead: true }
    })
    queue.unkept = false
    if (kept !== undefined) await this.#anchors.keep(tenant, this.#noteOf(tenant, kept))
  }

  #noteOf(tenant: TenantId, head: SignedHead): string {
    return checkpointOf(headText({ origin: originOf(this.#rows.storeId, tenant), ...head }), head)
  }
}

/** Writes an entry's leaf but for its place in the log. Throws RangeError on a text that is not Unicode. */
function leafOf(tenant: TenantId, entry: AuditEntry): (seq: number) => string {
  const text = orderedJson(auditEventOf(tenant, entry, `-${randomUUID()}`))
  // Inside of a value the quotes would be escaped.
  const at = text.indexOf('"id":"-') + 6
  return (seq) => `${text.slice(0, at)}${seq}${text.slice(at)}`
}
