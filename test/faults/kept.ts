import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { jobHandlers } from '../../src/app/job-handlers.ts'
import { CATCH_UP } from '../../src/app/jobs/catch-up-job.ts'
import { Worker } from '../../src/app/jobs/worker.ts'
import { openAudit } from '../../src/app/open-audit.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { Resource } from '../../src/record/resource.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import type { Store } from '../../src/store/store.ts'
import { keyOf, TENANT } from '../store/example-upload.ts'
import { garrodWith } from '../support/command-line.ts'
import { exampleAnswer, root } from '../support/http-server.ts'
import { FACTS, OBSERVATIONS, type Promised } from './promises.ts'
import { openWhenReady, type Place } from './served-garrod.ts'

/** Past every lease and every pause before another try. */
const LATER = 3600_000

/**
 * Opens a store whose server died, has its jobs done, and holds it to what was promised: everything acknowledged is
 * there and equal, nothing is there by half, and the product's own checks find nothing.
 */
export async function assertKept(place: Place, promised: readonly Promised[]): Promise<void> {
  const store = await openWhenReady(place)
  try {
    await workOff(place, store)
    await assertTransactions(store, promised)
    await assertMessages(store, promised)
    await assertUploads(store, promised)
    await assertDocuments(store, promised)
    // A file whose upload was never acknowledged has no row that names it; a sweep deletes it when it is an hour old.
    const held = new Set(leftIn(place.home, 'held').map((path) => basename(path)))
    for (const { payload } of await store.jobs.list(TENANT, 'done', 10_000))
      assert.equal(held.has(String(payload['upload'])), false, 'the held file of an upload that is done')
    assert.deepEqual(leftIn(place.home, 'incoming'), [], 'left in the waiting room')
  } finally {
    await store.close()
  }
  const environment = { GARROD_HOME: place.home, DATABASE_URL: place.databaseUrl }
  // Exit 0: nothing wrong and no gaps, with the audit log.
  const { exit, out, err } = await garrodWith(environment, 'db', 'verify')
  assert.equal(exit, 0, out + err)
}

export async function workOff({ home }: Place, store: Store): Promise<void> {
  const now = () => new Date(Date.now() + LATER)
  const facts = Facts.find([join(root, 'facts')])
  const audit = await openAudit(
    { keyFolder: join(home, 'keys'), auditAnchors: join(home, 'audit-anchors') },
    store,
  )
  const services = { store, facts, audit, interpret: exampleAnswer, now }
  const worker = new Worker({
    jobs: store.jobs,
    tenants: () => [TENANT],
    handlers: jobHandlers(services),
    now,
    log: () => undefined,
  })
  // As a server does when it starts.
  const jobs = [{ kind: CATCH_UP, key: 'after a start', payload: {} }]
  await store.jobs.enqueue(TENANT, jobs, new Date().toISOString())
  await worker.drain()
  await audit.close()
  const dead = await store.jobs.list(TENANT, 'dead', 100)
  assert.deepEqual(
    dead.map(({ kind, fault }) => [kind, fault?.code]),
    [],
    'jobs given up',
  )
}

const of = <K extends Promised['kind']>(promised: readonly Promised[], kind: K) =>
  promised.filter((one): one is Extract<Promised, { kind: K }> => one.kind === kind)

async function all(
  store: Store,
  type: string,
): Promise<readonly { compartment: string; resource: Resource }[]> {
  const found: { compartment: string; resource: Resource }[] = []
  const query = {
    type,
    criteria: [],
    sort: [],
    count: 0,
    after: undefined,
    total: false,
    within: UNRESTRICTED,
  }
  for await (const batch of store.resources.scan(TENANT, query, 500))
    for (const { compartment, json } of batch)
      if (json !== undefined) found.push({ compartment, resource: JSON.parse(json) as Resource })
  return found
}

const quantityOf = (resource: Resource) => (resource['valueQuantity'] as { value: number } | undefined)?.value

/** Of the typed record, which follows from the resources. */
const weight = async (store: Store, patient: string) =>
  (await store.records.get(keyOf(patient)))?.record.measurements.find(({ kind }) => kind === 'weight')?.value

async function assertTransactions(store: Store, promised: readonly Promised[]): Promise<void> {
  const people = new Set<string>()
  for (const { resource } of await all(store, 'Patient'))
    if (resource.id!.startsWith('t-')) people.add(resource.id!)
  const values = new Map<string, (number | undefined)[]>()
  for (const { compartment, resource } of await all(store, 'Observation')) {
    if (!compartment.startsWith('t-')) continue
    values.set(compartment, [...(values.get(compartment) ?? []), quantityOf(resource)])
  }
  for (const patient of new Set([...people, ...values.keys()])) {
    assert.ok(people.has(patient), `observations of ${patient}, who is not there`)
    assert.equal(values.get(patient)?.length, OBSERVATIONS, `half of the transaction of ${patient}`)
  }
  for (const [patient, [value]] of values)
    assert.deepEqual(await weight(store, patient), value, `record of ${patient}`)
  for (const { patient, value } of of(promised, 'transaction')) {
    assert.deepEqual(values.get(patient), [value, value, value], `the transaction of ${patient} is lost`)
    const events = await store.audit.find(TENANT, { patients: [patient], outcomes: ['success'] }, 5)
    assert.ok(events.length > 0, `the audit entry of ${patient} is lost`)
  }
}

async function assertMessages(store: Store, promised: readonly Promised[]): Promise<void> {
  const reports = new Map<string, number>()
  for (const { compartment, resource } of await all(store, 'DiagnosticReport')) {
    const [filler] = JSON.stringify(resource).match(/F\d+-\d+/) ?? []
    if (!compartment.startsWith('m-') || filler === undefined) continue
    reports.set(filler, (reports.get(filler) ?? 0) + 1)
  }
  const results = new Map<string, number>()
  for (const { compartment, resource } of await all(store, 'Observation')) {
    if (!compartment.startsWith('m-')) continue
    const name = `F${compartment.slice(2)}-${quantityOf(resource)}`
    results.set(name, (results.get(name) ?? 0) + 1)
  }
  const kept = new Map<string, string>()
  for (let after: string | undefined; ; ) {
    const lines = await store.messages.list(TENANT, { limit: 200, ...(after === undefined ? {} : { after }) })
    for (const { id, controlId, state } of lines) {
      assert.equal(state, 'processed', `message ${controlId}`)
      assert.equal(kept.has(controlId!), false, `message ${controlId} was kept twice`)
      kept.set(controlId!, id)
    }
    after = lines.at(-1)?.id
    if (lines.length < 200) break
  }
  const names = [...kept.keys()].map((controlId) => `F${controlId.slice(1)}`).sort()
  assert.deepEqual([...reports.keys()].sort(), names, 'reports without their message, or the other way round')
  assert.deepEqual([...results.keys()].sort(), names, 'results without their message, or the other way round')
  assert.ok([...reports.values()].every((count) => count === 1))
  assert.ok([...results.values()].every((count) => count === 2))
  for (const { raw } of of(promised, 'message')) {
    const controlId = raw.split('|')[9]!
    const id = kept.get(controlId)
    assert.ok(id, `message ${controlId} is lost`)
    assert.equal((await store.messages.read(TENANT, id)).raw.toString('utf8'), raw)
  }
}

async function assertUploads(store: Store, promised: readonly Promised[]): Promise<void> {
  for (const { patient, sha256: sum } of of(promised, 'upload')) {
    const found = await store.records.get(keyOf(patient))
    assert.equal(found?.record.genotypes[0]?.calls.length, 4, `the upload of ${patient} is lost`)
    const [file, ...more] = await store.archive.list(keyOf(patient))
    assert.equal(more.length, 0)
    const hash = createHash('sha256')
    for await (const part of file!.read()) hash.update(part)
    assert.deepEqual([file!.sha256, hash.digest('hex')], [sum, sum], `the file of ${patient}`)
  }
}

async function assertDocuments(store: Store, promised: readonly Promised[]): Promise<void> {
  const documents = new Map<string, string>()
  for (const { resource } of await all(store, 'DocumentReference')) {
    const [content] = resource['content'] as [{ attachment: { data?: string; url?: string } }]
    documents.set(resource.id!, JSON.stringify(content))
  }
  const confirmed = new Set(of(promised, 'decision').map(({ document, ordinal }) => `${document} ${ordinal}`))
  for (const { patient, document } of of(promised, 'document')) {
    assert.ok(documents.has(document), `the document of ${patient} is lost`)
    const found = await store.proposals.list(keyOf(patient))
    assert.equal(found.length, FACTS, `proposals of ${patient}`)
    for (const { document: of, ordinal, state, resource } of found) {
      if (confirmed.has(`${of} ${ordinal}`))
        assert.equal(state, 'confirmed', `a decision about ${patient} is lost`)
      assert.equal(state === 'confirmed', resource !== undefined, 'a decision without what it made')
      if (resource === undefined) continue
      const made = await store.resources.read(TENANT, resource, UNRESTRICTED)
      assert.ok(made?.json !== undefined, 'a decision whose result is not there')
    }
    const results = (await all(store, 'Observation')).filter(({ compartment }) => compartment === patient)
    const decided = found.filter(({ state }) => state === 'confirmed').length
    assert.ok(decided > 0 || results.length === 0, `a result of ${patient} that nobody confirmed`)
  }
}

/** Names of files in a part of the archive. */
function leftIn(home: string, part: string): string[] {
  return readdirSync(join(home, 'archive'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.includes(`/${part}/`),
  )
}
