import type { AuditRow, AuditRows, AuditState, SignedHead } from '../../record/audit-row.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { AnchorFolder, Anchors } from './anchor-folder.ts'
import type { Finding, LogReport } from './audit-finding.ts'
import type { AuditKey } from './audit-key.ts'
import { checkRow } from './check-row.ts'
import { type HeadText, headText, originOf } from './signed-head.ts'
import { TreeFrontier } from './tree-frontier.ts'

/** Rows read at a time. */
const BATCH = 2000

/** A root that the tree must have at a size. */
interface Expected {
  readonly size: number
  readonly root: Uint8Array
  readonly at: string
  readonly place: 'database' | 'anchor'
}

/**
 * Reads a whole log and compares every row with itself, with its place, and the tree with every head that was signed of
 * it, in the database and outside. Entries that are added meanwhile are part of what is checked.
 */
export async function verifyLog(
  rows: AuditRows,
  key: AuditKey,
  anchors: AnchorFolder,
  tenant: TenantId,
): Promise<LogReport> {
  // Outside first: what is signed there is in the database already.
  const heads = new HeadCheck(key, originOf(rows.storeId, tenant))
  const outside = await anchors.read(tenant)
  const first = await rows.state(tenant)
  const kept = await rows.heads(tenant)
  heads.takeAnchors(outside)
  heads.compareKept(outside, kept, first.size)
  heads.takeKept(kept)
  heads.takeState(first)

  const tree = new TreeCheck(key, tenant, heads.expected)
  const read = async (): Promise<number> => {
    for await (const batch of rows.scan(tenant, tree.size, BATCH)) for (const row of batch) tree.take(row)
    return tree.size
  }
  await read()
  let state = await rows.state(tenant)
  for (let before = -1; tree.size < state.size && before < tree.size; state = await rows.state(tenant)) {
    before = tree.size
    await read()
  }
  tree.end(state, await rows.leads(tenant))
  const gaps = [...heads.gaps]
  if (tree.size > 0 && heads.anchors === 0) {
    gaps.push(
      `no signed head of this log is in ${anchors.folder}: had the whole database been put back to an earlier state, it could not be told`,
    )
  }
  return {
    tenant,
    entries: tree.size,
    root: tree.root?.toString('base64'),
    heads: heads.heads,
    anchors: heads.anchors,
    findings: [...heads.findings, ...tree.findings],
    gaps,
  }
}

/** Heads and their signatures. */
class HeadCheck {
  readonly findings: Finding[] = []
  readonly gaps: string[] = []
  expected: Expected[] = []
  heads = 0
  anchors = 0
  readonly #key: AuditKey
  readonly #origin: string

  constructor(key: AuditKey, origin: string) {
    this.#key = key
    this.#origin = origin
  }

  takeAnchors({ kept, latest }: Anchors): void {
    for (const one of [...kept, ...latest]) {
      if (one === undefined || !this.#isSigned(one.head, one.signed)) {
        this.#find('a head outside of the database was altered, or is not signed by our key')
        continue
      }
      this.anchors++
      const { size, root, at, restored } = one.head
      if (restored === true) this.#forget(size, at)
      this.expected.push({ size, root, at, place: 'anchor' })
    }
  }

  /** What was kept outside was kept in the database before. */
  compareKept({ kept }: Anchors, inDatabase: readonly SignedHead[], size: number): void {
    const there = new Set(inDatabase.map((one) => one.size))
    for (const one of kept) {
      if (one === undefined || one.head.restored === true || one.head.size > size) continue
      if (there.has(one.head.size) || !this.expected.some((head) => head.size === one.head.size)) continue
      this.#find(`the head of ${one.head.size} entries is kept outside, and missing in the database`)
    }
  }

  takeKept(kept: readonly SignedHead[]): void {
    for (const head of kept) this.#take(head, `the kept head of ${head.size} entries`)
  }

  takeState({ head }: AuditState): void {
    if (head !== undefined) this.#take(head, 'the newest head')
  }

  #take(head: SignedHead, name: string): void {
    if (!this.#isSigned({ origin: this.#origin, ...head }, head)) {
      const why = head.keyId === this.#key.id ? 'was altered' : 'is not signed by our key'
      this.#find(`${name} ${why}`)
      return
    }
    this.heads++
    this.expected.push({ size: head.size, root: head.root, at: head.at, place: 'database' })
  }

  /** A restore, signed by us: what was seen beyond it is gone, and that is said. */
  #forget(size: number, at: string): void {
    const longest = Math.max(0, ...this.expected.map((one) => one.size))
    this.expected = this.expected.filter((one) => one.size <= size)
    if (longest > size) {
      this.gaps.push(
        `the log was put back to ${size} entries from a backup at ${at}: entries ${size} to ${longest - 1} are not here any more`,
      )
    }
  }

  #isSigned(head: HeadText, { keyId, signature }: SignedHead): boolean {
    if (head.origin !== this.#origin || keyId !== this.#key.id) return false
    return this.#key.verify(headText(head), signature)
  }

  #find(what: string): void {
    this.findings.push({ kind: 'head', from: undefined, to: undefined, what })
  }
}

/** Rows in their order, and the tree over them. */
class TreeCheck {
  readonly findings: Finding[] = []
  readonly #key: AuditKey
  readonly #tenant: string
  readonly #frontier = TreeFrontier.empty()
  /** By size; the smallest last. */
  readonly #expected: Expected[]
  /** False when a hash is missing from which every later root is made. */
  #isWhole = true
  #size = 0
  #leads = 0
  /** Entries up to here are known to be as they were signed. */
  #proved = 0

  constructor(key: AuditKey, tenant: string, expected: readonly Expected[]) {
    this.#key = key
    this.#tenant = tenant
    this.#expected = [...expected].sort((a, b) => b.size - a.size)
  }

  get size(): number {
    return this.#size
  }

  get root(): Buffer | undefined {
    return this.#isWhole ? this.#frontier.root() : undefined
  }

  take(row: AuditRow): void {
    if (row.seq > this.#size) {
      this.#find('deleted', this.#size, row.seq - 1, `${named(this.#size, row.seq - 1)} missing`)
      this.#isWhole = false
    }
    this.#size = row.seq + 1
    this.#leads += row.patients.length
    const { findings, hash } = checkRow(this.#key, this.#tenant, row)
    this.findings.push(...findings)
    if (hash === undefined) this.#isWhole = false
    if (!this.#isWhole) return
    this.#frontier.append(hash!)
    this.#compare()
  }

  end(state: AuditState, leads: number): void {
    const last = this.#size - 1
    if (this.#size > state.size) {
      this.#find('inserted', state.size, last, `${named(state.size, last)} behind the end of the log`)
    }
    if (this.#size < state.size) {
      const what = `${named(this.#size, state.size - 1)} missing at the end`
      this.#find('deleted', this.#size, state.size - 1, what)
    }
    const [longest] = this.#expected.filter(({ size }) => size > Math.max(this.#size, state.size))
    if (longest !== undefined) {
      const where = longest.place === 'anchor' ? 'outside of the database' : 'in the database'
      const what = `the log has ${this.#size} entries, and a head ${where} was signed at ${longest.at} over ${longest.size}`
      this.#find('rolled-back', this.#size, longest.size - 1, what)
    }
    if (this.#isWhole && this.#size === state.size) this.#compareEnd(state)
    if (leads !== this.#leads && this.findings.length === 0) {
      const what = `${Math.abs(leads - this.#leads)} rows lead from people to entries that are not there`
      this.#find('search-columns', undefined, undefined, what)
    }
  }

  /** Every head of this size must have the root of the tree. */
  #compare(): void {
    while (this.#expected.length > 0 && this.#expected.at(-1)!.size <= this.#frontier.size) {
      const { size, root, at } = this.#expected.pop()!
      if (size !== this.#frontier.size) continue
      if (this.#frontier.root().equals(root)) this.#proved = size
      else this.#contradiction(size, at)
    }
  }

  #compareEnd({ head, frontier, size }: AuditState): void {
    if (head === undefined) return
    if (!this.#frontier.root().equals(head.root)) this.#contradiction(size, head.at)
    else if (!this.#frontier.bytes.equals(frontier)) {
      this.#find('head', undefined, undefined, 'what the next root is computed from was altered')
    }
  }

  #contradiction(size: number, at: string): void {
    const explained = this.findings.some(({ from }) => from !== undefined && from >= this.#proved)
    if (explained) return
    const what = `the tree of ${size} entries is not the one that was signed at ${at}`
    this.#find('altered', this.#proved, size - 1, what)
  }

  #find(kind: Finding['kind'], from: number | undefined, to: number | undefined, what: string): void {
    this.findings.push({ kind, from, to, what })
  }
}

function named(from: number, to: number): string {
  return from === to ? `entry ${from} is` : `entries ${from} to ${to} are`
}
