import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Fault } from '../../terms/fault.ts'

/** Tells our page from another that only makes the browser send its cookie: it follows from the session, which no page can read. */
export function csrfOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url')
}

export function isCsrf(sessionToken: string, given: unknown): boolean {
  if (typeof given !== 'string') return false
  const [right, typed] = [Buffer.from(csrfOf(sessionToken)), Buffer.from(given)]
  return right.length === typed.length && timingSafeEqual(right, typed)
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Throws CSRF unless a change that comes with a session cookie also carries the token that our page was given. */
export function refuseForged(request: FastifyRequest, sessionToken: string): void {
  if (READS.has(request.method) || isCsrf(sessionToken, request.headers['x-csrf-token'])) return
  throw csrfFault()
}

export function csrfFault(): Fault {
  return new Fault(
    'CSRF',
    'x-csrf-token',
    'the change does not come from the page that is signed in',
    'Load the page again and repeat the change.',
  )
}
