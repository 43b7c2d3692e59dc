import { createHash } from 'node:crypto'

/**
 * The id of a resource that a message makes: the same for the same sender, order and place, so that a replay changes
 * nothing and a correction replaces. 160 bits of SHA-256; it tells nothing of what it is made from.
 */
export function resourceId(...parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part};`)
  return `v2-${hash.digest('hex').slice(0, 40)}`
}
