import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Resource } from '../../src/record/resource.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import { ACT_CODE } from '../../src/safeguard/consent/consent-codes.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

let server: TestServer
let now = new Date('2026-11-22T09:30:00Z')
const pages: Record<string, Record<string, string>> = {}
const act = { at: '2026-11-22T09:00:00.000Z', by: 'test' }

before(async () => {
  server = await testServer({ entry: withLogin, now: () => now })
  const { store, services } = server
  for (const [id, name] of [
    ['p1', 'Anna One'],
    ['p2', 'Bert Two'],
  ] as const) {
    await store.patients.add(
      services.tenant,
      { id: patientId(id), name, sex: 'unknown', birthDate: undefined, identifiers: [] },
      act,
    )
  }
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  await addUser(server, 'rese', ['researcher'])
  await addUser(server, 'offi', ['privacy-officer'])
  await addUser(server, 'pati', ['patient'], 'Patient/p1')
  for (const user of ['clin', 'rese', 'offi', 'pati']) pages[user] = await signedIn(server.url, user)
})
after(() => server.close())

const ask = (
  user: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: unknown,
) => call(`${server.url}${path}`, method, body, { ...pages[user]!, ...headers })

/** Writes a Consent of p1 beside its rows, as the FHIR server does. */
async function consent(id: string, provision: object | undefined): Promise<void> {
  const resource: Resource = {
    resourceType: 'Consent',
    id,
    status: provision === undefined ? 'inactive' : 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    ...(provision === undefined ? {} : { provision }),
  }
  await server.store.resources.commit(
    server.services.tenant,
    [
      {
        type: 'Consent',
        id,
        action: 'put',
        compartment: patientId('p1'),
        json: JSON.stringify(resource),
        index: [],
        labels: [],
        codes: [],
        consent: compileConsent(resource),
      },
    ],
    act,
  )
}

const names = async (user: string) => {
  const { body } = await ask(user, '/api/patients')
  return [(body['patients'] as { id: string }[]).map(({ id }) => id).join(), body['total']]
}

test('each role sees what it may', async () => {
  assert.deepEqual(await names('clin'), ['p1,p2', 2])
  assert.deepEqual(await names('pati'), ['p1', 1])
  for (const user of ['rese']) {
    const { status, body } = await ask(user, '/api/patients')
    assert.deepEqual([status, body['code']], [403, 'ACCESS_DENIED'])
  }
  assert.equal((await ask('pati', '/api/patients/p1')).status, 200)
  assert.equal((await ask('pati', '/api/patients/p2')).status, 403)
  assert.equal((await ask('clin', '/api/cds/settings')).status, 403)
  assert.equal((await ask('clin', '/api/patients', { 'purpose-of-use': 'LEGAL' })).status, 403)
})

test('consent is obeyed in lists, totals and pages, from the next request on', async () => {
  await consent('c1', {
    type: 'permit',
    provision: [{ type: 'deny', actor: [{ reference: { reference: 'Practitioner/clin' } }] }],
  })
  assert.deepEqual(await names('clin'), ['p2', 1])
  assert.equal((await ask('clin', '/api/patients/p1')).status, 404)
  assert.equal((await ask('clin', '/api/patients/p1/plan')).status, 404)
  assert.deepEqual((await ask('clin', '/api/patients?search=anna')).body['total'], 0)
  assert.equal(
    (await ask('pati', '/api/patients/p1')).status,
    200,
    'a person sees their own record all the same',
  )
  await consent('c1', undefined)
  assert.deepEqual(await names('clin'), ['p1,p2', 2])
})

test('genetic data may be withheld while the person is seen', async () => {
  const gdis = { system: ACT_CODE, code: 'GDIS' }
  await consent('c2', { type: 'permit', provision: [{ type: 'deny', securityLabel: [gdis] }] })
  assert.equal((await ask('clin', '/api/patients/p1')).status, 200)
  const { status, body } = await ask('clin', '/api/patients/p1/plan')
  assert.deepEqual([status, body['code']], [403, 'ACCESS_DENIED'])
  const why = await ask(
    'clin',
    `/api/access/why?patient=p1&kind=Observation&label=${encodeURIComponent(`${ACT_CODE}|GDIS`)}`,
  )
  assert.equal(why.body['allow'], false)
  assert.match(String(why.body['because']), /Consent\/c2 denies it/)
  const other = await ask('clin', '/api/access/why?patient=p1&kind=Observation')
  assert.equal(other.body['allow'], true)
  await consent('c2', undefined)
  assert.equal((await ask('clin', '/api/patients/p1/plan')).status, 200)
})

test('why something is refused', async () => {
  const { body } = await ask('rese', '/api/access/why?kind=Patient')
  assert.equal(body['allow'], false)
  assert.match(String(body['because']), /nothing permits the role researcher to read Patient/)
  const legal = await ask('clin', '/api/access/why?kind=Patient', { 'purpose-of-use': 'LEGAL' })
  const [policy] = legal.body['policies'] as { id: string }[]
  assert.equal(policy?.id, 'no-legal-proceeding')
})

test('breaking the glass: second factor, one person, sixty minutes, review', async () => {
  await consent('c3', { type: 'deny' })
  assert.equal((await ask('clin', '/api/patients/p1')).status, 404)
  const reason = { patient: 'p1', reason: 'life-threat', explanation: 'Unconscious, drugs unknown' }
  const without = await ask('clin', '/api/access/break-glass', {}, 'POST', reason)
  assert.deepEqual([without.status, without.body['code']], [403, 'ACCESS_DENIED'])
  // The sign-in with a second factor has its own test; here the grant is what it leads to.
  const { store, services } = server
  await store.access.breakGlass(services.tenant, {
    id: 'g1',
    to: 'user/clin',
    patient: patientId('p1'),
    reason: 'life-threat',
    explanation: 'Unconscious, drugs unknown',
    grantedAt: '2026-11-22T09:30:00.000Z',
    until: '2026-11-22T10:30:00.000Z',
  })
  const emergency = { 'purpose-of-use': 'ETREAT' }
  assert.equal((await ask('clin', '/api/patients/p1')).status, 404, 'usual work stays as it was')
  assert.equal((await ask('clin', '/api/patients/p1', emergency)).status, 200)
  assert.equal((await ask('clin', '/api/patients/p1/plan', emergency)).status, 200)
  assert.equal((await ask('clin', '/api/patients/p1', { 'purpose-of-use': 'LEGAL' })).status, 403)
  now = new Date('2026-11-22T10:30:00Z')
  // A session of half an hour ended meanwhile.
  pages['clin'] = await signedIn(server.url, 'clin')
  pages['offi'] = await signedIn(server.url, 'offi')
  assert.equal((await ask('clin', '/api/patients/p1', emergency)).status, 404, 'the grant has ended')

  assert.equal((await ask('clin', '/api/access/break-glass')).status, 403)
  const queue = await ask('offi', '/api/access/break-glass')
  const [grant] = queue.body['grants'] as Record<string, unknown>[]
  assert.deepEqual(
    [grant?.['id'], grant?.['state'], grant?.['explanation']],
    ['g1', 'to-review', 'Unconscious, drugs unknown'],
  )
  assert.equal(await store.access.unreviewed(services.tenant, '2026-11-22T09:30:00.000Z'), 0)
  assert.equal(await store.access.unreviewed(services.tenant, '2026-11-22T09:30:00.001Z'), 1)
  const reviewed = await ask('offi', '/api/access/break-glass/g1/review', {}, 'POST', {
    outcome: 'appropriate',
  })
  assert.equal(reviewed.status, 200)
  const again = await ask('offi', '/api/access/break-glass/g1/review', {}, 'POST', {
    outcome: 'inappropriate',
  })
  assert.deepEqual([again.status, again.body['code']], [409, 'BREAK_GLASS_REVIEWED'])
})

test('nobody reviews their own', async () => {
  const { store, services } = server
  const review = { at: '2026-11-22T11:00:00.000Z', by: 'user/clin', outcome: 'appropriate' } as const
  const grant = {
    id: 'g2',
    to: 'user/clin',
    patient: patientId('p2'),
    reason: 'life-threat',
    explanation: 'x',
  }
  await store.access.breakGlass(services.tenant, { ...grant, grantedAt: act.at, until: act.at })
  await assert.rejects(store.access.review(services.tenant, 'g2', review), { code: 'BREAK_GLASS_OWN' })
  await assert.rejects(store.access.review(services.tenant, 'none', review), { code: 'BREAK_GLASS_UNKNOWN' })
})
