import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Answer, ask } from '../support/fhir-server.ts'
import { type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
let base: string
before(async () => {
  server = await testServer()
  base = `${server.url}/fhir/R4`
})
after(() => server.close())

const WRITERS = 12
const person = (id: string, family: string) => ({ resourceType: 'Patient', id, name: [{ family }] })

/** Everybody writes at once, each their own name. */
const together = (id: string, headers: Record<string, string>): Promise<Answer[]> =>
  Promise.all(
    Array.from({ length: WRITERS }, (_, i) =>
      ask(`${base}/Patient/${id}`, 'PUT', person(id, `Writer${i}`), headers),
    ),
  )

test(`${WRITERS} writers with the same If-Match: one writes, the others are told`, async () => {
  await ask(`${base}/Patient/a`, 'PUT', person('a', 'First'))
  const answers = await together('a', { 'if-match': 'W/"1"' })
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  for (const { status, body } of answers.filter((one) => one.status !== 200)) {
    assert.equal(status, 412)
    assert.match(JSON.stringify(body), /PRECONDITION_FAILED|RECORD_CHANGED/)
  }
  const now = await ask(`${base}/Patient/a`)
  const winner = answers.find(({ status }) => status === 200)!
  assert.deepEqual([now.body.meta.versionId, now.body['name']], ['2', winner.body['name']])
})

test(`${WRITERS} writers without If-Match: the last one holds, and every version before is in the history`, async () => {
  await ask(`${base}/Patient/b`, 'PUT', person('b', 'First'))
  const answers = await together('b', {})
  assert.ok(
    answers.every(({ status }) => status === 200),
    JSON.stringify(answers.map(({ status, body }) => [status, body.issue])),
  )
  const versions = answers.map(({ body }) => Number(body.meta.versionId)).sort((x, y) => x - y)
  assert.deepEqual(
    versions,
    Array.from({ length: WRITERS }, (_, i) => i + 2),
  )
  for (const { body } of answers) {
    const kept = await ask(`${base}/Patient/b/_history/${body.meta.versionId}`)
    assert.deepEqual(kept.body['name'], body['name'])
  }
  const history = await ask(`${base}/Patient/b/_history`)
  assert.equal(history.body.total ?? history.body.entry!.length, WRITERS + 1)
})
