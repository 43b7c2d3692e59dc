import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { resourceWrites } from '../../src/app/exchange/resource-writes.ts'
import type { FeasibilityReply } from '../../src/app/trials/feasibility-routes.ts'
import type { Resource } from '../../src/record/resource.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'
import { KRAS_TRIAL, lungOf, womanOf } from '../support/trial-person.ts'

let server: TestServer
const pages: Record<string, Record<string, string>> = {}

const research = (person: string): Resource => ({
  resourceType: 'Consent',
  id: `consent-${person}`,
  status: 'active',
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: `Patient/${person}` },
  dateTime: '2026-01-01',
  policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
  provision: {
    type: 'permit',
    purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HRESCH' }],
  },
})

const trial = {
  ...KRAS_TRIAL,
  protocol: '22-500',
  clauses: [
    {
      path: 'trial',
      criterion: {
        kind: 'all',
        of: [
          { kind: 'diagnosis', name: 'Lung Adenocarcinoma' },
          { kind: 'sex', sex: 'female' },
        ],
      },
    },
  ],
}

before(async () => {
  server = await testServer({ entry: withLogin })
  const { store, services } = server
  // 90 women with the tumour and 7 men with it, all of whom consented to research; 30 women who did not.
  const people = Array.from({ length: 127 }, (_, i) => ({
    id: `f${i}`,
    gender: i >= 90 && i < 97 ? 'male' : 'female',
    consents: i < 97,
  }))
  for (const { id, gender, consents } of people) {
    const resources = [
      womanOf(id, { gender }),
      { ...lungOf(id), id: `lung-${id}` },
      ...(consents ? [research(id)] : []),
    ]
    const writes = resourceWrites(services.facts)(resources as Resource[], patientId(id))
    await store.resources.commit(services.tenant, writes, { at: '2026-11-22T00:00:00Z', by: 'test' })
  }
  for (const [id, role] of [
    ['carla', 'clinician'],
    ['rolf', 'researcher'],
    ['ada', 'administrator'],
    ['lab', 'laboratory'],
  ] as const) {
    await addUser(server, id, [role])
    pages[id] = await signedIn(server.url, id)
  }
  const { status } = await call(`${server.url}/api/trials`, 'POST', [trial], pages['ada'])
  assert.equal(status, 200)
})
after(() => server.close())

const ask = (who: string, study = 'trial-22-500') =>
  call(`${server.url}/api/trials/${study}/feasibility`, 'GET', undefined, pages[who])

test('who treats is told exactly, with what each criterion costs and who may enter', async () => {
  const { status, body } = await ask('carla')
  assert.equal(status, 200, JSON.stringify(body))
  const { people, research: isResearch, clauses } = body as unknown as FeasibilityReply
  assert.deepEqual([people, isResearch], [127, false])
  const [clause] = clauses
  assert.deepEqual([clause!.met, clause!.unknown, clause!.eligible!.length], [120, 0, 120])
  assert.deepEqual(
    clause!.criteria.map(({ criterion, met, costs }) => [criterion, met, costs]),
    [
      ['Lung Adenocarcinoma', 127, 0],
      ['female', 120, 7],
    ],
  )
})

test('research is told nothing under twenty, nothing from which it follows, nobody by name, and of those who consented alone', async () => {
  const { status, body } = await ask('rolf')
  assert.equal(status, 200, JSON.stringify(body))
  const { people, research: isResearch, clauses } = body as unknown as FeasibilityReply
  assert.equal(isResearch, true)
  assert.ok(typeof people === 'object' && people.shown && people.atLeast <= 97 && people.fewerThan > 97)
  const [clause] = clauses
  assert.equal(clause!.eligible, undefined)
  assert.equal(JSON.stringify(body).includes('"f1'), false)
  const [, female] = clause!.criteria
  assert.deepEqual(female!.costs, { shown: false }, 'seven people are not counted aloud')
  // 97 with the tumour, 90 of them women: told side by side, the difference would tell the seven.
  const counts = [people, clause!.met, ...clause!.criteria.map(({ met }) => met)]
  assert.equal(counts.filter((one) => typeof one === 'object' && one.shown).length, 1)
  assert.deepEqual((await ask('rolf')).body, body, 'the same question has the same answer')
})

test('who neither treats nor does research is refused; a trial that is not there is not found', async () => {
  assert.equal((await ask('lab')).status, 403)
  assert.equal((await call(`${server.url}/api/trials/trial-22-500/feasibility`)).status, 401)
  assert.equal((await ask('carla', 'nothing')).status, 404)
})
