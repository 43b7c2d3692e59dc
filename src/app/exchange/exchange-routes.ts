import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Role } from '../../safeguard/caller.ts'
import type { MessageState } from '../../store/messages/message-store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { parsed } from '../http/fault-reply.ts'
import { rowOf } from './code-map-file.ts'
import { receive } from './exchange.ts'
import type { ExchangeServices, From } from './exchange-services.ts'
import { MLLP_DEFAULTS } from './mllp-server.ts'
import { discard, replay } from './replay.ts'
import { forgetSender } from './sender-knowledge.ts'

/** Content types of HL7 v2 in vertical-bar encoding over HTTP. */
const TYPES = ['application/hl7-v2+er7', 'x-application/hl7-v2+er7', 'application/hl7-v2']

/** Who may send messages, and who may look after them. */
const SENDERS: readonly Role[] = ['laboratory', 'integration-engineer', 'system', 'administrator']
const ENGINEERS: readonly Role[] = ['integration-engineer', 'administrator']

const STATES = [
  'received',
  'processed',
  'unmapped',
  'partly-filed',
  'unknown-patient',
  'quarantined',
  'discarded',
] as const

const ListQuery = z.strictObject({
  state: z
    .union([z.enum(STATES), z.array(z.enum(STATES))])
    .optional()
    .transform((one): readonly MessageState[] | undefined => (one === undefined ? undefined : [one].flat())),
  sender: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: z.string().optional(),
})
const SenderQuery = z.strictObject({ sender: z.string().optional() })
const Decision = z.strictObject({
  patient: z.string().optional(),
  register: z.boolean().default(false),
  confirmIdentity: z.boolean().default(false),
})
const CodeRow = z.strictObject({
  system: z.string(),
  code: z.string(),
  toSystem: z.string(),
  toCode: z.string(),
  toDisplay: z.string().optional(),
})
const Settings = z.strictObject({
  utcOffset: z
    .string()
    .regex(/^[+-](0\d|1[0-4])[0-5]\d$/)
    .optional(),
  registers: z.boolean(),
})

/**
 * HL7 v2 over HTTP (POST /hl7v2: one message or batch in, its acknowledgment out, with status 200 also for AE and AR:
 * it was delivered, and the acknowledgment says what came of it), and the work lists of messages under /api/exchange.
 */
export async function exchangeRoutes(server: FastifyInstance, services: ExchangeServices): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      TYPES,
      { parseAs: 'buffer', bodyLimit: MLLP_DEFAULTS.largest },
      (_request, body, done) => done(null, body),
    )
    scope.post(
      '/hl7v2',
      {
        config: {
          audit: { kind: 'hl7v2', interaction: 'receive' },
          takes: `one HL7 v2 message or batch as ${TYPES[0]}`,
        },
      },
      async (request, reply) => {
        permit(request, SENDERS)
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array()
        const answer = await receive(services, body, fromOf(request))
        return reply.type(`${TYPES[0]}; charset=utf-8`).send(answer)
      },
    )
  })
  workListRoutes(server, services)
  codeMapRoutes(server, services)
}

function workListRoutes(server: FastifyInstance, services: ExchangeServices): void {
  const { messages, tenant } = services
  server.get(
    '/api/exchange/messages',
    { config: { access: false, audit: audited('search') } },
    async (request) => {
      permit(request, ENGINEERS)
      const { state, sender, limit, after } = parsed(ListQuery, request.query, 'query')
      return messages.list(tenant, {
        limit,
        ...(state === undefined ? {} : { states: state }),
        ...(sender === undefined ? {} : { sender }),
        ...(after === undefined ? {} : { after }),
      })
    },
  )

  server.get(
    '/api/exchange/messages/:id',
    { config: { access: false, audit: audited('read') } },
    async (request) => {
      permit(request, ENGINEERS)
      const { raw, ...message } = await messages.read(tenant, idOf(request))
      if (message.patient !== undefined) request.audit.touch(message.patient)
      return { ...message, content: raw.toString('utf8') }
    },
  )

  server.post(
    '/api/exchange/messages/:id/replay',
    { config: { access: false, audit: audited('replay') } },
    async (request) => {
      permit(request, ENGINEERS)
      const { patient, register, confirmIdentity } = parsed(Decision, request.body ?? {}, 'body')
      const decision = {
        act: actOf(services, request),
        register,
        confirmed: confirmIdentity,
        ...(patient === undefined ? {} : { linked: patientId(patient) }),
      }
      const line = await replay(services, idOf(request), decision, fromOf(request))
      if (line.patient !== undefined) request.audit.touch(line.patient)
      return line
    },
  )

  server.post(
    '/api/exchange/messages/:id/discard',
    { config: { access: false, audit: audited('discard') } },
    async (request) => {
      permit(request, ENGINEERS)
      return discard(services, idOf(request), { act: actOf(services, request) }, fromOf(request))
    },
  )
}

function codeMapRoutes(server: FastifyInstance, services: ExchangeServices): void {
  const { messages, tenant } = services
  server.get(
    '/api/exchange/unmapped',
    { config: { access: false, audit: audited('search') } },
    async (request) => {
      permit(request, ENGINEERS)
      return messages.unmapped(tenant, parsed(SenderQuery, request.query, 'query').sender)
    },
  )

  server.get(
    '/api/exchange/senders',
    { config: { access: false, audit: audited('search') } },
    async (request) => {
      permit(request, ENGINEERS)
      return messages.senders(tenant)
    },
  )

  server.put(
    '/api/exchange/senders/:sender',
    { config: { access: false, audit: audited('update') } },
    async (request) => {
      permit(request, ENGINEERS)
      const { utcOffset, registers } = parsed(Settings, request.body, 'body')
      const settings = { sender: senderOf(request), utcOffset, registers }
      await messages.setSender(tenant, settings, actOf(services, request))
      forgetSender(services, settings.sender)
      return settings
    },
  )

  server.get(
    '/api/exchange/senders/:sender/codes',
    { config: { access: false, audit: audited('read') } },
    async (request) => {
      permit(request, ENGINEERS)
      return messages.codeMap(tenant, senderOf(request))
    },
  )

  server.put(
    '/api/exchange/senders/:sender/codes',
    { config: { access: false, audit: audited('update') } },
    async (request) => {
      permit(request, ENGINEERS)
      const rows = parsed(z.array(CodeRow), request.body, 'body').map((row, i) =>
        rowOf([row.system, row.code, row.toSystem, row.toCode, row.toDisplay ?? ''], `body.${i}`),
      )
      await messages.setCodes(tenant, senderOf(request), rows, true, actOf(services, request))
      forgetSender(services, senderOf(request))
      return messages.codeMap(tenant, senderOf(request))
    },
  )
}

/** Work lists are about messages, not about a person: the audit log names the person only where a message has one. */
function audited(interaction: string) {
  return { kind: 'hl7v2', interaction }
}

/** Throws ACCESS_DENIED. */
function permit(request: FastifyRequest, roles: readonly Role[]): void {
  if (request.caller.roles.some((role) => roles.includes(role))) return
  throw new Fault(
    'ACCESS_DENIED',
    'roles',
    'this caller may not exchange messages',
    `Sign in as one of: ${roles.join(', ')}.`,
  )
}

function fromOf(request: FastifyRequest): From {
  return { by: request.caller.id, address: request.ip }
}

function actOf({ now }: ExchangeServices, request: FastifyRequest) {
  return { at: now().toISOString(), by: request.caller.id }
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id
}

function senderOf(request: FastifyRequest): string {
  return (request.params as { sender: string }).sender
}
