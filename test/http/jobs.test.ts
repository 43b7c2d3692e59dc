import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

test('the queue is listed by state, and a job is cancelled and retried', async () => {
  const [job] = await server.store.jobs.enqueue(
    server.services.tenant,
    [{ kind: 'other', key: 'x', payload: { patient: 'p1' } }],
    server.services.now().toISOString(),
  )
  const of = async (path: string, method = 'GET') => {
    const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
    const response = await fetch(`${server.url}/api/jobs${path}`, { method, ...body })
    const json = await response.json()
    return { status: response.status, body: json as Record<string, unknown> & Record<string, unknown>[] }
  }
  const listed = await of('?state=waiting')
  assert.equal(listed.status, 200, JSON.stringify(listed.body))
  assert.deepEqual(
    listed.body.map(({ id }) => id),
    [job!.id],
  )
  assert.doesNotMatch(JSON.stringify(listed.body), /p1/, 'no ids of people in the list')
  assert.equal((await of(`/${job!.id}/cancel`, 'POST')).body['state'], 'cancelled')
  assert.equal((await of('?state=waiting')).body.length, 0)
  assert.equal((await of(`/${job!.id}/retry`, 'POST')).body['state'], 'waiting')
  const twice = await of(`/${job!.id}/retry`, 'POST')
  assert.deepEqual([twice.status, twice.body['code']], [422, 'JOB_STATE'])
  assert.equal((await of('/no-such-job')).status, 404)
  assert.equal((await of('?state=lost')).status, 400)
})
