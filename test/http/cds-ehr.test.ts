import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Card } from '../../src/deliver/cds-hooks/card.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'

/** An EHR's FHIR server, as slow and as wrong as a test wants it. */
let ehr: Server
let base = ''
let asked: { url: string; authorization: string | undefined }[] = []
let answer: (url: string) => { status?: number; body?: unknown; wait?: number; location?: string }

let server: TestServer
before(async () => {
  ehr = createServer(async (request, response) => {
    asked.push({ url: request.url!, authorization: request.headers.authorization })
    const { status = 200, body, wait = 0, location } = answer(request.url!)
    await new Promise((resolve) => setTimeout(resolve, wait))
    response.writeHead(status, {
      'content-type': 'application/fhir+json',
      ...(location === undefined ? {} : { location }),
    })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => ehr.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(ehr.address() as AddressInfo).port}/fhir`
  server = await testServer({ ehr: { allows: (one) => one === base, timeLimit: 400 } })
  await call(`${server.url}/api/patients`, 'POST', {
    id: 'p1',
    name: 'Example Person One',
    birthDate: '1980-01-01',
    identifiers: [{ system: 'urn:oid:1.2', value: 'MRN-1' }],
  })
})
after(async () => {
  await server.close()
  ehr.closeAllConnections()
  await new Promise((resolve) => ehr.close(resolve))
})

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const order = (id: string, code: string, text: string) => ({
  resource: {
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { coding: [{ system: RXNORM, code }], text },
  },
})
const patient = {
  resourceType: 'Patient',
  id: 'ehr-9',
  birthDate: '1980-01-01',
  identifier: [{ system: 'urn:oid:1.2', value: 'MRN-1' }],
}
const list = (entry: readonly unknown[], next?: string) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  link: next === undefined ? [] : [{ relation: 'next', url: next }],
})

async function sign(change: Record<string, unknown> = {}, id = 'p1') {
  asked = []
  return call(`${server.url}/cds-services/garrod-order-sign`, 'POST', {
    hook: 'order-sign',
    hookInstance: crypto.randomUUID(),
    fhirServer: base,
    fhirAuthorization: {
      access_token: 'secret',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'patient/*.rs',
      subject: 'garrod',
    },
    context: {
      userId: `Practitioner/${crypto.randomUUID()}`,
      patientId: id,
      draftOrders: { resourceType: 'Bundle', entry: [order('a', '32968', 'clopidogrel')] },
    },
    ...change,
  })
}
const detailOf = (body: Record<string, unknown>) => (body['cards'] as Card[])[0]!.detail!

test('what the prefetch lacks is fetched with the token of the call, every page of it', async () => {
  answer = (url) =>
    url.startsWith('/fhir/Patient/')
      ? { body: { ...patient, id: 'p1' } }
      : url.includes('page=2')
        ? { body: list([order('n', '6809', 'metformin')]) }
        : { body: list([order('m', '519', 'allopurinol')], `${base}/MedicationRequest?page=2`) }
  const { status, body } = await sign()
  assert.equal(status, 200)
  assert.deepEqual(asked.map(({ url }) => url).sort(), [
    '/fhir/MedicationRequest?page=2',
    '/fhir/MedicationRequest?patient=p1&status=active&_count=200',
    '/fhir/Patient/p1',
  ])
  assert.ok(asked.every(({ authorization }) => authorization === 'Bearer secret'))
  assert.doesNotMatch(detailOf(body), /medication list/)
})

test('a person known here by another id is found by the Patient that was fetched', async () => {
  answer = (url) => (url.startsWith('/fhir/Patient/') ? { body: patient } : { body: list([]) })
  const { status, body } = await sign({}, 'ehr-9')
  assert.equal(status, 200)
  assert.equal((body['cards'] as Card[]).length, 1)
})

test('an answer within the time limit, or a card that says there was none', async () => {
  answer = (url) =>
    url.startsWith('/fhir/Patient/') ? { body: { ...patient, id: 'p1' } } : { body: list([]), wait: 2000 }
  const started = performance.now()
  const { status, body } = await sign()
  assert.equal(status, 200)
  assert.ok(performance.now() - started < 1500)
  assert.match(detailOf(body), /did not answer within 400 ms/)
  assert.match(detailOf(body), /sent no medication list/)
})

test('nobody known and the EHR does not tell: 412 with the reason, never an empty list', async () => {
  for (const [said, reason] of [
    [{ wait: 2000, body: patient }, /did not answer within/],
    [{ status: 403, body: {} }, /did not let Garrod read/],
    [{ status: 500, body: {} }, /status 500/],
    [{ body: '<html>' }, /sent no JSON/],
    [{ status: 302, location: 'http://127.0.0.1:1/steal' }, /could not be reached/],
  ] as const) {
    answer = () => said
    const { status, body } = await sign({}, 'ehr-9')
    assert.deepEqual([status, body['code']], [412, 'CDS_PREFETCH_MISSING'])
    assert.match(String(body['what']), reason)
  }
})

test('a part of the list is told as a part', async () => {
  answer = (url) =>
    url.includes('page=2')
      ? { status: 500, body: {} }
      : { body: list([order('m', '519', 'allopurinol')], `${base}/MedicationRequest?page=2`) }
  const prefetch = { patient: { ...patient, id: 'p1' } }
  assert.match(detailOf((await sign({ prefetch })).body), /only a part of the medication list/)
  answer = () => ({ body: list([], `${base}/MedicationRequest?again`) })
  assert.match(detailOf((await sign({ prefetch })).body), /only a part of the medication list/)
  answer = () => ({ body: list([], 'http://127.0.0.1:1/elsewhere') })
  assert.match(detailOf((await sign({ prefetch })).body), /outside its FHIR server/)
  assert.equal(asked.length, 1)
})

test('what was prefetched, and what failed in the EHR already, is not asked for again', async () => {
  answer = () => ({ status: 500, body: {} })
  const prefetch = { patient: { ...patient, id: 'p1' }, medications: null }
  assert.doesNotMatch(detailOf((await sign({ prefetch })).body), /medication list/)
  assert.deepEqual(asked, [])
  const failed = { resourceType: 'OperationOutcome', issue: [] }
  assert.match(
    detailOf((await sign({ prefetch: { ...prefetch, medications: failed } })).body),
    /sent no medication list/,
  )
  assert.deepEqual(asked, [])
})

test('a FHIR server that nobody allowed is never called', async () => {
  answer = () => ({ body: patient })
  const { status, body } = await sign({ fhirServer: base.replace('/fhir', '/other') }, 'ehr-9')
  assert.equal(status, 412)
  assert.match(String(body['what']), /not one that Garrod may call/)
  assert.deepEqual(asked, [])
})

test('order-sign does not repeat what order-select told the same user; others hear it', async () => {
  answer = () => ({ body: list([]) })
  const prefetch = { patient: { ...patient, id: 'p1' }, medications: list([]) }
  const context = (userId: string) => ({
    userId,
    patientId: 'p1',
    selections: ['MedicationRequest/f'],
    draftOrders: { resourceType: 'Bundle', entry: [order('f', '4492', 'fluorouracil')] },
  })
  const ask = async (hook: string, userId: string) => {
    const { body } = await call(`${server.url}/cds-services/garrod-${hook}`, 'POST', {
      hook,
      hookInstance: crypto.randomUUID(),
      context: context(userId),
      prefetch,
    })
    return body['cards'] as Card[]
  }
  const [first] = await ask('order-select', 'Practitioner/1')
  assert.ok(first)
  const again = await ask('order-sign', 'Practitioner/1')
  assert.equal(again.length, first.indicator === 'critical' ? 1 : 0)
  await call(`${server.url}/cds-services/garrod-order-select/feedback`, 'POST', {
    feedback: [{ card: first.uuid, outcome: 'overridden', outcomeTimestamp: '2026-11-22T09:30:00Z' }],
  })
  assert.deepEqual(await ask('order-sign', 'Practitioner/1'), [])
  assert.equal((await ask('order-sign', 'Practitioner/2')).length, 1)
})

test('a site mutes a drug, and the report counts what was held back', async () => {
  const prefetch = { patient: { ...patient, id: 'p1' }, medications: null }
  const setting = { of: 'drug', value: 'clopidogrel', evenCritical: true, reason: 'pilot ward' }
  const set = await call(`${server.url}/api/cds/settings`, 'PUT', setting)
  assert.equal(set.status, 200)
  assert.deepEqual((await sign({ prefetch })).body['cards'], [])
  const report = (await call(`${server.url}/api/cds/report`)).body as unknown as {
    rule: string
    pack: string
    muted: number
    shown: number
  }[]
  const line = report.find((one) => one.rule === 'cpic-clopidogrel-cyp2c19-im-acs-pci')
  assert.equal(line?.muted, 1)
  assert.ok(line.shown > 0)
  assert.match(line.pack, /^cpic/)
  const gone = await call(`${server.url}/api/cds/settings?of=drug&value=clopidogrel`, 'DELETE')
  assert.equal(gone.status, 200)
  assert.equal(((await sign({ prefetch })).body['cards'] as Card[]).length, 1)
  assert.equal((await call(`${server.url}/api/cds/settings?of=drug&value=clopidogrel`, 'DELETE')).status, 404)
  assert.equal(
    (await call(`${server.url}/api/cds/settings`, 'PUT', { ...setting, of: 'indicator', value: 'loud' }))
      .status,
    400,
  )
})
