import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Doors } from '../../src/app/http/guard.ts'
import type { Services } from '../../src/app/http/services.ts'
import { httpServer } from '../../src/app/http-server.ts'
import { openAudit } from '../../src/app/open-audit.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { PatientRecord } from '../../src/record/patient-record.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { tenantId } from '../../src/terms/ids.ts'
import { exampleCase } from './example-case.ts'
import { keyringOf } from './keyring.ts'
import { newHome, removeHome } from './store-home.ts'

export const root = join(import.meta.dirname, '..', '..')

/** A server with a store of its own, listening on a free port of the loopback interface. */
export interface TestServer {
  readonly url: string
  readonly store: Store
  readonly services: Services
  readonly log: string[]
  close(): Promise<void>
}

export async function testServer(
  change: Partial<Services> = {},
  doors: Doors = { hosts: [], cdsOrigins: [] },
): Promise<TestServer> {
  const home = newHome()
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  const folders = { keyFolder: join(home, 'keys'), auditAnchors: join(home, 'audit-anchors') }
  const audit = await openAudit(folders, store, () => services.now())
  const log: string[] = []
  let url = ''
  const services: Services = {
    store,
    tenant: tenantId('main'),
    audit,
    entry: { kind: 'local' },
    facts: Facts.find([join(root, 'facts')]),
    interpret: exampleAnswer,
    advise: (record, drugs) => exampleAnswer({ ...record, drugs }).plan,
    now: () => new Date('2026-11-22T09:30:00Z'),
    log: (line) => void log.push(line),
    publicUrl: () => url,
    page: undefined,
    largestFile: 2 ** 20,
    ...change,
  }
  const server: FastifyInstance = await httpServer(services, doors)
  url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    store,
    services,
    log,
    async close() {
      // Connections that fetch keeps would hold the close up.
      server.server.closeAllConnections()
      await server.close()
      await audit.close()
      await store.close()
      await removeHome(home)
    },
  }
}

/** Answers of the hand-made example, with each drug's status as the record has it. */
export function exampleAnswer(record: PatientRecord): ReturnType<Services['interpret']> {
  const status = new Map(record.drugs.map((one) => [one.rxcui as string | undefined, one.status]))
  const drugs = exampleCase.plan.drugs.map((one) => ({
    ...one,
    status: status.get(one.drug.rxcui) ?? ('reference' as const),
  }))
  const named = new Set(drugs.filter((one) => one.status !== 'reference').map((one) => one.drug.name))
  const interactions = exampleCase.plan.interactions.filter((one) => named.has(one.affected.name))
  return { findings: exampleCase.findings, plan: { ...exampleCase.plan, drugs, interactions } }
}

/** JSON in, JSON out. */
export async function call(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    headers: response.headers,
  }
}
