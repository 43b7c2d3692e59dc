import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { KeptTrialAnswer } from '../../src/app/trials/person-trials.ts'
import { REMATCH_ALL } from '../../src/app/trials/rematch-job.ts'
import type { PersonTrialsReply } from '../../src/app/trials/trial-routes.ts'
import { watchId } from '../../src/app/trials/trial-watch.ts'
import type { Resource } from '../../src/record/resource.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'
import { ecogOf, KRAS_TRIAL, keepAll, krasG12C, lungOf, womanOf } from '../support/trial-person.ts'
import { trialsSettled } from '../support/trials-settled.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

const api = (path: string) => `${server.url}/api/${path}`
const fhir = (path: string) => `${server.url}/fhir/R4/${path}`

const kras = KRAS_TRIAL
const boston = kras.sites[0]!.position
const women = {
  protocol: '22-200',
  status: 'open to accrual',
  clauses: [{ criterion: { kind: 'sex', sex: 'female' } }],
}
const tp53 = {
  protocol: '22-300',
  status: 'open to accrual',
  phases: ['phase-1'],
  clauses: [{ criterion: { kind: 'wild-type', gene: 'TP53' } }],
}

const [patient, lung, ecog] = [womanOf, lungOf, ecogOf]
const keep = (...resources: Resource[]) => keepAll(server.url, resources)

async function load(...trials: object[]): Promise<void> {
  const { status, body } = await call(api('trials'), 'POST', trials)
  assert.equal(status, 200, JSON.stringify(body))
}

async function trialsOf(id: string, query = ''): Promise<readonly KeptTrialAnswer[]> {
  const { status, body } = await call(api(`patients/${id}/trials${query}`))
  assert.equal(status, 200, JSON.stringify(body))
  return (body as unknown as PersonTrialsReply).trials
}

/** Verdict by protocol number. */
const verdicts = (trials: readonly KeptTrialAnswer[]) =>
  Object.fromEntries(trials.map(({ protocol, verdict }) => [protocol, verdict]))

test('trials of a person of the record: met, and unknown with what is missing and the least test', async () => {
  await load(kras, women, tp53)
  await keep(patient('t1'), lung('t1'), krasG12C('t1'))
  const found = await trialsOf('t1')
  assert.deepEqual(verdicts(found), { '22-200': 'met', '22-100': 'unknown', '22-300': 'unknown' })
  const [, first] = found
  assert.deepEqual(first!.clauses[0]!.reasons.find(({ missing }) => missing !== undefined)?.missing, {
    datum: 'performance',
    settledBy: 'assess the ECOG performance status',
  })
  await keep(ecog('t1', 1))
  assert.equal(verdicts(await trialsOf('t1'))['22-100'], 'met')
  // TP53 was never tested: nothing on record makes it wild type.
  const untested = (await trialsOf('t1')).find(({ protocol }) => protocol === '22-300')!
  assert.match(untested.clauses[0]!.reasons[0]!.because, /TP53 was not tested/)
})

test('distance: unknown without a home, and the nearest open site with one', async () => {
  assert.equal(verdicts(await trialsOf('t1', '?within=50'))['22-100'], 'unknown')
  const address = (latitude: number) => ({
    address: [
      {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/geolocation',
            extension: [
              { url: 'latitude', valueDecimal: latitude },
              { url: 'longitude', valueDecimal: boston.longitude },
            ],
          },
        ],
        postalCode: '02115',
      },
    ],
  })
  await keep(patient('t1', address(42.4)))
  const near = (await trialsOf('t1', '?within=50')).find(({ protocol }) => protocol === '22-100')!
  assert.deepEqual(
    [near.verdict, near.where!.nearest],
    ['met', { name: 'Boston General', city: 'Boston', kilometres: 4 }],
  )
  assert.equal(verdicts(await trialsOf('t1', '?within=1&all=true'))['22-100'], 'not met')
})

const matchOf = async (parameter: object[], headers: Record<string, string> = {}) =>
  call(fhir('ResearchStudy/$match'), 'POST', { resourceType: 'Parameters', parameter }, headers)

interface Entry {
  readonly resource: Resource
  readonly search: {
    readonly score: number
    readonly extension: readonly {
      url: string
      valueCode?: string
      extension?: readonly { url: string; valueString?: string }[]
    }[]
  }
}
const graded = (body: Record<string, unknown>) =>
  Object.fromEntries(
    ((body['entry'] ?? []) as Entry[])
      .filter(({ resource }) => resource.resourceType === 'ResearchStudy')
      .map(({ resource, search }) => [resource.id, search.extension[0]!.valueCode]),
  )

test('ResearchStudy/$match grades the trials for a person of the record, with reasons', async () => {
  const { status, body } = await matchOf([{ name: 'subject', valueReference: { reference: 'Patient/t1' } }])
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(graded(body), {
    'trial-22-100': 'certain',
    'trial-22-200': 'certain',
    'trial-22-300': 'possible',
  })
  const [first] = body['entry'] as Entry[]
  const reason = first!.search.extension.find(({ url }) => url === 'urn:garrod:trial-match:criterion')!
  assert.deepEqual(
    reason.extension!.map(({ url }) => url),
    ['cohort', 'criterion', 'verdict', 'because'],
  )
})

test('ResearchStudy/$match in the form of the guide: a bundle of mCODE, zip code, radius in miles, phase, status', async () => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [patient('x'), lung('x'), krasG12C('x')].map((resource, i) => ({
      fullUrl: `urn:uuid:${i}`,
      resource,
    })),
  }
  const data = { name: 'trialMatchClinicalData', resource: bundle }
  const { body } = await matchOf([
    data,
    { name: 'zipCode', valueString: '02115' },
    { name: 'travelRadius', valueString: '10' },
    { name: 'phase', valueString: 'Phase II' },
    { name: 'recruitmentStatus', valueString: 'recruiting' },
  ])
  // No table of postal codes: the distance is unknown; the trial without a phase is not left out for it.
  assert.deepEqual(graded(body), { 'trial-22-100': 'probable', 'trial-22-200': 'probable' })
  assert.match(JSON.stringify(body), /travelRadius 10 has no unit: it was read as 10 miles \(16 km\)/)
  const near = await matchOf([
    data,
    { name: 'position', valueString: '42.36,-71.06' },
    { name: 'travelRadius', valueString: '10 km' },
  ])
  assert.equal(graded(near.body)['trial-22-100'], 'probable')
  assert.doesNotMatch(JSON.stringify(near.body), /has no unit/)
  const whole = await call(fhir('ResearchStudy/$match'), 'POST', {
    ...bundle,
    entry: [
      ...bundle.entry,
      { resource: { resourceType: 'Parameters', parameter: [{ name: 'phase', valueString: 'any' }] } },
    ],
  })
  assert.equal(graded(whole.body)['trial-22-200'], 'certain')
})

test('what cannot be a question is refused, naming the parameter', async () => {
  for (const [parameter, where] of [
    [[], 'trialMatchClinicalData'],
    [[{ name: 'subject', valueString: 'somebody' }], 'subject'],
    [
      [
        { name: 'subject', valueString: 'Patient/t1' },
        { name: 'travelRadius', valueString: 'far' },
      ],
      'travelRadius',
    ],
    [
      [
        { name: 'subject', valueString: 'Patient/t1' },
        { name: 'phase', valueString: 'late' },
      ],
      'phase',
    ],
    [
      [
        { name: 'subject', valueString: 'Patient/t1' },
        { name: 'position', valueString: '99,0' },
      ],
      'position',
    ],
    [
      [
        { name: 'subject', valueString: 'Patient/t1' },
        { name: 'recruitmentStatus', valueString: 'complted' },
      ],
      'recruitmentStatus',
    ],
  ] as const) {
    const { status, body } = await matchOf([...parameter])
    assert.equal(status, 400, JSON.stringify(body))
    assert.match(JSON.stringify(body), new RegExp(`Parameters\\.${where}`))
  }
  const two = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: patient('x') }, { resource: patient('y') }],
  }
  assert.equal((await matchOf([{ name: 'trialMatchClinicalData', resource: two }])).status, 400)
  assert.equal((await matchOf([{ name: 'subject', valueString: 'Patient/nobody' }])).status, 404)
})

test('a parameter that is not known is told, as it narrows nothing', async () => {
  const { status, body } = await matchOf([
    { name: 'subject', valueString: 'Patient/t1' },
    { name: 'ageRange', valueString: '18-65' },
  ])
  assert.equal(status, 200)
  assert.match(JSON.stringify(body), /parameter \\"ageRange\\" is not known here/)
  assert.equal((await call(api('trials'), 'POST', [])).status, 400)
})

test('a closed trial is not matched; all of them are with recruitmentStatus all', async () => {
  const closed = {
    protocol: '22-900',
    status: 'Completed',
    clauses: [{ criterion: { kind: 'sex', sex: 'female' } }],
  }
  await load(closed)
  const subject = { name: 'subject', valueString: 'Patient/t1' }
  assert.equal(graded((await matchOf([subject])).body)['trial-22-900'], undefined)
  const all = await matchOf([subject, { name: 'recruitmentStatus', valueString: 'all' }])
  assert.equal(graded(all.body)['trial-22-900'], 'certain')
  assert.equal((await call(fhir('ResearchStudy/trial-22-900'), 'DELETE')).status, 204)
})

test('a study of another house is matched; a broken one is named and takes nobody along', async () => {
  await keep({
    resourceType: 'ResearchStudy',
    id: 'foreign',
    status: 'active',
    title: 'From elsewhere',
    condition: [{ text: 'Lung Adenocarcinoma' }],
  })
  await keep({
    resourceType: 'ResearchStudy',
    id: 'broken',
    status: 'active',
    contained: [
      {
        resourceType: 'Library',
        id: 'eligibility',
        status: 'active',
        type: { text: 'criteria' },
        content: [{ contentType: 'application/vnd.garrod.eligibility+json', data: 'e30=' }],
      },
    ],
    relatedArtifact: [{ type: 'composed-of', resource: '#eligibility' }],
  } as unknown as Resource)
  const { body } = await matchOf([{ name: 'subject', valueString: 'Patient/t1' }])
  assert.equal(graded(body)['foreign'], 'possible')
  const outcome = (body['entry'] as Entry[]).find(
    ({ resource }) => resource.resourceType === 'OperationOutcome',
  )
  assert.match(JSON.stringify(outcome), /ResearchStudy\/broken was not matched/)
  assert.equal((await call(fhir('ResearchStudy/broken'), 'DELETE')).status, 204)
  assert.equal((await call(fhir('ResearchStudy/foreign'), 'DELETE')).status, 204)
})

test('a trial that cannot be read does not take the others along', async () => {
  const { status, body } = await call(api('trials'), 'POST', [women, { protocol: '1', clauses: 'none' }])
  assert.equal(status, 200)
  const [first, second] = body['trials'] as readonly Record<string, unknown>[]
  assert.equal(first!['action'], 'unchanged')
  assert.equal(second!['code'], 'TRIAL_MALFORMED')
})

async function tasksOf(id: string): Promise<readonly Resource[]> {
  const { body } = await call(fhir(`Task?subject=Patient/${id}`))
  return ((body['entry'] ?? []) as { resource: Resource }[]).map(({ resource }) => resource)
}

test('who is watched gets one Task when a result makes a trial possible, one when it closes, and none twice', async () => {
  await keep(patient('w1', { birthDate: '1961-01-01' }), lung('w1'), krasG12C('w1'))
  const watch = api('patients/w1/trials/watch')
  assert.deepEqual((await call(watch)).body, { wanted: false })
  await keep(ecog('w1', 0))
  await trialsSettled(server)
  assert.deepEqual(await tasksOf('w1'), [], 'nobody asked')
  await call(fhir('Patient/w1'), 'PUT', patient('w1', { birthDate: '1961-01' }))
  assert.deepEqual((await call(watch, 'PUT', { wanted: true })).body, { wanted: true })
  await load({ ...kras, protocol: '22-400', title: 'Another' })
  await trialsSettled(server)
  const [task, ...more] = await tasksOf('w1')
  assert.equal(more.length, 0)
  assert.match(String(task!['description']), /^22-400 .*: every criterion is met now$/)
  // The same again, and a change that changes nothing for the person: no other Task.
  await load({ ...kras, protocol: '22-400', title: 'Another' })
  await keep(ecog('w1', 1, '2026-11-10'))
  await server.store.jobs.enqueue(
    server.services.tenant,
    [{ kind: REMATCH_ALL, key: 'again', payload: {} }],
    server.services.now().toISOString(),
  )
  await trialsSettled(server)
  assert.equal((await tasksOf('w1')).length, 1)
  await load({ ...kras, protocol: '22-400', title: 'Another', status: 'Closed to Accrual' })
  await trialsSettled(server)
  const all = await tasksOf('w1')
  assert.equal(all.length, 2)
  assert.ok(all.some((one) => /was met, and is closed now/.test(String(one['description']))))
  await call(watch, 'PUT', { wanted: false })
  await load({ ...kras, protocol: '22-400', title: 'Another' })
  await trialsSettled(server)
  assert.equal((await tasksOf('w1')).length, 2)
})

test('an unknown that a result settles against the person is told, once', async () => {
  await keep(patient('w2', { birthDate: '1950-02-02' }), lung('w2'), krasG12C('w2'))
  await call(api('patients/w2/trials/watch'), 'PUT', { wanted: true })
  await keep(ecog('w2', 3))
  await trialsSettled(server)
  const [task, ...more] = await tasksOf('w2')
  assert.equal(more.length, 0)
  assert.match(String(task!['description']), /22-100 .*: was open, and is not met now/)
})

test('a Task and the Flag behind it carry the labels of what they were made from, also when those come later', async () => {
  const secret = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }]
  const labels = (one: Resource | undefined) => (one?.meta?.security ?? []).map(({ code }) => code)
  const flag = async () => {
    const ref = { type: 'Flag', id: watchId(patientId('w3')) }
    const { json } = (await server.store.resources.read(server.services.tenant, ref, UNRESTRICTED))!
    return JSON.parse(json!) as Resource
  }
  await keep(patient('w3', { birthDate: '1950-02-02' }), lung('w3'), krasG12C('w3'))
  await call(api('patients/w3/trials/watch'), 'PUT', { wanted: true })
  assert.deepEqual(labels(await flag()), ['GDIS'])
  const { meta: _meta, ...disease } = lung('w3') as Resource
  await keep({ ...disease, meta: { security: secret } } as never)
  await trialsSettled(server)
  assert.deepEqual(labels(await flag()), ['GDIS', 'V'])
  await keep(ecog('w3', 3))
  await trialsSettled(server)
  const [task] = await tasksOf('w3')
  assert.deepEqual(labels(task), ['GDIS', 'V'])
})

test('without a login nothing; for a purpose that may not see the record, nothing; a researcher sees nobody', async () => {
  const guarded = await testServer({ entry: withLogin })
  try {
    await addUser(guarded, 'doc')
    await addUser(guarded, 'scientist', ['researcher'])
    await addUser(guarded, 'admin', ['administrator'])
    const doctor = await signedIn(guarded.url, 'doc')
    const scientist = await signedIn(guarded.url, 'scientist')
    const admin = await signedIn(guarded.url, 'admin')
    const put = (headers: Record<string, string>) =>
      call(`${guarded.url}/api/trials`, 'POST', [women], headers)
    assert.equal((await call(`${guarded.url}/api/trials`)).status, 401)
    assert.equal((await put(doctor)).status, 403)
    assert.equal((await put(admin)).status, 200)
    const made = await call(`${guarded.url}/fhir/R4/Patient/s1`, 'PUT', patient('s1'), doctor)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const trials = `${guarded.url}/api/patients/s1/trials`
    assert.equal((await call(trials, 'GET', undefined, doctor)).status, 200)
    assert.equal((await call(trials, 'GET', undefined, scientist)).status, 403)
    assert.equal((await call(trials, 'GET', undefined, admin)).status, 403)
    const match = `${guarded.url}/fhir/R4/ResearchStudy/$match?subject=Patient/s1`
    assert.equal((await call(match, 'GET', undefined, doctor)).status, 200)
    const refused = await call(match, 'GET', undefined, scientist)
    assert.ok(refused.status === 403 || refused.status === 404, String(refused.status))
    const consent = {
      resourceType: 'Consent',
      status: 'active',
      scope: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
      },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      patient: { reference: 'Patient/s1' },
      policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
      provision: {
        type: 'permit',
        provision: [
          {
            type: 'deny',
            purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }],
          },
        ],
      },
    }
    const kept = await call(`${guarded.url}/fhir/R4/Consent`, 'POST', consent, doctor)
    assert.equal(kept.status, 201, JSON.stringify(kept.body))
    assert.equal((await call(trials, 'GET', undefined, doctor)).status, 404)
    assert.equal((await call(match, 'GET', undefined, doctor)).status, 404)
  } finally {
    await guarded.close()
  }
})
