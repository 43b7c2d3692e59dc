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

/** A store, and the rows as they lie in its database. */
export interface Opened extends Store {
  readonly database: Database
}

type Suite = (engine: string, store: () => Opened, skip: string | false) => void

/** Runs a suite on the embedded engine and on a PostgreSQL server of the system, each of its own for this file. */
export function onBothEngines(suite: Suite): void {
  const home = newHome()
  let embedded: Opened
  before(async () => {
    const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
    embedded = opened(store, await openEmbedded(home))
  })
  after(async () => {
    await embedded.close()
    await removeHome(home)
  })
  suite('embedded', () => embedded, false)

  const bin = installedServer()
  const serverHome = newHome()
  let server: TestServer
  let onServer: Opened
  before(async () => {
    if (bin === undefined) return
    server = await startServer(bin)
    onServer = await openWhenReady(server.url, serverHome)
  })
  after(async () => {
    if (bin !== undefined) {
      await onServer.close()
      await server.remove()
    }
    rmSync(serverHome, { recursive: true, force: true })
  })
  const none = 'no PostgreSQL server from 15 on under /usr/lib/postgresql'
  suite('server', () => onServer, bin === undefined ? none : false)
}

/** A server just started takes no connections for a moment. */
async function openWhenReady(databaseUrl: string, home: string): Promise<Opened> {
  for (;;) {
    try {
      const store = await openStore({ home, databaseUrl, keyring: keyringOf(home) })
      return opened(store, await openServer(databaseUrl))
    } catch (error) {
      if ((error as { code?: string }).code !== 'DATABASE_UNREACHABLE') throw error
      await sleep(10)
    }
  }
}

function opened(store: Store, database: Database): Opened {
  return {
    ...store,
    database,
    async close() {
      await database.close()
      await store.close()
    },
  }
}
