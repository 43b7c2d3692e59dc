import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Fault } from '../../terms/fault.ts'
import type { FhirContext } from './fhir-service.ts'

/**
 * Where a page ended and what was asked, as a link may carry it: sealed (AES-256-GCM), since searched values may name a
 * person and links end up in logs, and bound to the tenant and the caller.
 */
export function sealPage(key: Uint8Array, context: FhirContext, page: unknown): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(callerOf(context))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(page), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Throws PAGE_MALFORMED on a token of another caller, of a server before its restart, or one that was altered. */
export function openPage<T>(key: Uint8Array, context: FhirContext, token: string): T {
  try {
    const bytes = Buffer.from(token, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      .setAAD(callerOf(context))
      .setAuthTag(bytes.subarray(12, 28))
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    return JSON.parse(text) as T
  } catch {
    throw new Fault(
      'PAGE_MALFORMED',
      '_page',
      'this is not the link to a page that this server gave you, or the server was restarted since',
      'Search again from the first page.',
    )
  }
}

function callerOf({ tenant, who }: FhirContext): Buffer {
  return Buffer.from(`${tenant}\n${who.id}`)
}
