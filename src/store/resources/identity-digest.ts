import type { TenantId } from '../../terms/ids.ts'
import { nameKey } from '../people/name-key.ts'
import type { Vault } from '../vault/vault.ts'

/** Longest beginning of a name that is told apart, characters; what is asked beyond is not looked at. */
const LONGEST = 64

/** Token parameters whose code tells who somebody is, whatever the resource. */
const IDENTIFYING = new Set(['identifier', 'phone', 'email', 'telecom'])

/** Where a value belongs: a digest of one parameter tells nothing about another. */
interface Place {
  readonly tenant: TenantId
  readonly type: string
  readonly param: string
}

export function isIdentifyingToken(param: string): boolean {
  return IDENTIFYING.has(param)
}

/** What an identifying code is kept and asked as. */
export function codeDigest(vault: Vault, { tenant, type, param }: Place, code: string): string {
  return vault.blind(tenant, `${type}.${param} code`, code)
}

/**
 * Digests by which a name or address is found: of every beginning of the whole, of every beginning of each of its
 * words, and of the text as written. 64 bits of a keyed digest each.
 */
export function textDigests(vault: Vault, place: Place, texts: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const starts = new Set<string>()
  for (const text of texts) {
    found.add(wholeDigest(vault, place, text))
    const folded = nameKey(text)
    for (const part of [folded, ...folded.split(/[^\p{Letter}\p{Number}]+/u)]) {
      const letters = [...part].slice(0, LONGEST)
      for (let length = 1; length <= letters.length; length++) starts.add(letters.slice(0, length).join(''))
    }
  }
  for (const start of starts) found.add(short(vault.blind(place.tenant, startKind(place), start)))
  return [...found]
}

/** Digest to ask for names with a word, or the whole, that begins with `text`; undefined where nothing is asked. */
export function startDigest(vault: Vault, place: Place, text: string): string | undefined {
  const start = [...nameKey(text)].slice(0, LONGEST).join('')
  return start === '' ? undefined : short(vault.blind(place.tenant, startKind(place), start))
}

/** Digest to ask for names that are written exactly so. */
export function wholeDigest(vault: Vault, place: Place, text: string): string {
  return short(vault.blind(place.tenant, `${place.type}.${place.param} whole`, text))
}

function startKind({ type, param }: Place): string {
  return `${type}.${param} start`
}

/** The first 64 bits as PostgreSQL's bigint. */
function short(digest: string): string {
  return Buffer.from(digest, 'base64url').readBigInt64BE().toString()
}
