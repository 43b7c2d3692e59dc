import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/store/open-store.ts'
import { ACT, person, TENANT } from '../store/example-upload.ts'
import { whenReady } from '../support/debian-server.ts'
import { root } from '../support/http-server.ts'
import { keyringOf } from '../support/keyring.ts'

/** Where a server under test keeps everything: a home, and a database that is not the embedded one. */
export interface Place {
  readonly home: string
  readonly databaseUrl: string | undefined
}

/** "garrod serve" in a process of its own. */
export interface ServedGarrod {
  readonly url: string
  readonly mllpPort: number
  readonly child: ChildProcess
  readonly err: () => string
  /** kill -9. */
  kill(): Promise<void>
}

const CLI = join(root, 'src', 'app', 'cli.ts')

/** A home with one person registered, so that "serve --demo" adds nobody. */
export async function prepare(place: Place): Promise<void> {
  const store = await openWhenReady(place)
  await store.patients.add(TENANT, person('somebody'), ACT)
  await store.close()
}

/** Opens the place when its server, just started or recovering, takes connections. */
export function openWhenReady({ home, databaseUrl }: Place) {
  return whenReady(() => openStore({ home, databaseUrl, keyring: keyringOf(home) }))
}

export async function serveGarrod({ home, databaseUrl }: Place): Promise<ServedGarrod> {
  const child = spawn(process.execPath, [CLI, 'serve', '--demo', '--port', '0', '--mllp', '0'], {
    env: { ...process.env, GARROD_HOME: home, DATABASE_URL: databaseUrl ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  for (;;) {
    const url = /http:\/\/\S+/.exec(out)?.[0]
    const mllp = /MLLP is at \S+:(\d+)/.exec(out)?.[1]
    if (url !== undefined && mllp !== undefined) {
      return {
        url,
        mllpPort: Number(mllp),
        child,
        err: () => err,
        async kill() {
          child.kill('SIGKILL')
          await ended
        },
      }
    }
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`serve ended: ${err}`)
    await sleep(10)
  }
}
