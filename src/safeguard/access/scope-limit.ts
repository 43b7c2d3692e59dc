import type { Caller } from '../caller.ts'
import type { AccessAction, AccessRequest } from './access-request.ts'
import { covers, type ScopeVerb, type SmartScope, smartScopes } from './smart-scope.ts'

export type ScopeLimit =
  | { readonly allow: false; readonly because: string }
  | {
      readonly allow: true
      /** Only the record of the person in context. */
      readonly ownOnly: boolean
      readonly mayRead: (type: string) => boolean
      /** Types of which only resources about these codes are seen. */
      readonly about: readonly { readonly type: string; readonly codes: readonly string[] }[]
    }

const VERBS: Readonly<Record<AccessAction, readonly ScopeVerb[]>> = {
  read: ['r'],
  search: ['s'],
  export: ['r', 's'],
  create: ['c'],
  update: ['u'],
  delete: ['d'],
  count: ['s'],
  review: ['r'],
  'break-glass': ['r'],
}

const WRITES: ReadonlySet<AccessAction> = new Set(['create', 'update', 'delete'])

/**
 * What the token's SMART scopes leave of a request. They only ever take away: what the policies do not permit, no scope
 * gives. Where a request rests on a "patient/" scope, all it sees is that person's: what "user/" scopes would show of
 * others is left out rather than mixed in.
 */
export function scopeLimit(
  caller: Caller,
  { action, kind, patient }: AccessRequest,
  fhir: boolean,
): ScopeLimit {
  if (caller.scopes === undefined) return { allow: true, ownOnly: false, mayRead: () => true, about: [] }
  const scopes = smartScopes(caller.scopes)
  // Things of our own lie across types: a token needs the scope for all of them.
  const type = fhir ? kind : '*'
  // What is written is not yet known to be about the codes that a scope names.
  const usable = WRITES.has(action) ? scopes.filter(({ codes }) => codes === undefined) : scopes
  const matching = usable.filter((one) => VERBS[action].some((verb) => covers(one, type, verb)))
  if (matching.length === 0)
    return { allow: false, because: `no scope of the token lets it ${action} ${kind}` }
  const wide = matching.filter(({ level }) => level !== 'patient')
  const ownOnly = wide.length === 0
  if (ownOnly && caller.patient === undefined)
    return { allow: false, because: 'the scope is for the person in context, and there is none' }
  if (ownOnly && patient !== undefined && patient !== caller.patient)
    return { allow: false, because: 'the scope is for the person in context alone' }
  const counting = ownOnly ? scopes : scopes.filter(({ level }) => level !== 'patient')
  const mayRead = (one: string) => counting.some((scope) => reads(scope, one))
  return { allow: true, ownOnly, mayRead, about: aboutOf(counting) }
}

const reads = (scope: SmartScope, type: string) => covers(scope, type, 'r') || covers(scope, type, 's')

/** Codes that limit a type: only where no scope gives the type without them. */
function aboutOf(scopes: readonly SmartScope[]): readonly { type: string; codes: readonly string[] }[] {
  const limited = new Map<string, string[]>()
  for (const scope of scopes) {
    if (scope.codes === undefined || scope.type === '*') continue
    const { type } = scope
    if (scopes.some((other) => other.codes === undefined && reads(other, type))) continue
    limited.set(type, [...(limited.get(type) ?? []), ...scope.codes])
  }
  return [...limited].map(([type, codes]) => ({ type, codes }))
}
