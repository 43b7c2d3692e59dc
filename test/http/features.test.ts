import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TermsReply } from '../../src/app/diagnose/feature-routes.ts'
import type { Features } from '../../src/app/diagnose/features.ts'
import type { PhenotypeFinding } from '../../src/interpret/finding/phenotype.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'

let server: TestServer
before(async () => {
  server = await testServer()
  for (const id of ['f1', 'f2'])
    await call(`${server.url}/api/patients`, 'POST', { id, name: `Example ${id}`, birthDate: '2019-05-31' })
})
after(() => server.close())

const said = (body: unknown) => (body as Features).features.map(({ name, state }) => `${name}: ${state}`)
const say = async (patient: string, id: string, state: string) =>
  call(`${server.url}/api/patients/${patient}/features`, 'POST', { id, state })

test('terms are offered while somebody types, in the language asked for', async () => {
  const offered = async (query: string) =>
    ((await call(`${server.url}/api/hpo?${query}`)).body as unknown as TermsReply).terms
  assert.ok((await offered('query=seizur')).some(({ id }) => id === 'HP:0001250'))
  assert.ok((await offered('query=convuls&language=es')).length > 0)
  assert.deepEqual(await offered('query='), [])
  assert.equal((await call(`${server.url}/api/hpo?language=xx`)).status, 400)
})

test('a feature is said to be there, not to be there, and taken back', async () => {
  assert.deepEqual(said((await say('f1', 'HP:0001250', 'present')).body), ['Seizure: present'])
  assert.deepEqual(said((await say('f1', 'HP:0001250', 'excluded')).body), ['Seizure: excluded'])
  await say('f1', 'HP:0001166', 'present')
  assert.deepEqual(said((await say('f1', 'HP:0001250', 'removed')).body), ['Arachnodactyly: present'])
  const kept = await call(`${server.url}/fhir/R4/Observation?patient=f1&code=HP:0001250`)
  const [entry] = kept.body['entry'] as { resource: { status: string } }[]
  assert.equal(entry?.resource.status, 'entered-in-error')
})

test('the diseases that fit are ranked, and explained by the features', async () => {
  await call(`${server.url}/api/patients`, 'POST', { id: 'f3', name: 'Example f3', birthDate: '2019-05-31' })
  const empty = (await call(`${server.url}/api/patients/f3/diagnosis`)).body as unknown as PhenotypeFinding
  assert.equal(empty.verdict, 'nothing-to-rank')
  for (const id of ['HP:0001083', 'HP:0001166', 'HP:0001519']) await say('f3', id, 'present')
  const { body } = await call(`${server.url}/api/patients/f3/diagnosis`)
  const { diseases, questions } = body as unknown as PhenotypeFinding
  assert.ok(diseases.slice(0, 5).some(({ genes }) => genes.includes('FBN1')))
  assert.equal(diseases[0]!.terms?.length, 3)
  assert.ok(questions.length > 0)
  assert.equal((await call(`${server.url}/api/patients/nobody/diagnosis`)).status, 404)
})

test('what cannot both be true is told; codes that are not in force count for nothing', async () => {
  await say('f2', 'HP:0001250', 'excluded')
  const { body } = await say('f2', 'HP:0002069', 'present')
  const { contradictions } = body as unknown as Features
  assert.deepEqual(
    contradictions.map(({ present, excluded }) => [present, excluded]),
    [['HP:0002069', 'HP:0001250']],
  )
  assert.match(contradictions[0]!.words, /is there, and Seizure, of which it is a kind, is said not to be/)
  const refused = await say('f2', 'HP:9999999', 'present')
  assert.deepEqual([refused.status, refused.body['code']], [422, 'HPO_TERM_UNKNOWN'])
  assert.equal((await say('nobody', 'HP:0001250', 'present')).status, 404)
})
