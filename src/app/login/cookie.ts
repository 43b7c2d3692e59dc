import type { FastifyRequest } from 'fastify'
import type { Services } from '../http/services.ts'

/** Whether people reach this server over TLS, here or at a proxy before it. */
export function isSecure(services: Services): boolean {
  return services.publicUrl().startsWith('https:')
}

/** The "__Host-" prefix makes the browser refuse it from another host or without TLS (RFC 6265bis, 4.1.3.2). */
export function sessionCookie(services: Services): string {
  return isSecure(services) ? '__Host-garrod' : 'garrod'
}

export function readCookie(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/**
 * A Set-Cookie value that scripts cannot read. An EHR that shows the page in a frame of another site needs SameSite=None,
 * which needs TLS; then the CSRF token alone tells our page from another.
 */
export function cookieText(services: Services, name: string, value: string, framed: boolean): string {
  const secure = isSecure(services)
  return [
    `${name}=${value}`,
    'Path=/',
    'HttpOnly',
    framed && secure ? 'SameSite=None' : 'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
    ...(value === '' ? ['Max-Age=0'] : []),
  ].join('; ')
}
