import { codeToken } from '../consent/consent-codes.ts'

/** What can be done to a resource, as SMART App Launch 2 writes it. */
export type ScopeVerb = 'c' | 'r' | 'u' | 'd' | 's'

/** One resource scope of a token. */
export interface SmartScope {
  readonly level: 'patient' | 'user' | 'system'
  /** Resource type or "*". */
  readonly type: string
  readonly verbs: ReadonlySet<ScopeVerb>
  /** Only resources about one of these codes, "system|code"; undefined: all. */
  readonly codes: readonly string[] | undefined
}

const SHAPE = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.([a-z*]+)(?:\?(.+))?$/
const V1: Readonly<Record<string, readonly ScopeVerb[]>> = {
  read: ['r', 's'],
  write: ['c', 'u', 'd'],
  '*': ['c', 'r', 'u', 'd', 's'],
}

/**
 * The resource scopes among a token's scopes, of version 1 (".read") and 2 (".rs"). What cannot be understood, or
 * cannot be obeyed in every query (a "?" part other than one of category, code or type with systems), grants nothing.
 */
export function smartScopes(scopes: readonly string[]): readonly SmartScope[] {
  return scopes.flatMap((text) => smartScope(text) ?? [])
}

function smartScope(text: string): SmartScope | undefined {
  const [, level, type, verbs, query] = SHAPE.exec(text) ?? []
  if (level === undefined || type === undefined || verbs === undefined) return undefined
  const allowed = verbsOf(verbs)
  if (allowed === undefined) return undefined
  const codes = query === undefined ? undefined : codesOf(query)
  if (query !== undefined && (codes === undefined || type === '*')) return undefined
  return { level: level as SmartScope['level'], type, verbs: allowed, codes }
}

/** Version 2 lists verbs in the order "cruds", each at most once. */
function verbsOf(text: string): ReadonlySet<ScopeVerb> | undefined {
  if (V1[text] !== undefined) return new Set(V1[text])
  return /^c?r?u?d?s?$/.test(text) && text !== '' ? new Set(text.split('') as ScopeVerb[]) : undefined
}

function codesOf(query: string): readonly string[] | undefined {
  const parts = [...new URLSearchParams(query)]
  const [name, value] = parts[0] ?? ['', '']
  if (parts.length !== 1 || !['category', 'code', 'type'].includes(name)) return undefined
  const tokens = value.split(',').map((one) => one.split('|'))
  if (!tokens.every((one) => one.length === 2 && one.every((part) => part !== ''))) return undefined
  return tokens.map(([system, code]) => codeToken({ system: system!, code: code! }))
}

export function covers(scope: SmartScope, type: string, verb: ScopeVerb): boolean {
  return (scope.type === '*' || scope.type === type) && scope.verbs.has(verb)
}
