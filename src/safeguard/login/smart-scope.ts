/**
 * A SMART App Launch 2.2 scope for resources, as parsed from either version of the syntax.
 * Version 2: context/Type.cruds?parameter=value; version 1: context/Type.read, .write or .*
 */
export interface SmartScope {
  readonly context: 'patient' | 'user' | 'system'
  /** A resource type, or "*". */
  readonly type: string
  readonly create: boolean
  readonly read: boolean
  readonly update: boolean
  readonly delete: boolean
  readonly search: boolean
  /** Search parameters that narrow it: ["category", "laboratory"]. */
  readonly query: readonly (readonly [name: string, value: string])[]
}

const FORM = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]{1,63})\.(read|write|\*|[cruds]{1,5})(?:\?(.+))?$/
/** Letters may be left out but stand in this order ("SHALL be in order"). */
const IN_ORDER = /^c?r?u?d?s?$/

const V1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

/** Undefined when the text is no scope for resources; "launch" and "openid" are none. */
export function smartScope(text: string): SmartScope | undefined {
  const [, context, type, permission = '', query] = FORM.exec(text) ?? []
  if (context === undefined || type === undefined) return undefined
  const old = V1[permission]
  if (old === undefined && !IN_ORDER.test(permission)) return undefined
  if (old !== undefined && query !== undefined) return undefined
  const letters = old ?? permission
  return {
    context: context as SmartScope['context'],
    type,
    create: letters.includes('c'),
    read: letters.includes('r'),
    update: letters.includes('u'),
    delete: letters.includes('d'),
    search: letters.includes('s'),
    query: query === undefined ? [] : [...new URLSearchParams(query)],
  }
}

/** Scopes that are not about resources (SMART App Launch 2.2, "Scopes for requesting context data", "identity data"). */
export const CONTEXT_SCOPES = [
  'openid',
  'fhirUser',
  'profile',
  'launch',
  'launch/patient',
  'offline_access',
  'online_access',
] as const

export function isContextScope(text: string): boolean {
  return (CONTEXT_SCOPES as readonly string[]).includes(text)
}

/** Whether a text is any scope that can be given here. */
export function isScope(text: string): boolean {
  return isContextScope(text) || smartScope(text) !== undefined
}

/**
 * Whether a scope is covered by one that the client is registered for: same context, same type or "*", no further
 * letters, and every narrowing that the registered one has.
 */
export function covers(allowed: string, wanted: string): boolean {
  if (allowed === wanted) return true
  const [a, b] = [smartScope(allowed), smartScope(wanted)]
  if (a === undefined || b === undefined) return false
  if (a.context !== b.context || (a.type !== '*' && a.type !== b.type)) return false
  for (const right of ['create', 'read', 'update', 'delete', 'search'] as const) {
    if (b[right] && !a[right]) return false
  }
  return a.query.every(([name, value]) => b.query.some(([n, v]) => n === name && v === value))
}

/** Those of the wanted scopes that a client registered for `allowed` may have, in the order they were asked for. */
export function permitted(allowed: string, wanted: string): readonly string[] {
  const list = allowed.split(' ').filter((one) => one !== '')
  return [...new Set(wanted.split(' '))].filter(
    (one) => isScope(one) && list.some((registered) => covers(registered, one)),
  )
}
