import type { TenantId } from '../../terms/ids.ts'
import type { Identifier } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { nameKey } from './name-key.ts'

/** Longest beginning that is told apart, characters. */
const LONGEST = 32
/** An identifier is found from this many characters on: shorter beginnings would mostly tell how numbers are given out. */
const SHORTEST_OF_IDENTIFIER = 3

/** How the patient list finds a person without knowing names: 64 bits of a keyed digest for each of these. */
export function searchDigests(
  vault: Vault,
  tenant: TenantId,
  person: { readonly name: string | undefined; readonly identifiers: readonly Identifier[] },
): readonly string[] {
  const found = new Set<string>()
  for (const word of wordsOf(person.name)) {
    for (const start of startsOf(word, 1)) found.add(digestOf(vault, tenant, 'name', start))
  }
  for (const { value } of person.identifiers) {
    for (const start of startsOf(value, SHORTEST_OF_IDENTIFIER))
      found.add(digestOf(vault, tenant, 'identifier', start))
  }
  return [...found]
}

/** What a person must be found by, all of it, for each way of reading a search. Undefined: it cannot be read so. */
export function askedDigests(
  vault: Vault,
  tenant: TenantId,
  search: string,
): { readonly name: readonly string[] | undefined; readonly identifier: readonly string[] } {
  const words = wordsOf(search)
  return {
    name: words.length === 0 ? undefined : words.map((word) => digestOf(vault, tenant, 'name', cut(word))),
    identifier: [digestOf(vault, tenant, 'identifier', cut(search))],
  }
}

/** Digest under which an identifier is held for one person. */
export function identifierDigest(vault: Vault, tenant: TenantId, { system, value }: Identifier): string {
  return vault.blind(tenant, 'identifier', JSON.stringify([system, value]))
}

function wordsOf(name: string | undefined): readonly string[] {
  return nameKey(name)
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
}

function cut(text: string): string {
  return [...text].slice(0, LONGEST).join('')
}

function startsOf(text: string, shortest: number): readonly string[] {
  const letters = [...text].slice(0, LONGEST)
  const first = Math.min(shortest, letters.length)
  return Array.from({ length: letters.length - first + 1 }, (_, i) => letters.slice(0, first + i).join(''))
}

/** The first 64 bits as PostgreSQL's bigint. */
function digestOf(vault: Vault, tenant: TenantId, kind: string, start: string): string {
  const digest = vault.blind(tenant, `patient list ${kind}`, start)
  return Buffer.from(digest, 'base64url').readBigInt64BE().toString()
}
