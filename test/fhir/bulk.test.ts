import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { until } from '../support/until.ts'

let server: TestServer
let fhir = ''
/** What the subscriber was sent. */
const told: { method: string; url: string; body: string; headers: IncomingMessage['headers'] }[] = []
let answer = 200
let subscriber: Server
let hook = ''

before(async () => {
  subscriber = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      told.push({ method: request.method!, url: request.url!, body, headers: request.headers })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => subscriber.listen(0, '127.0.0.1', resolve))
  hook = `http://127.0.0.1:${(subscriber.address() as AddressInfo).port}/hook`
  server = await testServer({ mayNotify: (endpoint) => endpoint.startsWith(hook) })
  fhir = `${server.url}/fhir/R4`
  for (const id of ['b1', 'b2']) {
    await put({ resourceType: 'Patient', id, name: [{ family: 'Example' }] })
    await put(observation(`o-${id}`, id, '8480-6'))
  }
  await put({ resourceType: 'Practitioner', id: 'pr1' })
  await put({
    resourceType: 'Group',
    id: 'g1',
    type: 'person',
    actual: true,
    member: [
      { entity: { reference: 'Patient/b1' } },
      { entity: { reference: 'Patient/b2' }, inactive: true },
    ],
  })
})
after(async () => {
  await server.close()
  subscriber.closeAllConnections()
  await new Promise((resolve) => subscriber.close(resolve))
})

const observation = (id: string, patient: string, code: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: `Patient/${patient}` },
})

async function put(resource: Record<string, unknown> & { resourceType: string; id: string }): Promise<void> {
  const { status, body } = await call(`${fhir}/${resource.resourceType}/${resource.id}`, 'PUT', resource)
  assert.ok(status === 200 || status === 201, JSON.stringify(body))
}

const ASYNC = { prefer: 'respond-async' }

/** Kicks an export off and follows it to its manifest. */
async function exported(
  path: string,
): Promise<{ location: string; manifest: Record<string, unknown>; lines: Map<string, string[]> }> {
  const kick = await call(`${fhir}/${path}`, 'GET', undefined, ASYNC)
  assert.equal(kick.status, 202, JSON.stringify(kick.body))
  const location = kick.headers.get('content-location')!
  const manifest = await until('the export was not made', async () => {
    const { status, body, headers } = await call(location)
    if (status === 202) assert.ok(headers.get('x-progress'))
    else assert.equal(status, 200, JSON.stringify(body))
    return status === 200 && body
  })
  const lines = new Map<string, string[]>()
  for (const { type, url, count } of manifest['output'] as { type: string; url: string; count: number }[]) {
    const file = await fetch(url)
    assert.equal(file.headers.get('content-type'), 'application/fhir+ndjson')
    const own = (await file.text()).trim().split('\n')
    assert.equal(own.length, count)
    lines.set(type, own)
  }
  return { location, manifest, lines }
}
const idsOf = (lines: Map<string, string[]>, type: string) =>
  (lines.get(type) ?? []).map((line) => (JSON.parse(line) as { id: string }).id).sort()

test('everybody’s record: what is in no record stays out', async () => {
  const { manifest, lines } = await exported('Patient/$export')
  assert.equal(manifest['requiresAccessToken'], true)
  assert.deepEqual(idsOf(lines, 'Patient'), ['b1', 'b2'])
  assert.deepEqual(idsOf(lines, 'Observation'), ['o-b1', 'o-b2'])
  assert.equal(lines.has('Practitioner'), false)
})

test('the whole server, by type', async () => {
  const { lines } = await exported('$export?_type=Practitioner,Group')
  assert.deepEqual([...lines.keys()].sort(), ['Group', 'Practitioner'])
})

test('a group: its members who are in it now', async () => {
  const { lines } = await exported('Group/g1/$export')
  assert.deepEqual(idsOf(lines, 'Patient'), ['b1'])
  assert.deepEqual(idsOf(lines, 'Observation'), ['o-b1'])
})

test('filters by type and since', async () => {
  await put(observation('o-x', 'b1', '29463-7'))
  const filter = encodeURIComponent('Observation?code=29463-7')
  const { lines } = await exported(`Patient/$export?_type=Observation&_typeFilter=${filter}`)
  assert.deepEqual(idsOf(lines, 'Observation'), ['o-x'])
  const later = new Date(server.services.now().getTime() + 3600_000).toISOString()
  const none = await exported(`Patient/$export?_since=${encodeURIComponent(later)}`)
  assert.deepEqual(none.manifest['output'], [])
})

test('faults: no respond-async, an unknown group, type, format, parameter or filter', async () => {
  for (const [path, headers, status] of [
    ['Patient/$export', {}, 400],
    ['Group/nobody/$export', ASYNC, 404],
    ['Patient/$export?_type=Unicorn', ASYNC, 404],
    ['Patient/$export?_outputFormat=text/csv', ASYNC, 400],
    ['Patient/$export?_magic=1', ASYNC, 400],
    ['Patient/$export?_since=yesterday', ASYNC, 400],
    ['Patient/$export?_typeFilter=Observation%3Fmagic%3D1', ASYNC, 400],
  ] as const) {
    const answered = await call(`${fhir}/${path}`, 'GET', undefined, headers)
    assert.deepEqual([answered.status, answered.body['resourceType']], [status, 'OperationOutcome'], path)
  }
  const lenient = { prefer: 'respond-async, handling=lenient' }
  assert.equal((await call(`${fhir}/Patient/$export?_magic=1`, 'GET', undefined, lenient)).status, 202)
})

test('what was exported is taken by another server; lines that cannot be are named', async () => {
  const { lines } = await exported('Patient/$export?_type=Patient,Observation')
  const other = await testServer()
  try {
    const body = [
      ...lines.get('Patient')!,
      ...lines.get('Observation')!,
      '{',
      '{"resourceType":"Patient"}',
      '',
    ]
    const nobody = { ...observation('o-n', 'nobody', '1-8') }
    const answer = await fetch(`${other.url}/fhir/R4/$import`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+ndjson' },
      body: [...body, JSON.stringify(nobody)].join('\n'),
    })
    const outcome = (await answer.json()) as { issue: { diagnostics: string }[] }
    assert.equal(answer.status, 200, JSON.stringify(outcome))
    const count = lines.get('Patient')!.length + lines.get('Observation')!.length
    assert.equal(outcome.issue[0]!.diagnostics, `${count} resources written, 3 lines refused`)
    assert.deepEqual(
      outcome.issue
        .slice(1)
        .map((one) => /^line (\d+)/.exec(one.diagnostics)?.[1])
        .sort(),
      [count + 1, count + 2, count + 4].map(String).sort(),
    )
    assert.equal((await call(`${other.url}/fhir/R4/Observation/o-b1`)).status, 200)
  } finally {
    await other.close()
  }
})

test('an export is also asked for by POST, its parameters in the address or the body', async () => {
  const kick = (body: unknown, query = '', prefer = 'respond-async') =>
    fetch(`${fhir}/Patient/$export${query}`, {
      method: 'POST',
      headers: { prefer, ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const parameters = (...parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter })
  const types = async (answer: Response) => {
    assert.equal(answer.status, 202, await answer.text())
    const { body } = await until('the export was not made', async () => {
      const status = await call(answer.headers.get('content-location')!)
      return status.status !== 202 && status
    })
    return (body['output'] as readonly { type: string }[]).map(({ type }) => type)
  }
  const byBody = parameters(
    { name: '_type', valueString: 'Patient' },
    { name: '_since', valueInstant: '2020-01-01T00:00:00Z' },
  )
  assert.deepEqual(await types(await kick(byBody)), ['Patient'])
  assert.deepEqual(await types(await kick(undefined, '?_type=Observation')), ['Observation'])
  const patient = parameters({ name: 'patient', valueReference: { reference: 'Patient/b1' } })
  for (const prefer of ['respond-async', 'respond-async, handling=lenient'])
    assert.equal((await kick(patient, '', prefer)).status, 400, 'never everybody in place of some')
  assert.equal((await kick({ resourceType: 'Patient' })).status, 400)
})

test('/metadata claims the export where it is served', async () => {
  const { body } = await call(`${fhir}/metadata`)
  assert.deepEqual(body['instantiates'], ['http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'])
  type Offered = { readonly type?: string; readonly operation?: readonly { readonly definition: string }[] }
  const [rest] = body['rest'] as readonly [
    Offered & { readonly resource: readonly Offered[]; security?: object },
  ]
  const exports = [rest, ...rest.resource].flatMap(({ type = '', operation = [] }) =>
    operation.flatMap(({ definition }) =>
      /bulkdata/.test(definition) ? [`${type} ${definition.split('/').at(-1)}`] : [],
    ),
  )
  assert.deepEqual(exports.sort(), [' export', 'Group group-export', 'Patient patient-export'])
  assert.equal(rest.security, undefined, 'nobody signs in here')
})

test('deleted: its files are gone', async () => {
  const { location, manifest } = await exported('Patient/$export?_type=Patient')
  assert.equal((await call(location, 'DELETE')).status, 202)
  assert.equal((await call(location)).status, 404)
  const [{ url }] = manifest['output'] as [{ url: string }]
  assert.equal((await call(url)).status, 404)
})

const subscription = (id: string, change: Record<string, unknown> = {}) => ({
  resourceType: 'Subscription',
  id,
  status: 'requested',
  reason: 'follow results',
  criteria: 'Observation?code=2160-0',
  channel: {
    type: 'rest-hook',
    endpoint: hook,
    payload: 'application/fhir+json',
    header: ['Authorization: Bearer example'],
  },
  ...change,
})

async function waited(count: number): Promise<void> {
  await until(`${count} notifications did not come`, () => told.length >= count)
  assert.equal(told.length, count)
}

test('a subscriber is told of what it asked for, once for each version, and of nothing else', async () => {
  await put(subscription('s1'))
  assert.equal((await call(`${fhir}/Subscription/s1`)).body['status'], 'active')
  await put(observation('n1', 'b1', '2160-0'))
  await put(observation('n2', 'b1', '2345-7'))
  await waited(1)
  const [first] = told
  assert.deepEqual([first!.method, first!.url], ['PUT', '/hook/Observation/n1'])
  assert.equal(first!.headers['authorization'], 'Bearer example')
  assert.equal((JSON.parse(first!.body) as { id: string }).id, 'n1')
  await put({ ...observation('n1', 'b1', '2160-0'), status: 'amended' })
  await waited(2)
  await put(subscription('s1', { status: 'off' }))
  await put({ ...observation('n1', 'b1', '2160-0'), status: 'corrected' })
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.equal(told.length, 2)
})

test('a subscriber in trouble is tried again; without a payload it is told nothing of what happened', async () => {
  told.length = 0
  answer = 503
  await put(
    subscription('s2', {
      criteria: 'Observation?code=718-7',
      channel: { type: 'rest-hook', endpoint: hook },
    }),
  )
  await put(observation('n3', 'b2', '718-7'))
  await waited(1)
  assert.deepEqual([told[0]!.method, told[0]!.url, told[0]!.body], ['POST', '/hook', ''])
  // The subscriber has been told; that it was in vain is written down a moment later.
  const triedAgain = async () =>
    (await server.store.jobs.list(server.services.tenant, 'waiting', 50)).some(
      (one) => one.kind === 'notify' && one.attempt === 1,
    )
  await until('it was not tried again', triedAgain)
  const [job] = (await server.store.jobs.list(server.services.tenant, 'waiting', 50)).filter(
    (one) => one.kind === 'notify',
  )
  assert.equal(job!.fault?.code, 'NOTIFY_UNREACHED', 'a subscriber who is away is no defect of the program')
  answer = 200
})

test('a Subscription tells that its subscriber refuses, goes on, and tells when it is taken again or has ended', async () => {
  const told = async (id: string, status: string) => {
    const body = await until(`${id} is not ${status}`, async () => {
      const { body } = await call(`${fhir}/Subscription/${id}`)
      return body['status'] === status && body
    })
    return [body['status'], body['error']]
  }
  await put(subscription('s3', { criteria: 'Observation?code=6298-4' }))
  answer = 410
  await put(observation('n4', 'b1', '6298-4'))
  assert.deepEqual(await told('s3', 'error'), ['error', 'the subscriber answered with status 410'])
  answer = 200
  await put(observation('n5', 'b1', '6298-4'))
  assert.deepEqual(await told('s3', 'active'), ['active', undefined])
  await put(subscription('s4', { criteria: 'Observation?code=2951-2', end: '2020-01-01T00:00:00Z' }))
  await put(observation('n6', 'b1', '2951-2'))
  assert.deepEqual(await told('s4', 'off'), ['off', undefined])
})

test('a subscription that could not be served is refused when it is made', async () => {
  for (const change of [
    { channel: { type: 'email', endpoint: 'mailto:a@example.org' } },
    { channel: { type: 'rest-hook', endpoint: 'http://127.0.0.1:1/elsewhere' } },
    { criteria: 'Unicorn?code=1' },
    { criteria: 'Observation?magic=1' },
  ]) {
    const { status, body } = await call(`${fhir}/Subscription/s9`, 'PUT', subscription('s9', change))
    assert.equal(status, 422, JSON.stringify(body))
  }
})
