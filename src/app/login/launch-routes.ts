import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { LAUNCH, type Launch } from './oidc/launch-context.ts'
import { FHIR_BASE } from './oidc/provider.ts'
import type { AppsReply, LaunchReply } from './session-api.ts'
import { visiblePatient } from './visible-patients.ts'

/** Seconds in which the app must have asked for access. */
const LIFE = 300

/** How the audit log calls it. */
const LAUNCHED = { kind: 'launch', interaction: 'ehr-launch', action: 'E' } as const

const LaunchRequest = z.strictObject({
  client: z.string().max(200),
  patient: z.string().max(64),
  encounter: z.string().max(64).optional(),
  intent: z.string().max(200).optional(),
})

/** EHR launch (SMART App Launch 2.2): the page opens an app on the person whose record is open. */
export function launchRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant } = services

  server.get('/api/apps', { config: { audit: false } }, async (): Promise<AppsReply> => {
    const clients = await store.login.clients.list(tenant)
    return {
      apps: clients.filter((one) => one.launchUrl !== undefined).map(({ id, name }) => ({ id, name })),
    }
  })

  server.post('/api/launch', { config: { audit: LAUNCHED } }, async (request): Promise<LaunchReply> => {
    const wanted = parsed(LaunchRequest, request.body, 'body')
    const [kind, user] = request.caller.id.split('/')
    if (kind !== 'user' || user === undefined || request.caller.scopes !== undefined) throw noUser()
    const client = await store.login.clients.get(tenant, wanted.client)
    if (client?.launchUrl === undefined) throw noApp(wanted.client)
    const found = await visiblePatient(services, request.caller, wanted.patient)
    if (found === undefined) throw patientUnknown()
    const { id } = found
    request.audit.touch(id)
    const token = randomBytes(32).toString('base64url')
    const exp = Math.floor(services.now().getTime() / 1000) + LIFE
    const launch: Launch = {
      client: client.id,
      user,
      patient: id,
      encounter: wanted.encounter,
      intent: wanted.intent,
      exp,
    }
    const expiresAt = new Date(exp * 1000).toISOString()
    await store.login.artifacts.put(
      tenant,
      LAUNCH,
      token,
      { ...launch },
      { user, client: client.id },
      expiresAt,
    )
    const url = new URL(client.launchUrl)
    url.searchParams.set('iss', `${services.publicUrl()}${FHIR_BASE}`)
    url.searchParams.set('launch', token)
    return { url: url.toString() }
  })
}

function noUser(): Fault {
  return new Fault(
    'LAUNCH_NEEDS_USER',
    'session',
    'an app is opened for somebody who is signed in on the page',
    'Start the server without --demo and sign in.',
  )
}

function patientUnknown(): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    'patient',
    'there is no such patient, or none whose record you may open',
    'Look the id up in the patient list.',
  )
}

function noApp(id: string): Fault {
  return new Fault(
    'APP_UNKNOWN',
    `app ${id}`,
    'no app with a launch address is registered under this id',
    'See "garrod client list"; register it with "garrod client add --launch-url".',
  )
}
