import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
let fhir = ''
before(async () => {
  server = await testServer({})
  fhir = `${server.url}/fhir/R4`
  await send('PUT', 'Patient/d1', '{"resourceType":"Patient","id":"d1"}')
})
after(() => server.close())

interface Sent {
  readonly status: number
  readonly text: string
  readonly etag: string | null
}

/** One request; the answer as it came over the wire. */
async function send(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await fetch(path.startsWith('http') ? path : `${fhir}/${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, text: await response.text(), etag: response.headers.get('etag') }
}

/** A measurement, its numbers put in as they are written. */
const observation = (id: string, value: string, subject = 'Patient/d1') =>
  `{"resourceType":"Observation","id":"${id}","status":"final",
    "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},"subject":{"reference":"${subject}"},
    "effectiveDateTime":"2026-01-01T00:00:00.000Z",
    "valueQuantity":{"value":${value},"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"},
    "referenceRange":[{"low":{"value":3.50},"high":{"value":5.10}}]}`

/** The spelling of valueQuantity.value in each resource of a text, in their order. */
const spellings = (text: string) =>
  [...text.matchAll(/"valueQuantity"\s*:\s*\{\s*"value"\s*:\s*([^\s,}]+)/g)].map(([, one]) => one)
const lows = (text: string) =>
  [...text.matchAll(/"low"\s*:\s*\{\s*"value"\s*:\s*([^\s,}]+)/g)].map(([, one]) => one)

for (const [n, value] of ['5.40', '5.0', '1.0e2', '0.0000001', '0.123456789012345678', '-0.0'].entries())
  test(`${value} is given back as it was written`, async () => {
    const id = `w${n}`
    const made = await send('PUT', `Observation/${id}`, observation(id, value))
    assert.equal(made.status, 201, made.text)
    assert.deepEqual([spellings(made.text), lows(made.text)], [[value], ['3.50']])
    for (const path of [
      `Observation/${id}`,
      `Observation/${id}/_history/1`,
      `Observation/${id}/_history`,
      `Observation/${id}?_pretty=true`,
      `Observation/${id}?_elements=valueQuantity`,
      `Observation/${id}?_summary=data`,
      `Observation?_id=${id}`,
      `Observation?_id=${id}&_summary=true`,
      `Observation?_id=${id}&_elements=valueQuantity`,
    ]) {
      const read = await send('GET', path)
      assert.equal(read.status, 200, read.text)
      assert.deepEqual(spellings(read.text), [value], path)
      JSON.parse(read.text)
    }
  })

test('a change of precision is a change; the same precision is none', async () => {
  const place = 'Observation/p1'
  assert.equal((await send('PUT', place, observation('p1', '5.4'))).etag, 'W/"1"')
  assert.equal((await send('PUT', place, observation('p1', '5.40'))).etag, 'W/"2"')
  const same = await send('PUT', place, observation('p1', '5.40'))
  assert.deepEqual([same.etag, spellings(same.text)], ['W/"2"', ['5.40']])
  assert.equal((await send('PUT', place, observation('p1', '5.400'), { 'if-match': 'W/"1"' })).status, 412)
  const stated = await send('PUT', place, observation('p1', '5.400'), { 'if-match': 'W/"2"' })
  assert.deepEqual([stated.etag, spellings(stated.text)], ['W/"3"', ['5.400']])
  const history = await send('GET', `${place}/_history`)
  assert.deepEqual(spellings(history.text), ['5.400', '5.40', '5.4'])
})

test('a patch keeps what it does not name, and writes what it is given', async () => {
  const place = 'Observation/q1'
  await send('PUT', place, observation('q1', '5.40'))
  const json = (operations: string) =>
    send('PATCH', place, operations, { 'content-type': 'application/json-patch+json' })
  const amended = await json('[{"op":"replace","path":"/status","value":"amended"}]')
  assert.deepEqual([spellings(amended.text), lows(amended.text)], [['5.40'], ['3.50']])
  const plain = await json('[{"op":"replace","path":"/valueQuantity/value","value":5.4}]')
  assert.deepEqual(spellings(plain.text), ['5.4'])
  const precise = await json(
    '[{"op":"test","path":"/valueQuantity/value","value":5.400},{"op":"replace","path":"/valueQuantity/value","value":6.70}]',
  )
  assert.deepEqual(spellings(precise.text), ['6.70'])
  const copied = await json(
    '[{"op":"copy","from":"/referenceRange/0/low/value","path":"/valueQuantity/value"},{"op":"move","from":"/referenceRange/0/high","path":"/referenceRange/0/low"}]',
  )
  assert.deepEqual([spellings(copied.text), lows(copied.text)], [['3.50'], ['5.10']])
  const fhirPath = await send(
    'PATCH',
    place,
    `{"resourceType":"Parameters","parameter":[{"name":"operation","part":[
      {"name":"type","valueCode":"replace"},{"name":"path","valueString":"Observation.value.value"},
      {"name":"value","valueDecimal":7.00}]}]}`,
  )
  assert.deepEqual([fhirPath.status, spellings(fhirPath.text)], [200, ['7.00']], fhirPath.text)
  assert.deepEqual(spellings((await send('GET', place)).text), ['7.00'])
})

test('transactions and batches keep it, where references are replaced as well', async () => {
  const entry = (url: string, resource: string, method: string, request: string) =>
    `{"fullUrl":"${url}","resource":${resource},"request":{"method":"${method}","url":"${request}"}}`
  for (const type of ['transaction', 'batch']) {
    const person = type === 'transaction' ? 'urn:uuid:11111111-1111-4111-8111-111111111111' : 'Patient/d1'
    const method = type === 'transaction' ? 'Patient' : 'Practitioner'
    const own = `{"resourceType":"${method}"}`
    const answer = await send(
      'POST',
      '',
      `{"resourceType":"Bundle","type":"${type}","entry":[
        ${entry('urn:uuid:11111111-1111-4111-8111-111111111111', own, 'POST', method)},
        ${entry('urn:uuid:22222222-2222-4222-8222-222222222222', observation('none', '5.40', person), 'POST', 'Observation')}]}`,
    )
    assert.equal(answer.status, 200, answer.text)
    if (type === 'transaction') assert.deepEqual(spellings(answer.text), ['5.40'], answer.text)
    const place = /Observation\/[A-Za-z0-9-]+/.exec(answer.text)![0]
    assert.deepEqual(spellings((await send('GET', place)).text), ['5.40'])
  }
})

test('a search goes by the precision that is asked, and all of a record keeps what was written', async () => {
  await send('PUT', 'Patient/d2', '{"resourceType":"Patient","id":"d2"}')
  for (const value of ['5.4', '5.40', '5.404', '5.41', '5.36'])
    await send('PUT', `Observation/s${value}`, observation(`s${value}`, value, 'Patient/d2'))
  const found = async (asked: string) =>
    spellings((await send('GET', `Observation?patient=d2&_sort=_id&value-quantity=${asked}`)).text)
  assert.deepEqual(await found('5.40'), ['5.4', '5.40', '5.404'])
  assert.deepEqual(await found('5.4'), ['5.36', '5.4', '5.40', '5.404', '5.41'])
  assert.deepEqual(await found('gt5.40'), ['5.404', '5.41'])
  assert.deepEqual(await found('5.400'), ['5.4', '5.40'])
  const everything = await send('GET', 'Patient/d2/$everything')
  assert.deepEqual(spellings(everything.text).sort(), ['5.36', '5.4', '5.40', '5.404', '5.41'])
})

test('bulk import and export, and the whole record, keep it', async () => {
  const line = observation('b1', '5.40').replaceAll(/\s*\n\s*/g, '')
  const response = await fetch(`${fhir}/$import`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+ndjson' },
    body: `${line}\n`,
  })
  assert.match(await response.text(), /1 resources written/)
  assert.deepEqual(spellings((await send('GET', 'Observation/b1')).text), ['5.40'])
  const kick = await fetch(`${fhir}/$export?_type=Observation`, { headers: { prefer: 'respond-async' } })
  const location = kick.headers.get('content-location')!
  let manifest: { output: { url: string }[] } | undefined
  for (let i = 0; i < 200 && manifest === undefined; i++) {
    const status = await fetch(location)
    const text = await status.text()
    if (status.status === 200) manifest = JSON.parse(text)
    else await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const lines = (await send('GET', manifest!.output[0]!.url)).text.split('\n')
  assert.deepEqual(spellings(lines.find((one) => one.includes('"id":"b1"'))!), ['5.40'])
})

test('a whole number is written as one', async () => {
  const sequence = (value: string) =>
    `{"resourceType":"Observation","id":"i1","status":"final","code":{"text":"count"},"subject":{"reference":"Patient/d1"},"valueInteger":${value}}`
  assert.equal((await send('PUT', 'Observation/i1', sequence('5'))).status, 201)
  for (const value of ['5.0', '5e0']) {
    const refused = await send('PUT', 'Observation/i1', sequence(value))
    assert.equal(refused.status, 422, value)
    assert.match(refused.text, /without point and exponent/)
  }
})
