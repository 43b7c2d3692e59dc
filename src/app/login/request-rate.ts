import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../http/services.ts'
import { type LoginEntry, USUAL_RATES } from './entry.ts'
import { RateLimit, TooManyRequests } from './rate-limit.ts'

const SECONDS = 10

/**
 * Limits how often one caller asks, whatever is asked: a script that copies the record request by request, or a program
 * in a circle, is told 429 and when to come back. Of many refusals one for each window goes into the audit log: a
 * flood must not fill it.
 */
export function requestRate(
  { now }: Pick<Services, 'now'>,
  { rates = USUAL_RATES }: LoginEntry,
): (request: FastifyRequest, reply: FastifyReply) => void {
  const limitOf = (rate: number) =>
    rate === 0
      ? undefined
      : new RateLimit(rate * SECONDS, SECONDS * 1000, 'there were too many requests of this caller')
  const limits = { user: limitOf(rates.user), client: limitOf(rates.client) }
  return ({ caller, audit }, reply) => {
    try {
      limits[caller.kind === 'client' ? 'client' : 'user']?.take(caller.id, now())
    } catch (error) {
      if (error instanceof TooManyRequests) {
        reply.header('retry-after', String(error.retryAfter))
        if (!error.first) audit.elsewhere()
      }
      throw error
    }
  }
}
