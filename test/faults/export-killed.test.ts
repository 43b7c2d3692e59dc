import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EXPORT } from '../../src/app/bulk/export-job.ts'
import type { Store } from '../../src/store/store.ts'
import { TENANT } from '../store/example-upload.ts'
import { call } from '../support/http-server.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { workOff } from './kept.ts'
import { openWhenReady, prepare, serveGarrod } from './served-garrod.ts'

const PEOPLE = 120

test('a worker killed in the middle of a bulk export: the next one makes it whole, nothing twice', async (t) => {
  const home = newHome()
  const place = { home, databaseUrl: undefined }
  await prepare(place)
  const server = await serveGarrod(place)
  let store: Store | undefined
  t.after(async () => {
    await server.kill()
    await store?.close()
    await removeHome(home)
  })
  const entry = Array.from({ length: PEOPLE }, (_, i) => ({
    resource: { resourceType: 'Patient', id: `x${i}`, name: [{ family: 'Example' }] },
    request: { method: 'PUT', url: `Patient/x${i}` },
  }))
  const batch = { resourceType: 'Bundle', type: 'batch', entry }
  assert.equal(
    (await call(`${server.url}/fhir/R4/`, 'POST', batch, { 'content-type': 'application/fhir+json' })).status,
    200,
  )
  const kick = await call(`${server.url}/fhir/R4/Patient/$export?_type=Patient`, 'GET', undefined, {
    prefer: 'respond-async',
  })
  assert.equal(kick.status, 202, JSON.stringify(kick.body))
  await server.kill()

  store = await openWhenReady(place)
  const [job] = (await store.jobs.list(TENANT, undefined, 50)).filter(({ kind }) => kind === EXPORT)
  assert.ok(job, 'the export that was acknowledged is lost')
  await workOff(place, store)
  assert.equal((await store.jobs.get(TENANT, job.id))?.state, 'done')
  const id = /([^/]+)$/.exec(kick.headers.get('content-location')!)![1]!
  const made = (await store.exports.get(TENANT, id))!
  const names: string[] = []
  for (const { type, file, count } of made.files!) {
    let text = ''
    for await (const part of store.exports.read(TENANT, id, type, file)) text += part
    const lines = text.trim().split('\n')
    assert.equal(lines.length, count)
    names.push(...lines.map((line) => (JSON.parse(line) as { id: string }).id))
  }
  assert.equal(new Set(names).size, names.length, 'somebody is in it twice')
  for (let i = 0; i < PEOPLE; i++) assert.ok(names.includes(`x${i}`), `x${i} is missing`)
})
