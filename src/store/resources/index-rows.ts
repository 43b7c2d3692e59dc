import type { Resource } from '../../record/resource.ts'
import type { IndexEntry } from '../../record/resource-query.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Vault } from '../vault/vault.ts'
import { codeDigest, isIdentifyingToken, textDigests } from './identity-digest.ts'
import { exactText, foldedText, indexedCode } from './indexed-text.ts'

/** One row of resource_index, without its key. */
export interface IndexRow {
  readonly param: string
  readonly value?: string
  readonly qualifier?: string
  readonly low?: number
  readonly high?: number
  readonly unit?: string
  readonly digests?: readonly string[]
  readonly parts?: readonly string[]
}

/** Rows under which a resource is found; equal ones once. */
export function indexRows(
  vault: Vault,
  tenant: TenantId,
  type: Resource['resourceType'],
  entries: readonly IndexEntry[],
): readonly IndexRow[] {
  const rows = new Map<string, IndexRow>()
  const names = new Map<string, string[]>()
  for (const entry of entries) {
    if (entry.kind === 'string' && entry.identity) {
      names.set(entry.param, [...(names.get(entry.param) ?? []), entry.text])
      continue
    }
    const row = rowOf(vault, tenant, type, entry)
    rows.set(JSON.stringify(row), row)
  }
  for (const [param, texts] of names) {
    rows.set(`names ${param}`, { param, digests: textDigests(vault, { tenant, type, param }, texts) })
  }
  return [...rows.values()]
}

function rowOf(vault: Vault, tenant: TenantId, type: string, entry: IndexEntry): IndexRow {
  const { param } = entry
  switch (entry.kind) {
    case 'token': {
      const identity = entry.identity === true || isIdentifyingToken(param)
      const value = identity
        ? codeDigest(vault, { tenant, type, param }, entry.code)
        : indexedCode(entry.code)
      return { param, value, qualifier: indexedCode(entry.system ?? '') }
    }
    case 'string':
      return { param, value: foldedText(entry.text), qualifier: exactText(entry.text) }
    case 'reference':
      return { param, value: indexedCode(entry.id), qualifier: entry.type }
    case 'uri':
      return { param, value: indexedCode(entry.uri), qualifier: '' }
    case 'date':
      return {
        param,
        low: entry.low ?? Number.NEGATIVE_INFINITY,
        high: entry.high ?? Number.POSITIVE_INFINITY,
      }
    case 'number':
      return { param, low: entry.low, high: entry.high }
    case 'quantity':
      return {
        param,
        low: entry.low,
        high: entry.high,
        qualifier: indexedCode(entry.system ?? ''),
        unit: indexedCode(entry.code ?? ''),
      }
    case 'composite': {
      const { interval } = entry
      const parts = entry.parts.map(indexedCode)
      return {
        param,
        value: codeOfToken(parts[0] ?? ''),
        qualifier: '',
        parts,
        ...(interval === undefined
          ? {}
          : { low: interval.low, high: interval.high, unit: indexedCode(interval.unit ?? '') }),
      }
    }
  }
}

/** "system|code" without its system; systems are URIs, which hold no "|". */
export function codeOfToken(token: string): string {
  return token.slice(token.indexOf('|') + 1)
}

/** Names as a search sorts by them: the first and the last of each parameter, folded. Kept sealed. */
export function sortNames(entries: readonly IndexEntry[]): string | undefined {
  const names: Record<string, [first: string, last: string]> = {}
  for (const entry of entries) {
    if (entry.kind !== 'string' || !entry.identity) continue
    const sorted = [...(names[entry.param] ?? []), foldedText(entry.text)].sort()
    names[entry.param] = [sorted[0]!, sorted.at(-1)!]
  }
  return Object.keys(names).length === 0 ? undefined : JSON.stringify(names)
}
