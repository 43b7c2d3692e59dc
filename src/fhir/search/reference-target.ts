/** What the text of a reference points at. */
type ReferenceTarget =
  /** A resource of this server. */
  | { readonly kind: 'local'; readonly type: string; readonly id: string }
  /** A resource elsewhere, a canonical, or a urn. */
  | { readonly kind: 'elsewhere'; readonly uri: string; readonly type: string | undefined }
  /** "#id": inside the resource itself. */
  | { readonly kind: 'contained'; readonly id: string }

const RELATIVE = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/
const TYPE_IN_URL = /\/([A-Z][A-Za-z]{1,63})\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/

/**
 * Reads Reference.reference or a canonical. `base` is the address under which this server is known: absolute references
 * below it are local. A version ("/_history/2") is left out: search looks for the resource, not for one state of it.
 */
export function referenceTarget(text: string, base: string): ReferenceTarget {
  if (text.startsWith('#')) return { kind: 'contained', id: text.slice(1) }
  const own = base !== '' && text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text
  const relative = RELATIVE.exec(own)
  if (relative !== null) return { kind: 'local', type: relative[1]!, id: relative[2]! }
  return { kind: 'elsewhere', uri: text, type: TYPE_IN_URL.exec(text)?.[1] }
}
