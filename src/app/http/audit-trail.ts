import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditEntry } from '../../safeguard/audit/audit-entry.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Services } from './services.ts'
import { isPageFile } from './web-page.ts'
import { withheldAnswer } from './withheld-answer.ts'

/** What a route does, for the audit log. */
export type AuditedAs = Partial<Pick<AuditEntry, 'kind' | 'interaction' | 'action'>>

/** What a request turned out to touch. Its handler fills it in; the entry is written before the reply leaves. */
interface AuditTrail {
  /** People whose data the reply tells of, or the request changed. Those named by `/api/patients/:id` are there already. */
  touch(...patients: readonly PatientId[]): void
  /** "Observation/123", or a type with parameter names; in place of the address of the route. */
  about(...what: readonly string[]): void
  /** Said beside what was touched: what was done to a file, as a code or a few words of ours. */
  note(text: string): void
  /** How many resources are given. */
  count(resources: number): void
  /** Where the route alone does not tell: a search that is asked for by POST. */
  as(declared: AuditedAs): void
  /** v3-ActReason or another code. */
  reason(code: string): void
  /** What answers from here on writes its own entries, and no other is needed. */
  elsewhere(): void
}

declare module 'fastify' {
  interface FastifyRequest {
    audit: AuditTrail
  }
  interface FastifyContextConfig {
    /** How the audit log calls what the route does; false: it is about nobody, and only refusals are written down. */
    audit?: AuditedAs | false
  }
}

const BY_METHOD: Readonly<Record<string, Required<AuditedAs>>> = {
  GET: { kind: 'rest', interaction: 'read', action: 'R' },
  HEAD: { kind: 'rest', interaction: 'read', action: 'R' },
  POST: { kind: 'rest', interaction: 'create', action: 'C' },
  PUT: { kind: 'rest', interaction: 'update', action: 'U' },
  PATCH: { kind: 'rest', interaction: 'patch', action: 'U' },
  DELETE: { kind: 'rest', interaction: 'delete', action: 'D' },
}
const OTHERWISE: Required<AuditedAs> = { kind: 'rest', interaction: 'operation', action: 'E' }

/** Nobody of that id is here: what was typed may be anything, a name too, and is not written down. */
const NOBODY = new Set(['PATIENT_UNKNOWN', 'PATIENT_ID_MALFORMED'])

/** The trail of one request. */
class Trail implements AuditTrail {
  readonly patients = new Set<PatientId>()
  what: readonly string[] = []
  notes: readonly string[] = []
  given: number | undefined
  why: string | undefined
  declared: AuditedAs = {}
  fault: string | undefined
  written = false

  touch(...patients: readonly PatientId[]): void {
    for (const one of patients) this.patients.add(one)
  }
  about(...what: readonly string[]): void {
    this.what = [...this.what, ...what]
  }
  note(text: string): void {
    this.notes = [...this.notes, text]
  }
  count(resources: number): void {
    this.given = resources
  }
  as(declared: AuditedAs): void {
    this.declared = { ...this.declared, ...declared }
  }
  reason(code: string): void {
    this.why = code
  }
  elsewhere(): void {
    this.written = true
  }
}

/**
 * Writes every request down before its reply leaves, refused and failed ones too; a request whose entry cannot be
 * written is answered with AUDIT_UNAVAILABLE instead. Left out are files of the page, routes that are open to
 * everybody, and what browsers ask before a call. Register it before the routes.
 */
export function auditTrail(server: FastifyInstance, services: Services): void {
  server.decorateRequest('audit')
  server.addHook('onRequest', async (request) => {
    request.audit = new Trail()
  })
  server.addHook('onError', async (request, _reply, error) => {
    trailOf(request).fault = codeOf(error)
  })
  server.addHook('onSend', async (request, reply, answer) => {
    const trail = trailOf(request)
    if (trail.written || !isAudited(request, reply)) return answer
    trail.written = true
    try {
      await services.audit.record(services.tenant, entryOf(request, reply, trail, services.now()))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      // Thrown from here it would be answered in the form of the framework.
      const fault = new Fault(
        'AUDIT_UNAVAILABLE',
        'audit log',
        `the answer is withheld: who saw it could not be written down (${error.code})`,
        'Try again when the database answers. A change that was sent with this request may have been made.',
      )
      return withheldAnswer(request, reply, answer, fault)
    }
    return answer
  })
}

function trailOf(request: FastifyRequest): Trail {
  // Before the hooks of this file ran, as when the address cannot be decoded.
  request.audit ??= new Trail()
  return request.audit as Trail
}

function isAudited(request: FastifyRequest, reply: FastifyReply): boolean {
  const { open, audit } = request.routeOptions.config
  if (request.method === 'OPTIONS' || open === true || isPageFile(request)) return false
  // Other unknown addresses are the page's own to show.
  if (request.is404 && !/^\/(api|cds-services|fhir)(\/|\?|$)/.test(request.url)) return false
  return audit !== false || reply.statusCode >= 400
}

function entryOf(request: FastifyRequest, reply: FastifyReply, trail: Trail, now: Date): AuditEntry {
  const caller = callerOf(request)
  const { audit } = request.routeOptions.config
  const declared = { ...(BY_METHOD[request.method] ?? OTHERWISE), ...(audit || {}), ...trail.declared }
  const { statusCode } = reply
  const person = (request.params as { id?: string } | undefined)?.id
  const nobody = trail.fault !== undefined && NOBODY.has(trail.fault)
  if (person !== undefined && !nobody && isOfPerson(request)) trail.touch(person as PatientId)
  return {
    at: now.toISOString(),
    ...declared,
    outcome: statusCode < 400 ? 'success' : statusCode < 500 ? 'refused' : 'failed',
    ...(trail.fault === undefined ? {} : { code: trail.fault }),
    who: {
      id: caller?.id ?? 'anonymous',
      roles: caller?.roles ?? [],
      ...(caller?.references[0] === undefined ? {} : { reference: caller.references[0] }),
      ...(caller?.session === undefined ? {} : { session: caller.session }),
      address: request.ip,
    },
    purpose: caller?.purpose ?? 'HOPERAT',
    patients: [...trail.patients],
    what: [...(trail.what.length > 0 ? trail.what : [addressOf(request)]), ...trail.notes],
    ...(trail.given === undefined ? {} : { count: trail.given }),
    ...(trail.why === undefined ? {} : { reason: trail.why }),
  }
}

/** Undefined where nobody had to say who they are, or nobody got that far: then reading the caller throws. */
function callerOf(request: FastifyRequest): Caller | undefined {
  try {
    return request.caller
  } catch {
    return undefined
  }
}

function isOfPerson({ routeOptions: { url } }: FastifyRequest): boolean {
  return url?.startsWith('/api/patients/:id') === true
}

/** The route and the names of what was asked, without a value: "GET /api/patients?search". */
function addressOf(request: FastifyRequest): string {
  const names = Object.keys((request.query as object | undefined) ?? {}).filter((name) =>
    /^[\w:.-]{1,60}$/.test(name),
  )
  const url = request.is404 ? '(no such address)' : request.routeOptions.url
  return `${request.method} ${url}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

function codeOf(error: unknown): string {
  if (error instanceof Fault) return error.code
  const { statusCode } = error as { statusCode?: number }
  return statusCode !== undefined && statusCode < 500 ? 'REQUEST_MALFORMED' : 'INTERNAL'
}
