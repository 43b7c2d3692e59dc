import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Card } from '../../src/deliver/cds-hooks/card.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { ecogOf, KRAS_TRIAL, keepAll, krasG12C, lungOf, womanOf } from '../support/trial-person.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

let calls = 0
async function cardsOf(id: string): Promise<readonly Card[]> {
  calls += 1
  const { status, body } = await call(`${server.url}/cds-services/garrod-trial-match`, 'POST', {
    hook: 'patient-view',
    hookInstance: `d1577c69-dfbe-44ad-ba6d-3e05e953b2${String(calls).padStart(2, '0')}`,
    context: { userId: 'Practitioner/1', patientId: id },
    prefetch: { patient: null, medications: null },
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body['cards'] as readonly Card[]
}

test('silent without trials, and for somebody whom none is for', async () => {
  await keepAll(server.url, [womanOf('c1')])
  assert.deepEqual(await cardsOf('c1'), [])
  await call(`${server.url}/api/trials`, 'POST', [KRAS_TRIAL])
  await keepAll(server.url, [
    {
      resourceType: 'Condition',
      code: { text: 'Invasive Breast Carcinoma' },
      subject: { reference: 'Patient/c1' },
    },
  ])
  assert.deepEqual(await cardsOf('c1'), [])
})

test('one card names what may be entered and what is missing, links to the page, and is counted by the version of the trial', async () => {
  await keepAll(server.url, [womanOf('c2', { birthDate: '1961-01-01' }), lungOf('c2'), krasG12C('c2')])
  const [possible, ...more] = await cardsOf('c2')
  assert.equal(more.length, 0)
  assert.equal(possible!.indicator, 'info')
  assert.match(possible!.summary, /^1 trial may fit/)
  assert.match(
    possible!.detail!,
    /22-100 KRAS in the lung \(phase 2\).*ECOG.*\(assess the ECOG performance status\)/,
  )
  assert.match(possible!.links![0].url, /\/patients\/c2\/trials$/)
  await keepAll(server.url, [ecogOf('c2', 1)])
  const [fits] = await cardsOf('c2')
  assert.match(fits!.summary, /^1 trial may be entered/)
  assert.match(fits!.detail!, /every criterion is met/)
  const feedback = { card: fits!.uuid, outcome: 'overridden', outcomeTimestamp: '2026-11-22T09:31:00Z' }
  const path = `${server.url}/cds-services/garrod-trial-match/feedback`
  assert.equal((await call(path, 'POST', { feedback: [feedback] })).status, 200)
  const report = await call(`${server.url}/api/cds/report?from=2026-11-01&to=2026-11-30`)
  assert.match(JSON.stringify(report.body), /trial:22-100.*trial-22-100 1/)
})
