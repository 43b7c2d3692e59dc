import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rankingId } from '../../src/app/reanalysis/kept-case.ts'
import { REANALYSE_ALL } from '../../src/app/reanalysis/reanalyse-job.ts'
import type { Resource } from '../../src/record/resource.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { labPdf, table } from '../support/lab-pdf.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'
import { until } from '../support/until.ts'

/** Seen by clinicians and geneticists, and by no pharmacist. */
const VERY_RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }
const HPO = 'http://human-phenotype-ontology.org'

let server: TestServer
const pages: Record<string, Record<string, string>> = {}
before(async () => {
  server = await testServer({ entry: withLogin })
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  await addUser(server, 'phar', ['pharmacist'], 'Practitioner/phar')
  await addUser(server, 'syst', ['system'])
  for (const user of ['clin', 'phar', 'syst']) pages[user] = await signedIn(server.url, user)
})
after(() => server.close())

const ask = (user: string, path: string, method = 'GET', body?: unknown, headers = {}) =>
  call(`${server.url}${path}`, method, body, { ...pages[user]!, ...headers })
const fhir = (user: string, path: string, method = 'GET', body?: unknown) =>
  ask(user, `/fhir/R4/${path}`, method, body, {
    ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
  })
const found = async (user: string, search: string) => {
  const { status, body } = await fhir(user, `${search}&_total=accurate`)
  assert.equal(status, 200, JSON.stringify(body))
  const entries = (body['entry'] ?? []) as { resource: Resource; search: { mode: string } }[]
  const matches = entries.filter((one) => one.search.mode === 'match')
  return [body['total'], matches.length]
}

const FEATURES = ['HP:0001083', 'HP:0001166', 'HP:0001519']

async function unsolved(id: string): Promise<void> {
  await ask('clin', '/api/patients', 'POST', { id, name: `Example ${id}`, birthDate: '2019-05-31' })
  for (const feature of FEATURES)
    await ask('clin', `/api/patients/${id}/features`, 'POST', { id: feature, state: 'present' })
}

async function labelOne(id: string, security: readonly object[] | undefined): Promise<void> {
  const { body } = await fhir('clin', `Observation?subject=Patient/${id}&code=${HPO}|HP:0001166`)
  const [{ resource }] = body['entry'] as [{ resource: Resource }]
  const put = await fhir('clin', `Observation/${resource.id}`, 'PUT', {
    ...resource,
    meta: { ...resource.meta, security },
  })
  assert.equal(put.status, 200, JSON.stringify(put.body))
}

let runs = 0
async function reanalyse(): Promise<void> {
  const { store, services } = server
  runs += 1
  const job = { kind: REANALYSE_ALL, key: `made-from ${runs}`, payload: {} }
  await store.jobs.enqueue(services.tenant, [job], services.now().toISOString())
  await until('it was not analysed again', async () =>
    (await store.jobs.list(services.tenant, undefined, 100)).every(
      ({ kind, state }) => !kind.startsWith('reanalyse') || (state !== 'waiting' && state !== 'running'),
    ),
  )
}

/** As if the facts had known less of the disease that is first now. */
async function forget(id: string): Promise<void> {
  const path = `RiskAssessment/${rankingId(patientId(id))}`
  const kept = (await fhir('clin', path)).body as unknown as Resource
  const extension = (kept['extension'] as { url: string; valueString?: string }[]).map((one) => {
    if (one.url !== 'urn:garrod:ranking') return one
    const ranking = JSON.parse(one.valueString!)
    return { ...one, valueString: JSON.stringify({ ...ranking, diseases: ranking.diseases.slice(1) }) }
  })
  const put = await fhir('clin', path, 'PUT', { ...kept, extension })
  assert.equal(put.status, 200, JSON.stringify(put.body))
}

/** Everything by which somebody could learn of a kept ranking and of its Task. */
async function seenBy(user: string, id: string) {
  const ranking = `RiskAssessment/${rankingId(patientId(id))}`
  const everything = await fhir(user, `Patient/${id}/$everything`)
  const types = ((everything.body['entry'] ?? []) as { resource: Resource }[]).map(
    (one) => one.resource.resourceType,
  )
  return {
    read: (await fhir(user, ranking)).status,
    history: (await fhir(user, `${ranking}/_history/1`)).status,
    rankings: await found(user, `RiskAssessment?subject=Patient/${id}`),
    counted: (await fhir(user, `RiskAssessment?subject=Patient/${id}&_summary=count`)).body['total'],
    tasks: await found(user, `Task?patient=Patient/${id}`),
    chained: await found(user, `Task?patient.name=${id}&code=urn:garrod:task|case-reanalysed`),
    having: await found(user, `Patient?_has:RiskAssessment:subject:date=ge2000&_id=${id}`),
    havingTask: await found(user, `Patient?_has:Task:patient:code=urn:garrod:task|case-reanalysed&_id=${id}`),
    included: (
      (await fhir(user, `Patient?_id=${id}&_revinclude=RiskAssessment:subject`)).body['entry'] as unknown[]
    ).length,
    everything: types.filter((one) => one === 'RiskAssessment' || one === 'Task').sort(),
  }
}

const ALL = {
  read: 200,
  history: 200,
  rankings: [1, 1],
  counted: 1,
  tasks: [1, 1],
  chained: [1, 1],
  having: [1, 1],
  havingTask: [1, 1],
  included: 2,
  everything: ['RiskAssessment', 'Task'],
}
const NOTHING = {
  read: 404,
  history: 404,
  rankings: [0, 0],
  counted: 0,
  tasks: [0, 0],
  chained: [0, 0],
  having: [0, 0],
  havingTask: [0, 0],
  included: 1,
  everything: [],
}

test('a ranking made from a feature that somebody may not see is not there for them, nor its Task', async () => {
  await unsolved('m1')
  await labelOne('m1', [VERY_RESTRICTED])
  await ask('clin', '/api/patients/m1/reanalysis', 'PUT', { wanted: true })
  await forget('m1')
  await reanalyse()
  assert.deepEqual(await seenBy('clin', 'm1'), ALL)
  assert.deepEqual(await seenBy('phar', 'm1'), NOTHING)
  // What leaves carries the label, so that the next house obeys it too.
  for (const path of [`RiskAssessment/${rankingId(patientId('m1'))}`]) {
    const { meta } = (await fhir('clin', path)).body as unknown as Resource
    assert.deepEqual(meta?.security, [VERY_RESTRICTED])
  }
  const { body } = await fhir('clin', 'Task?patient=Patient/m1')
  const [task] = body['entry'] as [{ resource: Resource }]
  assert.deepEqual(task.resource.meta?.security, [VERY_RESTRICTED])
})

test('an export holds only what its caller may see of it', async () => {
  const exported = async (user: string) => {
    const kick = await ask(user, '/fhir/R4/Patient/$export?_type=RiskAssessment,Task', 'GET', undefined, {
      prefer: 'respond-async',
    })
    assert.equal(kick.status, 202, JSON.stringify(kick.body))
    const location = kick.headers.get('content-location')!.slice(server.url.length)
    const body = await until('the export was not made', async () => {
      const { status, body } = await ask(user, location)
      return status !== 202 && body
    })
    return (body['output'] as { type: string; count: number }[]).map((one) => [one.type, one.count])
  }
  assert.deepEqual(await exported('clin'), [
    ['RiskAssessment', 1],
    ['Task', 1],
  ])
  assert.deepEqual(await exported('syst'), [])
})

test('the ranking follows when a feature is labelled later, at once, and when the label goes', async () => {
  await unsolved('m2')
  await ask('clin', '/api/patients/m2/reanalysis', 'PUT', { wanted: true })
  await forget('m2')
  await reanalyse()
  assert.deepEqual(await seenBy('phar', 'm2'), ALL)
  await labelOne('m2', [VERY_RESTRICTED])
  assert.deepEqual(await seenBy('phar', 'm2'), NOTHING)
  assert.deepEqual(await seenBy('clin', 'm2'), ALL)
  await labelOne('m2', undefined)
  assert.deepEqual(await seenBy('phar', 'm2'), ALL)
})

test('a person who withholds one feature withholds what was made from it', async () => {
  await unsolved('m3')
  await ask('clin', '/api/patients/m3/reanalysis', 'PUT', { wanted: true })
  await forget('m3')
  await reanalyse()
  const consent = {
    resourceType: 'Consent',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: 'Patient/m3' },
    policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
    provision: {
      type: 'permit',
      provision: [
        {
          type: 'deny',
          actor: [
            {
              role: {
                coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code: 'AGNT' }],
              },
              reference: { reference: 'Practitioner/phar' },
            },
          ],
          code: [{ coding: [{ system: HPO, code: 'HP:0001166' }] }],
        },
      ],
    },
  }
  const made = await fhir('clin', 'Consent', 'POST', consent)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual(await seenBy('phar', 'm3'), NOTHING)
  assert.deepEqual(await seenBy('clin', 'm3'), ALL)
})

test('what was read from a document that somebody may not see is not there for them', async () => {
  await ask('clin', '/api/patients', 'POST', { id: 'm4', name: 'Example m4', birthDate: '1980-05-31' })
  const content = [
    { columns: ['Patient Name: m4, Example'] },
    table(['Gene', 'Genotype', 'Phenotype'], ['CYP2C19', '*2/*17', 'Intermediate Metabolizer']),
  ]
  const pdf = Buffer.from(await labPdf(content)).toString('base64')
  const document = {
    resourceType: 'DocumentReference',
    id: 'm4-report',
    meta: { security: [VERY_RESTRICTED] },
    status: 'current',
    subject: { reference: 'Patient/m4' },
    content: [{ attachment: { contentType: 'application/pdf', data: pdf } }],
  }
  assert.equal((await fhir('clin', 'DocumentReference/m4-report', 'PUT', document)).status, 201)
  type Line = { document: string; documentVersion: number; ordinal: number }
  const proposals = async (user: string) =>
    (await ask(user, '/api/patients/m4/proposals')).body as unknown as readonly Line[]
  const list = await until('the document was not read', async () => {
    const read = await proposals('clin')
    return read.length > 0 && read
  })
  assert.equal(list.length, 1)
  assert.deepEqual(await proposals('phar'), [])
  const waiting = async (user: string) => (await ask(user, '/api/documents/waiting')).body
  assert.deepEqual([((await waiting('clin')) as unknown as unknown[]).length, await waiting('phar')], [1, []])
  const [{ documentVersion, ordinal }] = list as [Line]
  const decision = { document: 'm4-report', documentVersion, ordinal, decision: 'confirm' }
  const refused = await ask('phar', '/api/patients/m4/proposals', 'POST', decision)
  assert.deepEqual([refused.status, refused.body['code']], [404, 'PROPOSAL_UNKNOWN'])
  assert.equal((await ask('clin', '/api/patients/m4/proposals', 'POST', decision)).status, 200)
  for (const search of ['Observation?subject=Patient/m4', 'Provenance?patient=Patient/m4']) {
    assert.notDeepEqual(await found('clin', search), [0, 0])
    assert.deepEqual(await found('phar', search), [0, 0])
  }
})
