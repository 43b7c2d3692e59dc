import { randomUUID } from 'node:crypto'
import type { Facts } from '../knowledge/facts.ts'
import { geneIds, geneSymbols } from '../knowledge/gene-id.ts'
import type { Resource } from '../record/resource.ts'
import { UNRESTRICTED } from '../record/resource-query.ts'
import type { AuditSink } from '../safeguard/audit/audit-entry.ts'
import type { Store } from '../store/store.ts'
import type { TenantId } from '../terms/ids.ts'
import { documentsToRead } from './documents/read-document-job.ts'
import { Backlog } from './exchange/backlog.ts'
import { bringUpToDate, recordDerivation } from './exchange/bring-up-to-date.ts'
import type { ExchangeServices } from './exchange/exchange-services.ts'
import type { TestMessages } from './exchange/processing-id.ts'
import { resourceWrites } from './exchange/resource-writes.ts'
import { enqueue } from './exchange/send.ts'
import { changePerson } from './people/person-resource.ts'
import { notificationsOf } from './subscriptions/follow.ts'
import { rematchesOf } from './trials/rematch-job.ts'

/** What a server or a command has at hand. */
interface ExchangeParts {
  readonly store: Store
  readonly tenant: TenantId
  readonly facts: Facts
  readonly audit: AuditSink
  readonly now: () => Date
  readonly log: (line: string) => void
  /** Default: refuse. */
  readonly testMessages?: TestMessages
}

interface OpenExchange extends ExchangeServices {
  /** Goes on with what a process that died had accepted or was to send. Call it once, at start. */
  resume(): Promise<void>
  /** Resolves when every message that was stored is filed. */
  settled(): Promise<void>
  /** Finishes the message in hand. Close it before the audit log and the store. */
  close(): Promise<void>
}

/** The exchange of messages with what the store, the FHIR rules and the facts give it. */
export function openExchange(parts: ExchangeParts): OpenExchange {
  const { store, tenant, facts, audit, now, log, testMessages = 'refuse' } = parts
  const writes = resourceWrites(facts)
  const genes = geneIds(facts)
  const symbols = geneSymbols(facts)
  const services: OpenExchange = {
    backlog: () => backlog.wake(),
    async resume() {
      backlog.wake()
      await enqueue(store, tenant, await store.messages.waitingOut(tenant), now().toISOString())
    },
    settled: () => backlog.settled(),
    close: () => backlog.stop(),
    tenant,
    store,
    messages: store.messages,
    // A number that a person gains is found by FHIR too.
    patients: {
      ...store.patients,
      update: (key, change, act) => changePerson(store, facts, key, change, act),
    },
    resources: store.resources,
    writesOf: async (resources, patient) => writes(resources, patient),
    async merge(survivor, retired, act) {
      const rewrite = (resources: readonly Resource[]) => Promise.resolve(writes(resources, survivor))
      await store.merges.merge(tenant, survivor, retired, rewrite, act)
    },
    derivation: recordDerivation(symbols),
    bringUpToDate: (patient, act) => bringUpToDate(store, { tenant, patient }, symbols, act),
    async announce(changes) {
      if (changes.length === 0) return
      // Most sites have neither subscribers nor people whom a trial waits for: one question instead of two.
      const there = await store.resources.typesThere(tenant, ['Subscription', 'Flag'], UNRESTRICTED)
      const found = await Promise.all([
        there.has('Subscription') ? notificationsOf(store, tenant, changes) : [],
        there.has('Flag') ? rematchesOf(store, tenant, changes) : [],
      ])
      const jobs = [...documentsToRead(changes), ...found.flat()]
      if (jobs.length > 0) await store.jobs.enqueue(tenant, jobs, now().toISOString())
    },
    genes,
    testMessages,
    audit,
    now,
    newId: () => randomUUID(),
    log,
  }
  const backlog = new Backlog(services)
  return services
}
