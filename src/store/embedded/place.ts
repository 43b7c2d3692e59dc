import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { access, chmod, chown, constants, link, mkdir, open, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Fault } from '../../terms/fault.ts'
import { mayPass, type Owner, serverOwner } from './owner.ts'

/** Where one embedded server keeps its things. */
export interface Place {
  /** Folder of the server alone, closed to others: socket, log, lock. */
  readonly folder: string
  readonly data: string
  readonly log: string
  readonly lock: string
  /** Exists while "garrod db start" wants the server to outlive the commands that use it. */
  readonly keep: string
  readonly owner: Owner
}

/** Used when root's GARROD_HOME is closed to the user that the server runs as. */
const SYSTEM_FOLDER = '/var/lib/garrod'

/**
 * The server's folder: GARROD_HOME/postgres. Under root, when a folder above GARROD_HOME is closed to other users (as
 * /root is), a new folder /var/lib/garrod/<random>/postgres; makePlace writes the choice to GARROD_HOME/postgres.place,
 * and it is kept. Nothing is created here.
 */
export function placeOf(home: string): Place {
  const root = resolve(home)
  const recorded = placeFile(root)
  let folder = join(root, 'postgres')
  if (existsSync(recorded)) folder = readFileSync(recorded, 'utf8').trim()
  else if (!existsSync(folder) && !mayPass(serverOwner(folder), dirname(root))) {
    folder = join(SYSTEM_FOLDER, randomUUID().slice(0, 13), 'postgres')
  }
  return {
    folder,
    data: join(folder, 'data'),
    log: join(folder, 'server.log'),
    lock: join(folder, 'start.lock'),
    keep: join(folder, 'keep-running'),
    owner: serverOwner(folder),
  }
}

function placeFile(home: string): string {
  return join(home, 'postgres.place')
}

/**
 * Creates the folder, for its owner alone, and writes down where it is when it is not under GARROD_HOME.
 * Throws DATABASE_FOLDER when this user may not, DATABASE_GONE when the folder that was written down is not there.
 */
export async function makePlace(home: string): Promise<Place> {
  const root = resolve(home)
  const place = placeOf(home)
  const { folder, owner } = place
  // Root's server runs as another user, who must pass through the home; what is inside is closed by itself.
  const mode = owner.uid === undefined ? 0o700 : 0o711
  try {
    await mkdir(root, { recursive: true, mode })
    const elsewhere = dirname(folder) !== root
    if (elsewhere && existsSync(placeFile(root)) && !existsSync(folder)) throw gone(folder, placeFile(root))
    if (elsewhere) await mkdir(dirname(folder), { recursive: true, mode })
    else if (!mayPass(owner, root)) await chmod(root, ((await stat(root)).mode & 0o777) | 0o011)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid)
    await access(folder, constants.W_OK)
    return elsewhere && !(await writeDown(root, folder)) ? makePlace(home) : place
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) throw error
    throw new Fault(
      'DATABASE_FOLDER',
      folder,
      `the folder of the embedded database cannot be used by this user (${code})`,
      'Run Garrod as the user who made it, or set GARROD_HOME to a folder of your own.',
    )
  }
}

/** Records the choice, whole or not at all. False when another process chose a moment earlier: then its choice holds. */
async function writeDown(root: string, folder: string): Promise<boolean> {
  const file = placeFile(root)
  if (!existsSync(file)) {
    // For whoever finds the folder: the home that it belongs to, and with which it should be deleted.
    await writeFile(join(dirname(folder), 'home'), `${root}\n`)
    const draft = `${file}.${process.pid}`
    // Flushed: after a power cut an empty file would say that the database is gone.
    await writeFile(draft, `${folder}\n`, { flush: true })
    await link(draft, file).catch(() => undefined)
    await rm(draft)
    const above = await open(root)
    await above.sync()
    await above.close()
  }
  if (readFileSync(file, 'utf8').trim() === folder) return true
  await rm(dirname(folder), { recursive: true })
  return false
}

function gone(folder: string, file: string): Fault {
  return new Fault(
    'DATABASE_GONE',
    folder,
    'the folder that holds the embedded database is not there any more',
    `Mount or restore it. If it is lost for good, delete ${file} to begin with an empty database.`,
  )
}
