import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Restriction } from '../../record/resource-query.ts'
import type { AccessDecision } from '../../safeguard/access/access.ts'
import { NOTICE_HEADER, PART_2_NOTICE } from '../../safeguard/access/part-2-notice.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { ACT_CODE } from '../../safeguard/consent/consent-codes.ts'
import type { Sight } from '../../store/access/access-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import type { Services } from '../http/services.ts'
import { accessOf } from './access-of.ts'
import { type RouteAccess, routeAccess } from './route-access.ts'

const DECIDED = Symbol('access')

declare module 'fastify' {
  interface FastifyRequest {
    /** What the caller may see; reading it on a route without a declared access is a bug, and throws. */
    access: AccessDecision
  }
  interface FastifyContextConfig {
    /** What the route shows or changes; false: nothing of anybody. Without it, the list of routes says it. */
    access?: RouteAccess | false
  }
}

/**
 * Decides every request of the JSON API and of the CDS services before its handler runs. A route of which nobody said
 * what it shows is refused. Register it behind `login`.
 */
export function accessGate(server: FastifyInstance, services: Services): void {
  accessOf(services.facts, services.site)
  server.decorateRequest('access', {
    getter(this: FastifyRequest & { [DECIDED]?: AccessDecision }): AccessDecision {
      const decided = this[DECIDED]
      if (decided === undefined) throw new Error('the access of a route without one was read')
      return decided
    },
    setter(this: FastifyRequest & { [DECIDED]?: AccessDecision }, decision: AccessDecision) {
      this[DECIDED] = decision
    },
  })
  server.addHook('onRequest', async (request, reply) => {
    const { url, config } = request.routeOptions
    if (request.is404 || config.open === true || url === undefined) return
    // Files of the page have no caller; the FHIR server decides for itself, with the grant.
    if (!/^\/(api|cds-services|fhir)(\/|$)/.test(url)) return
    request.caller = await withGrant(services, request.caller)
    if (url.startsWith('/fhir')) return
    const asked = config.access ?? routeAccess(request.method, url)
    if (asked === false) return
    if (asked === undefined)
      throw accessDenied(`nothing is said about ${request.method} ${url}: it is refused`)
    request.access = await decide(services, request, asked, isOfPerson(url))
    if (isOfPerson(url) && request.access.obligations.includes('part-2-notice'))
      reply.header(NOTICE_HEADER, PART_2_NOTICE)
  })
}

async function decide(
  services: Services,
  request: FastifyRequest,
  { action, kind, shows }: RouteAccess,
  ofPerson: boolean,
): Promise<AccessDecision> {
  const { id } = request.params as { id?: string }
  const patient = ofPerson && id !== undefined ? patientId(id) : undefined
  const at = services.now().toISOString()
  const decision = accessOf(services.facts, services.site).authorize(
    request.caller,
    { action, kind, ...(patient === undefined ? {} : { patient }) },
    at,
  )
  if (!decision.allow) throw accessDenied(decision.because)
  if (patient === undefined || shows === undefined) return decision
  const [person, genetic] = await services.store.access.shown(
    services.tenant,
    patient,
    [personSight(patient), GENETIC],
    decision.restriction,
  )
  // As for a person who is not there: that somebody is a patient here is told to nobody who may not see it.
  if (!person) throw patientUnknown(patient)
  if (shows === 'genetic' && !genetic)
    throw new Fault(
      'ACCESS_DENIED',
      'access',
      'genetic data of this person are not shown for this purpose',
      "The person's Consent or your role keeps them closed: ask the person, or who manages the users here.",
    )
  return decision
}

/** Whether results that rest on genetic data may be shown to the caller, where the path does not name the person. */
export async function showsGenetic(
  services: Services,
  request: FastifyRequest,
  patient: PatientId,
): Promise<boolean> {
  const within = adviceWithin(services, request, patient)
  const sights = [personSight(patient), GENETIC]
  return (await services.store.access.shown(services.tenant, patient, sights, within)).every((one) => one)
}

/** What of a person a caller may see who asks for advice, where the path does not name the person. */
export function adviceWithin(services: Services, request: FastifyRequest, patient: PatientId): Restriction {
  return accessOf(services.facts, services.site).restrictionFor(
    request.caller,
    { action: 'read', kind: 'Plan', patient },
    services.now().toISOString(),
  )
}

export const personSight = (patient: PatientId): Sight => ({
  type: 'Patient',
  id: patient,
  labels: [],
  codes: [],
})

/** Any result that is labelled as genetic. */
export const GENETIC: Sight = { type: 'Observation', id: '-', labels: [`${ACT_CODE}|GDIS`], codes: [] }

/** The caller with the grant in force, when they work for an emergency. */
export async function withGrant(services: Services, caller: Caller): Promise<Caller> {
  if (caller.purpose !== 'ETREAT' || caller.breakGlass !== undefined) return caller
  const at = services.now().toISOString()
  const grant = await services.store.access.grantInForce(services.tenant, caller.id, at)
  if (grant === undefined) return caller
  const { patient, until, reason } = grant
  return { ...caller, breakGlass: { patient, until, reason } }
}

function isOfPerson(url: string): boolean {
  return /^\/api\/patients\/:id(\/|$)/.test(url)
}

/** What nothing permits; /api/access/why tells which rule decides. */
export function accessDenied(because: string): Fault {
  return new Fault('ACCESS_DENIED', 'access', because, 'Ask who manages the users here for a role that may.')
}

function patientUnknown(patient: PatientId): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    'patient',
    `there is no patient "${patient}"`,
    'Register the person first, or look the id up in the patient list.',
  )
}
