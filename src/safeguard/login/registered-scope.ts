import { type SmartScope, smartScopes } from '../access/smart-scope.ts'

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

/** The scope for resources that a text is; undefined when it is none, or one that queries could not obey. */
export function resourceScope(text: string): SmartScope | undefined {
  return smartScopes([text])[0]
}

/** Whether a text is any scope that can be given here. */
export function isScope(text: string): boolean {
  return isContextScope(text) || resourceScope(text) !== undefined
}

/**
 * Whether a scope stays within one that the client is registered for: same level, same type or "*", no further verb, and
 * no further code.
 */
export function staysWithin(registered: string, wanted: string): boolean {
  if (registered === wanted) return true
  const [a, b] = [resourceScope(registered), resourceScope(wanted)]
  if (a === undefined || b === undefined || a.level !== b.level) return false
  if (a.type !== '*' && a.type !== b.type) return false
  if (![...b.verbs].every((verb) => a.verbs.has(verb))) return false
  return a.codes === undefined || (b.codes?.every((code) => a.codes!.includes(code)) ?? false)
}

/** Those of the wanted scopes that a client registered for `registered` may have, in the order they were asked for. */
export function permitted(registered: string, wanted: string): readonly string[] {
  const list = registered.split(' ').filter((one) => one !== '')
  return [...new Set(wanted.split(' '))].filter(
    (one) => isScope(one) && list.some((own) => staysWithin(own, one)),
  )
}
