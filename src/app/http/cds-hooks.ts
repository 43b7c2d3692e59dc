import type { FastifyInstance } from 'fastify'
import type { CardResponse } from '../../deliver/cds-hooks/card.ts'
import { readFeedback } from '../../deliver/cds-hooks/feedback.ts'
import { readHookRequest } from '../../deliver/cds-hooks/hook-request.ts'
import { SERVICES, type Service } from '../../deliver/cds-hooks/hooks.ts'
import { Fault } from '../../terms/fault.ts'
import { adviceWithin } from '../access/gate.ts'
import type { AuditedAs } from './audit-trail.ts'
import { answerHook } from './hook-call.ts'
import { withPart2Notice } from './part-2-cards.ts'
import { RecentRecords } from './recent-records.ts'
import { act, type Services } from './services.ts'
import { shownBefore, shownOf } from './shown-cards.ts'

/** Largest call taken, bytes: orders and prefetch of one person. */
const LARGEST_CALL = 8 * 2 ** 20

const CALL: AuditedAs = { kind: 'cds-hooks', interaction: 'call', action: 'R' }
const FEEDBACK: AuditedAs = { kind: 'cds-hooks', interaction: 'feedback', action: 'C' }

/** CDS Hooks 2.0: discovery, the services, and feedback on their cards. */
export function cdsRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant } = services
  const records = new RecentRecords(store)

  server.get('/cds-services', { config: { open: true } }, async () => ({ services: SERVICES }))

  server.post(
    '/cds-services/:id',
    { bodyLimit: LARGEST_CALL, config: { audit: CALL } },
    async (request): Promise<CardResponse> => {
      const service = serviceOf(request.params)
      const call = readHookRequest(service.hook, request.body)
      request.audit.as({ interaction: service.hook })
      const { patient, cards, grounds } = await answerHook(services, records, service, call, (id) =>
        adviceWithin(services, request, id),
      )
      if (patient !== undefined) request.audit.touch(patient)
      request.audit.count(cards.length)
      if (patient === undefined || cards.length === 0) return { cards: [] }
      const told = request.access.obligations.includes('part-2-notice')
      const [context, said] = await Promise.all([
        shownBefore(services, { patient, user: call.userId }),
        grounds !== undefined && told ? withPart2Notice(services, grounds, cards) : cards,
      ])
      return { cards: await shownOf(services, service, context, said) }
    },
  )

  server.post('/cds-services/:id/feedback', { config: { audit: FEEDBACK } }, async (request, reply) => {
    const service = serviceOf(request.params)
    const items = readFeedback(request.body)
    request.audit.count(items.length)
    const people = await store.cards.feedback(tenant, service.id, items, act(services, `cds:${service.id}`))
    request.audit.touch(...people)
    return reply.code(200).send()
  })
}

function serviceOf(params: unknown): Service {
  const { id } = params as { id: string }
  const service = SERVICES.find((one) => one.id === id)
  if (service === undefined) {
    throw new Fault(
      'SERVICE_UNKNOWN',
      'path',
      'there is no CDS service with this id',
      'See /cds-services for the services there are.',
    )
  }
  return service
}
