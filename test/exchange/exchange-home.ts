import { join } from 'node:path'
import { receive } from '../../src/app/exchange/exchange.ts'
import type { ExchangeServices } from '../../src/app/exchange/exchange-services.ts'
import type { TestMessages } from '../../src/app/exchange/processing-id.ts'
import { openExchange } from '../../src/app/open-exchange.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { Resource } from '../../src/record/resource.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import type { AuditEntry } from '../../src/safeguard/audit/audit-entry.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Patient } from '../../src/store/people/people-store.ts'
import type { PatientDetails } from '../../src/store/person.ts'
import type { Store } from '../../src/store/store.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

export const TENANT = tenantId('main')
const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts')])

/** An exchange over a store of its own. */
export interface TestExchange {
  readonly store: Store
  readonly services: ExchangeServices
  readonly audited: AuditEntry[]
  readonly log: string[]
  /** Sends a message, segments joined by CR, and returns the lines of the answer. */
  send(...segments: readonly string[]): Promise<readonly string[]>
  add(id: string, details?: Partial<PatientDetails>): Promise<Patient>
  /** Newest versions of one person's resources of a type. */
  of(type: string, patient?: string): Promise<readonly Resource[]>
  close(): Promise<void>
}

export async function testExchange(databaseUrl?: string, testMessages?: TestMessages): Promise<TestExchange> {
  const home = newHome()
  const store = await openStore({ home, databaseUrl, keyring: keyringOf(home) })
  const audited: AuditEntry[] = []
  const log: string[] = []
  let clock = Date.parse('2026-11-22T09:30:00Z')
  const services = openExchange({
    store,
    tenant: TENANT,
    facts,
    audit: { record: async (_tenant, entry) => void audited.push(entry) },
    now: () => {
      clock += 2000
      return new Date(clock)
    },
    log: (line) => void log.push(line),
    ...(testMessages === undefined ? {} : { testMessages }),
  })
  return {
    store,
    services,
    audited,
    log,
    async send(...segments) {
      const answer = await receive(services, Buffer.from(`${segments.join('\r')}\r`), { by: 'test' })
      return answer.split('\r').filter((line) => line !== '')
    },
    add: (id, details = {}) =>
      store.patients.add(
        TENANT,
        {
          id: patientId(id),
          name: 'Example One',
          sex: 'male',
          birthDate: '1958-03-14',
          identifiers: [{ system: 'urn:id:HOSP', value: '4711' }],
          ...details,
        },
        { at: '2026-11-22T09:00:00Z', by: 'test' },
      ),
    async of(type, patient) {
      const page = await store.resources.search(TENANT, {
        type,
        criteria: [],
        sort: [],
        count: 1000,
        after: undefined,
        total: false,
        within: UNRESTRICTED,
      })
      return page.resources
        .filter((one) => patient === undefined || one.compartment === patient)
        .map(({ json }) => JSON.parse(json!) as Resource)
    },
    async close() {
      await store.close()
      await removeHome(home)
    },
  }
}

let control = 0

/** MSH of one sender, with a control id of its own unless one is given. */
export function msh(
  type: string,
  given: { id?: string; at?: string; sender?: string; processing?: string } = {},
): string {
  const { id = `C${++control}`, at = '20261122103000+0100', sender = 'LAB|SITE', processing = 'P' } = given
  return `MSH|^~\\&|${sender}|EHR|HOSP|${at}||${type}|${id}|${processing}|2.5.1`
}

/** The person of `TestExchange.add`. */
export const PID = 'PID|1||4711^^^HOSP^MR||One^Example||19580314|M'
