import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fhirStatusOf, outcomeOf } from '../../fhir/rest/outcome.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'
import { faultReply, outward } from '../http/fault-reply.ts'
import { dispatch, MethodRefused } from './dispatch.ts'
import { formBody, jsonBody } from './fhir-body.ts'
import type { FhirContext, FhirReply, FhirRequest, FhirService } from './fhir-service.ts'
import { capabilityStatement } from './metadata.ts'
import { EntryFault } from './write-plan.ts'

/** Path of the FHIR server below the server's own address. */
export const FHIR_ROOT = '/fhir/R4'

/** Largest body, bytes: a report with its PDF, a transaction of some thousand resources. */
const LARGEST_BODY = 32 * 2 ** 20

const FHIR_JSON = 'application/fhir+json; charset=utf-8'

/**
 * The FHIR R4 server under /fhir/R4. `contextOf` says who makes a request and what they may do; it throws
 * LOGIN_REQUIRED or ACCESS_DENIED.
 */
export async function fhirRoutes(
  server: FastifyInstance,
  service: FhirService,
  contextOf: (request: FastifyRequest) => Promise<FhirContext>,
): Promise<void> {
  await server.register(
    async (fhir) => {
      takeBodies(fhir)
      fhir.setErrorHandler(async (error, _request, reply) => sendFault(reply, error, service.log))
      fhir.setNotFoundHandler(async (_request, reply) => sendFault(reply, notFound(), service.log))
      fhir.addHook('onRequest', async (request) => {
        refuseFormat(request)
        refuseVersion(request)
      })
      fhir.get('/metadata', { config: { open: true } }, async (request, reply) =>
        send(reply, request, {
          status: 200,
          headers: {},
          body: JSON.stringify(capabilityStatement(service)),
        }),
      )
      const answer = async (request: FastifyRequest, reply: FastifyReply) => {
        const asked = requestOf(request)
        const context = await contextOf(request)
        return send(reply, request, await dispatch(service, context, asked))
      }
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
      for (const url of ['/', '/*']) fhir.route({ method: [...methods], url, handler: answer })
    },
    { prefix: FHIR_ROOT },
  )
}

/** Bodies arrive as text: JSON of resources and patches, forms of _search. Anything else is answered with 415. */
function takeBodies(fhir: FastifyInstance): void {
  fhir.removeAllContentTypeParsers()
  const types = [
    'application/fhir+json',
    'application/json',
    'application/json-patch+json',
    'application/x-www-form-urlencoded',
  ]
  fhir.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, (_request, body, done) =>
    isUtf8(body as Buffer) ? done(null, body.toString()) : done(notUtf8()),
  )
}

/** Reading on with replacement characters would keep a text that nobody wrote. */
function notUtf8(): Fault {
  return new Fault(
    'REQUEST_MALFORMED',
    'body',
    'the body is not UTF-8',
    'Send one FHIR resource as JSON in UTF-8.',
  )
}

function requestOf(request: FastifyRequest): FhirRequest {
  const mark = request.url.indexOf('?')
  const place = (mark < 0 ? request.url : request.url.slice(0, mark)).slice(FHIR_ROOT.length)
  const query = mark < 0 ? [] : [...new URLSearchParams(request.url.slice(mark + 1))]
  const type = request.headers['content-type'] ?? ''
  const text = typeof request.body === 'string' ? request.body : ''
  const isForm = type.startsWith('application/x-www-form-urlencoded')
  const bodyType =
    text === '' ? 'none' : isForm ? 'form' : type.startsWith('application/json-patch') ? 'json-patch' : 'json'
  return {
    method: request.method,
    path: place
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: isForm ? formBody(text) : jsonBody(text),
    bodyType,
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw notFound()
  }
}

/** Only JSON is written. Throws FORMAT_REFUSED when the client takes nothing of it. */
function refuseFormat(request: FastifyRequest): void {
  const asked = new URLSearchParams(request.url.split('?')[1] ?? '').get('_format')
  const accept = request.headers.accept
  const takes =
    asked === null
      ? accept === undefined || /\*\/\*|application\/\*|json|text\/html/.test(accept)
      : /json/.test(asked)
  if (takes) return
  throw new Fault(
    'FORMAT_REFUSED',
    'accept',
    'this server writes JSON only',
    'Ask for application/fhir+json.',
  )
}

/** Other versions of FHIR are not read as if they were R4. Throws FORMAT_REFUSED, CONTENT_TYPE_REFUSED. */
function refuseVersion({ headers }: FastifyRequest): void {
  const mend = 'Use fhirVersion=4.0, or leave it out.'
  const what = 'this server speaks FHIR R4 (4.0) only'
  if (isOtherVersion(headers['content-type']))
    throw new Fault('CONTENT_TYPE_REFUSED', 'content-type', what, mend)
  const takes = (headers.accept ?? '').split(',')
  if (takes.every(isOtherVersion)) throw new Fault('FORMAT_REFUSED', 'accept', what, mend)
}

function isOtherVersion(mediaType: string | undefined): boolean {
  const version = /;\s*fhirVersion\s*=\s*"?([\d.]+)/i.exec(mediaType ?? '')?.[1]
  return version !== undefined && !/^4\.0(\.|$)/.test(version)
}

async function send(
  reply: FastifyReply,
  request: FastifyRequest,
  { status, headers, body }: FhirReply,
): Promise<FastifyReply> {
  reply.code(status).headers(headers).header('cache-control', 'no-store')
  if (body === undefined) return reply.send()
  const pretty = /[?&]_pretty=true\b/.test(request.url)
  const text = pretty ? resourceText(readResourceText(body), 2) : body
  return reply.header('content-type', headers['content-type'] ?? FHIR_JSON).send(text)
}

async function sendFault(
  reply: FastifyReply,
  error: unknown,
  log: (line: string) => void,
): Promise<FastifyReply> {
  const fault = faultOf(error, log)
  const outcome =
    fault instanceof EntryFault ? outcomeOf(fault.inner, `Bundle.entry[${fault.entry}]`) : outcomeOf(fault)
  const status = fault.code === 'INTERNAL' ? 500 : fhirStatusOf(fault.code)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (fault instanceof MethodRefused) reply.header('allow', fault.allowed.join(', '))
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-type', FHIR_JSON)
    .send(JSON.stringify(outcome))
}

/** Faults as they are; refusals of the HTTP layer and bugs as faults that tell nothing of the content. */
function faultOf(error: unknown, log: (line: string) => void): Fault {
  if (error instanceof Fault) return outward(error)
  const { statusCode } = error as { statusCode?: number }
  if (statusCode === 413) {
    return new Fault(
      'BODY_TOO_LARGE',
      'body',
      `the body is larger than ${LARGEST_BODY} bytes`,
      'Send it in parts.',
    )
  }
  if (statusCode === 415) {
    return new Fault(
      'CONTENT_TYPE_REFUSED',
      'content-type',
      'this content type is not taken',
      'Send application/fhir+json; a patch as application/json-patch+json, or Parameters.',
    )
  }
  const { code, where, what, mend } = faultReply(error, log).body
  return new Fault(code, where, what, mend)
}

function notFound(): Fault {
  return new Fault('ROUTE_UNKNOWN', 'address', 'there is nothing at this address', 'See /metadata.')
}
