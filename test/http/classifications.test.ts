import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type {
  ClassificationPage,
  ClassificationView,
} from '../../src/app/classifications/classification-view.ts'
import { reclassifiedJob } from '../../src/app/classifications/reclassified-job.ts'
import type { Classification } from '../../src/interpret/finding/germline.ts'
import type { Resource } from '../../src/record/resource.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'
import { smallVcf } from '../support/small-vcf.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

/** The heterozygous variant of the small VCF. */
const CARRIED = { assembly: 'GRCh38', chromosome: 'chr10', position: 94781859, ref: 'G', alt: 'A' }
const met = (code: string, strength: string) => ({
  code,
  state: 'met',
  strength,
  because: 'As the test says.',
})
const PATHOGENIC = { criteria: [met('PVS1', 'very-strong'), met('PS3', 'strong')] }
const BENIGN = { criteria: [met('BA1', 'stand-alone')] }

const at = (path: string) => `${server.url}/api/classifications${path}`
const view = (body: unknown) => body as ClassificationView

async function draft(change: Record<string, unknown> = {}): Promise<ClassificationView> {
  const body = { variant: CARRIED, names: { gene: 'CYP2C19', hgvsC: 'NM_000769.4:c.681G>A' }, ...change }
  const opened = await call(at(''), 'POST', body)
  assert.equal(opened.status, 201, JSON.stringify(opened.body))
  return view(opened.body)
}

async function person(id: string): Promise<void> {
  await call(`${server.url}/api/patients`, 'POST', { id, name: `Example ${id}`, birthDate: '1980-05-31' })
}

async function upload(id: string): Promise<void> {
  await person(id)
  const form = new FormData()
  form.append('file', new Blob([smallVcf([`S-${id}`])]), `${id}.vcf`)
  await fetch(`${server.url}/api/patients/${id}/files`, { method: 'POST', body: form })
  for (let i = 0; i < 200; i++) {
    const [one] = await server.store.variants.carriers(
      server.services.tenant,
      [CARRIED as never],
      UNRESTRICTED,
    )
    if (one!.some(({ patient }) => patient === id)) return
    await sleep(50)
  }
  assert.fail('the calls were not taken')
}

/** A person whose calls are in the file alone, as a genome's are. */
async function genome(id: string): Promise<void> {
  await person(id)
  const { store, services } = server
  const content = Readable.from([Buffer.from(smallVcf([`S-${id}`]))])
  const received = await store.archive.receive(`${id}.vcf`, content)
  const source = { name: received.name, format: 'vcf', sha256: received.sha256 } as const
  const set = { sample: `S-${id}`, source, assembly: 'GRCh38', calls: [], gaps: [], notes: [] } as const
  await store.records.ingest(
    { tenant: services.tenant, patient: patientId(id) },
    {
      ...{ files: [{ received, format: 'vcf' as const }], genotypes: [set] },
      ...{ outsideCalls: [], drugs: [], measurements: [] },
    },
    { at: '2026-11-22T09:00:00Z', by: 'test' },
  )
}

async function put(resource: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${server.url}/fhir/R4/${resource['resourceType']}/${resource['id']}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  })
  assert.ok(answer.ok, await answer.text())
}

/** Whether the person wants to be told of old results that mean something new. */
const choice = (id: string, type: string, dateTime = '2026-01-01') => ({
  resourceType: 'Consent',
  id: `choice-${id}`,
  status: 'active',
  scope: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
  },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: `Patient/${id}` },
  dateTime,
  policyRule: { text: 'What the person wants to be told' },
  provision: {
    type,
    code: [{ coding: [{ system: 'urn:garrod:result-choice', code: 'recontact' }] }],
  },
})

/** Tasks of a classification by person, once the jobs are done. */
async function tasks(classification: string): Promise<readonly Resource[]> {
  for (;;) {
    const open = (await server.store.jobs.list(server.services.tenant, undefined, 500)).filter(
      ({ kind, state }) =>
        (kind === 'reclassified' || kind === 'wishes') && (state === 'waiting' || state === 'running'),
    )
    if (open.length === 0) break
    await sleep(20)
  }
  const system = encodeURIComponent(`urn:garrod:classification|${classification}`)
  const found = await call(`${server.url}/fhir/R4/Task?group-identifier=${system}&_count=100`)
  const entries = (found.body['entry'] ?? []) as { resource: Resource }[]
  return entries
    .map(({ resource }) => resource)
    .sort((a, b) => (patientOf(a) < patientOf(b) ? -1 : patientOf(a) > patientOf(b) ? 1 : 0))
}
const patientOf = (task: Resource) => (task['for'] as { reference: string }).reference
const told = (task: Resource) => [
  patientOf(task),
  task['status'],
  (task['businessStatus'] as { text: string }).text.replace('The person ', ''),
]

test('a draft is edited criterion by criterion, signed and amended, and its history tells how', async () => {
  const first = await draft({ condition: 'MONDO:0000001' })
  assert.deepEqual([first.class, first.state, first.version, first.maySign], ['uncertain', 'draft', 1, true])
  const changed = await call(at(`/${first.id}`), 'PUT', {
    expected: 1,
    assessment: { ...PATHOGENIC, comment: 'Null variant; functional study.' },
  })
  assert.equal(view(changed.body).class, 'pathogenic')
  assert.equal(view(changed.body).criteria, 'PVS1, PS3')
  const stale = await call(at(`/${first.id}`), 'PUT', { expected: 1, assessment: BENIGN })
  assert.deepEqual([stale.status, stale.body['code']], [409, 'CLASSIFICATION_CHANGED'])
  const signed = await call(at(`/${first.id}/sign`), 'POST', { expected: 2 })
  assert.deepEqual([view(signed.body).state, view(signed.body).signedVersion], ['signed', 3])
  const twice = await call(at(`/${first.id}/sign`), 'POST', { expected: 3 })
  assert.deepEqual([twice.status, twice.body['code']], [409, 'CLASSIFICATION_SIGNED'])
  await call(at(`/${first.id}`), 'PUT', { expected: 3, assessment: BENIGN })
  const amended = view((await call(at(`/${first.id}/sign`), 'POST', { expected: 4 })).body)
  assert.deepEqual(
    amended.versions.map((one) => [one.version, one.state, one.class, one.criteria, one.comment]),
    [
      [5, 'amended', 'benign', 'BA1', ''],
      [4, 'draft', 'benign', 'BA1', ''],
      [3, 'signed', 'pathogenic', 'PVS1, PS3', 'Null variant; functional study.'],
      [2, 'draft', 'pathogenic', 'PVS1, PS3', 'Null variant; functional study.'],
      [1, 'draft', 'uncertain', '', ''],
    ],
  )
  const old = view((await call(at(`/${first.id}?version=3`))).body)
  assert.equal(old.classification.decidedBy.method, 'table')
  const page = (await call(at(''))).body as unknown as ClassificationPage
  assert.ok(page.classifications.some(({ id }) => id === first.id))
})

test('what an assessment lacks is told by its place; nothing is saved', async () => {
  const { body } = await call(at('/preview'), 'POST', PATHOGENIC)
  assert.equal((body as unknown as Classification).class, 'pathogenic')
  const cases: readonly [Record<string, unknown>, string, string][] = [
    [{ code: 'PVS1', state: 'met', because: 'x' }, 'ACMG_STRENGTH_MISSING', 'body.criteria.0.strength'],
    [{ ...met('PVS1', 'stand-alone') }, 'ACMG_STRENGTH_UNKNOWN', 'body.criteria.0.strength'],
    [{ code: 'PM2', state: 'met', strength: 'supporting' }, 'ACMG_REASON_MISSING', 'body.criteria.0.because'],
  ]
  for (const [criterion, code, where] of cases) {
    const refused = await call(at('/preview'), 'POST', { criteria: [criterion] })
    assert.deepEqual([refused.status, refused.body['code'], refused.body['where']], [422, code, where])
  }
  const same = { variant: { ...CARRIED, alt: 'G' } }
  assert.equal((await call(at(''), 'POST', same)).body['where'], 'body.variant.alt')
  assert.equal((await call(at('/none'))).status, 404)
})

test('a new class reaches everybody who carries the variant, as each wants it', async () => {
  await upload('asked-yes')
  await upload('asked-no')
  await person('by-fhir')
  await genome('genome')
  await person('no-carrier')
  await put(choice('asked-yes', 'permit'))
  await put(choice('asked-no', 'deny'))
  // The same variant as a result that came by FHIR.
  await put({
    resourceType: 'Observation',
    id: 'variant-by-fhir',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '69548-6' }] },
    subject: { reference: 'Patient/by-fhir' },
    component: [
      {
        code: { coding: [{ system: 'http://loinc.org', code: '81252-9' }] },
        valueCodeableConcept: {
          coding: [{ system: 'http://varnomen.hgvs.org', code: 'NC_000010.11:g.94781859G>A' }],
        },
      },
    ],
  })
  const { id } = await draft({ assessment: PATHOGENIC })
  await call(at(`/${id}/sign`), 'POST', { expected: 1 })
  assert.deepEqual((await tasks(id)).map(told), [
    ['Patient/asked-no', 'cancelled', 'does not want to be told'],
    ['Patient/asked-yes', 'requested', 'wants to be told'],
    ['Patient/by-fhir', 'requested', 'was not asked about being told'],
    ['Patient/genome', 'requested', 'was not asked about being told'],
  ])
  const [, task] = await tasks(id)
  assert.equal(task!['description'], 'CYP2C19 NM_000769.4:c.681G>A: pathogenic now')
  assert.equal(task!['priority'], 'urgent')
  // The same class again is no news; another one is, and takes the place of what waits.
  await call(at(`/${id}`), 'PUT', { expected: 2, assessment: { ...PATHOGENIC, comment: 'Read again.' } })
  await call(at(`/${id}/sign`), 'POST', { expected: 3 })
  assert.equal((await tasks(id)).length, 4)
  await call(at(`/${id}`), 'PUT', { expected: 4, assessment: BENIGN })
  await call(at(`/${id}/sign`), 'POST', { expected: 5 })
  const after = (await tasks(id)).filter((one) => patientOf(one) === 'Patient/asked-yes')
  assert.deepEqual(after.map((one) => one['status']).sort(), ['cancelled', 'requested'])
  const fresh = after.find((one) => one['status'] === 'requested')!
  assert.match(String(fresh['description']), /pathogenic before, benign now$/)
})

test('who changes their mind about being told is found so on the work list, unless somebody works on it', async () => {
  await upload('wavers')
  await put(choice('wavers', 'permit'))
  const { id } = await draft({ assessment: PATHOGENIC, condition: 'MONDO:0000003' })
  await call(at(`/${id}/sign`), 'POST', { expected: 1 })
  const own = async () => (await tasks(id)).filter((one) => patientOf(one) === 'Patient/wavers')
  const said = async () => (await own()).map((one) => told(one).slice(1).join(': '))
  assert.deepEqual(await said(), ['requested: wants to be told'])
  await put(choice('wavers', 'deny', '2026-02-01'))
  assert.deepEqual(await said(), ['cancelled: does not want to be told'])
  // Another class takes the place of the one before, also of one that the person did not want.
  await call(at(`/${id}`), 'PUT', { expected: 2, assessment: BENIGN })
  await call(at(`/${id}/sign`), 'POST', { expected: 3 })
  await tasks(id)
  await put(choice('wavers', 'permit', '2026-03-01'))
  const after = await own()
  assert.deepEqual(after.map((one) => `${one['status']} ${one['description']}`).sort(), [
    'cancelled CYP2C19 NM_000769.4:c.681G>A: pathogenic now',
    'requested CYP2C19 NM_000769.4:c.681G>A: pathogenic before, benign now',
  ])
  const open = after.find((one) => one['status'] === 'requested')!
  await put({ ...open, status: 'in-progress' })
  await put(choice('wavers', 'deny', '2026-04-01'))
  assert.ok((await own()).some((one) => one['status'] === 'in-progress'))
})

test('a change that a second signature overtakes before anybody was looked for reaches the carriers', async () => {
  await upload('overtaken')
  const { id } = await draft({ condition: 'MONDO:0000004' })
  await call(at(`/${id}/sign`), 'POST', { expected: 1 })
  await tasks(id)
  // Two signatures, and no worker between them: uncertain, then pathogenic, then pathogenic with another word.
  const { classifications } = server.store
  const { tenant, facts } = server.services
  const by = { at: '2026-11-22T10:00:00Z', by: 'test' }
  const kept = async (assessment: unknown) => {
    const { body } = await call(at('/preview'), 'POST', assessment)
    return {
      state: 'signed',
      class: 'pathogenic',
      json: JSON.stringify({ comment: '', classification: body }),
    } as const
  }
  await classifications.save(tenant, id, await kept(PATHOGENIC), 2, by)
  await classifications.save(tenant, id, await kept(PATHOGENIC), 3, by)
  const run = reclassifiedJob({ store: server.store, facts, now: server.services.now })
  const idle = { signal: new AbortController().signal, progress: () => undefined, touch: () => undefined }
  for (const version of [3, 4])
    await run({ tenant, job: { payload: { classification: id, version } } as never, ...idle })
  const found = (await tasks(id)).filter((one) => patientOf(one) === 'Patient/overtaken')
  assert.deepEqual(
    found.map((one) => `${one['status']} ${one['description']}`),
    ['requested CYP2C19 NM_000769.4:c.681G>A: uncertain before, pathogenic now'],
  )
})

test('a variant of unknown meaning puts nobody on the work list', async () => {
  const { id } = await draft({ condition: 'MONDO:0000002' })
  await call(at(`/${id}/sign`), 'POST', { expected: 1 })
  assert.deepEqual(await tasks(id), [])
})

test('clinicians see, the laboratory drafts, a geneticist signs', async () => {
  const closed = await testServer({ entry: withLogin })
  try {
    for (const role of ['clinician', 'laboratory', 'geneticist', 'researcher'] as const)
      await addUser(closed, role, [role])
    const as = async (who: string, method: string, path: string, body?: unknown) => {
      return call(`${closed.url}/api/classifications${path}`, method, body, await signedIn(closed.url, who))
    }
    const fresh = { variant: CARRIED, assessment: PATHOGENIC }
    assert.equal((await as('clinician', 'POST', '', fresh)).status, 403)
    const opened = await as('laboratory', 'POST', '', fresh)
    assert.equal(opened.status, 201)
    const { id, maySign } = view(opened.body)
    assert.equal(maySign, false)
    assert.equal((await as('laboratory', 'POST', `/${id}/sign`, { expected: 1 })).status, 403)
    assert.equal((await as('clinician', 'GET', `/${id}`)).status, 200)
    assert.equal((await as('researcher', 'GET', `/${id}`)).status, 403)
    const signed = await as('geneticist', 'POST', `/${id}/sign`, { expected: 1 })
    assert.deepEqual([signed.status, view(signed.body).versions[0]!.by], [200, 'user/geneticist'])
  } finally {
    await closed.close()
  }
})
