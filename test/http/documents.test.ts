import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ProposalView } from '../../src/app/documents/document-routes.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { labPdf, table } from '../support/lab-pdf.ts'
import { until } from '../support/until.ts'

const DOCUMENTED = ['d1', 'd2', 'd3']
let server: TestServer
before(async () => {
  server = await testServer()
  // One name and one birthday: what tells them apart is the number.
  for (const [n, id] of DOCUMENTED.entries())
    await call(`${server.url}/api/patients`, 'POST', {
      id,
      name: 'Example Person',
      birthDate: '1980-05-31',
      identifiers: [{ system: 'urn:mrn', value: `4711-${id}` }],
      anotherPerson: DOCUMENTED.slice(0, n),
    })
})
after(() => server.close())

async function send(id: string, content: Parameters<typeof labPdf>[0]): Promise<string> {
  const answer = await fetch(`${server.url}/api/patients/${id}/documents`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body: Buffer.from(await labPdf(content)),
  })
  assert.equal(answer.status, 202, await answer.clone().text())
  return ((await answer.json()) as { document: string }).document
}

async function proposals(id: string, least: number): Promise<readonly ProposalView[]> {
  return until('the document was not read', async () => {
    const { body } = await call(`${server.url}/api/patients/${id}/proposals`)
    const list = body as unknown as readonly ProposalView[]
    return list.length >= least && list
  })
}

const REPORT = [
  { columns: ['Patient Name: Person, Example', 'MRN: 4711d1'] },
  table(
    ['Gene', 'Genotype', 'Phenotype'],
    ['CYP2C19', '*2/*17', 'Intermediate Metabolizer'],
    ['CYP2D6', '*1/*4', 'Intermediate Metabolizer'],
  ),
]
const calls = async (id: string) => {
  const found = await server.store.records.get({ tenant: server.services.tenant, patient: patientId(id) })
  return found?.record.outsideCalls.map((one) => [one.gene, one.diplotype, one.phenotype])
}
const decide = (
  id: string,
  { document, documentVersion, ordinal }: ProposalView,
  more: Record<string, unknown>,
) =>
  call(`${server.url}/api/patients/${id}/proposals`, 'POST', { document, documentVersion, ordinal, ...more })

test('a PDF is kept, read, and nothing follows before a person has confirmed it', async () => {
  const document = await send('d1', REPORT)
  const list = await proposals('d1', 2)
  assert.deepEqual(
    list.map(({ state, doubt, fact }) => [state, doubt, fact.gene]),
    [
      ['proposed', undefined, 'CYP2C19'],
      ['proposed', undefined, 'CYP2D6'],
    ],
  )
  assert.deepEqual(await calls('d1'), [])
  const pdf = await fetch(`${server.url}/api/patients/d1/documents/${document}`)
  assert.equal(pdf.headers.get('content-type'), 'application/pdf')
  const waiting = (await call(`${server.url}/api/documents/waiting`)).body as unknown as {
    patient: string
    waiting: number
  }[]
  assert.deepEqual(
    waiting.map((one) => [one.patient, one.waiting]),
    [['d1', 2]],
  )
})

test('confirmed: a result with its page and box; corrected on the way; rejected: none', async () => {
  const [first, second] = await proposals('d1', 2)
  const confirmed = await decide('d1', first!, { decision: 'confirm' })
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
  assert.deepEqual(await calls('d1'), [['CYP2C19', '*2/*17', 'Intermediate Metabolizer']])
  const corrected = await decide('d1', second!, { decision: 'confirm', corrected: { diplotype: '*1/*41' } })
  assert.equal(corrected.status, 200)
  assert.ok((await calls('d1'))?.some(([gene, diplotype]) => gene === 'CYP2D6' && diplotype === '*1/*41'))
  const again = await decide('d1', first!, { decision: 'reject' })
  assert.deepEqual([again.status, again.body['code']], [409, 'PROPOSAL_DECIDED'])
  const provenance = await call(`${server.url}/fhir/R4/Provenance?patient=d1`)
  assert.match(JSON.stringify(provenance.body), /page 1, box [\d.]+ [\d.]+ [\d.]+ [\d.]+ pt: CYP2C19/)
  assert.deepEqual((await call(`${server.url}/api/documents/waiting`)).body, [])
})

test('a document that names somebody else is confirmed only by who says that it is this person', async () => {
  await send('d2', ['Patient Name: Other Someone', 'DOB: 1999-01-01', 'CYP2D6 *4/*4'])
  const [one] = await proposals('d2', 1)
  assert.match(one!.doubt!, /another birth date .*another name/)
  const refused = await decide('d2', one!, { decision: 'confirm' })
  assert.deepEqual([refused.status, refused.body['code']], [409, 'DOCUMENT_OF_ANOTHER'])
  assert.deepEqual(await calls('d2'), [])
  assert.equal((await decide('d2', one!, { decision: 'confirm', samePerson: true })).status, 200)
  assert.deepEqual(await calls('d2'), [['CYP2D6', '*4/*4', undefined]])
})

test('faults: no PDF, nobody, no such proposal, a field that is not there', async () => {
  const post = (id: string, body: string) =>
    fetch(`${server.url}/api/patients/${id}/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf' },
      body,
    })
  assert.equal((await post('d3', 'hello')).status, 400)
  assert.equal((await post('nobody', '%PDF-')).status, 404)
  await send('d3', ['CYP2D6 *4/*4'])
  const [one] = await proposals('d3', 1)
  assert.equal((await decide('d3', { ...one!, ordinal: 7 }, { decision: 'reject' })).status, 404)
  assert.equal((await decide('d1', one!, { decision: 'reject' })).status, 404)
  assert.equal((await decide('d3', one!, { decision: 'confirm', corrected: { cdna: 'c.1A>G' } })).status, 422)
  assert.equal((await decide('d3', one!, { decision: 'reject' })).status, 200)
  assert.deepEqual(await calls('d3'), [])
})
