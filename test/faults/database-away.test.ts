import assert from 'node:assert/strict'
import { test } from 'node:test'
import { installedServer, startServer } from '../support/debian-server.ts'
import { call } from '../support/http-server.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { until } from '../support/until.ts'
import { prepare, serveGarrod } from './served-garrod.ts'
import { send } from './write-forever.ts'

const bin = installedServer()

test('the database stops while the server runs: 503 that says so, AR for messages; it comes back, and everything goes on', {
  skip: bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false,
}, async (t) => {
  const home = newHome()
  const database = await startServer(bin!)
  const place = { home, databaseUrl: database.url }
  await prepare(place)
  const server = await serveGarrod(place)
  t.after(async () => {
    await server.kill()
    await database.remove()
    await removeHome(home)
  })
  const { url } = server
  assert.equal((await call(`${url}/api/patients`, 'POST', { id: 'p1' })).status, 201)
  const form = new FormData()
  form.append('file', new Blob([smallVcf(['AWAY'])]), 'panel.vcf')

  // Requests in hand and those that come after: none hangs, none is answered as if it had been done.
  const inHand = Array.from({ length: 10 }, (_, i) =>
    call(`${url}/fhir/R4/Patient/q${i}`, 'PUT', { resourceType: 'Patient', id: `q${i}` }),
  )
  await database.stop()
  for (const { status } of await Promise.all(inHand)) assert.ok([201, 503].includes(status), String(status))
  for (const path of ['/api/patients', '/api/patients/p1', '/healthz', '/api/jobs']) {
    const started = performance.now()
    const { status, body } = await call(`${url}${path}`)
    assert.equal(status, 503, `${path}: ${JSON.stringify(body)}`)
    assert.match(String(body['code']), /^(DATABASE_|AUDIT_UNAVAILABLE)/)
    assert.doesNotMatch(JSON.stringify(body), /postgres(ql)?:/, 'where the database is is not told')
    assert.ok(performance.now() - started < 12_000)
  }
  const fhir = await call(`${url}/fhir/R4/Observation?patient=p1`)
  assert.deepEqual([fhir.status, fhir.body['resourceType']], [503, 'OperationOutcome'])
  const upload = await fetch(`${url}/api/patients/p1/files`, { method: 'POST', body: form })
  assert.equal(upload.status, 503)
  const answer = await send(
    server.mllpPort,
    'MSH|^~\\&|LAB|SITE|EHR|HOSP|20261122103000+0100||ORU^R01^ORU_R01|AWAY1|P|2.5.1\rPID|1||p1^^^HOSP^MR\r',
  )
  assert.match(answer ?? '', /\rMSA\|AR\|AWAY1/)
  assert.match(answer ?? '', /DATABASE_/)

  await database.restart()
  await until('it did not recover', async () => (await call(`${url}/healthz`)).status === 200)
  for (let i = 0; i < 10; i++) {
    const put = await call(`${url}/fhir/R4/Patient/q${i}`, 'PUT', { resourceType: 'Patient', id: `q${i}` })
    assert.ok([200, 201].includes(put.status), JSON.stringify(put.body))
  }
  const again = new FormData()
  again.append('file', new Blob([smallVcf(['AWAY'])]), 'panel.vcf')
  const taken = await fetch(`${url}/api/patients/p1/files`, { method: 'POST', body: again })
  assert.equal(taken.status, 202)
  const { id } = (await taken.json()) as { id: string }
  await until('the file was not stored', async () => {
    const { body } = await call(`${url}/api/jobs/${id}`)
    assert.notEqual(body['state'], 'refused', JSON.stringify(body))
    return body['state'] === 'stored'
  })
  assert.doesNotMatch(server.err(), /^\s+at /m, 'a bug, not a fault')
  assert.doesNotMatch(server.err(), /bug [0-9a-f-]{36}/)
})
