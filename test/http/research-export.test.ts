import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { resourceWrites } from '../../src/app/exchange/resource-writes.ts'
import type { Resource } from '../../src/record/resource.ts'
import { entryOf } from '../../src/safeguard/audit/audit-event.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

const ICD = 'http://hl7.org/fhir/sid/icd-10-cm'
let server: TestServer
const pages: Record<string, Record<string, string>> = {}

const condition = (person: string, code: string): Resource => ({
  resourceType: 'Condition',
  id: `${code.replace('.', '-')}-${person}`,
  code: { coding: [{ system: ICD, code }] },
  subject: { reference: `Patient/${person}` },
})
const consent = (person: string): Resource => ({
  resourceType: 'Consent',
  id: `consent-${person}`,
  status: 'active',
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: `Patient/${person}` },
  dateTime: '2026-01-01',
  policyRule: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }],
  },
  provision: {
    type: 'permit',
    purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HRESCH' }],
  },
})
async function store(person: string, resources: readonly Resource[]): Promise<void> {
  const patient: Resource = { resourceType: 'Patient', id: person, gender: 'female', birthDate: '1980-01-01' }
  const { store, services } = server
  const writes = resourceWrites(services.facts)([patient, ...resources], patientId(person))
  await store.resources.commit(services.tenant, writes, { at: '2026-11-22T00:00:00Z', by: 'test' })
}

before(async () => {
  server = await testServer({ entry: withLogin })
  for (let n = 0; n < 24; n++) await store(`yes-${n}`, [consent(`yes-${n}`), condition(`yes-${n}`, 'I10')])
  await store('silent', [condition('silent', 'I10')])
  await addUser(server, 'rolf', ['researcher'])
  await addUser(server, 'carla', ['clinician'])
  for (const id of ['rolf', 'carla']) pages[id] = await signedIn(server.url, id)
})
after(() => server.close())

const kickOff = (who: string, path: string) =>
  call(`${server.url}/fhir/R4/${path}`, 'GET', undefined, { ...pages[who]!, prefer: 'respond-async' })

async function exported(who: string, path: string) {
  const kick = await kickOff(who, path)
  assert.equal(kick.status, 202, JSON.stringify(kick.body))
  const location = kick.headers.get('content-location')!
  for (;;) {
    const answered = await call(location, 'GET', undefined, pages[who]!)
    if (answered.status !== 202) return answered
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const jobEntries = async () =>
  (await server.store.audit.find(server.services.tenant, {}, 200))
    .map(({ leaf }) => entryOf(JSON.parse(leaf)))
    .filter(({ kind }) => kind === 'job')

test('an export without identifiers comes with how people hide in it', async () => {
  const { status, body, headers } = await exported('rolf', 'Patient/$export?_type=Condition')
  assert.equal(status, 200, JSON.stringify(body))
  const { anonymity } = body['extension'] as { anonymity: Record<string, unknown> }
  assert.deepEqual(
    { ...anonymity },
    {
      records: 24,
      classes: 1,
      k: 24,
      unique: 0,
      below5: 0,
      below11: 0,
      maximumRisk: 1 / 24,
      meanRisk: 1 / 24,
      by: ['Condition.code'],
    },
    'who said nothing of research is not in it',
  )
  assert.equal(headers.get('redisclosure-notice'), null)
  assert.deepEqual(await jobEntries(), [], 'nobody is named by it')
})

test('an export that would tell somebody from fewer than twenty is not made', async () => {
  await store('yes-0', [consent('yes-0'), condition('yes-0', 'I10'), condition('yes-0', 'Q87.4')])
  const { status, body } = await exported('rolf', 'Patient/$export?_type=Condition')
  assert.equal(status, 403, JSON.stringify(body))
  assert.match(JSON.stringify(body), /EXPORT_IDENTIFIABLE/)
})

test('nobody is chosen for an export without identifiers', async () => {
  const one = encodeURIComponent('Condition?subject=Patient/yes-0')
  for (const path of [
    `Patient/$export?_type=Condition&_typeFilter=${one}`,
    'Patient/$export?_type=Condition&_since=2026-11-01T00:00:00Z',
  ]) {
    const { status, body } = await kickOff('rolf', path)
    assert.equal(status, 400, path)
    assert.match(JSON.stringify(body), /EXPORT_NARROWED/)
  }
  assert.equal((await kickOff('rolf', 'Patient/$export?_type=Patient')).status, 403)
})

test('42 CFR Part 2: the notice is on the manifest and the files where such records are in them', async () => {
  await store('sue', [condition('sue', 'F11.20')])
  for (const [path, there] of [
    ['Patient/$export?_type=Condition', true],
    ['Patient/$export?_type=Patient', false],
  ] as const) {
    const { body, headers } = await exported('carla', path)
    assert.equal(headers.get('redisclosure-notice') !== null, there, path)
    assert.equal(/42 CFR Part 2/.test(JSON.stringify(body['extension'] ?? '')), there)
    const [{ url }] = body['output'] as [{ url: string }]
    const file = await fetch(url, { headers: pages['carla']! })
    assert.equal(file.headers.get('redisclosure-notice') !== null, there)
  }
})

test('an export with identifiers names the people in the audit entry of its job', async () => {
  const entries = await jobEntries()
  const named = entries.find(({ interaction }) => interaction === 'bulk-export')
  assert.ok(named)
  assert.ok(named.patients.includes(patientId('sue')))
  assert.deepEqual(
    [named.outcome, named.who.id, named.who.roles.join()],
    ['success', 'job:bulk-export', 'system'],
  )
})
