import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { jobHandlers } from '../../src/app/job-handlers.ts'
import { UPLOAD, type UploadOutcome } from '../../src/app/jobs/upload-job.ts'
import { Worker, type WorkerOptions } from '../../src/app/jobs/worker.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { Fault } from '../../src/terms/fault.ts'
import { ACT, bytes, keyOf, person, TENANT } from '../store/example-upload.ts'
import { exampleAnswer, root } from '../support/http-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
after(() => removeHome(home))
const facts = Facts.find([join(root, 'facts')])
const open = () => openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })

function workerOn(store: Store, more: Partial<WorkerOptions> = {}): Worker {
  const services = { store, facts, interpret: exampleAnswer, now: () => new Date() }
  return new Worker({
    jobs: store.jobs,
    tenants: () => [TENANT],
    handlers: jobHandlers(services),
    now: services.now,
    log: () => undefined,
    idleMs: 20,
    ...more,
  })
}

/** The small VCF, and then records that the panel does not ask for. */
function longVcf(lines: number): string {
  const rest = Array.from(
    { length: lines },
    (_, i) => `chr10\t${95_000_000 + i}\t.\tA\tG\t.\tPASS\t.\tGT\t0/1`,
  )
  return `${smallVcf()}${rest.join('\n')}\n`
}

async function hold(store: Store, id: string, text: string, name = 'genome.vcf') {
  await store.patients.add(TENANT, person(id), ACT)
  const received = await store.archive.receive(name, bytes(text))
  return store.uploads.hold(keyOf(id), received, { job: UPLOAD, sample: undefined }, ACT)
}

const files = (part: string) =>
  readdirSync(join(home, 'archive'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.includes(`/${part}/`),
  )

const outcomeOf = async (store: Store, id: string, upload: unknown) =>
  (await store.uploads.get(keyOf(id), String(upload)))?.outcome as UploadOutcome | undefined

test('what was received and not read is read after a restart', async () => {
  let store = await open()
  const job = await hold(store, 'restart', smallVcf())
  await store.close()
  store = await open()
  assert.equal(await workerOn(store).drain(), 2, 'the upload, and its variants')
  assert.equal((await store.jobs.get(TENANT, job.id))?.state, 'done')
  const { record } = (await store.records.get(keyOf('restart')))!
  assert.equal(record.genotypes[0]?.calls.length, 4)
  assert.equal((await store.archive.list(keyOf('restart'))).length, 1)
  const outcome = await outcomeOf(store, 'restart', job.payload['upload'])
  assert.ok(outcome !== undefined && 'stored' in outcome)
  assert.deepEqual(files('held'), [])
  await store.close()
})

test('a worker that stops in the middle gives the upload back, and the next one stores it', async () => {
  const store = await open()
  const job = await hold(store, 'stopped', longVcf(300_000))
  const first = workerOn(store)
  first.start()
  while ((await store.jobs.get(TENANT, job.id))!.progress.done === 0) await sleep(5)
  await first.stop()
  const given = (await store.jobs.get(TENANT, job.id))!
  assert.deepEqual([given.state, given.attempt], ['waiting', 0])
  assert.equal((await store.records.get(keyOf('stopped')))!.record.genotypes.length, 0)
  assert.equal(files('held').length, 1)
  await workerOn(store).drain()
  assert.equal((await store.records.get(keyOf('stopped')))!.record.genotypes.length, 1)
  assert.deepEqual([files('held'), files('incoming')], [[], []])
  await store.close()
})

test('a refused file is a dead letter that says the code alone; the sealed upload says why', async () => {
  const store = await open()
  const job = await hold(store, 'refused', smallVcf(['PLANTED-A', 'PLANTED-B']), 'PLANTED-C.vcf')
  await workerOn(store).drain()
  const dead = (await store.jobs.get(TENANT, job.id))!
  assert.deepEqual([dead.state, dead.fault?.code], ['dead', 'SAMPLE_NOT_NAMED'])
  assert.doesNotMatch(JSON.stringify(dead), /PLANTED/)
  const outcome = await outcomeOf(store, 'refused', job.payload['upload'])
  assert.ok(outcome !== undefined && 'fault' in outcome)
  assert.match(outcome.fault.mend, /PLANTED-A/)
  assert.deepEqual(files('held'), [])
  await store.jobs.retry(TENANT, job.id, new Date().toISOString())
  await workerOn(store).drain()
  assert.equal((await store.jobs.get(TENANT, job.id))!.state, 'dead', 'refused again, not done')
  await store.close()
})

test('a database that is away for a moment costs an attempt, not the file', async () => {
  const store = await open()
  const job = await hold(store, 'away', smallVcf(['AWAY-1']))
  let fails = 1
  const ingest: Store['records']['ingest'] = (...args) => {
    if (fails-- > 0) return Promise.reject(new Fault('DATABASE_LOST', 'database', 'x', 'y'))
    return store.records.ingest(...args)
  }
  const broken = { ...store, records: { ...store.records, ingest } }
  // The clock stands still: on a busy machine the wait before the next attempt would otherwise be over within the drain.
  const at = new Date()
  await workerOn(broken, { now: () => at }).drain()
  const waiting = (await store.jobs.get(TENANT, job.id))!
  assert.deepEqual([waiting.state, waiting.fault?.code], ['waiting', 'DATABASE_LOST'])
  await workerOn(store, { now: () => new Date(Date.now() + 10_000) }).drain()
  assert.equal((await store.jobs.get(TENANT, job.id))!.state, 'done')
  await store.close()
})

test('a person removed while an upload waits takes it along', async () => {
  const store = await open()
  const job = await hold(store, 'gone', smallVcf(['GONE-1']))
  await store.patients.remove(keyOf('gone'), ACT)
  await workerOn(store).drain()
  assert.equal((await store.jobs.get(TENANT, job.id))!.fault?.code, 'UPLOAD_GONE')
  await store.close()
})

test('held bytes that come back after a power cut are deleted when the store is opened, those of waiting jobs stay', async () => {
  let store = await open()
  const done = await hold(store, 'undone', smallVcf(['UNDONE-1']))
  const held = (upload: unknown) => files('held').filter((path) => path.endsWith(String(upload)))
  const [path] = held(done.payload['upload'])
  const bytes = readFileSync(join(home, 'archive', path!))
  await workerOn(store).drain()
  const waiting = await hold(store, 'stays', smallVcf(['STAYS-1']))
  await store.close()
  writeFileSync(join(home, 'archive', path!), bytes)
  store = await open()
  assert.deepEqual(held(done.payload['upload']), [])
  assert.equal(held(waiting.payload['upload']).length, 1)
  await workerOn(store).drain()
  assert.equal((await store.jobs.get(TENANT, waiting.id))?.state, 'done')
  await store.close()
})
