import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Resource } from '../../src/record/resource.ts'
import type { Criterion, ResourceQuery } from '../../src/record/resource-query.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import { ACT_CODE } from '../../src/safeguard/consent/consent-codes.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { ResourceWrite } from '../../src/store/resources/resource-store.ts'
import type { Store } from '../../src/store/store.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import { access, caller } from '../support/access.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const TENANT = tenantId('main')
const PERSON = patientId('p1')
const ACT = { at: '2026-11-22T09:00:00.000Z', by: 'test' }
const GDIS = `${ACT_CODE}|GDIS`
let store: Store

const observation = (id: string, code: string, labels: readonly string[]): ResourceWrite => ({
  type: 'Observation',
  id,
  action: 'put',
  compartment: PERSON,
  json: JSON.stringify({ resourceType: 'Observation', id }),
  index: [
    { kind: 'token', param: 'code', system: 'urn:c', code },
    { kind: 'reference', param: 'subject', type: 'Patient', id: PERSON },
  ],
  labels,
  codes: [`urn:c|${code}`],
})

async function say(id: string, status: string, provision: object): Promise<void> {
  const resource: Resource = {
    resourceType: 'Consent',
    id,
    status,
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    provision,
  }
  const write: ResourceWrite = {
    type: 'Consent',
    id,
    action: 'put',
    compartment: PERSON,
    json: JSON.stringify(resource),
    index: [],
    labels: [],
    codes: [],
    consent: compileConsent(resource),
  }
  await store.resources.commit(TENANT, [write], ACT)
}

before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  const details = { id: PERSON, name: 'Anna', sex: 'unknown', birthDate: undefined, identifiers: [] } as const
  await store.patients.add(TENANT, details, ACT)
  await store.resources.commit(
    TENANT,
    [observation('plain', 'a', []), observation('genetic', 'b', [GDIS])],
    ACT,
  )
})
after(async () => {
  await store.close()
  await removeHome(home)
})

const within = () =>
  access.restrictionFor(
    caller({ references: ['Practitioner/1'] }),
    { action: 'search', kind: 'Observation' },
    '2026-11-22T09:30:00Z',
  )
const query = (type: string, criteria: readonly Criterion[] = []): ResourceQuery => ({
  type,
  criteria,
  sort: [],
  count: 10,
  after: undefined,
  total: true,
  within: within(),
})
const found = async (asked: ResourceQuery) => {
  const page = await store.resources.search(TENANT, asked)
  return [
    page.resources
      .map(({ id }) => id)
      .sort()
      .join(),
    page.total,
  ]
}

test('a denial holds for search, total, read, several at once, history, and from the next query on', async () => {
  assert.deepEqual(await found(query('Observation')), ['genetic,plain', 2])
  const began = performance.now()
  await say('c1', 'active', {
    type: 'permit',
    provision: [{ type: 'deny', securityLabel: [{ system: ACT_CODE, code: 'GDIS' }] }],
  })
  assert.deepEqual(await found(query('Observation')), ['plain', 1])
  assert.ok(performance.now() - began < 1000, 'a consent takes effect within a second')
  const genetic = { type: 'Observation', id: 'genetic' }
  assert.equal(await store.resources.read(TENANT, genetic, within()), undefined)
  assert.deepEqual(await store.resources.readMany(TENANT, [genetic], within()), [])
  assert.equal(await store.resources.readVersion(TENANT, genetic, 1, within()), undefined)
  const history = await store.resources.history(
    TENANT,
    { type: 'Observation', id: undefined, since: undefined, at: undefined, count: 10, after: undefined },
    within(),
  )
  assert.deepEqual(
    history.resources.map(({ id }) => id),
    ['plain'],
  )
  await say('c1', 'inactive', { type: 'permit' })
  assert.deepEqual(await found(query('Observation')), ['genetic,plain', 2])
})

test('no chain and no reverse chain tells what is hidden', async () => {
  const hasCode = (code: string): Criterion => ({
    kind: 'has',
    type: 'Observation',
    param: 'subject',
    criteria: [{ kind: 'token', param: 'code', not: false, values: [{ system: 'urn:c', code }] }],
  })
  await store.resources.commit(
    TENANT,
    [
      {
        type: 'Patient',
        id: PERSON,
        action: 'put',
        compartment: PERSON,
        json: JSON.stringify({ resourceType: 'Patient', id: PERSON }),
        index: [],
        labels: [],
        codes: [],
        identity: { id: PERSON, name: 'Anna', sex: 'unknown', birthDate: undefined, identifiers: [] },
      },
    ],
    ACT,
  )
  assert.deepEqual(await found(query('Patient', [hasCode('b')])), [PERSON, 1])
  await say('c2', 'active', {
    type: 'permit',
    provision: [{ type: 'deny', code: { coding: [{ system: 'urn:c', code: 'b' }] } }],
  })
  assert.deepEqual(await found(query('Patient', [hasCode('b')])), ['', 0])
  assert.deepEqual(await found(query('Patient', [hasCode('a')])), [PERSON, 1])
  await say('c2', 'inactive', { type: 'permit' })
})

test('an opt-out hides the person, whatever is asked', async () => {
  await say('c3', 'active', { type: 'deny' })
  for (const type of ['Patient', 'Observation', 'Consent'])
    assert.deepEqual(await found(query(type)), ['', 0], type)
  await say('c3', 'inactive', { type: 'permit' })
})

test('what a person consented to is read as it is obeyed', async () => {
  await say('c4', 'active', { type: 'permit', provision: [{ type: 'deny', purpose: [{ code: 'HMARKT' }] }] })
  const rules = await store.access.consents(TENANT, PERSON)
  assert.deepEqual(
    rules.map(({ id, root, nested }) => [id, root?.type, nested[0]?.purposes]),
    [['c4', 'permit', ['HMARKT']]],
  )
})
