import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serverOwner } from '../../src/store/embedded/owner.ts'
import { running, start, stop } from '../../src/store/embedded/server.ts'

const INSTALLED = '/usr/lib/postgresql'

/** Folder of the programs of the oldest PostgreSQL from 15 on that Debian's packages installed here, or undefined. */
export function installedServer(): string | undefined {
  if (!existsSync(INSTALLED)) return undefined
  const version = readdirSync(INSTALLED)
    .map(Number)
    .filter((one) => one >= 15)
    .sort((a, b) => a - b)[0]
  return version === undefined ? undefined : join(INSTALLED, String(version), 'bin')
}

export interface TestServer {
  readonly url: string
  /** kill -9 of the server process; its children follow. */
  kill(): void
  /** Ends it as an administrator would, cutting its clients off. */
  stop(): Promise<void>
  /** Starts it on its data again; it takes connections a moment later. */
  restart(): Promise<void>
  remove(): Promise<void>
}

/** Opens what waits for a server: one just started takes no connections for a moment. */
export async function whenReady<T>(open: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await open()
    } catch (error) {
      if ((error as { code?: string }).code !== 'DATABASE_UNREACHABLE') throw error
      await sleep(10)
    }
  }
}

/** Starts a new, empty PostgreSQL server on a Unix socket, as an administrator would have set one up. */
export async function startServer(bin: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-server-'))
  const owner = serverOwner(folder)
  const data = join(folder, 'data')
  mkdirSync(data)
  for (const one of [folder, data]) {
    chmodSync(one, 0o700)
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(one, owner.uid, owner.gid)
  }
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'garrod', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8'],
    {
      cwd: folder,
      encoding: 'utf8',
      ...(owner.uid === undefined ? {} : { uid: owner.uid, gid: owner.gid! }),
    },
  )
  if (made.status !== 0) throw new Error(made.stderr)
  const place = {
    folder,
    data,
    log: join(folder, 'server.log'),
    lock: join(folder, 'start.lock'),
    keep: join(folder, 'keep-running'),
    owner,
  }
  const launch = () =>
    start(place, { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: '' })
  await launch()
  const halt = async () => {
    const server = running(place)
    if (server !== undefined) await stop(place, server)
  }
  return {
    url: `postgresql://garrod@/postgres?host=${encodeURIComponent(folder)}`,
    kill() {
      process.kill(running(place)!.pid, 'SIGKILL')
    },
    stop: halt,
    restart: launch,
    async remove() {
      await halt()
      rmSync(folder, { recursive: true })
    },
  }
}
