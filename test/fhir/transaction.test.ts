import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Answer, ask, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

let server: TestFhirServer
let base: string
before(async () => {
  server = await fhirServer()
  base = server.base
})
after(() => server.close())

interface Entry {
  readonly fullUrl?: string
  readonly resource?: object
  readonly request: { readonly method: string; readonly url: string; readonly [condition: string]: string }
}
const send = (type: string, entry: readonly Entry[], headers = {}) =>
  ask(base, 'POST', { resourceType: 'Bundle', type, entry }, headers)
const post = (fullUrl: string, resource: { resourceType: string }, more = {}): Entry => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
})
const code = { coding: [{ system: 'http://loinc.org', code: '8302-2' }] }
const observation = (subject: string, more = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code,
  subject: { reference: subject },
  ...more,
})
const patient = (value: string) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:mrn', value }],
  name: [{ family: value }],
})
const statuses = ({ body }: Answer) => body.entry?.map(({ response }) => response.status)
const fault = ({ status, body }: Answer) => [
  status,
  body.issue[0]?.details?.coding[0]?.code,
  body.issue[0]?.expression?.[0],
]
const total = async (search: string) => (await ask(`${base}/${search}&_summary=count`)).body.total
const placeOf = (answer: Answer, at: number) =>
  /R4\/(.+)\/_history/.exec(answer.body.entry![at]!.response.location)![1]!

const subjectOf = (answer: Answer, at: number) =>
  (answer.body.entry![at]!.resource['subject'] as { reference: string }).reference

test('entries refer to each other by urn and by address; the answer keeps their order', async () => {
  const answer = await send('transaction', [
    { request: { method: 'GET', url: 'Observation?subject:Patient.identifier=urn:mrn|T1' } },
    post('urn:uuid:0a', observation('urn:uuid:0b')),
    post('urn:uuid:0b', patient('T1')),
    post('http://elsewhere.example/Observation/7', { ...observation('urn:uuid:0b'), id: '7' } as never),
    post('urn:uuid:0c', {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code,
      subject: { reference: 'urn:uuid:0b' },
      result: [
        { reference: 'urn:uuid:0a' },
        { reference: 'Observation/7' },
        { reference: 'http://elsewhere.example/Observation/7' },
      ],
    } as never),
  ])
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body.type, 'transaction-response')
  assert.deepEqual(statuses(answer), ['200', '201', '201', '201', '201'])
  const found = answer.body.entry![0]!.resource
  assert.equal(found.total, 2, 'a read sees what the transaction wrote')
  const report = await ask(`${base}/${placeOf(answer, 4)}`)
  assert.deepEqual(report.body['subject'], { reference: placeOf(answer, 2) })
  assert.deepEqual(
    (report.body['result'] as { reference: string }[]).map(({ reference }) => reference),
    [placeOf(answer, 1), placeOf(answer, 3), placeOf(answer, 3)],
  )
})

test('all or nothing: one bad entry, and nothing is written; the outcome names it', async () => {
  const before = await total('Patient?_id:missing=false'.replace('_id:missing=false', 'gender:missing=true'))
  for (const [bad, status, faultCode] of [
    [post('urn:uuid:2', { resourceType: 'Observation' }), 422, undefined],
    [post('urn:uuid:2', observation('Patient/nobody')), 422, 'PATIENT_UNKNOWN'],
    [
      { ...post('urn:uuid:2', patient('x')), request: { method: 'PUT', url: 'Patient/q', ifMatch: 'W/"3"' } },
      412,
      'PRECONDITION_FAILED',
    ],
    [
      { request: { method: 'PATCH', url: 'Patient/nobody' }, resource: { resourceType: 'Parameters' } },
      404,
      'RESOURCE_UNKNOWN',
    ],
    [post('urn:uuid:2', observation('Patient?identifier=urn:mrn|nobody')), 412, 'CONDITION_UNMET'],
    [post('urn:uuid:2', patient('T1')), 409, 'PATIENT_IDENTIFIER_TAKEN'],
    [{ request: { method: 'POST', url: 'Unicorn' }, resource: {} }, 400, 'BUNDLE_MALFORMED'],
    [{ resource: patient('x'), request: { method: 'POST', url: 'Observation' } }, 400, 'BUNDLE_MALFORMED'],
  ] as const) {
    const answer = await send('transaction', [post('urn:uuid:1', patient('T-none')), bad as Entry])
    assert.deepEqual(
      [answer.status, answer.body.issue[0]?.details?.coding[0]?.code],
      [status, faultCode],
      JSON.stringify(answer.body),
    )
  }
  const [, , place] = fault(
    await send('transaction', [
      post('urn:uuid:1', patient('T-none')),
      post('urn:uuid:2', { resourceType: 'Observation' }),
    ]),
  )
  assert.match(String(place), /^Bundle\.entry\[1\]/)
  assert.equal(await total('Patient?identifier=urn:mrn|T-none'), 0)
  assert.equal(await total('Patient?gender:missing=true'), before)
})

test('two entries about one resource are refused', async () => {
  const put = {
    resource: { ...patient('twice'), id: 'twice' },
    request: { method: 'PUT', url: 'Patient/twice' },
  }
  assert.deepEqual(fault(await send('transaction', [put, put])), [400, 'RESOURCE_TWICE', 'Bundle.entry[1]'])
})

test('conditions in a transaction: create, update, delete, references', async () => {
  const entries = [
    post('urn:uuid:p', patient('T2'), { ifNoneExist: 'identifier=urn:mrn|T2' }),
    post('urn:uuid:o', observation('urn:uuid:p')),
    post('urn:uuid:q', observation('Patient?identifier=urn:mrn|T1')),
    {
      resource: {
        resourceType: 'Organization',
        name: 'first',
        identifier: [{ system: 'urn:o', value: '1' }],
      },
      request: { method: 'PUT', url: 'Organization?identifier=urn:o|1' },
    },
    { request: { method: 'DELETE', url: 'Organization?identifier=urn:o|none' } },
  ]
  const first = await send('transaction', entries)
  assert.deepEqual(statuses(first), ['201', '201', '201', '201', '204'], JSON.stringify(first.body))
  const second = await send('transaction', entries)
  assert.deepEqual(statuses(second), ['200', '201', '201', '200', '204'])
  assert.equal(placeOf(second, 0), placeOf(first, 0))
  assert.equal(await total('Patient?identifier=urn:mrn|T2'), 1)
  assert.equal(await total('Observation?patient.identifier=urn:mrn|T2'), 2)
  const gone = await send('transaction', [
    { request: { method: 'DELETE', url: 'Organization?identifier=urn:o|1' } },
  ])
  assert.deepEqual(statuses(gone), ['204'])
  assert.equal(await total('Organization?identifier=urn:o|1'), 0)
})

test('updates, patches and deletes in one transaction', async () => {
  const made = await send(
    'transaction',
    ['a', 'b', 'c'].map((id) => ({
      resource: { resourceType: 'Organization', id: `t-${id}`, name: id },
      request: { method: 'PUT', url: `Organization/t-${id}` },
    })),
  )
  assert.deepEqual(statuses(made), ['201', '201', '201'])
  const patch = Buffer.from(JSON.stringify([{ op: 'replace', path: '/name', value: 'patched' }])).toString(
    'base64',
  )
  const answer = await send(
    'transaction',
    [
      {
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data: patch },
        request: { method: 'PATCH', url: 'Organization/t-a' },
      },
      { request: { method: 'DELETE', url: 'Organization/t-b' } },
      {
        resource: { resourceType: 'Organization', id: 't-c', name: 'new' },
        request: { method: 'PUT', url: 'Organization/t-c', ifMatch: 'W/"1"' },
      },
      { request: { method: 'GET', url: 'Organization/t-a' } },
    ],
    { prefer: 'return=representation' },
  )
  assert.deepEqual(statuses(answer), ['200', '204', '200', '200'], JSON.stringify(answer.body))
  assert.deepEqual(
    answer.body.entry!.map(({ resource }) => resource?.['name']),
    ['patched', undefined, 'new', 'patched'],
  )
  assert.deepEqual(
    answer.body.entry!.map(({ response }) => response.etag),
    ['W/"2"', 'W/"2"', 'W/"2"', 'W/"2"'],
  )
})

test('a batch does each entry by itself', async () => {
  const answer = await send('batch', [
    post('urn:uuid:1', { resourceType: 'Organization', name: 'batched' } as never),
    post('urn:uuid:2', { resourceType: 'Observation' }),
    { request: { method: 'GET', url: 'Organization?name=batched' } },
    { request: { method: 'GET', url: 'Organization/nobody' } },
    { request: { method: 'DELETE', url: 'Organization/t-a' } },
    { request: { method: 'GET', url: 'metadata' } },
  ])
  assert.equal(answer.status, 200)
  assert.equal(answer.body.type, 'batch-response')
  assert.deepEqual(statuses(answer), ['201', '422', '200', '404', '204', '404'])
  assert.equal(answer.body.entry![2]!.resource.total, 1)
  assert.equal(answer.body.entry![1]!.response.outcome.resourceType, 'OperationOutcome')
})

test('a batch entry that is no request spoils itself alone', async () => {
  const answer = await send('batch', [
    { request: { method: 'POST', url: 'Organization' } },
    { resource: { resourceType: 'Organization', name: 'no request' } } as never,
    post('urn:uuid:1', { resourceType: 'Organization', name: 'among the broken' } as never),
  ])
  assert.deepEqual([answer.status, statuses(answer)], [200, ['400', '400', '201']])
  assert.deepEqual(answer.body.entry![1]!.response.outcome.issue[0]?.expression, ['Bundle.entry[1]'])
})

test('a relative reference means the entry below the same root, never somebody here who has that id', async () => {
  const here = { ...patient('T41'), id: 't41', name: [{ family: 'Here' }] }
  assert.equal((await ask(`${base}/Patient/t41`, 'PUT', here)).status, 201)
  const root = 'http://elsewhere.example/fhir'
  const arriving = { ...patient('T42'), name: [{ family: 'Arriving' }] }
  const seen = (value: string) => ({
    ...observation('Patient/t41'),
    identifier: [{ system: 'urn:rel', value }],
  })
  // Without an id in the resource, by a condition that finds nothing, and by one that finds somebody.
  const bundles: readonly (readonly [string, Entry])[] = [
    ['made', post(`${root}/Patient/t41`, arriving)],
    ['found', post(`${root}/Patient/t41`, arriving, { ifNoneExist: 'identifier=urn:mrn|T42' })],
    [
      'put',
      {
        fullUrl: `${root}/Patient/t41`,
        resource: arriving,
        request: { method: 'PUT', url: 'Patient?identifier=urn:mrn|T42' },
      },
    ],
  ]
  for (const [value, person] of bundles) {
    const answer = await send('transaction', [person, post(`${root}/Observation/1`, seen(value))])
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    const whose = subjectOf(answer, 1)
    assert.equal(whose, placeOf(answer, 0), value)
    assert.notEqual(whose, 'Patient/t41', value)
  }
  const other = await send('transaction', [
    post(`${root}/Patient/t41`, patient('T43')),
    post('http://third.example/fhir/Observation/1', seen('third')),
  ])
  assert.equal(subjectOf(other, 1), 'Patient/t41', 'below another root')
})

test('a conditional update that meets nothing does not replace the resource whose id was sent', async () => {
  const place = `${base}/Organization/t-kept`
  await ask(place, 'PUT', { resourceType: 'Organization', id: 't-kept', name: 'kept' })
  const resource = { resourceType: 'Organization', id: 't-kept', name: 'other' }
  const answer = await send('transaction', [
    { resource, request: { method: 'PUT', url: 'Organization?identifier=urn:o|nobody' } },
  ])
  assert.deepEqual(fault(answer), [409, 'RESOURCE_EXISTS', 'Bundle.entry[0]'])
  const only = { resource, request: { method: 'PUT', url: 'Organization/t-kept', ifNoneMatch: '*' } }
  assert.deepEqual(fault(await send('transaction', [only])).slice(0, 2), [412, 'PRECONDITION_FAILED'])
  assert.equal((await ask(place)).body['name'], 'kept')
})

test('what is no transaction and no batch is refused', async () => {
  assert.equal((await send('document', [])).status, 400)
  assert.equal((await ask(base, 'POST', { resourceType: 'Patient' })).status, 400)
  const empty = await send('transaction', [])
  assert.deepEqual([empty.status, empty.body.entry], [200, undefined])
})

test('a transaction is one entry of the audit log, with the people it touched', async () => {
  server.audited.length = 0
  const answer = await send('transaction', [
    post('urn:uuid:p', patient('T3')),
    post('urn:uuid:o', observation('urn:uuid:p')),
  ])
  assert.equal(server.audited.length, 1)
  const [entry] = server.audited
  assert.equal(entry!.interaction, 'transaction')
  assert.deepEqual(entry!.patients, [placeOf(answer, 0).split('/')[1]])
  assert.ok(entry!.what.includes(placeOf(answer, 1)))
})

test('two entries under one address, or created under one condition, are refused: nothing is stored', async () => {
  const one = { ...observation('urn:uuid:3a'), identifier: [{ system: 'urn:once', value: '1' }] }
  const condition = { ifNoneExist: 'identifier=urn:once|1' }
  const alike = [post('urn:uuid:3b', one, condition), post('urn:uuid:3c', one, condition)]
  const person = post('urn:uuid:3a', patient('T33'))
  assert.deepEqual(fault(await send('transaction', [person, ...alike])).slice(0, 2), [
    400,
    'BUNDLE_MALFORMED',
  ])
  const address = [post('urn:uuid:3b', one), post('urn:uuid:3b', one)]
  assert.deepEqual(fault(await send('transaction', [person, ...address])).slice(0, 2), [
    400,
    'BUNDLE_MALFORMED',
  ])
  assert.equal(await total('Observation?identifier=urn:once|1'), 0)
  assert.deepEqual(statuses(await send('transaction', [person, alike[0]!])), ['201', '201'])
  assert.equal(await total('Observation?identifier=urn:once|1'), 1)
})
