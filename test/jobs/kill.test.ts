import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/store/open-store.ts'
import { keyOf, TENANT } from '../store/example-upload.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const WORKER = join(import.meta.dirname, 'work-forever.ts')
const JOBS = 600
const KILLS = 6

interface Spawned {
  readonly child: ChildProcess
  readonly lines: () => number
  readonly ended: Promise<void>
}

function spawnWorker(home: string): Spawned {
  const child = spawn(process.execPath, [WORKER, home], { stdio: ['ignore', 'pipe', 'inherit'] })
  let lines = 0
  child.stdout.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return { child, lines: () => lines, ended }
}

/** Kills it with -9 as soon as `done` says so. */
async function killWhen(worker: Spawned, done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) {
    assert.equal(worker.child.exitCode, null, 'the worker ended by itself')
    await sleep(2)
  }
  worker.child.kill('SIGKILL')
  await worker.ended
}

test(`a worker killed ${KILLS} times in the middle of its work: every job is done, none is lost`, async (t) => {
  const home = newHome()
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  t.after(async () => {
    await store.close()
    await removeHome(home)
  })
  const made = await store.jobs.enqueue(
    TENANT,
    Array.from({ length: JOBS }, (_, i) => ({
      kind: 'write',
      key: String(i),
      payload: { person: `p${i}` },
      attempts: KILLS + 2,
    })),
    new Date().toISOString(),
  )
  const done = async () => (await store.jobs.list(TENANT, 'done', JOBS)).length
  for (let round = 0; round < KILLS; round++) {
    const worker = spawnWorker(home)
    await killWhen(worker, () => worker.lines() >= 30 + round * 7)
  }
  assert.ok((await store.jobs.list(TENANT, 'running', JOBS)).length > 0, 'no job was in hand at a kill')
  await killWhen(spawnWorker(home), async () => (await done()) === JOBS)
  const repeated = (await store.jobs.list(TENANT, 'done', JOBS)).filter(({ attempt }) => attempt > 1)
  assert.equal(new Set(made.map(({ id }) => id)).size, JOBS)
  for (let i = 0; i < JOBS; i++) assert.ok(await store.patients.get(keyOf(`p${i}`)), `p${i} was not written`)
  t.diagnostic(`${JOBS} jobs done under ${KILLS} kills, ${repeated.length} of them a second time`)
})
