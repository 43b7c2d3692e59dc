import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AmendmentView } from '../../src/app/amendments/amendment-task.ts'
import { disputesOf } from '../../src/record/dispute.ts'
import type { Resource } from '../../src/record/resource.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { addUser, signedIn, withLogin } from '../support/signed-in.ts'

const VERY_RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }
const START = Date.parse('2026-11-22T09:30:00Z')
const DAY = 86_400_000
let server: TestServer
let clock = START
const pages: Record<string, Record<string, string>> = {}
before(async () => {
  const session = { idleSeconds: 400 * 86_400, absoluteSeconds: 400 * 86_400 }
  server = await testServer({ entry: { ...withLogin, session }, now: () => new Date(clock) })
  await addUser(server, 'clin', ['clinician'], 'Practitioner/clin')
  await addUser(server, 'phar', ['pharmacist'], 'Practitioner/phar')
  await addUser(server, 'offi', ['privacy-officer'])
  await addUser(server, 'labo', ['laboratory'])
  await addUser(server, 'anna', ['patient'], 'Patient/p1')
  await addUser(server, 'bert', ['patient'], 'Patient/p2')
  for (const user of ['clin', 'phar', 'offi', 'labo', 'anna', 'bert'])
    pages[user] = await signedIn(server.url, user)
  for (const id of ['p1', 'p2'])
    await ask('clin', '/api/patients', 'POST', { id, name: `Example ${id}`, birthDate: '1980-05-31' })
  for (const [id, patient, security] of [
    ['smokes', 'p1', undefined],
    ['secret', 'p1', [VERY_RESTRICTED]],
    ['others', 'p2', undefined],
  ] as const) {
    const { status, body } = await ask('clin', `/fhir/R4/Observation/${id}`, 'PUT', {
      resourceType: 'Observation',
      id,
      ...(security === undefined ? {} : { meta: { security } }),
      status: 'final',
      code: { text: 'Tobacco smoking status' },
      subject: { reference: `Patient/${patient}` },
      valueString: 'smoker',
    })
    assert.equal(status, 201, JSON.stringify(body))
  }
})
after(() => server.close())

const ask = (user: string, path: string, method = 'GET', body?: unknown) =>
  call(`${server.url}${path}`, method, body, pages[user]!)
const base = '/api/patients/p1/amendments'
const wish = { wanted: 'Never smoked', why: 'I was mixed up with somebody else' }

async function asked(more: object = {}): Promise<AmendmentView> {
  const { status, body } = await ask('anna', base, 'POST', { ...wish, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body as unknown as AmendmentView
}
const list = async (user: string) => (await ask(user, base)).body as unknown as readonly AmendmentView[]
const work = async (user: string) =>
  (await ask(user, '/api/amendments')).body as unknown as readonly AmendmentView[]
const act = async (user: string, id: string, what: string, body: object) => {
  const answer = await ask(user, `${base}/${id}/${what}`, 'POST', body)
  return { status: answer.status, code: answer.body['code'], view: answer.body as unknown as AmendmentView }
}
const entry = async (id: string) =>
  (await ask('clin', `/fhir/R4/Observation/${id}`)).body as unknown as Resource
const deny = { decision: 'deny', ground: 'accurate', text: 'The questionnaire of 2026-03-01 says so.' }

test('a person asks; it is on the work list with the day by which it is answered; others do not see it', async () => {
  const { id, state, entry: disputes, due, askedAt, by } = await asked({ entry: 'Observation/smokes' })
  assert.deepEqual([state, disputes, by], ['waiting', 'Observation/smokes', 'user/anna'])
  assert.equal((Date.parse(due) - Date.parse(askedAt)) / DAY, 60)
  for (const user of ['clin', 'phar', 'offi'])
    assert.ok(
      (await work(user)).some((one) => one.id === id),
      user,
    )
  assert.equal((await ask('labo', '/api/amendments')).status, 403)
  assert.deepEqual(
    (await work('anna')).map((one) => one.id),
    [id],
    'her own alone',
  )
  assert.deepEqual(
    (await list('anna')).map((one) => one.id),
    [id],
  )
  assert.equal((await ask('bert', base)).status, 403)
  assert.equal((await ask('bert', base, 'POST', wish)).status, 403)
  const tasks = await ask('clin', '/fhir/R4/Task?code=urn:garrod:task|amendment-request&status=requested')
  assert.equal((tasks.body['entry'] as unknown[]).length, 1)
})

test('denied with a ground and in plain words; the disagreement of the person stays with the entry', async () => {
  const { id } = await asked({ entry: 'Observation/smokes' })
  assert.equal((await act('anna', id, 'decision', deny)).status, 403, 'nobody decides on their own request')
  assert.deepEqual((await act('anna', id, 'disagreement', { text: 'No' })).code, 'AMENDMENT_STATE')
  const { view } = await act('clin', id, 'decision', deny)
  assert.deepEqual([view.state, view.ground, view.decision?.by], ['denied', 'accurate', 'user/clin'])
  assert.equal(view.rights.length, 3)
  assert.deepEqual(disputesOf(await entry('smokes')), [`Task/${id}`])
  assert.equal((await act('clin', id, 'decision', deny)).code, 'AMENDMENT_STATE')
  const said = await act('anna', id, 'disagreement', { text: 'I have never filled in that questionnaire.' })
  assert.equal(said.view.disagreement?.text, 'I have never filled in that questionnaire.')
  assert.equal((await act('anna', id, 'disagreement', { text: 'Again' })).code, 'AMENDMENT_STATE')
  const answered = await act('clin', id, 'rebuttal', { text: 'It bears your signature.' })
  assert.equal(answered.view.rebuttal?.text, 'It bears your signature.')
  // Whoever gets the entry gets what was said about it.
  const { body } = await ask('clin', `/fhir/R4/Task/${id}`)
  assert.match(JSON.stringify(body), /never filled in that questionnaire/)
  const zip = await ask('clin', '/fhir/R4/Patient/p1/$everything')
  assert.match(JSON.stringify(zip.body), /never filled in that questionnaire/)
  assert.ok(!(await work('clin')).some((one) => one.id === id))
})

test('accepted: what was corrected is named, in the request and from the entry', async () => {
  const { id } = await asked({ entry: 'Observation/smokes' })
  const before = await entry('smokes')
  await ask('clin', '/fhir/R4/Observation/smokes', 'PUT', {
    ...before,
    status: 'corrected',
    valueString: 'never smoker',
  })
  const accept = { decision: 'accept', text: 'Corrected.', amended: ['Observation/smokes'] }
  const { view } = await act('clin', id, 'decision', accept)
  assert.deepEqual([view.state, view.amended, view.rights], ['amended', ['Observation/smokes'], []])
  assert.ok(disputesOf(await entry('smokes')).includes(`Task/${id}`))
  assert.equal((await act('anna', id, 'disagreement', { text: 'No' })).code, 'AMENDMENT_STATE')
})

test('an entry is one of this record, and one that the asker may see', async () => {
  for (const wrong of ['Observation/others', 'Observation/nothing']) {
    const { status, body } = await ask('anna', base, 'POST', { ...wish, entry: wrong })
    assert.deepEqual([status, body['code']], [422, 'AMENDMENT_ENTRY'])
  }
  const hidden = await ask('phar', base, 'POST', { ...wish, entry: 'Observation/secret' })
  assert.equal(hidden.body['code'], 'AMENDMENT_ENTRY')
  const { id } = await asked({ entry: 'Observation/secret' })
  assert.ok((await work('clin')).some((one) => one.id === id))
  assert.ok(!(await work('phar')).some((one) => one.id === id), 'a request tells what its entry tells')
  assert.equal((await act('phar', id, 'decision', deny)).code, 'AMENDMENT_UNKNOWN')
})

test('sixty days, thirty more once with a reason, then it is overdue', async () => {
  const { id } = await asked()
  clock += 59 * DAY
  const more = { text: 'The laboratory that made it has not answered.' }
  const extended = await act('offi', id, 'extension', more)
  assert.equal((Date.parse(extended.view.due) - START) / DAY, 90)
  assert.equal((await act('offi', id, 'extension', more)).code, 'AMENDMENT_STATE')
  clock += 30 * DAY
  assert.equal((await list('anna')).find((one) => one.id === id)?.overdue, false)
  clock += 2 * DAY
  assert.equal((await list('anna')).find((one) => one.id === id)?.overdue, true)
  assert.equal((await work('offi'))[0]?.overdue, true, 'what is overdue comes first')
})

test('two who decide at once: one decides, the other is told', async () => {
  const { id } = await asked()
  const answers = await Promise.all([act('clin', id, 'decision', deny), act('phar', id, 'decision', deny)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
})
