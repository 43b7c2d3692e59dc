import { createHash } from 'node:crypto'

/**
 * SHA-256, base64url. Enough for tokens of 128 random bits and more, which cannot be guessed from it; never for passwords.
 */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
