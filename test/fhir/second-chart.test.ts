import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { replay } from '../../src/app/exchange/replay.ts'
import { openExchange } from '../../src/app/open-exchange.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import { type Answer, ask } from '../support/fhir-server.ts'
import { type TestServer, testServer } from '../support/http-server.ts'

const TENANT = tenantId('main')
let server: TestServer
let base: string
before(async () => {
  server = await testServer()
  base = `${server.url}/fhir/R4`
})
after(() => server.close())

const person = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Okafor', given: ['Ngozi', 'Ada'] }],
  gender: 'female',
  birthDate: '1971-03-02',
  ...more,
})
const other = (id: string) => ({ meta: { tag: [{ system: 'urn:garrod:other-person', code: id }] } })
const codeOf = ({ body }: Answer) => body.issue[0]?.details?.coding[0]?.code

test('a Patient who may be registered already is refused, named, and laid before somebody', async () => {
  assert.equal((await ask(`${base}/Patient/first`, 'PUT', person('first'))).status, 201)
  for (const [method, url, body] of [
    ['POST', `${base}/Patient`, person('ignored', { name: [{ text: 'Okafor, Ngozi' }] })],
    ['PUT', `${base}/Patient/second`, person('second', { name: [{ family: 'OKAFOR', given: ['N'] }] })],
    ['PUT', `${base}/Patient/third`, person('third', { gender: 'unknown' })],
  ] as const) {
    const refused = await ask(url, method, body)
    assert.equal(refused.status, 409)
    assert.equal(codeOf(refused), 'PATIENT_POSSIBLY_KNOWN')
    assert.equal(refused.body.issue[0]?.code, 'duplicate')
    assert.match(refused.body.issue[0]!.diagnostics, /Patient\/first/)
  }
  assert.equal((await ask(`${base}/Patient?family=okafor`)).body.total, 1, 'no second chart')
  const waiting = await server.store.messages.list(TENANT, { states: ['unknown-patient'], limit: 10 })
  assert.equal(waiting.length, 3)
  assert.ok(waiting.every(({ fault }) => fault?.code === 'PATIENT_POSSIBLY_KNOWN'))

  await ask(`${base}/Patient/third`, 'PUT', person('third', { gender: 'unknown' }))
  const again = await server.store.messages.list(TENANT, { states: ['unknown-patient'], limit: 10 })
  assert.equal(again.length, 3, 'the same question is asked once')
})

test('somebody else, or a change of the same chart, is not refused', async () => {
  for (const [id, more] of [
    ['first', { telecom: [{ system: 'phone', value: '1' }] }],
    ['twin', { name: [{ family: 'Okafor', given: ['Chidi'] }] }],
    ['later', { birthDate: '1971-03-03' }],
    ['brother', { gender: 'male' }],
    ['bare', { birthDate: undefined }],
  ] as const) {
    const kept = await ask(`${base}/Patient/${id}`, 'PUT', person(id, more))
    assert.ok(kept.status === 200 || kept.status === 201, `${id}: ${JSON.stringify(kept.body)}`)
  }
})

test('the sender says who it is not, person by person, and the question is closed', async () => {
  const wrong = await ask(`${base}/Patient/third`, 'PUT', {
    ...person('third', { gender: 'unknown' }),
    ...other('twin'),
  })
  assert.equal(wrong.status, 409, 'another person was named')
  // Of unknown sex it may be the brother, too.
  const both = { meta: { tag: [...other('first').meta.tag, ...other('brother').meta.tag] } }
  const made = await ask(`${base}/Patient/third`, 'PUT', {
    ...person('third', { gender: 'unknown' }),
    ...both,
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const waiting = await server.store.messages.list(TENANT, { states: ['unknown-patient'], limit: 10 })
  assert.equal(waiting.length, 2)
  const confirmed = await ask(
    `${base}/Patient/third`,
    'PUT',
    person('third', { gender: 'unknown', active: true }),
  )
  assert.equal(confirmed.status, 200, 'it is registered now')
})

test('whoever looks after identities links the question to a person, or registers another', async () => {
  const numbered = (value: string) => ({ identifier: [{ system: 'urn:clinic', value }] })
  assert.equal((await ask(`${base}/Patient/same`, 'PUT', person('same', numbered('17')))).status, 409)
  assert.equal((await ask(`${base}/Patient/not`, 'PUT', person('not', numbered('18')))).status, 409)
  const { store, services } = server
  const exchange = openExchange({ ...services, store })
  const settle = async (value: string, decision: object) => {
    const waiting = await store.messages.list(TENANT, { states: ['unknown-patient'], limit: 10 })
    for (const { id } of waiting) {
      const { raw } = await store.messages.read(TENANT, id)
      const act = { at: services.now().toISOString(), by: 'engineer' }
      if (raw.includes(value)) return replay(exchange, id, { act, ...decision }, { by: 'engineer' })
    }
    throw new Error(`no message holds ${value}`)
  }
  assert.equal((await settle('"17"', {})).state, 'unknown-patient', 'nobody has decided')
  assert.equal((await settle('"17"', { linked: patientId('first') })).patient, 'first')
  assert.equal((await ask(`${base}/Patient?identifier=urn:clinic|17`)).body.entry?.[0]?.resource.id, 'first')
  assert.equal((await settle('"18"', { register: true })).patient, 'not')
  assert.equal((await ask(`${base}/Patient/not`)).status, 200)
  assert.equal((await ask(`${base}/Patient/late`, 'PUT', person('late'))).status, 409)
  await assert.rejects(settle('"late"', { linked: patientId('brother') }), { code: 'IDENTITY_CONTRADICTION' })
  await exchange.close()
})

test('two Patients of one bundle, and two requests at once', async () => {
  const born = { birthDate: '1980-01-01' }
  const entry = ['a', 'b'].map((id) => ({
    resource: person(id, born),
    request: { method: 'PUT', url: `Patient/${id}` },
  }))
  const both = await ask(base, 'POST', { resourceType: 'Bundle', type: 'transaction', entry })
  assert.equal(both.status, 409)
  assert.deepEqual(both.body.issue[0]?.expression, ['Bundle.entry[1]'])
  assert.equal((await ask(`${base}/Patient/a`)).status, 404, 'nothing was written')
  const race = await Promise.all(
    ['c', 'd', 'e', 'f'].map((id) => ask(`${base}/Patient/${id}`, 'PUT', person(id, born))),
  )
  assert.deepEqual(race.map(({ status }) => status).sort(), [201, 409, 409, 409])
})

test('$match grades who a Patient may be', async () => {
  const match = async (patient: object, more: readonly object[] = []) => {
    const parameter = [{ name: 'resource', resource: patient }, ...more]
    const answer = await ask(`${base}/Patient/$match`, 'POST', { resourceType: 'Parameters', parameter })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return (answer.body.entry ?? []).map(({ resource, search }) => {
      const { extension } = search as unknown as { extension: readonly { valueCode: string }[] }
      return [resource.id, extension[0]!.valueCode]
    })
  }
  const numbered = (value: string) => ({ identifier: [{ system: 'urn:clinic', value }] })
  const asked = person('x', numbered('17'))
  assert.deepEqual(await match(asked), [
    ['first', 'certain'],
    ['third', 'probable'],
    ['not', 'possible'],
  ])
  assert.deepEqual(await match({ resourceType: 'Patient', ...numbered('18'), gender: 'male' }), [
    ['not', 'possible'],
  ])
  const certain = { name: 'onlyCertainMatches', valueBoolean: true }
  assert.deepEqual(await match(asked, [certain]), [['first', 'certain']])
  assert.deepEqual(await match(person('x'), [certain]), [])
  assert.equal((await match(asked, [{ name: 'count', valueInteger: 1 }])).length, 1)
  assert.equal((await ask(`${base}/Patient/$match`, 'POST', { resourceType: 'Parameters' })).status, 400)
})

test('a Patient who went into another record is read, found by its link, and not changed', async () => {
  const exchange = openExchange({ ...server.services, store: server.store })
  const act = { at: server.services.now().toISOString(), by: 'engineer' }
  await exchange.merge(patientId('first'), patientId('not'), act)
  await exchange.close()
  const retired = await ask(`${base}/Patient/not`)
  assert.equal(retired.body['active'], false)
  assert.deepEqual(retired.body['link'], [{ other: { reference: 'Patient/first' }, type: 'replaced-by' }])
  const found = await ask(`${base}/Patient?link=Patient/first`)
  assert.deepEqual(
    found.body.entry?.map(({ resource }) => resource.id),
    ['not'],
  )
  assert.equal((await ask(`${base}/Patient?identifier=urn:clinic|18`)).body.entry?.[0]?.resource.id, 'first')
  for (const method of ['PUT', 'DELETE'] as const) {
    const refused = await ask(
      `${base}/Patient/not`,
      method,
      method === 'PUT' ? person('not', { birthDate: '1999-01-01' }) : undefined,
    )
    assert.equal(refused.status, 409, method)
    assert.equal(codeOf(refused), 'PATIENT_MERGED')
  }
  const about = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/not' },
  }
  assert.equal(
    (await ask(`${base}/Observation`, 'POST', about)).status,
    422,
    'nothing is filed there any more',
  )
})
