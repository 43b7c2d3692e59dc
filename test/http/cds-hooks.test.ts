import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Card } from '../../src/deliver/cds-hooks/card.ts'
import { entryOf } from '../../src/safeguard/audit/audit-event.ts'
import { patientId } from '../../src/terms/ids.ts'
import { DiscoveryRules, ResponseRules } from '../support/card-rules.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { needs, sharedData } from '../support/shared-data.ts'

let server: TestServer
before(async () => {
  server = await testServer({}, { hosts: [], cdsOrigins: ['https://ehr.example.org'] })
  await call(`${server.url}/api/patients`, 'POST', {
    id: 'p1',
    name: 'Example Person One',
    birthDate: '1980-01-01',
    identifiers: [{ system: 'urn:oid:1.2', value: 'MRN-1' }],
  })
})
after(() => server.close())

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const order = (id: string, code: string, text: string) => ({
  resource: {
    resourceType: 'MedicationRequest',
    id,
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: { coding: [{ system: RXNORM, code }], text },
  },
})
const clopidogrel = order('a', '32968', 'clopidogrel 75 MG Oral Tablet')

function signing(change: Record<string, unknown> = {}, context: Record<string, unknown> = {}) {
  return {
    hook: 'order-sign',
    hookInstance: '8e67dbac-ca68-44cf-a957-06c310d76bb8',
    context: {
      userId: 'Practitioner/1',
      patientId: 'p1',
      draftOrders: { resourceType: 'Bundle', entry: [clopidogrel] },
      ...context,
    },
    ...change,
  }
}

async function cards(body: unknown, service = 'garrod-order-sign'): Promise<readonly Card[]> {
  const answer = await call(`${server.url}/cds-services/${service}`, 'POST', body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  ResponseRules.parse(answer.body)
  return answer.body['cards'] as Card[]
}

test('discovery is as the standard describes it', async () => {
  const { status, body } = await call(`${server.url}/cds-services`)
  assert.equal(status, 200)
  DiscoveryRules.parse(body)
})

test('order-sign without prefetch, of a person known here: the card, and a remark on the missing list', async () => {
  const [card, ...others] = await cards(signing())
  assert.equal(others.length, 0)
  assert.equal(card?.indicator, 'critical')
  assert.match(card.detail!, /sent no medication list/)
  assert.equal(card.links?.[0].url, `${server.url}/patients/p1`)
  const [remove] = card.suggestions![0].actions
  assert.deepEqual(remove, {
    type: 'delete',
    description: 'Delete the draft order of clopidogrel',
    resourceId: 'MedicationRequest/a',
  })
})

test('order-sign looks at every order, order-select at the selected ones', async () => {
  const draftOrders = {
    resourceType: 'Bundle',
    entry: [clopidogrel, order('b', '4492', 'fluorouracil'), order('c', '519', 'allopurinol')],
  }
  assert.equal((await cards(signing({}, { draftOrders }))).length, 2)
  const selecting = signing({ hook: 'order-select' }, { draftOrders, selections: ['MedicationRequest/b'] })
  const selected = await cards(selecting, 'garrod-order-select')
  assert.equal(selected.length, 1)
  assert.match(selected[0]!.summary, /fluorouracil/)
})

test('no card: a drug that suits, a drug without guideline, a drug nobody knows, an order just opened', async () => {
  for (const entry of [
    order('x', '519', 'allopurinol'),
    order('x', '6809', 'metformin'),
    order('x', '617993', 'Amoxicillin 120 MG/ML Oral Suspension'),
    { resource: { resourceType: 'MedicationRequest', id: 'x', status: 'draft' } },
    { resource: { resourceType: 'NutritionOrder', id: 'x' } },
  ])
    assert.deepEqual(
      await cards(signing({}, { draftOrders: { resourceType: 'Bundle', entry: [entry] } })),
      [],
    )
  assert.deepEqual(await cards(signing({}, { draftOrders: { resourceType: 'Bundle' } })), [])
})

test('a product code that the pack lacks is understood by its text', async () => {
  const draftOrders = { resourceType: 'Bundle', entry: [order('a', '99999999', 'Plavix 75 mg')] }
  assert.equal((await cards(signing({}, { draftOrders }))).length, 1)
})

test('an order whose code and name disagree: a warning, and no advice', async () => {
  const draftOrders = { resourceType: 'Bundle', entry: [order('a', '11289', 'clopidogrel')] }
  const [card, ...others] = await cards(signing({}, { draftOrders }))
  assert.equal(others.length, 0)
  assert.match(card!.summary, /^Not checked against the genotype/)
})

test('patient-view: one card on drugs now taken; drugs that the EHR knows count', async () => {
  const viewing = {
    ...signing({ hook: 'patient-view' }),
    context: { userId: 'Practitioner/1', patientId: 'p1' },
  }
  const medications = { resourceType: 'Bundle', type: 'searchset', entry: [clopidogrel] }
  const [card, ...others] = await cards({ ...viewing, prefetch: { medications } }, 'garrod-patient-view')
  assert.equal(others.length, 0)
  assert.match(card!.summary, /clopidogrel/)
  assert.doesNotMatch(card!.detail!, /medication list/)
})

test('a person unknown here by id: found by an identifier, else 412 or no card', async () => {
  const unknown = { patientId: 'ehr-9' }
  const missing = await call(`${server.url}/cds-services/garrod-order-sign`, 'POST', signing({}, unknown))
  assert.deepEqual([missing.status, missing.body['code']], [412, 'CDS_PREFETCH_MISSING'])
  for (const patient of [null, { resourceType: 'OperationOutcome', issue: [] }]) {
    const answer = await call(
      `${server.url}/cds-services/garrod-order-sign`,
      'POST',
      signing({ prefetch: { patient } }, unknown),
    )
    assert.equal(answer.status, 412)
  }
  const known = {
    resourceType: 'Patient',
    id: 'ehr-9',
    birthDate: '1980-01-01',
    identifier: [{ system: 'urn:oid:1.2', value: 'MRN-1' }],
  }
  assert.equal((await cards(signing({ prefetch: { patient: known } }, unknown))).length, 1)
  const stranger = { ...known, identifier: [{ system: 'urn:oid:9.9', value: 'MRN-1' }] }
  assert.deepEqual(await cards(signing({ prefetch: { patient: stranger } }, unknown)), [])
})

test('the same id but another birth date: nothing is said about the drug, and why', async () => {
  const patient = { resourceType: 'Patient', id: 'p1', birthDate: '1955-05-05' }
  const [card, ...others] = await cards(signing({ prefetch: { patient } }))
  assert.equal(others.length, 0)
  assert.match(card!.summary, /birth date/)
  const same = { ...patient, birthDate: '1980' }
  assert.match((await cards(signing({ prefetch: { patient: same } })))[0]!.summary, /clopidogrel/)
})

test('the Patient of another person was sent: nothing is said about the drug, and why', async () => {
  const patient = { resourceType: 'Patient', id: 'p2', birthDate: '1980-01-01' }
  const [card, ...others] = await cards(signing({ prefetch: { patient } }))
  assert.equal(others.length, 0)
  assert.match(card!.summary, /Patient of another/)
})

test('a combination product is understood by the ingredients its text names', async () => {
  for (const text of [
    'aspirin 81 MG / clopidogrel bisulfate 75 MG Oral Tablet',
    'clopidogrel-aspirin 75-81 mg',
  ]) {
    const draftOrders = { resourceType: 'Bundle', entry: [order('c', '99999999', text)] }
    assert.match((await cards(signing({}, { draftOrders })))[0]!.summary, /clopidogrel/)
  }
})

test('refused: malformed calls 400, an unknown service 404, another hook 400', async () => {
  const post = (service: string, body: unknown) => call(`${server.url}/cds-services/${service}`, 'POST', body)
  assert.equal((await post('garrod-order-sign', '{')).status, 400)
  assert.equal((await post('garrod-order-sign', {})).status, 400)
  assert.equal((await post('garrod-order-select', signing())).status, 400)
  assert.equal((await post('nothing', signing())).status, 404)
  const fault = await post('garrod-order-sign', { ...signing(), hookInstance: 'x' })
  assert.deepEqual([fault.status, fault.body['where']], [400, 'request.hookInstance'])
})

test('feedback is stored with the card it is about, once', async () => {
  const [card] = await cards(signing())
  const url = `${server.url}/cds-services/garrod-order-sign/feedback`
  const item = {
    card: card!.uuid,
    outcome: 'overridden',
    overrideReason: {
      reason: { code: 'tolerated-before', system: 'urn:garrod:override-reasons' },
      userComment: 'for years',
    },
    outcomeTimestamp: '2026-11-22T09:31:00Z',
  }
  assert.equal((await call(url, 'POST', { feedback: [item] })).status, 200)
  assert.equal((await call(url, 'POST', { feedback: [item] })).status, 200)
  const stored = await server.store.cards.list({
    tenant: server.services.tenant,
    patient: patientId('p1'),
  })
  assert.equal(stored.length, 1)
  assert.equal(stored[0]?.overrideReason?.code, 'tolerated-before')
  assert.deepEqual(stored[0]?.rules, [
    'cpic-clopidogrel-cyp2c19-im-acs-pci',
    'dpwg-clopidogrel-cyp2c19-im-pci',
  ])
  const { store, services } = server
  const [newest] = await store.audit.find(services.tenant, {}, 1)
  assert.deepEqual(
    entryOf(JSON.parse(newest!.leaf)).patients,
    ['p1'],
    'whose card it was is in the audit log',
  )
  const unknown = { ...item, card: '4e0a3a1e-3283-4575-ab82-028d55fe2719' }
  assert.equal((await call(url, 'POST', { feedback: [unknown] })).status, 404)
  assert.equal((await call(url, 'POST', { feedback: [] })).status, 400)
})

test('browsers: EHRs on this machine and named ones may call, others may not', async () => {
  const url = `${server.url}/cds-services/garrod-order-sign`
  for (const origin of ['http://localhost:8080', 'http://127.0.0.1:3000', 'https://ehr.example.org']) {
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    assert.equal(asked.status, 204)
    assert.equal(asked.headers.get('access-control-allow-origin'), origin)
    assert.match(asked.headers.get('access-control-allow-headers')!, /Content-Type, Authorization/)
    const answer = await call(url, 'POST', signing(), { origin })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('access-control-allow-origin'), origin)
  }
  const foreign = await call(url, 'POST', signing(), { origin: 'https://example.com' })
  assert.deepEqual([foreign.status, foreign.body['code']], [403, 'CROSS_SITE'])
  assert.equal(foreign.headers.get('access-control-allow-origin'), null)
})

const CAPTURES = 'interop/cds-hooks/sandbox-captures'
test('requests captured from the CDS Hooks Sandbox are taken', { skip: needs(CAPTURES) }, async () => {
  for (const [file, service] of [
    ['patient-view.json', 'garrod-patient-view'],
    ['order-select.json', 'garrod-order-select'],
    ['order-sign.json', 'garrod-order-sign'],
  ] as const) {
    const body = JSON.parse(readFileSync(sharedData(`${CAPTURES}/${file}`)!, 'utf8')) as Record<
      string,
      unknown
    >
    assert.deepEqual(await cards(body, service), [])
  }
})
