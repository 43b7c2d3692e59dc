import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { readKept } from '../../src/app/reanalysis/kept-case.ts'
import { REANALYSE_ALL } from '../../src/app/reanalysis/reanalyse-job.ts'
import type { Resource } from '../../src/record/resource.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

const path = (id: string, part: string) => `${server.url}/api/patients/${id}/${part}`

async function unsolved(id: string): Promise<void> {
  await call(`${server.url}/api/patients`, 'POST', { id, name: `Example ${id}`, birthDate: '2019-05-31' })
  for (const feature of ['HP:0001083', 'HP:0001166', 'HP:0001519'])
    await call(path(id, 'features'), 'POST', { id: feature, state: 'present' })
}

let runs = 0
async function reanalyse(): Promise<void> {
  const { store, services } = server
  const at = services.now().toISOString()
  runs += 1
  await store.jobs.enqueue(services.tenant, [{ kind: REANALYSE_ALL, key: `facts ${runs}`, payload: {} }], at)
  for (let i = 0; i < 400; i++) {
    await sleep(50)
    const open = (await store.jobs.list(services.tenant, undefined, 100)).filter(
      ({ kind, state }) => kind.startsWith('reanalyse') && (state === 'waiting' || state === 'running'),
    )
    if (open.length === 0) return
  }
  assert.fail('the cases were not looked at')
}

async function resources(type: string, id: string): Promise<readonly Resource[]> {
  const { body } = await call(`${server.url}/fhir/R4/${type}?subject=Patient/${id}`)
  return ((body['entry'] ?? []) as { resource: Resource }[]).map(({ resource }) => resource)
}

/** As if the facts had known less of the disease that is first now. */
async function forget(id: string): Promise<string> {
  const [kept] = await resources('RiskAssessment', id)
  const ranking = readKept(kept!)!
  const [first, ...others] = ranking.diseases
  const extension = [
    { url: 'urn:garrod:ranking', valueString: JSON.stringify({ ...ranking, diseases: others }) },
  ]
  const put = await fetch(`${server.url}/fhir/R4/RiskAssessment/${kept!.id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ ...kept, extension }),
  })
  assert.ok(put.ok, await put.text())
  return first!.id
}

test('an unsolved case that somebody asked for is told when a disease fits clearly better, once', async () => {
  await unsolved('r1')
  assert.deepEqual((await call(path('r1', 'reanalysis'))).body, { wanted: false })
  assert.deepEqual((await call(path('r1', 'reanalysis'), 'PUT', { wanted: true })).body, { wanted: true })
  await reanalyse()
  assert.deepEqual(await resources('Task', 'r1'), [])
  const disease = await forget('r1')
  await reanalyse()
  const [task, ...more] = await resources('Task', 'r1')
  assert.equal(more.length, 0)
  assert.equal(task!['status'], 'requested')
  assert.match(String(task!['description']), /not listed before, \d+ % now/)
  assert.ok(JSON.stringify(task!['input']).includes(disease))
  await reanalyse()
  assert.equal((await resources('Task', 'r1')).length, 1)
})

test('nobody is looked at again who was not asked for, or is not any more', async () => {
  await unsolved('r2')
  await call(path('r2', 'reanalysis'), 'PUT', { wanted: true })
  await forget('r2')
  await call(path('r2', 'reanalysis'), 'PUT', { wanted: false })
  await reanalyse()
  assert.deepEqual(await resources('Task', 'r2'), [])
})
