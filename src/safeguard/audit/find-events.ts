import type { AuditQuery, AuditRow, AuditRows } from '../../record/audit-row.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { AuditEvent } from './audit-event.ts'

/** AuditEvents of a tenant's log, newest first. */
interface AuditEventPage {
  readonly events: readonly FoundEvent[]
  /** Undefined when it was not asked for. */
  readonly total: number | undefined
  /** Give it as `before` for the next page; undefined on the last one. */
  readonly next: number | undefined
}

/** The AuditEvent as it is in the tree, with what a FHIR server says about every resource. */
export type FoundEvent = AuditEvent & {
  readonly meta: { readonly versionId: '1'; readonly lastUpdated: string }
}

/** For GET AuditEvent?…: reading only, of one tenant. `count` 0 asks for the total alone. */
export async function auditEvents(
  rows: AuditRows,
  tenant: TenantId,
  query: AuditQuery,
  { count, total = false }: { readonly count: number; readonly total?: boolean },
): Promise<AuditEventPage> {
  const found = count === 0 ? [] : await rows.find(tenant, query, count + 1)
  const page = found.slice(0, count)
  const { before: _before, ...all } = query
  return {
    events: page.map(eventOf),
    total: total ? await rows.count(tenant, all) : undefined,
    next: found.length > count ? page.at(-1)?.seq : undefined,
  }
}

/** For GET AuditEvent/<id>; undefined where there is none. */
export async function auditEvent(
  rows: AuditRows,
  tenant: TenantId,
  id: string,
): Promise<FoundEvent | undefined> {
  const [, seq] = /^(\d{1,15})-/.exec(id) ?? []
  if (seq === undefined) return undefined
  const [row] = await rows.find(tenant, { seqs: [Number(seq)] }, 1)
  const event = row && eventOf(row)
  return event?.id === id ? event : undefined
}

function eventOf({ leaf }: AuditRow): FoundEvent {
  const event = JSON.parse(leaf) as AuditEvent
  return { ...event, meta: { versionId: '1', lastUpdated: event.recorded } }
}
