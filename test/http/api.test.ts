import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PatientPage, PatientSummary, TryReply } from '../../src/app/http/api.ts'
import { CardRules } from '../support/card-rules.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
const api = (path: string) => `${server.url}/api${path}`

before(async () => {
  server = await testServer()
  for (const [id, name] of [
    ['ann', 'Example Ann'],
    ['bob', 'Example Bob'],
  ])
    await call(api('/patients'), 'POST', { id, name, sex: 'female', birthDate: '1957-04-12' })
})
after(() => server.close())

test('a person is registered, found and changed', async () => {
  const created = await call(api('/patients'), 'POST', {
    name: 'Example Carla',
    identifiers: [{ system: 'urn:oid:1.2', value: 'MRN-77' }],
    measurements: [{ kind: 'weight', value: 72, unit: 'kg' }],
    context: { smoker: false, targetInr: 2.5 },
  })
  assert.equal(created.status, 201)
  const id = String(created.body['id'])
  assert.equal(created.headers.get('location'), `/api/patients/${id}`)
  const changed = await call(api(`/patients/${id}`), 'PATCH', {
    sex: 'male',
    measurements: [{ kind: 'height', value: 180, unit: 'cm' }],
  })
  const person = changed.body as unknown as PatientSummary
  assert.equal(person.name, 'Example Carla')
  assert.equal(person.sex, 'male')
  assert.deepEqual(person.measurements, [{ kind: 'height', value: 180, unit: 'cm' }])
  assert.deepEqual(person.context, { smoker: false, targetInr: 2.5 })
  for (const search of ['carla', 'MRN-77', id]) {
    const page = (await call(api(`/patients?search=${search}`))).body as unknown as PatientPage
    assert.deepEqual(
      page.patients.map((one) => one.id),
      [id],
    )
  }
})

test('the list is by name, and a search that finds nobody is an empty page', async () => {
  const page = (await call(api('/patients'))).body as unknown as PatientPage
  assert.deepEqual(
    page.patients.slice(0, 2).map((one) => one.name),
    ['Example Ann', 'Example Bob'],
  )
  assert.equal(page.next, undefined)
  const nobody = (await call(api('/patients?search=zzz'))).body as unknown as PatientPage
  assert.deepEqual([nobody.total, nobody.patients], [0, []])
})

const REFUSED: readonly (readonly [
  what: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  code: string,
  where: string,
])[] = [
  ['an unknown person', 'GET', '/patients/nobody', undefined, 404, 'PATIENT_UNKNOWN', 'patient'],
  ['an id that is no id', 'GET', '/patients/a%20b', undefined, 400, 'PATIENT_ID_MALFORMED', 'patient id'],
  ['the same id twice', 'POST', '/patients', { id: 'ann' }, 409, 'PATIENT_EXISTS', ''],
  ['no JSON', 'POST', '/patients', '{', 400, 'REQUEST_MALFORMED', 'request'],
  ['a field that is not one', 'POST', '/patients', { nmae: 'x' }, 400, 'REQUEST_MALFORMED', 'body'],
  [
    'a birth date in words',
    'POST',
    '/patients',
    { birthDate: 'May' },
    400,
    'REQUEST_MALFORMED',
    'body.birthDate',
  ],
  [
    'a weight in pounds',
    'POST',
    '/patients',
    { measurements: [{ kind: 'weight', value: 150, unit: 'lb' }] },
    400,
    'REQUEST_MALFORMED',
    'body.measurements.0.unit',
  ],
  ['plan of an unknown person', 'GET', '/patients/nobody/plan', undefined, 404, 'PATIENT_UNKNOWN', 'patient'],
  ['an unknown query', 'GET', '/patients?offset=3', undefined, 400, 'REQUEST_MALFORMED', 'query'],
  ['an unknown address', 'GET', '/nothing', undefined, 404, 'ROUTE_UNKNOWN', 'path'],
  ['an unknown job', 'GET', '/jobs/1', undefined, 404, 'JOB_UNKNOWN', 'job'],
  [
    'a misspelled drug',
    'POST',
    '/patients/ann/drugs',
    { drugs: [{ text: 'codeine' }, { text: 'klopidogrel' }] },
    422,
    'DRUG_UNKNOWN',
    'drugs.1',
  ],
  [
    'a drug that does not exist',
    'POST',
    '/patients/ann/try',
    { drug: 'unobtainium' },
    422,
    'DRUG_UNKNOWN',
    'drug',
  ],
]
for (const [what, method, path, body, status, code, where] of REFUSED) {
  test(`refused with a coded fault: ${what}`, async () => {
    const answer = await call(api(path), method, body)
    assert.equal(answer.status, status)
    assert.deepEqual(Object.keys(answer.body).sort(), ['code', 'mend', 'what', 'where'])
    assert.equal(answer.body['code'], code)
    if (where !== '') assert.equal(answer.body['where'], where)
  })
}

test('a misspelled drug is answered with the nearest names, and the list stays as it was', async () => {
  await call(api('/patients/bob/drugs'), 'POST', { drugs: [{ text: 'codeine' }] })
  const refused = await call(api('/patients/bob/drugs'), 'POST', { drugs: [{ text: 'klopidogrel' }] })
  assert.match(String(refused.body['mend']), /clopidogrel/)
  const person = (await call(api('/patients/bob'))).body as unknown as PatientSummary
  assert.deepEqual(
    person.drugs.map((one) => one.text),
    ['codeine'],
  )
})

test('a drug list is resolved to codes, brand names too', async () => {
  const { body } = await call(api('/patients/ann/drugs'), 'POST', {
    drugs: [{ text: 'Plavix' }, { text: 'codeine', status: 'considered' }],
  })
  const drugs = body['drugs'] as { text: string; rxcui: string; status: string }[]
  assert.deepEqual(
    drugs.map((one) => [one.text, one.rxcui, one.status]),
    [
      ['Plavix', '32968', 'taking'],
      ['codeine', '2670', 'considered'],
    ],
  )
})

test('type-ahead: what begins with the letters first, brands by what they mean', async () => {
  const names = async (query: string) => {
    const { body } = await call(api(`/drugs?query=${encodeURIComponent(query)}`))
    return (body['drugs'] as { name: string; matched?: string }[]).map((one) => [one.name, one.matched])
  }
  assert.deepEqual((await names('clop'))[0], ['clopidogrel', undefined])
  assert.deepEqual((await names('plavi'))[0], ['clopidogrel', 'Plavix'])
  assert.deepEqual(await names(''), [])
  assert.equal((await names('clopidogrle'))[0]?.[0], 'clopidogrel')
})

test('trying a drug shows the card a prescriber would see', async () => {
  const { body } = await call(api('/patients/ann/try'), 'POST', { drug: 'Plavix 75 mg' })
  const tried = body as unknown as TryReply
  assert.deepEqual(
    tried.drugs.map((one) => one.name),
    ['clopidogrel'],
  )
  assert.equal(tried.advice[0]?.severity, 'critical')
  const [card] = tried.cards
  CardRules.parse(card)
  assert.equal(card?.links?.[0].url, `${server.url}/patients/ann`)
})

test('trying a drug that suits the person shows advice and no card', async () => {
  const { body } = await call(api('/patients/ann/try'), 'POST', { drug: 'allopurinol' })
  const tried = body as unknown as TryReply
  assert.deepEqual(tried.cards, [])
  assert.equal(tried.advice[0]?.state, 'answered')
})

test('the report as page, paper and FHIR', async () => {
  const page = await fetch(api('/patients/ann/report.html'))
  assert.match(page.headers.get('content-type')!, /^text\/html/)
  assert.match(page.headers.get('content-security-policy')!, /default-src 'none'/)
  assert.match(await page.text(), /Example Ann/)
  const paper = await fetch(api('/patients/ann/report.pdf'))
  assert.equal(paper.headers.get('content-type'), 'application/pdf')
  assert.equal(Buffer.from(await paper.arrayBuffer()).toString('latin1', 0, 5), '%PDF-')
  const fhir = await fetch(api('/patients/ann/fhir'))
  assert.match(fhir.headers.get('content-type')!, /^application\/fhir\+json/)
  assert.equal(((await fhir.json()) as { type: string }).type, 'collection')
  const transaction = await call(api('/patients/ann/fhir?transaction=true'))
  assert.equal(transaction.body['type'], 'transaction')
})

test('facts name source, version and licence of each pack', async () => {
  const { body } = await call(api('/facts'))
  const packs = body['packs'] as { id: string; licence: string }[]
  assert.ok(packs.some((one) => one.id === 'hgnc' && one.licence !== ''))
})

test('a bug is an id without a message, to the client and in the log', async () => {
  const broken = await testServer({
    interpret: () => {
      throw new Error('Example Ann takes warfarin')
    },
  })
  try {
    await call(`${broken.url}/api/patients`, 'POST', { id: 'ann', name: 'Example Ann' })
    const answer = await call(`${broken.url}/api/patients/ann/plan`)
    assert.equal(answer.status, 500)
    assert.equal(answer.body['code'], 'INTERNAL')
    const everything = JSON.stringify(answer.body) + broken.log.join('\n')
    assert.doesNotMatch(everything, /Ann|warfarin/)
    assert.ok(broken.log[0]?.includes(String(answer.body['where'])))
  } finally {
    await broken.close()
  }
})

test('pages of other sites can change nothing, and a rebound name is refused', async () => {
  const evil = await call(api('/patients'), 'POST', { id: 'evil' }, { origin: 'https://example.com' })
  assert.deepEqual([evil.status, evil.body['code']], [403, 'CROSS_SITE'])
  const own = await call(api('/patients/ann/try'), 'POST', { drug: 'codeine' }, { origin: server.url })
  assert.equal(own.status, 200)
})

test('health, and security headers everywhere', async () => {
  const { status, body } = await call(`${server.url}/healthz`)
  assert.deepEqual([status, body['status']], [200, 'ok'])
  const { headers } = await call(api('/facts'))
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('cache-control'), 'no-store')
})
