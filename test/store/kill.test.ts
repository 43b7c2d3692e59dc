import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { embeddedStatus } from '../../src/store/embedded/control.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { keyOf, TENANT, textOf } from './example-upload.ts'

const WORKER = join(dirname(fileURLToPath(import.meta.url)), 'ingest-forever.ts')
const ROUNDS = 12

interface Worker {
  readonly process: ChildProcess
  /** "id sha256" of every acknowledged upload. */
  readonly acknowledged: string[]
  readonly ended: Promise<void>
}

/** Starts a worker and returns when it has acknowledged `count` uploads. */
async function workUntil(home: string, round: string, count: number): Promise<Worker> {
  const child = spawn(process.execPath, [WORKER, home, round], { stdio: ['ignore', 'pipe', 'ignore'] })
  const acknowledged: string[] = []
  let opened = false
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === 'open') opened = true
      else acknowledged.push(line)
    }
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  while (!opened || acknowledged.length < count) {
    if (child.exitCode !== null) throw new Error(`the worker ended by itself with ${child.exitCode}`)
    await sleep(1)
  }
  return { process: child, acknowledged, ended }
}

/** Names of all files under a folder of the archive. */
function filesUnder(home: string, part: string): string[] {
  const archive = join(home, 'archive')
  if (!existsSync(archive)) return []
  return readdirSync(archive).flatMap((id) => {
    const folder = join(archive, id, part)
    if (!existsSync(folder)) return []
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
  })
}

/** Everybody acknowledged is whole; whoever else was begun is a person without an upload, never with half of one. */
async function check(store: Store, home: string, acknowledged: readonly string[]): Promise<void> {
  const promised = new Map(acknowledged.map((line) => line.split(' ') as [string, string]))
  const named: string[] = []
  const page = await store.patients.list(TENANT, { limit: 1000 })
  assert.equal(page.next, undefined)
  for (const { id } of page.patients) {
    const { record, version } = (await store.records.get(keyOf(id)))!
    const files = await store.archive.list(keyOf(id))
    if (version === 1) {
      assert.equal(promised.has(id), false, `${id} was acknowledged and is empty`)
      assert.equal(
        record.genotypes.length + record.drugs.length + record.measurements.length + files.length,
        0,
      )
      continue
    }
    assert.equal(version, 2)
    assert.equal(record.genotypes[0]?.calls.length, 60)
    assert.equal(record.drugs.length, 1)
    assert.equal(record.measurements.length, 1)
    assert.equal(files.length, 1)
    assert.equal(files[0]!.sha256, promised.get(id) ?? files[0]!.sha256)
    assert.equal(
      createHash('sha256')
        .update(await textOf(files[0]!))
        .digest('hex'),
      files[0]!.sha256,
    )
    assert.deepEqual(
      (await store.events.list(keyOf(id))).map(({ kind }) => kind),
      ['patient-added', 'ingested'],
    )
    named.push(basename(files[0]!.path))
    promised.delete(id)
  }
  assert.deepEqual([...promised.keys()], [], 'acknowledged and lost')
  assert.deepEqual(filesUnder(home, 'sealed').sort(), named.sort(), 'files that no row names')
  assert.deepEqual(filesUnder(home, 'incoming'), [], 'left in the waiting room')
}

test(`${ROUNDS} ingesting processes and one database killed: nothing acknowledged is lost, nothing is half-written`, async (t) => {
  const home = newHome()
  let store: Store | undefined
  t.after(async () => {
    await store?.close()
    await removeHome(home)
  })
  const acknowledged: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const worker = await workUntil(home, String(round), 8)
    // At another moment of the work in every round.
    await sleep((round * 7) % 19)
    worker.process.kill('SIGKILL')
    await worker.ended
    acknowledged.push(...worker.acknowledged)
  }
  const { pid } = await embeddedStatus(home)
  assert.ok(pid, 'the server outlives the process that was killed')
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  await check(store, home, acknowledged)
  await store.close()

  const worker = await workUntil(home, 'server', 5)
  process.kill((await embeddedStatus(home)).pid!, 'SIGKILL')
  // The worker either loses its connection in the middle of an upload and ends, or starts the server again and goes on.
  await sleep(300)
  worker.process.kill('SIGKILL')
  await worker.ended
  acknowledged.push(...worker.acknowledged)
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  await check(store, home, acknowledged)
  await store.close()
  assert.equal((await embeddedStatus(home)).pid, undefined, 'the last one out stops the recovered server')
  t.diagnostic(`${acknowledged.length} acknowledged uploads in ${ROUNDS + 1} kills, 0 lost`)
})
