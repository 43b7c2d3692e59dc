import { join } from 'node:path'
import { readConfig } from '../../src/app/config.ts'
import { openGarrod } from '../../src/app/garrod.ts'
import type { Services } from '../../src/app/http/services.ts'
import { httpServer } from '../../src/app/http-server.ts'
import type { Entry } from '../../src/app/login/entry.ts'
import { openAudit } from '../../src/app/open-audit.ts'
import { openExchange } from '../../src/app/open-exchange.ts'
import { openStore } from '../../src/store/open-store.ts'
import { tenantId } from '../../src/terms/ids.ts'
import type { TestServer } from '../support/http-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { PAGE } from './page-server.ts'

/** The server with all its parts, the built page and the clock of the machine: what a browser meets in use. */
export async function wholeServer(entry: Entry = { kind: 'local' }): Promise<TestServer> {
  const home = newHome()
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  const now = () => new Date()
  const folders = { keyFolder: join(home, 'keys'), auditAnchors: join(home, 'audit-anchors') }
  const audit = await openAudit(folders, store, now)
  const log: string[] = []
  const say = (line: string) => void log.push(line)
  const garrod = openGarrod(readConfig({ GARROD_HOME: home }))
  const tenant = tenantId('main')
  const exchange = openExchange({ store, tenant, facts: garrod.facts, audit, now, log: say })
  const asOf = () => now().toISOString().slice(0, 10)
  let url = ''
  const services: Services = {
    store,
    tenant,
    audit,
    entry,
    facts: garrod.facts,
    interpret: (record) => {
      const findings = garrod.findings(record)
      return { findings, plan: garrod.plan(record, findings, asOf()) }
    },
    advise: (record, drugs) => {
      const asked = { ...record, drugs }
      return garrod.plan(asked, garrod.findings(asked), asOf())
    },
    now,
    log: say,
    publicUrl: () => url,
    exchange,
    page: PAGE,
    largestFile: 2 ** 20,
  }
  const server = await httpServer(services, { hosts: [], cdsOrigins: [] })
  url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    store,
    services,
    log,
    async close() {
      server.server.closeAllConnections()
      await server.close()
      await exchange.close()
      await audit.close()
      await store.close()
      await removeHome(home)
    },
  }
}
