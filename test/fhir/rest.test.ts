import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ask, fhirServer, type TestFhirServer } from '../support/fhir-server.ts'

let server: TestFhirServer
let base: string
before(async () => {
  server = await fhirServer()
  base = server.base
})
after(() => server.close())

const ann = (more = {}) => ({
  resourceType: 'Patient',
  name: [{ family: 'Grundy', given: ['Ann'] }],
  ...more,
})
const codeOf = (body: {
  readonly issue: readonly { readonly details?: { readonly coding: readonly { readonly code: string }[] } }[]
}) => body.issue[0]?.details?.coding[0]?.code
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

test('one life of a resource: created, read, updated, patched, deleted, with its whole history', async () => {
  const made = await ask(`${base}/Patient`, 'POST', ann({ id: 'not-this', meta: { versionId: '99' } }))
  assert.equal(made.status, 201)
  const { id } = made.body
  assert.notEqual(id, 'not-this')
  const place = `${base}/Patient/${id}`
  assert.equal(made.headers.get('location'), `${place}/_history/1`)
  assert.equal(made.headers.get('etag'), 'W/"1"')
  assert.match(made.headers.get('content-type')!, /^application\/fhir\+json/)
  assert.equal(made.body.meta.versionId, '1')
  assert.match(made.body.meta.lastUpdated, instant)

  const read = await ask(place)
  assert.deepEqual(read.body, made.body)
  assert.equal(read.headers.get('last-modified'), new Date(read.body.meta.lastUpdated).toUTCString())

  const updated = await ask(place, 'PUT', ann({ id, gender: 'female' }), { 'if-match': 'W/"1"' })
  assert.equal(updated.status, 200)
  assert.equal(updated.body.meta.versionId, '2')
  const same = await ask(place, 'PUT', ann({ id, gender: 'female' }))
  assert.equal(same.body.meta.versionId, '2', 'what changes nothing makes no version')

  const patch = JSON.stringify([{ op: 'add', path: '/birthDate', value: '1980-01-01' }])
  const patched = await ask(place, 'PATCH', patch, { 'content-type': 'application/json-patch+json' })
  assert.equal(patched.body['birthDate'], '1980-01-01')
  const parameters = {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'operation',
        part: [
          { name: 'type', valueCode: 'replace' },
          { name: 'path', valueString: 'Patient.gender' },
          { name: 'value', valueCode: 'other' },
        ],
      },
    ],
  }
  const again = await ask(place, 'PATCH', parameters, { 'if-match': 'W/"3"' })
  assert.deepEqual([again.status, again.body['gender'], again.body.meta.versionId], [200, 'other', '4'])

  const gone = await ask(place, 'DELETE')
  assert.equal(gone.status, 204)
  assert.equal(gone.headers.get('etag'), 'W/"5"')
  const after = await ask(place)
  assert.deepEqual([after.status, codeOf(after.body)], [410, 'RESOURCE_GONE'])
  assert.equal((await ask(place, 'DELETE')).status, 204, 'deleting twice is no error')
})

test('earlier versions are kept', async () => {
  const made = await ask(`${base}/Organization`, 'POST', { resourceType: 'Organization', name: 'One' })
  const place = `${base}/Organization/${made.body.id}`
  await ask(place, 'PUT', { resourceType: 'Organization', id: made.body.id, name: 'Two' })
  await ask(place, 'DELETE')
  assert.equal((await ask(`${place}/_history/1`)).body['name'], 'One')
  assert.equal((await ask(`${place}/_history/2`)).body['name'], 'Two')
  assert.equal((await ask(`${place}/_history/3`)).status, 410)
  assert.equal((await ask(`${place}/_history/4`)).status, 404)
  assert.equal((await ask(`${place}/_history/x`)).status, 404)
  const { body } = await ask(`${place}/_history`)
  assert.equal(body.type, 'history')
  assert.deepEqual(
    body.entry!.map(({ request, response, resource }) => [
      request.method,
      response.status,
      resource?.['name'],
    ]),
    [
      ['DELETE', '204', undefined],
      ['PUT', '200', 'Two'],
      ['PUT', '201', 'One'],
    ],
  )
  const page = await ask(`${place}/_history?_count=2`)
  assert.equal(page.body.entry!.length, 2)
  const next = await ask(page.body.link.find(({ relation }) => relation === 'next')!.url)
  assert.deepEqual(
    next.body.entry!.map(({ resource }) => resource['name']),
    ['One'],
  )
  const ofType = await ask(`${base}/Organization/_history?_since=${made.body.meta.lastUpdated}`)
  assert.ok(ofType.body.entry!.some(({ fullUrl }) => fullUrl === place))
  const ofAll = await ask(`${base}/_history?_since=2100-01-01`)
  assert.equal(ofAll.body.entry, undefined)
  assert.equal((await ask(`${base}/_history?colour=red`)).status, 400)
  const short = await ask(`${place}/_history?_elements=active&_count=2`)
  assert.deepEqual(
    short.body.entry!.map(({ resource }) => resource?.['name'] ?? resource?.meta.tag?.[0]?.code),
    [undefined, 'SUBSETTED'],
  )
  const further = await ask(short.body.link.find(({ relation }) => relation === 'next')!.url)
  assert.equal(further.body.entry![0]!.resource['name'], undefined, 'further pages are shaped alike')
  assert.equal((await ask(`${place}/_history?_summary=count`)).status, 400)
  assert.equal((await ask(`${base}/Organization/nobody/_history`)).status, 404)
})

test('what the client already has is not sent again', async () => {
  const { body, headers } = await ask(`${base}/Practitioner`, 'POST', {
    resourceType: 'Practitioner',
    active: true,
  })
  const place = `${base}/Practitioner/${body.id}`
  const fresh = await ask(place, 'GET', undefined, { 'if-none-match': headers.get('etag')! })
  assert.deepEqual([fresh.status, fresh.body], [304, undefined])
  const since = await ask(place, 'GET', undefined, { 'if-modified-since': headers.get('last-modified')! })
  assert.equal(since.status, 304)
  assert.equal((await ask(place, 'GET', undefined, { 'if-none-match': 'W/"7"' })).status, 200)
})

test('what the client prefers to get back', async () => {
  const send = (prefer: string) =>
    ask(`${base}/Practitioner`, 'POST', { resourceType: 'Practitioner', active: true }, { prefer })
  const [none, outcome, whole] = [
    await send('return=minimal'),
    await send('return=OperationOutcome'),
    await send('return=representation'),
  ]
  assert.deepEqual([none.status, none.body], [201, undefined])
  assert.equal(outcome.body.resourceType, 'OperationOutcome')
  assert.equal(whole.body.resourceType, 'Practitioner')
  assert.ok(none.headers.get('location') && none.headers.get('etag'))
})

test('two writers of one version: one wins, the other is told', async () => {
  const made = await ask(`${base}/Practitioner`, 'POST', { resourceType: 'Practitioner', active: true })
  const place = `${base}/Practitioner/${made.body.id}`
  const write = (family: string) =>
    ask(
      place,
      'PUT',
      { resourceType: 'Practitioner', id: made.body.id, name: [{ family }] },
      { 'if-match': 'W/"1"' },
    )
  const answers = await Promise.all(['A', 'B', 'C', 'D'].map(write))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412])
  const refused = answers.find(({ status }) => status === 412)!
  assert.equal(codeOf(refused.body), 'PRECONDITION_FAILED')
  assert.equal((await ask(place)).body.meta.versionId, '2')
  assert.equal((await ask(place, 'DELETE', undefined, { 'if-match': 'W/"1"' })).status, 412)
  const patches = await Promise.all(
    ['E', 'F', 'G'].map((family) =>
      ask(place, 'PATCH', JSON.stringify([{ op: 'add', path: '/name/-', value: { family } }]), {
        'content-type': 'application/json-patch+json',
      }),
    ),
  )
  assert.deepEqual(
    patches.map(({ status }) => status),
    [200, 200, 200],
  )
  const names = (await ask(place)).body['name'] as readonly { family: string }[]
  assert.equal(names.length, 4, 'no patch was lost')
})

for (const [name, method, path, body, headers, status, code] of [
  ['an unknown id', 'GET', 'Patient/nobody', undefined, {}, 404, 'RESOURCE_UNKNOWN'],
  ['an unknown type', 'GET', 'Unicorn/1', undefined, {}, 404, 'TYPE_UNKNOWN'],
  ['an unknown operation', 'GET', 'Patient/1/$cure', undefined, {}, 404, 'ROUTE_UNKNOWN'],
  ['another method', 'DELETE', 'Patient/_history', undefined, {}, 405, 'INTERACTION_REFUSED'],
  ['a change of an audit record', 'DELETE', 'AuditEvent/1', undefined, {}, 405, 'INTERACTION_REFUSED'],
  ['XML asked for', 'GET', 'Patient', undefined, { accept: 'application/fhir+xml' }, 406, 'FORMAT_REFUSED'],
  [
    'FHIR R5 asked for',
    'GET',
    'Patient',
    undefined,
    { accept: 'application/fhir+json; fhirVersion=5.0' },
    406,
    'FORMAT_REFUSED',
  ],
  [
    'FHIR R5 sent',
    'POST',
    'Patient',
    '{"resourceType":"Patient"}',
    { 'content-type': 'application/fhir+json; fhirVersion=5.0' },
    415,
    'CONTENT_TYPE_REFUSED',
  ],
  ['XML asked for by _format', 'GET', 'Patient?_format=xml', undefined, {}, 406, 'FORMAT_REFUSED'],
  [
    'XML sent',
    'POST',
    'Patient',
    '<Patient/>',
    { 'content-type': 'application/fhir+xml' },
    415,
    'CONTENT_TYPE_REFUSED',
  ],
  ['no JSON', 'POST', 'Patient', '{', { 'content-type': 'application/fhir+json' }, 400, 'REQUEST_MALFORMED'],
  ['another type', 'POST', 'Patient', { resourceType: 'Observation' }, {}, 400, 'REQUEST_MALFORMED'],
  ['another id', 'PUT', 'Patient/a', ann({ id: 'b' }), {}, 400, 'REQUEST_MALFORMED'],
  ['no id', 'PUT', 'Patient/a', ann(), {}, 400, 'REQUEST_MALFORMED'],
  [
    'a bad id',
    'PUT',
    'Organization/a_b',
    { resourceType: 'Organization', id: 'a_b', name: 'x' },
    {},
    400,
    'ID_MALFORMED',
  ],
  [
    'a bad tag',
    'PUT',
    'Organization/a',
    { resourceType: 'Organization', id: 'a', name: 'x' },
    { 'if-match': 'x' },
    400,
    'PRECONDITION_MALFORMED',
  ],
  ['an invalid resource', 'POST', 'Patient', ann({ birthDate: 'soon' }), {}, 422, undefined],
  ['an unknown element', 'POST', 'Patient', ann({ colour: 'red' }), {}, 422, undefined],
  [
    'an empty patch',
    'PATCH',
    'Patient/nobody',
    '[]',
    { 'content-type': 'application/json-patch+json' },
    404,
    'RESOURCE_UNKNOWN',
  ],
  [
    'an update of what never was, by version',
    'PUT',
    'Organization/never',
    { resourceType: 'Organization', id: 'never', name: 'x' },
    { 'if-match': 'W/"1"' },
    412,
    'PRECONDITION_FAILED',
  ],
] as const) {
  test(`${name}: ${status}`, async () => {
    const answer = await ask(`${base}/${path}`, method, body, headers)
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    assert.equal(answer.body.resourceType, 'OperationOutcome')
    assert.equal(codeOf(answer.body), code)
    assert.match(answer.headers.get('content-type')!, /^application\/fhir\+json/)
  })
}

test('what is nested too deep, or too large, is refused', async () => {
  const deep = `{"resourceType":"Patient","extension":${'[{"extension":'.repeat(120)}[]${'}]'.repeat(120)}}`
  const answer = await ask(`${base}/Patient`, 'POST', deep, { 'content-type': 'application/fhir+json' })
  assert.deepEqual([answer.status, codeOf(answer.body)], [400, 'BODY_TOO_DEEP'])
  const large = JSON.stringify(ann({ text: 'x'.repeat(33 * 2 ** 20) }))
  const refused = await ask(`${base}/Patient`, 'POST', large, { 'content-type': 'application/fhir+json' })
  assert.deepEqual([refused.status, codeOf(refused.body)], [413, 'BODY_TOO_LARGE'])
})

test('a client may choose an id; the place is then taken', async () => {
  const organization = { resourceType: 'Organization', id: 'chosen', name: 'x' }
  assert.equal((await ask(`${base}/Organization/chosen`, 'PUT', organization)).status, 201)
  await ask(`${base}/Organization/chosen`, 'DELETE')
  const back = await ask(`${base}/Organization/chosen`, 'PUT', organization)
  assert.deepEqual([back.status, back.body.meta.versionId], [201, '3'])
})

test('_pretty indents, _elements shortens a read', async () => {
  const { body } = await ask(`${base}/Organization/chosen?_elements=name`)
  assert.equal(body.meta.tag?.[0]?.code, 'SUBSETTED')
  const response = await fetch(`${base}/Organization/chosen?_pretty=true`)
  assert.match(await response.text(), /^{\n {2}"resourceType"/)
})

test('$validate says what is wrong and stores nothing', async () => {
  const wrong = { resourceType: 'Observation', status: 'done', code: { text: 'x' } }
  const answer = await ask(`${base}/Observation/$validate`, 'POST', wrong)
  assert.equal(answer.status, 200)
  assert.ok(
    answer.body.issue.some(
      ({ severity, expression }) => severity === 'error' && expression?.[0] === 'Observation.status',
    ),
  )
  const parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'resource', resource: { ...wrong, status: 'final' } },
      { name: 'profile', valueUri: 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/variant' },
    ],
  }
  const profiled = await ask(`${base}/Observation/$validate`, 'POST', parameters)
  assert.ok(profiled.body.issue.some(({ severity }) => severity === 'error'))
  const good = await ask(`${base}/Observation/$validate`, 'POST', { ...wrong, status: 'final' })
  assert.ok(good.body.issue.every(({ severity }) => severity !== 'error'))
  assert.equal((await ask(`${base}/Observation?status=final`)).body.total, 0)
  const stored = await ask(`${base}/Organization/chosen/$validate`)
  assert.equal(stored.status, 200)
  assert.equal(
    (await ask(`${base}/Observation/$validate`, 'POST', { resourceType: 'Parameters' })).status,
    400,
  )
})

test('every interaction is in the audit log before its answer, without a searched value', async () => {
  const { body } = await ask(`${base}/Patient`, 'POST', ann())
  server.audited.length = 0
  await ask(`${base}/Patient/${body.id}`)
  await ask(`${base}/Patient?family=Grundy&_sort=family`)
  await ask(`${base}/Patient/nobody`)
  await ask(`${base}/Patient/${body.id}`, 'DELETE')
  const [read, search, unknown, gone] = server.audited
  assert.deepEqual(
    [read, search, unknown, gone].map((one) => [one!.action, one!.interaction, one!.outcome, one!.code]),
    [
      ['R', 'read', 'success', undefined],
      ['E', 'search-type', 'success', undefined],
      ['R', 'read', 'refused', 'RESOURCE_UNKNOWN'],
      ['D', 'delete', 'success', undefined],
    ],
  )
  assert.deepEqual(read!.patients, [body.id])
  assert.ok(search!.what.includes('Patient?family&_sort'))
  assert.ok(search!.patients.includes(body.id as never))
  assert.ok(!JSON.stringify(server.audited).includes('Grundy'))
})

test('when the audit log cannot be written there is no answer', async () => {
  const broken = await fhirServer({
    audit: { record: () => Promise.reject(new Error('disk full')) },
  })
  try {
    const answer = await ask(`${broken.base}/Patient`)
    assert.equal(answer.status, 500)
    assert.equal(answer.body.resourceType, 'OperationOutcome')
    assert.ok(!JSON.stringify(answer.body).includes('disk full'), 'a bug tells nothing of itself')
  } finally {
    await broken.close()
  }
})

test('commits are announced, and an announcement that fails does not undo them', async () => {
  server.announced.length = 0
  const { body } = await ask(`${base}/Organization`, 'POST', { resourceType: 'Organization', name: 'x' })
  assert.deepEqual(
    server.announced.map(({ type, id, action }) => [type, id, action]),
    [['Organization', body.id, 'created']],
  )
  const deaf = await fhirServer({ changed: () => Promise.reject(new Error('nobody listens')) })
  try {
    const answer = await ask(`${deaf.base}/Organization`, 'POST', { resourceType: 'Organization', name: 'x' })
    assert.equal(answer.status, 201)
    assert.equal(deaf.log.length, 1)
  } finally {
    await deaf.close()
  }
})

test('what the server answers is itself valid FHIR', async () => {
  const { body } = await ask(`${base}/Organization`, 'POST', { resourceType: 'Organization', name: 'valid' })
  const entry = [
    {
      resource: { resourceType: 'Organization', name: 'x' },
      request: { method: 'POST', url: 'Organization' },
    },
    { request: { method: 'DELETE', url: `Organization/${body.id}` } },
  ]
  const answers = [
    await ask(`${base}/Organization?colour=red&_count=1&_summary=true`),
    await ask(`${base}/Organization?name=nobody`),
    await ask(base, 'POST', { resourceType: 'Bundle', type: 'transaction', entry }),
    await ask(base, 'POST', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [...entry, { request: { method: 'GET', url: 'Patient/nobody' } }],
    }),
    await ask(`${base}/Organization/${body.id}/_history`),
    await ask(`${base}/Organization/${body.id}`),
    await ask(`${base}/Patient`, 'POST', ann({ birthDate: 'soon' })),
    await ask(`${base}/metadata`),
  ]
  for (const answer of answers) {
    const wrong = server.service.validate(answer.body as never).filter(({ severity }) => severity === 'error')
    assert.deepEqual(wrong, [], JSON.stringify(answer.body).slice(0, 400))
  }
})

test('a body that is not UTF-8 is refused: nothing is kept with characters put in place of its own', async () => {
  const [head, tail] = JSON.stringify(ann()).split('Ann') as [string, string]
  const send = (name: Uint8Array) =>
    fetch(`${base}/Patient`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: Buffer.concat([Buffer.from(head), name, Buffer.from(tail)]),
    })
  const latin = await send(Uint8Array.of(0x5a, 0x6f, 0xeb))
  assert.equal(latin.status, 400)
  assert.equal(codeOf(await latin.json()), 'REQUEST_MALFORMED')
  const good = await send(Buffer.from('Zoë'))
  assert.equal(good.status, 201)
  assert.deepEqual(((await good.json()) as { name: { given: string[] }[] }).name[0]?.given, ['Zoë'])
})

test('a refused method is answered with those that the address takes', async () => {
  for (const [method, path, allowed] of [
    ['POST', 'Patient/1', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['DELETE', 'AuditEvent/1', 'GET, HEAD'],
  ] as const) {
    const answer = await ask(`${base}/${path}`, method, method === 'POST' ? ann() : undefined)
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, allowed])
  }
})

test('what may turn a resource round is refused, wherever it stands', async () => {
  const twist = [{ url: 'http://lab.example/not-this-person', valueBoolean: true }]
  const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } }
  for (const [more, place] of [
    [{ modifierExtension: twist }, 'Observation.modifierExtension'],
    [
      { component: [{ code: { text: 'y' }, modifierExtension: twist }] },
      'Observation.component[0].modifierExtension',
    ],
    [{ implicitRules: 'http://lab.example/rules' }, 'Observation.implicitRules'],
  ] as const) {
    const { status, body } = await ask(`${base}/Observation`, 'POST', { ...observation, ...more })
    assert.equal(status, 422, place)
    assert.deepEqual(
      body.issue.filter(({ severity }) => severity === 'error').map(({ expression }) => expression?.[0]),
      [place],
    )
  }
})
