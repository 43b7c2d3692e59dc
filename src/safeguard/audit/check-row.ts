import type { AuditRow } from '../../record/audit-row.ts'
import type { AuditEntry } from './audit-entry.ts'
import { type AuditEvent, entryOf } from './audit-event.ts'
import type { Finding } from './audit-finding.ts'
import type { AuditKey } from './audit-key.ts'
import { leafHash } from './tree-hash.ts'

/** What one row is worth. */
interface RowVerdict {
  readonly findings: readonly Finding[]
  /** The hash that was written here once; undefined when it cannot be known. */
  readonly hash: Buffer | undefined
}

/** Compares a row with itself: text with hash, hash with the keyed code of its place, columns with text. */
export function checkRow(key: AuditKey, tenant: string, row: AuditRow): RowVerdict {
  const { seq } = row
  const told = leafHash(row.leaf)
  const kept = Buffer.from(row.leafHash)
  const isOurs = (hash: Buffer) => key.mac(tenant, seq, hash).equals(row.mac)
  const finding = (kind: Finding['kind'], what: string): Finding => ({ kind, from: seq, to: seq, what })
  const place = placeOf(row.leaf)
  if (place !== undefined && place !== seq) {
    const what = `place ${seq} holds the entry that was written at place ${place}`
    return { findings: [finding('reordered', what)], hash: isOurs(kept) ? kept : undefined }
  }
  if (isOurs(told)) {
    const columns = columnsOf(row)
    const findings = columns.length === 0 ? [] : [finding('search-columns', wrongColumns(seq, columns))]
    if (!told.equals(kept)) findings.push(finding('altered', `the hash of entry ${seq} was altered`))
    return { findings, hash: told }
  }
  if (isOurs(kept)) {
    return { findings: [finding('altered', `the text of entry ${seq} was altered`)], hash: kept }
  }
  return {
    findings: [
      finding('altered', `entry ${seq} was written by somebody without the key, or altered with its hash`),
    ],
    hash: undefined,
  }
}

/** The place that an entry names; undefined for what is no entry. */
function placeOf(leaf: string): number | undefined {
  const [, place] = /"id":"(\d{1,16})-/.exec(leaf) ?? []
  return place === undefined ? undefined : Number(place)
}

function columnsOf(row: AuditRow): string[] {
  let entry: AuditEntry
  try {
    entry = entryOf(JSON.parse(row.leaf) as AuditEvent)
  } catch {
    return ['leaf']
  }
  const people = [...new Set<string>(entry.patients)].sort()
  const same: Readonly<Record<string, boolean>> = {
    at: Date.parse(entry.at) === Date.parse(row.at),
    action: entry.action === row.action,
    kind: entry.kind === row.kind,
    outcome: entry.outcome === row.outcome,
    agent: entry.who.id === row.agent,
    patients: people.join() === [...row.patients].sort().join(),
  }
  return Object.keys(same).filter((name) => same[name] === false)
}

function wrongColumns(seq: number, columns: readonly string[]): string {
  return `entry ${seq} is found under another ${columns.join(', ')} than its text says`
}
