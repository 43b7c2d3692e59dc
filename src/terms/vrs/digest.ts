import { createHash } from 'node:crypto'

/** GA4GH sha512t24u: the first 24 bytes of SHA-512, base64url (VRS, "Truncated Digest"). */
export function sha512t24u(text: string): string {
  return createHash('sha512').update(text, 'utf8').digest().subarray(0, 24).toString('base64url')
}

/** JSON with sorted keys and no spaces (RFC 8785, for the strings, whole numbers and nulls that VRS has). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, its]) => `${JSON.stringify(key)}:${canonicalJson(its)}`).join(',')}}`
}
