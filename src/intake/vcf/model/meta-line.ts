import { readStructured, type Structured } from './structured-line.ts'

/** A line that begins with "##", split as section 1.4 says. */
type MetaLine =
  | { readonly kind: 'not-pair' }
  | { readonly kind: 'plain'; readonly key: string; readonly value: string }
  | ({ readonly kind: 'structured'; readonly key: string } & Structured)

export function readMetaLine(line: string): MetaLine {
  const equals = line.indexOf('=')
  if (equals < 0) return { kind: 'not-pair' }
  const key = line.slice(2, equals)
  const value = line.slice(equals + 1)
  if (value.startsWith('<')) return { kind: 'structured', key, ...readStructured(value) }
  return { kind: 'plain', key, value }
}
