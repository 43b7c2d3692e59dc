import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf } from '../../fhir/rest/outcome.ts'
import type { Fault } from '../../terms/fault.ts'
import { outward, statusOf } from './fault-reply.ts'

/** Headers that tell of the answer that is not given. */
const OF_THE_ANSWER = [
  'etag',
  'location',
  'content-location',
  'last-modified',
  'content-disposition',
  'content-encoding',
  'content-length',
  'set-cookie',
]

/** What leaves in place of an answer that may not: a fault, in the form of the address that was asked. */
export function withheldAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
  fault: Fault,
): string {
  if (answer instanceof Readable) answer.destroy()
  for (const name of OF_THE_ANSWER) reply.removeHeader(name)
  const isFhir = request.url.startsWith('/fhir/')
  const told = outward(fault)
  reply
    .code(statusOf(fault.code))
    .header('cache-control', 'no-store')
    .header('content-type', `application/${isFhir ? 'fhir+json' : 'json'}; charset=utf-8`)
  return JSON.stringify(isFhir ? outcomeOf(told) : told.toJSON())
}
