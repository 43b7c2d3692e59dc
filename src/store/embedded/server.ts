import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '../../terms/fault.ts'
import type { Binaries } from './binaries.ts'
import { disown, isAlive, type Postmaster, postmasterOf } from './pid-file.ts'
import type { Place } from './place.ts'

/** Name of the socket file; the number is part of it though nothing listens on a port. */
const SOCKET = '.s.PGSQL.5432'
/** sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final zero included. */
const LONGEST_SOCKET_PATH = 103
/** The log is begun anew at a start when it has grown past this many bytes. */
const LONGEST_LOG = 1_000_000
/** How long to wait for the remains of a killed server to end, ms. */
const ORPHANS_PATIENCE = 15_000
/** A server that starts writes its number within so long, ms. */
const STARTING = 2000
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '' }

/** What the server is told at every start. */
function settings(socketFolder: string): string[] {
  const values = {
    listen_addresses: '',
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and details of errors quote patient data: neither may reach the log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_checkpoints: 'off',
    logging_collector: 'off',
    jit: 'off',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Makes the data folder when there is none, whole or not at all: under another name first. Call it under the lock. */
export async function initialise(place: Place, { initdb, major }: Binaries): Promise<void> {
  const versionFile = join(place.data, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim()
    if (found === major) return
    throw new Fault(
      'DATABASE_VERSION',
      place.data,
      `the data were written by PostgreSQL ${found}, and this Garrod brings PostgreSQL ${major}`,
      `Use the Garrod release that brought PostgreSQL ${found}, or move the data to a server with that release and set DATABASE_URL.`,
    )
  }
  for (const name of await readdir(place.folder)) {
    if (name.startsWith('data.part-')) await rm(join(place.folder, name), { recursive: true })
  }
  const part = join(place.folder, `data.part-${process.pid}`)
  const { code, output } = await finish(
    initdb,
    // biome-ignore format: option and value side by side
    ['--pgdata', part, '--username', 'garrod', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C',
      '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions'],
    place,
  )
  if (code !== 0) throw failed('could not be created', place, output)
  await rename(part, place.data)
  const folder = await open(place.folder)
  await folder.sync()
  await folder.close()
}

function finish(program: string, args: string[], place: Place): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: place.folder,
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user(place),
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function user({ owner: { uid, gid } }: Place): { uid?: number; gid?: number } {
  return uid === undefined || gid === undefined ? {} : { uid, gid }
}

function failed(what: string, place: Place, output: string): Fault {
  const last = output.trim().split('\n').slice(-3).join(' | ')
  return new Fault(
    'DATABASE_START',
    place.folder,
    `the embedded database ${what}: ${last || 'it said nothing'}`,
    `Usual causes: a full disk, the rights of the folder, a user without an entry in /etc/passwd. The log is ${place.log}. To use another server, set DATABASE_URL.`,
  )
}

/** The running server of this place, or undefined. */
export function running(place: Place): Postmaster | undefined {
  const found = postmasterOf(place.data)
  return found !== undefined && isAlive(found) ? found : undefined
}

/**
 * Starts the server, detached from this process: it lives on when this one ends. Returns when its process exists;
 * it takes connections a few hundredths of a second later. Call it under the lock, when none is running.
 */
export async function start(place: Place, binaries: Binaries): Promise<void> {
  const deadline = performance.now() + ORPHANS_PATIENCE
  // When a server was killed, what is left of it holds its memory for a moment; PostgreSQL then refuses to start. So it
  // does beside one whose starter was killed before it had written its number down.
  while (!(await launch(place, binaries))) {
    if (running(place) !== undefined) return
    if (
      performance.now() > deadline ||
      !/pre-existing shared memory|postmaster\.pid" (is empty|already exists)/.test(logEnd(place))
    )
      throw failedStart(place)
    await sleep(50)
    removeEmptyNumber(place)
  }
}

/** A server killed before it wrote its number leaves an empty file, and PostgreSQL waits for somebody to delete it. */
function removeEmptyNumber({ data }: Place): void {
  const path = join(data, 'postmaster.pid')
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.size === 0 && Date.now() - found.mtimeMs > STARTING) rmSync(path, { force: true })
}

/** False when the server ended at once. */
async function launch(place: Place, { postgres }: Binaries): Promise<boolean> {
  const left = postmasterOf(place.data)
  if (left !== undefined) {
    removeSocketFolder(place, left.socketFolder)
    disown(place.data)
  }
  // The socket has a lock file too, with the same weakness: a number that lives on, perhaps as a zombie that nobody reaps.
  for (const name of [SOCKET, `${SOCKET}.lock`]) rmSync(join(place.folder, name), { force: true })
  if ((statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LOG) rmSync(place.log)
  const log = openSync(place.log, 'a', 0o600)
  const child = spawn(postgres, ['-D', place.data, ...settings(socketFolderFor(place))], {
    cwd: place.data,
    env: ENVIRONMENT,
    stdio: ['ignore', log, log],
    detached: true,
    ...user(place),
  })
  closeSync(log)
  child.unref()
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', () => resolve())
    child.once('error', reject)
  })
  // It writes postmaster.pid first of all; ending before that, or right after, means that it refused to start.
  while (postmasterOf(place.data)?.pid !== child.pid) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    await sleep(2)
  }
  return true
}

function logEnd(place: Place): string {
  return existsSync(place.log) ? readFileSync(place.log, 'utf8').slice(-2000) : ''
}

/** The fault of a server that ended by itself, with the last lines of its log. */
export function failedStart(place: Place): Fault {
  return failed('did not start', place, logEnd(place))
}

/** Stops the server and returns when it has written everything. Its clients are cut off. Call it under the lock. */
export async function stop(place: Place, server: Postmaster): Promise<void> {
  try {
    process.kill(server.pid, 'SIGINT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  while (postmasterOf(place.data)?.pid === server.pid && isAlive(server)) await sleep(2)
  removeSocketFolder(place, server.socketFolder)
}

/** The place's folder when the socket's path fits, else a new folder with a short name under the temporary folder. */
function socketFolderFor(place: Place): string {
  if (Buffer.byteLength(join(place.folder, SOCKET)) <= LONGEST_SOCKET_PATH) return place.folder
  const short = mkdtempSync(join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'garrod-'))
  if (place.owner.uid !== undefined && place.owner.gid !== undefined) {
    chownSync(short, place.owner.uid, place.owner.gid)
  }
  return short
}

function removeSocketFolder(place: Place, folder: string): void {
  if (folder !== place.folder && basename(folder).startsWith('garrod-') && dirname(folder) !== place.folder) {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Size of the data folder on disk, bytes. */
export async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile())
      bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0
  }
  return bytes
}
