import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { accessIn } from './access/access-in.ts'
import { ArchiveFolder } from './archive/archive.ts'
import { checkStore } from './backup/check-store.ts'
import { takeBackup } from './backup/take-backup.ts'
import { cardsIn } from './cards/cards.ts'
import { classificationsIn } from './classifications/classifications.ts'
import type { Database } from './database/query.ts'
import { openServer } from './database/server-database.ts'
import { openEmbedded } from './embedded/embedded-database.ts'
import { forgetLog } from './embedded/forget-log.ts'
import { placeOf } from './embedded/place.ts'
import { exportsIn, subscriptionOwnersIn } from './exports.ts'
import { genomesIn } from './genomes/genomes.ts'
import { jobsIn } from './jobs/jobs-table.ts'
import { auditRowsIn } from './log/audit-log.ts'
import { eventsIn } from './log/event-log.ts'
import { loginIn } from './login/login-in.ts'
import { patientMergesIn } from './merge/merge-patients.ts'
import { derivedRecordsIn } from './messages/derived-records.ts'
import { messagesIn } from './messages/messages.ts'
import { migrate } from './migrations/migrate.ts'
import { patientsIn } from './people/patients.ts'
import { settleDestroyed } from './people/shred.ts'
import { sealPlain } from './plain/seal-plain.ts'
import { plansIn } from './record/plans.ts'
import { recordsIn } from './record/records.ts'
import { resourcesIn } from './resources/resources.ts'
import type { Store } from './store.ts'
import { boardDecisionsIn } from './tumor/board-decisions.ts'
import { tumorFilesIn } from './tumor/tumor-files.ts'
import { proposalsIn } from './uploads/proposals.ts'
import { uploadsIn } from './uploads/uploads-table.ts'
import { variantsIn } from './variants/variants.ts'
import type { Keyring } from './vault/keyring.ts'
import { keyStatus, renewRoot, rotateTenant } from './vault/rotate.ts'
import { unlock } from './vault/unlock.ts'

interface StoreOptions {
  /** GARROD_HOME: the embedded database and the archive of received files. */
  readonly home: string
  /** A PostgreSQL server to use instead of the embedded one. Every machine that uses it needs the same archive folder. */
  readonly databaseUrl: string | undefined
  /** The network between this machine and that server is encrypted by other means: the address may do without TLS. */
  readonly clearNetwork?: boolean
  /** The keys under which everything about people is sealed. */
  readonly keyring: Keyring
}

/** The database as it is: nothing is migrated, unlocked or cleared up. For work on the store as a whole. Close it. */
export function openDatabase({
  home,
  databaseUrl,
  clearNetwork,
}: Pick<StoreOptions, 'home' | 'databaseUrl' | 'clearNetwork'>): Promise<Database> {
  return databaseUrl === undefined ? openEmbedded(home) : openServer(databaseUrl, clearNetwork)
}

/** Whether there is a store: a database that is named, or the embedded one of this home, made before. Nothing is started. */
export function hasStore({ home, databaseUrl }: Pick<StoreOptions, 'home' | 'databaseUrl'>): boolean {
  return databaseUrl !== undefined || existsSync(placeOf(home).data)
}

/** Opens the store, creating and migrating it when need be, and clears up after processes that died. Close it. */
export async function openStore({ home, databaseUrl, clearNetwork, keyring }: StoreOptions): Promise<Store> {
  const network = clearNetwork === undefined ? {} : { clearNetwork }
  const database = await openDatabase({ home, databaseUrl, ...network })
  try {
    await migrate(database)
    return await storeOn(database, { home, keyring, isOurs: databaseUrl === undefined })
  } catch (error) {
    await database.close()
    throw error
  }
}

async function storeOn(
  database: Database,
  { home, keyring, isOurs }: Pick<StoreOptions, 'home' | 'keyring'> & { readonly isOurs: boolean },
): Promise<Store> {
  const unlocked = await unlock(database, keyring)
  const { keys, vault } = unlocked
  const identity = await database.first<{ store_id: string }>('select store_id from store_identity')
  // A folder by store: two databases that share a home must not delete each other's files.
  const archive = new ArchiveFolder(join(resolve(home), 'archive', identity!.store_id), database, vault, keys)
  await archive.sweep()
  // A server of somebody else's keeps its own log, as its administrator has it.
  await sealPlain(database, vault, archive, () => (isOurs ? forgetLog(database) : Promise.resolve()))
  await settleDestroyed(database, unlocked, archive)
  const store: Omit<Store, 'keeping'> = {
    async answers() {
      await database.first('select 1')
    },
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
    access: accessIn(database, vault),
    jobs: jobsIn(database),
    uploads: uploadsIn(database, vault, archive),
    variants: variantsIn(database, vault),
    genomes: genomesIn(database, vault),
    classifications: classificationsIn(database, vault),
    messages: messagesIn(database, vault),
    exports: exportsIn(database, vault),
    subscriptionOwners: subscriptionOwnersIn(database),
    proposals: proposalsIn(database, vault),
    tumorFiles: tumorFilesIn(database, vault),
    boardDecisions: boardDecisionsIn(database, vault),
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
  return {
    ...store,
    keeping: {
      backup: (task) => takeBackup(database, archive, task, identity!.store_id),
      check: (told) => checkStore(database, store, told),
    },
  }
}
