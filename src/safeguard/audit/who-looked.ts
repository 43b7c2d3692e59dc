import type { AuditRows } from '../../record/audit-row.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { type AccessLine, accessLine } from './access-words.ts'
import { type AuditEvent, entryOf } from './audit-event.ts'

export interface AccessPage {
  /** Newest first. */
  readonly accesses: readonly AccessLine[]
  readonly total: number
  /** Give it as `before` for the next page; undefined on the last one. */
  readonly next: number | undefined
}

/** Who looked at a person's record or changed it, and why, in plain words (45 CFR 164.528 asks for six years of it). */
export async function whoLooked(
  rows: AuditRows,
  tenant: TenantId,
  patient: PatientId,
  { count, before }: { readonly count: number; readonly before?: number },
): Promise<AccessPage> {
  const query = { patients: [patient] }
  const found = await rows.find(tenant, before === undefined ? query : { ...query, before }, count + 1)
  const page = found.slice(0, count)
  return {
    accesses: page.map(({ leaf }) => accessLine(entryOf(JSON.parse(leaf) as AuditEvent))),
    total: await rows.count(tenant, query),
    next: found.length > count ? page.at(-1)?.seq : undefined,
  }
}
