import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes this request. Reading it on a route that is open to everybody is a bug, and throws. */
    caller: Caller
  }
  interface FastifyContextConfig {
    /** The route tells nothing about people: it answers without a caller. */
    open?: boolean
  }
}

/** Says who makes a request. Throws LOGIN_REQUIRED (401), never telling which of the proofs was wrong. */
export type CallerOf = (request: FastifyRequest) => Promise<Caller>

export function loginRequired(): Fault {
  return new Fault(
    'LOGIN_REQUIRED',
    'authorization',
    'this address answers only to somebody who has signed in',
    'Sign in on the page, or send a valid access token.',
  )
}
