import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { resourceWrites } from '../../src/app/exchange/resource-writes.ts'
import type { Resource } from '../../src/record/resource.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { needs } from '../support/shared-data.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'
import { beaconErrors } from './beacon-schema.ts'

const LOINC = 'http://loinc.org'
const COMMON = 'NC_000015.10:48412568:C:A'
const RARE = 'NC_000015.10:48412600:G:T'
const REFUSED = 'NC_000015.10:48412700:G:T'
const place = (variant: string) => {
  const [, start, reference, alternate] = variant.split(':')
  return `referenceName=15&assemblyId=GRCh38&start=${start}&referenceBases=${reference}&alternateBases=${alternate}`
}

const observation = (id: string, person: string, variant: string): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: LOINC, code: '69548-6' }] },
  subject: { reference: `Patient/${person}` },
  valueCodeableConcept: { coding: [{ system: LOINC, code: 'LA9633-4' }] },
  component: [
    {
      code: { coding: [{ system: LOINC, code: '81252-9' }] },
      valueCodeableConcept: {
        coding: [{ system: 'https://api.ncbi.nlm.nih.gov/variation/v0/', code: variant }],
      },
    },
  ],
})
const condition = (person: string): Resource => ({
  resourceType: 'Condition',
  id: `c-${person}`,
  code: { coding: [{ system: 'http://www.omim.org', code: '154700' }] },
  subject: { reference: `Patient/${person}` },
})
const consent = (person: string, type: 'permit' | 'deny'): Resource => ({
  resourceType: 'Consent',
  id: `consent-${person}`,
  status: 'active',
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] },
  category: [{ coding: [{ system: LOINC, code: '59284-0' }] }],
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
  provision: {
    type,
    purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HRESCH' }],
  },
})

let server: TestServer
let counts: Record<string, string>
let records: Record<string, string>

async function store(person: string, resources: readonly Resource[]): Promise<void> {
  const patient: Resource = { resourceType: 'Patient', id: person, gender: 'female', birthDate: '1980-01-01' }
  const writes = resourceWrites(server.services.facts)([patient, ...resources], patientId(person))
  await server.store.resources.commit(server.services.tenant, writes, {
    at: '2026-11-22T00:00:00Z',
    by: 'test',
  })
}

before(async () => {
  server = await testServer({
    entry: withLogin,
    beacon: { id: 'org.example.beacon', name: 'Example', controlled: ['user/rita'], questions: 60 },
  })
  for (let n = 0; n < 65; n++) {
    const person = `yes-${n}`
    const own = n === 0 ? [observation('rare', person, RARE)] : []
    await store(person, [
      consent(person, 'permit'),
      observation(`o-${n}`, person, COMMON),
      condition(person),
      ...own,
    ])
  }
  for (const person of ['no-1', 'no-2', 'no-3'])
    await store(person, [
      consent(person, 'deny'),
      observation(`o-${person}`, person, REFUSED),
      condition(person),
    ])
  for (const person of ['silent-1', 'silent-2', 'silent-3'])
    await store(person, [observation(`o-${person}`, person, REFUSED)])
  for (const id of ['rolf', 'rita', 'carla'])
    await addUser(server, id, [id === 'carla' ? 'clinician' : 'researcher'])
  counts = await signedIn(server.url, 'rolf')
  records = await signedIn(server.url, 'rita')
})
after(() => server.close())

type Answer = {
  meta: { returnedGranularity: string; receivedRequestSummary: { requestedGranularity: string } }
  responseSummary: { exists: boolean; numTotalResults?: number }
  response?: { resultSets: { results: { variantInternalId?: string; id?: string }[] }[] }
  error?: { errorCode: number }
}
const ask = async (path: string, headers: Record<string, string> = {}) => {
  const { status, body } = await call(`${server.url}/beacon/${path}`, 'GET', undefined, headers)
  return { status, ...(body as unknown as Answer) }
}

test('who denied research, or said nothing, is not there at any granularity, for anybody', async () => {
  for (const headers of [{}, counts, records]) {
    for (const granularity of ['boolean', 'count', 'record']) {
      const range = `g_variants?referenceName=15&start=48412690&end=48412710&requestedGranularity=${granularity}`
      for (const question of [range, `g_variants?${place(REFUSED)}&requestedGranularity=${granularity}`]) {
        const { responseSummary, response } = await ask(question, headers)
        assert.equal(responseSummary.exists, false, question)
        assert.equal(responseSummary.numTotalResults ?? 0, 0)
        assert.deepEqual(response?.resultSets ?? [], [])
      }
    }
  }
  const people = await ask('individuals?filters=OMIM:154700&requestedGranularity=record&limit=100', records)
  assert.equal(people.responseSummary.numTotalResults, 65)
})

test('a yes to anybody, counts to researchers, records to those who were named', async () => {
  const question = `g_variants?${place(COMMON)}&requestedGranularity=record`
  const open = await ask(question)
  assert.equal(open.meta.returnedGranularity, 'boolean')
  assert.deepEqual(open.responseSummary, { exists: true })
  assert.equal(open.response, undefined)
  const people = 'individuals?filters=OMIM:154700&requestedGranularity=record'
  const counted = await ask(people, counts)
  assert.equal(counted.meta.returnedGranularity, 'count')
  assert.equal(counted.responseSummary.numTotalResults! % 20, 0)
  assert.ok([40, 60].includes(counted.responseSummary.numTotalResults!))
  const given = await ask(question, records)
  assert.equal(given.meta.returnedGranularity, 'record')
  assert.equal(given.response!.resultSets[0]!.results[0]!.variantInternalId, COMMON)
  const clinician = await ask(question, await signedIn(server.url, 'carla'))
  assert.equal(clinician.meta.returnedGranularity, 'boolean')
})

test('a variant of a single person is told to nobody below records; one variant is no count', async () => {
  const rare = `g_variants?${place(RARE)}&requestedGranularity=record`
  assert.equal((await ask(rare)).responseSummary.exists, false)
  assert.equal((await ask(rare, counts)).responseSummary.exists, false)
  assert.equal((await ask(rare, records)).responseSummary.exists, true)
  const common = await ask(`g_variants?${place(COMMON)}&requestedGranularity=count`, counts)
  assert.equal(common.meta.returnedGranularity, 'boolean')
  assert.equal(common.responseSummary.numTotalResults, undefined)
})

test('places: sequence, range and bracket, both sides of every edge', async () => {
  const found = async (query: string) =>
    (await ask(`g_variants?referenceName=15&${query}`, records)).responseSummary.exists
  assert.equal(await found('start=48412568&alternateBases=A'), true)
  assert.equal(await found('start=48412568&alternateBases=T'), false)
  assert.equal(await found('start=48412567&alternateBases=A'), false)
  assert.equal(await found('start=48412500&end=48412568'), false)
  assert.equal(await found('start=48412500&end=48412569'), true)
  assert.equal(await found('start=48412569&end=48412580'), false)
  assert.equal(await found('start=48412500,48412568&end=48412569,48412570'), true)
  assert.equal(await found('start=48412500,48412567&end=48412569,48412570'), false)
})

test('every endpoint and granularity is valid under the schemas of Beacon v2', {
  skip: needs('interop/beacon-v2'),
}, async () => {
  const errors = beaconErrors()
  const informational = {
    info: 'beaconInfoResponse',
    'service-info': 'ga4gh-service-info-1-0-0-schema',
    configuration: 'beaconConfigurationResponse',
    entry_types: 'beaconEntryTypesResponse',
    map: 'beaconMapResponse',
    filtering_terms: 'beaconFilteringTermsResponse',
  }
  for (const [path, schema] of Object.entries(informational))
    assert.deepEqual(errors(schema, await bodyOf(path)), [], path)
  for (const path of ['datasets', 'cohorts'])
    assert.deepEqual(errors('beaconCollectionsResponse', await bodyOf(path)), [], path)
  const schemas = {
    boolean: 'beaconBooleanResponse',
    count: 'beaconCountResponse',
    record: 'beaconResultsetsResponse',
  }
  for (const path of [
    `g_variants?${place(COMMON)}`,
    'individuals?filters=OMIM:154700',
    'biosamples?filters=NCIT:C16576',
  ]) {
    for (const granularity of ['boolean', 'count', 'record'] as const) {
      const body = await bodyOf(`${path}&requestedGranularity=${granularity}`, records)
      const returned = (body as Answer).meta.returnedGranularity as keyof typeof schemas
      assert.deepEqual(errors(schemas[returned], body), [], `${path} ${granularity}`)
    }
  }
  for (const path of [
    'g_variants?start=x',
    'g_variants',
    'individuals',
    'nothing',
    'g_variants?requestedGranularity=all',
  ])
    assert.deepEqual(errors('beaconErrorResponse', await bodyOf(path)), [], path)
})

test('POST asks the same; a malformed question, a wrong token and a spent budget are error documents', async () => {
  const [, start] = COMMON.split(':')
  const body = {
    meta: { apiVersion: 'v2.0.0' },
    query: {
      requestParameters: {
        referenceName: '15',
        start: [Number(start)],
        referenceBases: 'C',
        alternateBases: 'A',
      },
      requestedGranularity: 'record',
    },
  }
  const posted = await call(`${server.url}/beacon/g_variants`, 'POST', body)
  assert.equal((posted.body as unknown as Answer).responseSummary.exists, true)
  const bad = await ask('g_variants?start=-1&referenceName=15')
  assert.deepEqual([bad.status, bad.error?.errorCode], [400, 400])
  const forged = await ask(`g_variants?${place(COMMON)}`, { authorization: 'Bearer forged' })
  assert.deepEqual([forged.status, forged.error?.errorCode], [401, 401])
  let last = 200
  for (let n = 0; n < 61 && last !== 429; n++) last = (await ask(`g_variants?${place(COMMON)}`)).status
  assert.equal(last, 429)
})

async function bodyOf(path: string, headers: Record<string, string> = {}): Promise<unknown> {
  return (await call(`${server.url}/beacon/${path}`, 'GET', undefined, headers)).body
}
