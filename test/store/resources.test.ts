import { rmSync } from 'node:fs'
import { after, before } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ArchiveFolder } from '../../src/store/archive.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { patientsIn } from '../../src/store/patients.ts'
import type { Database } from '../../src/store/query.ts'
import { resourcesIn } from '../../src/store/resources/resources.ts'
import { openServer } from '../../src/store/server-database.ts'
import { installedServer, startServer, type TestServer } from '../support/debian-server.ts'
import { fixedKeyVault } from '../support/fixed-key-vault.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import type { ResourceBench } from './example-resource.ts'
import { resourceSuite } from './resource-suite.ts'

function benchOn(database: Database, home: string): ResourceBench {
  return {
    database,
    patients: patientsIn(database, new ArchiveFolder(home, database)),
    resources: resourcesIn(database, fixedKeyVault()),
  }
}

const home = newHome()
let embedded: ResourceBench
before(async () => {
  const database = await openEmbedded(home)
  await migrate(database)
  embedded = benchOn(database, home)
})
after(async () => {
  await embedded.database.close()
  await removeHome(home)
})
resourceSuite('embedded', () => embedded)

const bin = installedServer()
const serverHome = newHome()
let server: TestServer
let onServer: ResourceBench
before(async () => {
  if (bin === undefined) return
  server = await startServer(bin)
  for (;;) {
    try {
      const database = await openServer(server.url)
      await migrate(database)
      onServer = benchOn(database, serverHome)
      return
    } catch (error) {
      if ((error as { code?: string }).code !== 'DATABASE_UNREACHABLE') throw error
      await sleep(10)
    }
  }
})
after(async () => {
  if (bin !== undefined) {
    await onServer.database.close()
    await server.remove()
  }
  rmSync(serverHome, { recursive: true, force: true })
})
resourceSuite(
  'server',
  () => onServer,
  bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false,
)
