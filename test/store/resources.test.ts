import { rmSync } from 'node:fs'
import { after, before } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Database } from '../../src/store/query.ts'
import { openServer } from '../../src/store/server-database.ts'
import type { Store } from '../../src/store/store.ts'
import { installedServer, startServer, type TestServer } from '../support/debian-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import type { ResourceBench } from './example-resource.ts'
import { resourceSuite } from './resource-suite.ts'

async function benchOn(store: Store, database: Database): Promise<ResourceBench> {
  return {
    ...store,
    database,
    async close() {
      await database.close()
      await store.close()
    },
  }
}

const home = newHome()
let embedded: ResourceBench
before(async () => {
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  embedded = await benchOn(store, await openEmbedded(home))
})
after(async () => {
  await embedded.close()
  await removeHome(home)
})
resourceSuite('embedded', () => embedded)

const bin = installedServer()
const skip = bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false
const serverHome = newHome()
let server: TestServer
let onServer: ResourceBench
before(async () => {
  if (bin === undefined) return
  server = await startServer(bin)
  for (;;) {
    try {
      const store = await openStore({
        home: serverHome,
        databaseUrl: server.url,
        keyring: keyringOf(serverHome),
      })
      onServer = await benchOn(store, await openServer(server.url))
      return
    } catch (error) {
      if ((error as { code?: string }).code !== 'DATABASE_UNREACHABLE') throw error
      await sleep(10)
    }
  }
})
after(async () => {
  if (bin !== undefined) {
    await onServer.close()
    await server.remove()
  }
  rmSync(serverHome, { recursive: true, force: true })
})
resourceSuite('server', () => onServer, skip)
