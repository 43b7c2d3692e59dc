import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Fastify from 'fastify'
import { acceptIssues } from '../../src/app/fhir/accept-issues.ts'
import { fhirIssues } from '../../src/app/fhir/fhir-issues.ts'
import type { FhirContext, FhirService, Permission } from '../../src/app/fhir/fhir-service.ts'
import { knownPeople } from '../../src/app/fhir/known-people.ts'
import { FHIR_ROOT, fhirRoutes } from '../../src/app/fhir/routes.ts'
import { SearchIndex } from '../../src/fhir/search/search-index.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { fhirDefinitions } from '../../src/knowledge/fhir/definitions.ts'
import { searchFacts } from '../../src/knowledge/fhir/search-parameter.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import type { AuditEntry } from '../../src/safeguard/audit/audit-entry.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { ResourceChange } from '../../src/store/resources/resource-store.ts'
import type { Store } from '../../src/store/store.ts'
import { tenantId } from '../../src/terms/ids.ts'
import { keyringOf } from './keyring.ts'
import { newHome, removeHome } from './store-home.ts'

const root = join(import.meta.dirname, '..', '..')
export const fhirFacts = Facts.find([join(root, 'facts')])

/** A FHIR server over a store of its own, listening on a free port of the loopback interface. */
export interface TestFhirServer {
  /** FHIR root. */
  readonly base: string
  readonly store: Store
  readonly service: FhirService
  /** What was written into the audit log. */
  readonly audited: AuditEntry[]
  /** What was announced after commits. */
  readonly announced: ResourceChange[]
  readonly log: string[]
  /** Changes who the requests that follow come from. */
  as(change: Partial<FhirContext>): void
  close(): Promise<void>
}

export async function fhirServer(change: Partial<FhirService> = {}): Promise<TestFhirServer> {
  const home = newHome()
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  const audited: AuditEntry[] = []
  const announced: ResourceChange[] = []
  const log: string[] = []
  let base = ''
  let asked: Partial<FhirContext> = {}
  const permission: Permission = { within: UNRESTRICTED, projection: () => undefined }
  const service: FhirService = {
    store: store.resources,
    people: knownPeople(store, randomUUID),
    index: new SearchIndex(searchFacts(fhirFacts)),
    base: () => base,
    audit: { record: async (_tenant, entry) => void audited.push(entry) },
    validate: fhirIssues(fhirDefinitions(fhirFacts)),
    accept: acceptIssues(fhirFacts),
    labelsOf: () => [],
    consentOf: (consent) => compileConsent(consent),
    changed: async (_context, changes) => void announced.push(...changes),
    now: () => new Date(),
    newId: randomUUID,
    pageKey: new Uint8Array(32),
    log: (line) => void log.push(line),
    ...change,
  }
  const server = Fastify({ logger: false, forceCloseConnections: true })
  await fhirRoutes(server, service, async () => ({
    tenant: tenantId('main'),
    act: { at: service.now().toISOString(), by: 'test' },
    ...permission,
    who: { id: 'test', roles: ['clinician'] },
    purpose: 'TREAT',
    permit: async () => permission,
    ...asked,
  }))
  base = `${await server.listen({ host: '127.0.0.1', port: 0 })}${FHIR_ROOT}`
  return {
    base,
    store,
    service,
    audited,
    announced,
    log,
    as: (one) => {
      asked = one
    },
    async close() {
      await server.close()
      await store.close()
      await removeHome(home)
    },
  }
}

/** A resource as tests look at it. */
export interface Body {
  readonly resourceType: string
  readonly id: string
  readonly type: string
  readonly total?: number
  readonly meta: {
    readonly versionId: string
    readonly lastUpdated: string
    readonly tag?: readonly { readonly code: string }[]
  }
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry?: readonly {
    readonly fullUrl: string
    readonly resource: Body
    readonly search: { readonly mode: string }
    readonly request: { readonly method: string; readonly url: string }
    readonly response: {
      readonly status: string
      readonly location: string
      readonly etag: string
      readonly outcome: Body
    }
  }[]
  readonly issue: readonly {
    readonly severity: string
    readonly code: string
    readonly diagnostics: string
    readonly expression?: readonly string[]
    readonly details?: { readonly coding: readonly { readonly code: string }[] }
  }[]
  readonly [element: string]: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

/** One request; a body that is not a text is sent as FHIR JSON. */
export async function ask(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const type =
    typeof body === 'string' || body === undefined ? {} : { 'content-type': 'application/fhir+json' }
  const response = await fetch(url, {
    method,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as Body,
  }
}
