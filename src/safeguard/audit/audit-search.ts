import type { AuditQuery } from '../../record/audit-row.ts'
import type { Criterion } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { kindsOf, outcomeOf } from './audit-event.ts'

/** Search parameters of AuditEvent (R4) that the log answers. */
export const AUDIT_PARAMETERS = [
  '_id',
  'action',
  'agent',
  'altid',
  'date',
  'entity',
  'outcome',
  'patient',
  'type',
] as const

/**
 * A search of AuditEvents as a question to the log. Throws AUDIT_SEARCH on a parameter or a modifier that the log
 * cannot answer: a filter that was left out would show more than was asked for.
 */
export function auditQueryOf(criteria: readonly Criterion[]): AuditQuery {
  let query: Mutable = {}
  for (const one of criteria) {
    const part = partOf(one)
    // The same parameter twice means both at once.
    for (const name of Object.keys(part) as (keyof AuditQuery)[]) {
      if (query[name] === undefined) continue
      if (name === 'since' && part.since !== undefined) part.since = later(query.since!, part.since)
      else if (name === 'until' && part.until !== undefined) part.until = earlier(query.until!, part.until)
      else throw unanswered(nameOf(one))
    }
    query = { ...query, ...part }
  }
  return query
}

type Mutable = { -readonly [K in keyof AuditQuery]: AuditQuery[K] }

function partOf(one: Criterion): Mutable {
  if (one.kind === 'id')
    return { seqs: one.values.flatMap((id) => /^(\d{1,15})-/.exec(id)?.[1] ?? []).map(Number) }
  if (one.kind === 'reference') {
    const ids = one.values.map(({ id }) => id)
    const references = one.values.map(({ type, id }) => (type === undefined ? id : `${type}/${id}`))
    const aboutPerson = one.values.every(({ type }) => type === undefined || type === 'Patient')
    if (one.param === 'patient' && aboutPerson) return { patients: ids }
    if (one.param === 'agent') return { agentReferences: references }
    if (one.param === 'entity') return { entityReferences: references }
  }
  if (one.kind === 'token' && !one.not) {
    const codes = one.values.flatMap(({ code }) => code ?? [])
    if (codes.length < one.values.length) throw unanswered(one.param)
    if (one.param === 'action') return { actions: codes }
    if (one.param === 'altid') return { agents: codes }
    if (one.param === 'outcome') return { outcomes: codes.map(outcomeOf) }
    if (one.param === 'type') return { kinds: codes.flatMap(kindsOf) }
  }
  const [value, ...others] = one.kind === 'date' && one.param === 'date' ? one.values : []
  if (value !== undefined && others.length === 0) return rangeOf(value)
  throw unanswered(nameOf(one))
}

function rangeOf({ op, low, high }: { op: string; low: number; high: number }): Mutable {
  const [from, to] = [new Date(low).toISOString(), new Date(high).toISOString()]
  switch (op) {
    case 'eq':
      return { since: from, until: to }
    case 'ge':
      return { since: from }
    case 'gt':
    case 'sa':
      return { since: to }
    case 'le':
      return { until: to }
    case 'lt':
    case 'eb':
      return { until: from }
    default:
      throw unanswered('date')
  }
}

function later(a: string, b: string): string {
  return a > b ? a : b
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}

function nameOf(one: Criterion): string {
  return 'param' in one ? one.param : one.kind
}

function unanswered(name: string): Fault {
  return new Fault(
    'AUDIT_SEARCH',
    name,
    'the audit log cannot be searched in this way',
    `Search AuditEvents by ${AUDIT_PARAMETERS.join(', ')}, without modifiers, each once.`,
  )
}
