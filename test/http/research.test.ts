import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { resourceWrites } from '../../src/app/exchange/resource-writes.ts'
import type { CountReply } from '../../src/app/research/count-disclosure.ts'
import type { Resource } from '../../src/record/resource.ts'
import { QUESTIONS_PER_WINDOW } from '../../src/safeguard/disclosure/disclosed-count.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

const OMIM = 'http://www.omim.org'
const REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'
let server: TestServer
const pages: Record<string, Record<string, string>> = {}

const condition = (person: string, code: string): Resource => ({
  resourceType: 'Condition',
  id: `${code}-${person}`,
  code: { coding: [{ system: OMIM, code }] },
  subject: { reference: `Patient/${person}` },
})
const consent = (person: string, type: 'permit' | 'deny'): Resource => ({
  resourceType: 'Consent',
  id: `consent-${person}`,
  status: 'active',
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: `Patient/${person}` },
  dateTime: '2026-01-01',
  policyRule: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
        code: type === 'permit' ? 'OPTIN' : 'OPTOUT',
      },
    ],
  },
  provision: { type, purpose: [{ system: REASON, code: 'HRESCH' }] },
})

async function store(person: string, resources: readonly Resource[]): Promise<void> {
  const patient: Resource = { resourceType: 'Patient', id: person, gender: 'female', birthDate: '1980-01-01' }
  const { store, services } = server
  const writes = resourceWrites(services.facts)([patient, ...resources], patientId(person))
  await store.resources.commit(services.tenant, writes, { at: '2026-11-22T00:00:00Z', by: 'test' })
}

before(async () => {
  server = await testServer({ entry: withLogin })
  // 90 with 1001, of whom all but one with 1002 as well; 12 with 1003; 60 with 1004 who denied, 60 who said nothing.
  for (let n = 0; n < 90; n++) {
    const person = `yes-${n}`
    const more = [
      ...(n === 0 ? [] : [condition(person, '1002')]),
      ...(n < 12 ? [condition(person, '1003')] : []),
    ]
    await store(person, [consent(person, 'permit'), condition(person, '1001'), ...more])
  }
  for (let n = 0; n < 60; n++) {
    await store(`no-${n}`, [consent(`no-${n}`, 'deny'), condition(`no-${n}`, '1004')])
    await store(`silent-${n}`, [condition(`silent-${n}`, '1005')])
  }
  for (const [id, role] of [
    ['rolf', 'researcher'],
    ['rita', 'researcher'],
    ['greedy', 'researcher'],
    ['carla', 'clinician'],
  ] as const) {
    await addUser(server, id, [role])
    pages[id] = await signedIn(server.url, id)
  }
})
after(() => server.close())

const ask = (who: string, query: string, type = 'Condition', headers: Record<string, string> = {}) =>
  call(`${server.url}/api/research/counts`, 'POST', { type, query }, { ...pages[who]!, ...headers })
const told = async (who: string, query: string) => (await ask(who, query)).body as unknown as CountReply
const code = (value: string) => `code=${encodeURIComponent(`${OMIM}|${value}`)}`

test('people who consented to research are counted, in steps of twenty', async () => {
  const { people, left } = await told('rolf', code('1001'))
  assert.ok(people.shown, JSON.stringify(people))
  assert.ok(people.atLeast >= 60 && people.atLeast % 20 === 0 && people.atLeast <= 90)
  assert.ok(people.fewerThan > 90)
  assert.equal(left, QUESTIONS_PER_WINDOW - 1)
  const again = await told('rolf', code('1001'))
  assert.deepEqual([again.people, again.left], [people, left], 'the same question has the same answer')
})

test('people are counted by what they are, and by what is true of them', async () => {
  const women = await ask('rita', 'gender=female', 'Patient')
  assert.equal((women.body as unknown as CountReply).people.shown, true, JSON.stringify(women.body))
  assert.deepEqual((await ask('rita', 'gender=male', 'Patient')).body['people'], { shown: false })
  assert.deepEqual((await told('rita', 'subject:Patient.gender=male')).people, { shown: false })
})

test('fewer than twenty, nobody, who denied and who said nothing look alike', async () => {
  for (const value of ['1003', '1004', '1005', '9999'])
    assert.deepEqual((await told('rita', code(value))).people, { shown: false }, value)
})

test('the same people without one, or in other words, are not counted again', async () => {
  assert.deepEqual((await told('rolf', code('1002'))).people, { shown: false })
  assert.deepEqual((await told('rolf', `${code('1001')}&code:not=x`)).people, { shown: false })
  const atOnce = await Promise.all([told('greedy', code('1001')), told('greedy', code('1002'))])
  assert.equal(atOnce.filter(({ people }) => people.shown).length, 1, 'nor when both are asked at once')
})

test('nobody is asked for by who they are', async () => {
  for (const query of [
    '_id=1001-yes-1',
    'patient=yes-1',
    'subject=Patient/yes-1',
    'subject:Patient.identifier=x|y',
    'subject:Patient.name=x',
    'subject:Patient._id=yes-1',
  ])
    assert.equal((await ask('rita', query)).body['code'], 'RESEARCH_IDENTITY', query)
  assert.equal((await ask('rita', 'name=x', 'Patient')).body['code'], 'RESEARCH_IDENTITY')
  assert.equal((await ask('rita', 'nonsense=x')).body['code'], 'SEARCH_PARAMETER_UNKNOWN')
  assert.equal((await ask('rita', '', 'Nonsense')).status, 404)
})

test('for research alone', async () => {
  assert.equal((await ask('carla', code('1001'))).status, 403)
  assert.equal((await ask('rolf', code('1001'), 'Condition', { 'purpose-of-use': 'TREAT' })).status, 403)
  assert.equal((await call(`${server.url}/api/research/counts`, 'POST', { type: 'Condition' })).status, 401)
})

test('an operation that counts exactly is not for research', async () => {
  const asked = '$find-population-specific-variants?variants=NM_001195248.2:c.1del&includePatientList=true'
  for (const headers of [pages['rolf']!, { ...pages['carla']!, 'purpose-of-use': 'HRESCH' }])
    assert.equal((await call(`${server.url}/fhir/R4/${asked}`, 'GET', undefined, headers)).status, 403)
})

test('the questions of a month are counted, and the next is refused with what to do', async () => {
  const { store, services } = server
  for (let n = 0; n < QUESTIONS_PER_WINDOW; n++) {
    const told = { question: `q${n}`, askedAt: '2026-11-01T00:00:00.000Z', shown: undefined, members: [] }
    await store.access.keepCount(services.tenant, 'user/greedy', told)
  }
  const answer = await ask('greedy', 'clinical-status=active')
  assert.deepEqual([answer.status, answer.body['code']], [429, 'RESEARCH_BUDGET'])
  assert.equal((await ask('greedy', code('1001'))).status, 200, 'what was asked before is answered')
  const old = { question: 'old', askedAt: '2026-10-01T00:00:00.000Z', shown: undefined, members: [] }
  for (let n = 0; n < QUESTIONS_PER_WINDOW; n++)
    await store.access.keepCount(services.tenant, 'user/rita', { ...old, question: `old${n}` })
  assert.equal((await ask('rita', 'clinical-status=active')).status, 200, 'older ones count no more')
})

test('in the audit log are the names of what was asked, not the values', async () => {
  const rows = await server.store.audit.find(server.services.tenant, { agents: ['user/rolf'] }, 100)
  const counts = rows.filter(({ leaf }) => leaf.includes('"code":"count"'))
  assert.ok(counts.length >= 4, String(counts.length))
  assert.ok(counts.every(({ leaf }) => !leaf.includes('1001')))
})
