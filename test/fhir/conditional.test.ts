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

const organization = (value: string, more = {}) => ({
  resourceType: 'Organization',
  identifier: [{ system: 'urn:o', value }],
  name: 'x',
  ...more,
})
const codeOf = ({ body }: Answer) => body.issue[0]?.details?.coding[0]?.code
const create = (value: string, condition: string, more = {}) =>
  ask(`${base}/Organization`, 'POST', organization(value, more), { 'if-none-exist': condition })

test('conditional create: made once, then found, then ambiguous', async () => {
  const first = await create('c', 'identifier=urn:o|c')
  const second = await create('c', 'identifier=urn:o|c', { name: 'y' })
  assert.deepEqual([first.status, second.status], [201, 200])
  assert.equal(second.body.id, first.body.id)
  assert.equal(second.body['name'], 'x', 'what is there stays as it is')
  await ask(`${base}/Organization`, 'POST', organization('c'))
  const third = await create('c', 'identifier=urn:o|c')
  assert.deepEqual([third.status, codeOf(third)], [412, 'CONDITION_AMBIGUOUS'])
})

test('of ten conditional creates at once one makes it', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => create('race', 'identifier=urn:o|race')))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(9).fill(200), 201])
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
})

test('a condition that says nothing, or is not understood, is refused', async () => {
  for (const [condition, code] of [
    ['_count=1', 'CONDITION_MALFORMED'],
    ['', 'CONDITION_MALFORMED'],
    ['colour=red', 'SEARCH_PARAMETER_UNKNOWN'],
    ['identifier=urn:o|c&colour=red', 'SEARCH_PARAMETER_UNKNOWN'],
  ] as const) {
    const answer = await ask(`${base}/Organization?${condition}`, 'DELETE')
    assert.deepEqual([answer.status, codeOf(answer)], [400, code], condition)
  }
})

test('conditional update: none makes, one changes, several refuse', async () => {
  const put = (query: string, body: object, headers = {}) =>
    ask(`${base}/Organization?${query}`, 'PUT', body, headers)
  const made = await put('identifier=urn:o|u', organization('u'))
  assert.equal(made.status, 201)
  const changed = await put('identifier=urn:o|u', organization('u', { name: 'y' }))
  assert.deepEqual([changed.status, changed.body.id, changed.body.meta.versionId], [200, made.body.id, '2'])
  const stale = await put('identifier=urn:o|u', organization('u', { name: 'z' }), { 'if-match': 'W/"1"' })
  assert.deepEqual([stale.status, codeOf(stale)], [412, 'PRECONDITION_FAILED'])
  const other = await put('identifier=urn:o|u', organization('u', { id: 'other' }))
  assert.deepEqual([other.status, codeOf(other)], [400, 'REQUEST_MALFORMED'])
  const own = await put('identifier=urn:o|own', organization('own', { id: 'own-id' }))
  assert.deepEqual([own.status, own.body.id], [201, 'own-id'])
  const taken = await put('identifier=urn:o|nobody', organization('nobody', { id: 'own-id' }))
  assert.deepEqual([taken.status, codeOf(taken)], [409, 'RESOURCE_EXISTS'])
  const several = await put('identifier=urn:o|c', organization('c'))
  assert.deepEqual([several.status, codeOf(several)], [412, 'CONDITION_AMBIGUOUS'])
})

test('conditional patch and delete', async () => {
  const patch = (query: string) =>
    ask(
      `${base}/Organization?${query}`,
      'PATCH',
      JSON.stringify([{ op: 'replace', path: '/name', value: 'patched' }]),
      {
        'content-type': 'application/json-patch+json',
      },
    )
  assert.equal((await patch('identifier=urn:o|own')).body['name'], 'patched')
  assert.equal((await patch('identifier=urn:o|nobody')).status, 404)
  assert.equal((await patch('identifier=urn:o|c')).status, 412)
  const remove = (query: string) => ask(`${base}/Organization?${query}`, 'DELETE')
  assert.equal((await remove('identifier=urn:o|c')).status, 412)
  assert.equal((await remove('identifier=urn:o|own')).status, 204)
  assert.equal((await ask(`${base}/Organization/own-id`)).status, 410)
  assert.equal((await remove('identifier=urn:o|own')).status, 204)
})

test('If-None-Match: * creates only; another tag refuses the version that is there', async () => {
  const put = (name: string, tag: string) =>
    ask(`${base}/Organization/none-match`, 'PUT', organization('n', { id: 'none-match', name }), {
      'if-none-match': tag,
    })
  assert.equal((await put('first', '*')).status, 201)
  const second = await put('second', '*')
  assert.deepEqual([second.status, codeOf(second)], [412, 'PRECONDITION_FAILED'])
  assert.equal((await put('second', 'W/"1"')).status, 412)
  assert.equal((await put('second', 'W/"7"')).status, 200)
  await ask(`${base}/Organization/none-match`, 'DELETE')
  assert.equal((await put('third', '*')).status, 201)
  const race = await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      ask(`${base}/Organization/none-match-race`, 'PUT', organization(name, { id: 'none-match-race' }), {
        'if-none-match': '*',
      }),
    ),
  )
  assert.deepEqual(race.map(({ status }) => status).sort(), [201, 412, 412])
})
