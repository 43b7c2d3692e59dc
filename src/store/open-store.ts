import { join, resolve } from 'node:path'
import { ArchiveFolder } from './archive.ts'
import { auditRowsIn } from './audit-log.ts'
import { cardsIn } from './cards.ts'
import { openEmbedded } from './embedded/embedded-database.ts'
import { eventsIn } from './event-log.ts'
import type { Keyring } from './keyring.ts'
import { loginIn } from './login/login-in.ts'
import { patientMergesIn } from './merge/merge-patients.ts'
import { derivedRecordsIn } from './messages/derived-records.ts'
import { messagesIn } from './messages/messages.ts'
import { jobsIn } from './jobs-table.ts'
import { migrate } from './migrations/migrate.ts'
import { patientsIn } from './patients.ts'
import { sealPlain } from './plain/seal-plain.ts'
import { plansIn } from './plans.ts'
import type { Database } from './query.ts'
import { recordsIn } from './records.ts'
import { resourcesIn } from './resources/resources.ts'
import { openServer } from './server-database.ts'
import type { Store } from './store.ts'
import { keyStatus, renewRoot, rotateTenant } from './vault/rotate.ts'
import { settleDestroyed } from './vault/shred.ts'
import { uploadsIn } from './uploads-table.ts'
import { unlock } from './vault/unlock.ts'

export interface StoreOptions {
  /** GARROD_HOME: the embedded database and the archive of received files. */
  readonly home: string
  /** A PostgreSQL server to use instead of the embedded one. Every machine that uses it needs the same archive folder. */
  readonly databaseUrl: string | undefined
  /** The keys under which everything about people is sealed. */
  readonly keyring: Keyring
}

/** Opens the store, creating and migrating it when need be, and clears up after processes that died. Close it. */
export async function openStore({ home, databaseUrl, keyring }: StoreOptions): Promise<Store> {
  const database = databaseUrl === undefined ? await openEmbedded(home) : await openServer(databaseUrl)
  try {
    await migrate(database)
    return await storeOn(database, home, keyring)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function storeOn(database: Database, home: string, keyring: Keyring): Promise<Store> {
  const unlocked = await unlock(database, keyring)
  const { keys, vault } = unlocked
  const identity = await database.first<{ store_id: string }>('select store_id from store_identity')
  // A folder by store: two databases that share a home must not delete each other's files.
  const archive = new ArchiveFolder(join(resolve(home), 'archive', identity!.store_id), database, vault, keys)
  await archive.sweep()
  await sealPlain(database, vault, archive)
  await settleDestroyed(database, unlocked, archive)
  return {
    patients: patientsIn(database, unlocked, archive),
    records: recordsIn(database, vault, archive),
    plans: plansIn(database, vault),
    cards: cardsIn(database, vault),
    events: eventsIn(database),
    keys: {
      status: () => keyStatus(database, unlocked),
      rotateTenant: (tenant, told) => rotateTenant(database, unlocked, tenant, told),
      renewRoot: () => renewRoot(database, unlocked),
    },
    resources: resourcesIn(database, vault),
    jobs: jobsIn(database),
    uploads: uploadsIn(database, vault, archive),
    messages: messagesIn(database, vault),
    derived: derivedRecordsIn(database, vault),
    merges: patientMergesIn(database, vault),
    login: loginIn(database, vault),
    audit: auditRowsIn(database, identity!.store_id),
    archive: {
      receive: (name, content) => archive.receive(name, content),
      sweep: () => archive.sweep(),
      list: (key) => archive.list(key),
    },
    async close() {
      await database.close()
      vault.wipe()
      keys.close()
    },
  }
}
