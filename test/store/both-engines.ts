import { rmSync } from 'node:fs'
import { after, before } from 'node:test'
import type { Database } from '../../src/store/database/query.ts'
import { openServer } from '../../src/store/database/server-database.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { installedServer, startServer, type TestServer, whenReady } from '../support/debian-server.ts'
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
    onServer = await whenReady(async () => {
      const store = await openStore({
        home: serverHome,
        databaseUrl: server.url,
        keyring: keyringOf(serverHome),
      })
      return opened(store, await openServer(server.url))
    })
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
