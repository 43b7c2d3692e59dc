import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { ArchiveFolder } from '../archive/archive.ts'
import type { Database, Queries } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import type { Act, PatientKey } from '../person.ts'
import type { DestroyedKey } from '../vault/keyring.ts'
import type { Unlocked } from '../vault/unlock.ts'
import { refuseUnderHold } from './legal-hold.ts'
import { deleteRows, nextPersonVersion } from './patient-changes.ts'
import { unknownPatient } from './patient-row.ts'
import type { ShredReceipt } from './people-store.ts'

interface HeldKey {
  version: number
  handle: Buffer
}

/**
 * Destroys a person's keys, then every row and file about the person. The keys go first, on disk, in the key folder:
 * from there on nothing sealed for the person opens anywhere, whatever becomes of this process. What it leaves undone
 * is done at the next start. Throws PATIENT_UNKNOWN, LEGAL_HOLD.
 */
export async function shred(
  database: Database,
  { keys, vault }: Unlocked,
  archive: ArchiveFolder,
  key: PatientKey,
  reason: string,
  act: Act,
): Promise<ShredReceipt> {
  const notice = archive.notice(key.tenant)
  let destroyed: readonly DestroyedKey[] = []
  let files: readonly string[] = []
  let deleted = 0
  try {
    await database.transaction(async (queries) => {
      const version = await nextPersonVersion(queries, key)
      const held = await heldKeys(queries, key)
      if (version === undefined && held.length === 0) throw unknownPatient(key)
      await refuseUnderHold(queries, key)
      const merged = await mergedKeys(queries, key)
      destroyed = [
        ...held.map((one) => destroyedKeyOf(key, one, reason, act.at)),
        ...merged.map(({ retired_id, ...one }) =>
          destroyedKeyOf({ ...key, patient: retired_id }, one, reason, act.at),
        ),
      ]
      await keys.destroy(destroyed)
      files = await clear(queries, key, destroyed)
      await notice.write(files)
      await log(queries, key, 'patient-shredded', act, {
        ...(version === undefined ? {} : { version }),
        files: files.length,
        keys: destroyed.length,
        reason,
      })
      await queries.run('update vault_state set generation = $1', [keys.generation])
    })
  } finally {
    deleted = await notice.settle()
    vault.forget(
      key,
      destroyed.map(({ version }) => version),
    )
  }
  return {
    patient: key.patient,
    reason,
    at: act.at,
    keys: destroyed.map(({ handle }) => handle),
    generation: keys.generation,
    filesDeleted: deleted,
    filesShared: files.length - deleted,
  }
}

/**
 * Makes a database and the key folder agree on what was destroyed, when one of them is older than the other: a
 * shredding that was interrupted, a database restored from a backup, a key folder restored from a copy.
 */
export async function settleDestroyed(
  database: Database,
  { keys, generation }: Unlocked,
  archive: ArchiveFolder,
): Promise<void> {
  if (generation === keys.generation) return
  const inFolder = keys.destroyed()
  const inDatabase = await database.rows<
    HeldKey & { tenant_id: TenantId; patient_id: PatientId; reason: string; at: string }
  >('select tenant_id, patient_id, version, handle, reason, at from destroyed_key')
  const known = new Set(inFolder.map(({ handle }) => handle))
  const missed = inDatabase
    .map((row) => destroyedKeyOf({ tenant: row.tenant_id, patient: row.patient_id }, row, row.reason, row.at))
    .filter(({ handle }) => !known.has(handle))
  if (missed.length > 0) await keys.destroy(missed)
  for (const one of inFolder) await clearLeft(database, archive, one)
  await database.run('update vault_state set generation = $1', [keys.generation])
}

/** Deletes what a restored database holds of a person whose key was destroyed. */
async function clearLeft(database: Database, archive: ArchiveFolder, one: DestroyedKey): Promise<void> {
  const key = { tenant: one.tenant as TenantId, patient: one.patient as PatientId }
  const notice = archive.notice(key.tenant)
  try {
    await database.transaction(async (queries) => {
      const left = (await heldKeys(queries, key)).filter(
        ({ handle }) => handle.toString('hex') === one.handle,
      )
      if (left.length === 0) return
      const files = await clear(queries, key, [one])
      await notice.write(files)
      await log(
        queries,
        key,
        'patient-shredded',
        { at: one.at, by: 'key folder' },
        { files: files.length, reason: one.reason },
      )
    })
  } finally {
    await notice.settle()
  }
}

async function clear(
  queries: Queries,
  key: PatientKey,
  destroyed: readonly DestroyedKey[],
): Promise<readonly string[]> {
  const files = await deleteRows(queries, key)
  for (const { patient, version, handle, reason, at } of destroyed)
    await queries.run(
      `insert into destroyed_key (tenant_id, patient_id, version, handle, reason, at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [key.tenant, patient, version, Buffer.from(handle, 'hex'), reason, at],
    )
  return files
}

/** Locked: whoever is sealing for the person ends first. */
function heldKeys(queries: Queries, { tenant, patient }: PatientKey): Promise<HeldKey[]> {
  return queries.rows<HeldKey>(
    'select version, handle from patient_key where tenant_id = $1 and patient_id = $2 order by version for update',
    [tenant, patient],
  )
}

/** Keys of charts that went into this one. */
function mergedKeys(
  queries: Queries,
  { tenant, patient }: PatientKey,
): Promise<(HeldKey & { retired_id: PatientId })[]> {
  return queries.rows<HeldKey & { retired_id: PatientId }>(
    'select retired_id, version, handle from merged_key where tenant_id = $1 and patient_id = $2 order by handle',
    [tenant, patient],
  )
}

function destroyedKeyOf(
  { tenant, patient }: PatientKey,
  { version, handle }: HeldKey,
  reason: string,
  at: string,
): DestroyedKey {
  return { tenant, patient, version, handle: handle.toString('hex'), reason, at }
}
