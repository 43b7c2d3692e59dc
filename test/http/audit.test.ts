import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type AuditEvent, entryOf } from '../../src/safeguard/audit/audit-event.ts'
import { Fault } from '../../src/terms/fault.ts'
import { call, exampleAnswer, type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
/** Whether interpreting a record fails, as by a defect. */
let broken = false
before(async () => {
  server = await testServer({
    interpret: (record) => {
      if (broken) throw new Error('broken')
      return exampleAnswer(record)
    },
  })
})
after(() => server.close())

/** What was written down since the last look, oldest first. */
let seen = 0
async function written(on = server) {
  const { store, services } = on
  const rows = await store.audit.find(services.tenant, {}, 100)
  const fresh = rows.filter(({ seq }) => seq >= seen).reverse()
  seen = rows.length === 0 ? seen : rows[0]!.seq + 1
  return fresh.map(({ leaf }) => {
    const { at: _at, who, ...rest } = entryOf(JSON.parse(leaf) as AuditEvent)
    return { ...rest, by: who.id }
  })
}
const by = 'local'
const purpose = 'TREAT'

test('a change, a reading and a search are there when the answer is', async () => {
  await call(`${server.url}/api/patients`, 'POST', { id: 'ann', name: 'Ann Planted', sex: 'female' })
  await call(`${server.url}/api/patients/ann`)
  await call(`${server.url}/api/patients?search=Planted`)
  assert.deepEqual(await written(), [
    // biome-ignore format: one entry a line
    { action: 'C', kind: 'rest', interaction: 'create', outcome: 'success', by, purpose, patients: ['ann'], what: ['POST /api/patients'] },
    // biome-ignore format: one entry a line
    { action: 'R', kind: 'rest', interaction: 'read', outcome: 'success', by, purpose, patients: ['ann'], what: ['GET /api/patients/:id'] },
    // biome-ignore format: one entry a line
    { action: 'R', kind: 'search', interaction: 'search-type', outcome: 'success', by, purpose, patients: ['ann'], what: ['GET /api/patients?search'], count: 1 },
  ])
})

test('what was refused is there with its code; what was typed is not', async () => {
  await call(`${server.url}/api/patients/jane-planted`)
  await call(`${server.url}/api/patients/%20planted`)
  await call(`${server.url}/api/patients/ann`, 'PATCH', { sex: 'planted' })
  await call(`${server.url}/api/planted/ann`)
  await call(`${server.url}/api/patients/ann`, 'PATCH', '{"planted')
  await call(`${server.url}/api/patients/ann`, 'PATCH', {}, { origin: 'https://planted.example' })
  const all = await written()
  assert.deepEqual(
    all.map(({ outcome, code, patients, what }) => [outcome, code, patients.join(), what[0]]),
    [
      ['refused', 'PATIENT_UNKNOWN', '', 'GET /api/patients/:id'],
      ['refused', 'PATIENT_ID_MALFORMED', '', 'GET /api/patients/:id'],
      ['refused', 'REQUEST_MALFORMED', 'ann', 'PATCH /api/patients/:id'],
      ['refused', 'ROUTE_UNKNOWN', '', 'GET (no such address)'],
      ['refused', 'REQUEST_MALFORMED', 'ann', 'PATCH /api/patients/:id'],
      ['refused', 'CROSS_SITE', 'ann', 'PATCH /api/patients/:id'],
    ],
  )
  assert.doesNotMatch(JSON.stringify(all), /planted/i)
})

test('a failure is there; health checks, facts and the type-ahead are not', async () => {
  broken = true
  assert.equal((await call(`${server.url}/api/patients/ann/plan`)).status, 500)
  broken = false
  for (const path of ['/healthz', '/api/facts', '/api/drugs?query=war', '/cds-services', '/']) {
    await call(`${server.url}${path}`).catch(() => undefined)
  }
  const all = await written()
  assert.deepEqual(
    all.map(({ outcome, code, what }) => [outcome, code, what[0]]),
    [['failed', 'INTERNAL', 'GET /api/patients/:id/plan']],
  )
})

test('a CDS call names the hook and the person', async () => {
  await call(`${server.url}/cds-services/garrod-patient-view`, 'POST', {
    hook: 'patient-view',
    hookInstance: '7a0e9a5e-0000-4000-8000-000000000001',
    context: { userId: 'Practitioner/p1', patientId: 'ann' },
    prefetch: {},
  })
  const [entry] = await written()
  assert.equal(entry?.interaction, 'patient-view')
  assert.deepEqual([entry?.kind, entry?.patients], ['cds-hooks', ['ann']])
})

test('no entry, no answer: what was found is withheld', async () => {
  const record = server.services.audit.record
  const audit = server.services.audit as { record: typeof record }
  let tried = 0
  audit.record = async () => {
    tried++
    throw new Fault('DATABASE_UNREACHABLE', 'database', 'no database answers', 'Start it.')
  }
  const { status, body } = await call(`${server.url}/api/patients/ann`)
  const reading = await call(`${server.url}/api/patients/ann/report.html`)
  const asked = tried
  // Refused before it was known who asks: the refusal, too, leaves in the form of the address.
  const purpose = { 'purpose-of-use': 'BOGUS' }
  const refused = await call(`${server.url}/api/patients`, 'GET', undefined, purpose)
  const fhir = await call(`${server.url}/fhir/R4/Patient/ann`, 'GET', undefined, purpose)
  audit.record = record
  assert.deepEqual([status, body['code'], asked], [503, 'AUDIT_UNAVAILABLE', 2])
  assert.deepEqual([refused.status, Object.keys(refused.body)], [503, ['code', 'where', 'what', 'mend']])
  assert.deepEqual([fhir.status, fhir.body['resourceType']], [503, 'OperationOutcome'])
  assert.equal(reading.status, 503)
  assert.doesNotMatch(JSON.stringify(body), /Planted/)
})
