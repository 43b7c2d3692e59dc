import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { USUAL_SITE } from '../../src/app/access/site-access.ts'
import { openGarrod } from '../../src/app/garrod.ts'
import type { FindingsReply, PlansReply, TryReply } from '../../src/app/http/api.ts'
import { seedDemo } from '../../src/app/people/demo-people.ts'
import { keptFindings } from '../../src/app/pgx/kept-findings.ts'
import { planFor, wholePlan } from '../../src/app/pgx/whole-plan.ts'
import type { Plan } from '../../src/decide/plan.ts'
import type { Card } from '../../src/deliver/cds-hooks/card.ts'
import type { PatientRecord } from '../../src/record/patient-record.ts'
import { ResponseRules } from '../support/card-rules.ts'
import { type Json, problemsOf } from '../support/genomics-reporting.ts'
import { call, root, type TestServer, testServer } from '../support/http-server.ts'
import { keyringOf } from '../support/keyring.ts'

/** The whole journey over HTTP: the example people, the real facts, the real store. */
const garrod = openGarrod({
  root,
  home: join(root, 'nowhere'),
  factFolders: [join(root, 'facts')],
  databaseUrl: undefined,
  keyring: keyringOf(join(root, 'nowhere')),
  keyFolder: join(root, 'nowhere', 'keys'),
  auditAnchors: join(root, 'nowhere', 'audit-anchors'),
  site: USUAL_SITE,
  leakedPasswords: undefined,
  postalCodes: undefined,
  testMessages: 'refuse',
})
const findings = keptFindings(garrod)
const known = (record: PatientRecord) => ({
  record,
  findings: findings(record),
  facts: garrod.facts,
  asOf: '2026-11-22',
})
const PEOPLE = ['example-1', 'example-2', 'example-3', 'example-4', 'example-5', 'example-6']

let server: TestServer
before(async () => {
  server = await testServer({
    facts: garrod.facts,
    interpret: (record, which) => ({ findings: findings(record), plan: wholePlan(known(record), which) }),
    advise: (record, drugs) => planFor(known(record), drugs),
  })
  const act = { at: '2026-11-22T09:00:00Z', by: 'demo' }
  const folder = join(root, 'examples')
  assert.equal(await seedDemo(folder, server.store, garrod.facts, act), PEOPLE.length)
  assert.equal(await seedDemo(folder, server.store, garrod.facts, act), 0)
})
after(() => server.close())

async function get<T>(path: string): Promise<T> {
  const answer = await call(`${server.url}/api/patients/${path}`)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as T
}

async function trying(patient: string, drug: string): Promise<TryReply> {
  const answer = await call(`${server.url}/api/patients/${patient}/try`, 'POST', { drug })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  ResponseRules.parse({ cards: answer.body['cards'] })
  return answer.body as unknown as TryReply
}

async function ordering(patient: string, name: string, prefetch = {}): Promise<readonly Card[]> {
  const answer = await call(`${server.url}/cds-services/garrod-order-sign`, 'POST', {
    hook: 'order-sign',
    hookInstance: '8e67dbac-ca68-44cf-a957-06c310d76bb8',
    context: {
      userId: 'Practitioner/1',
      patientId: patient,
      draftOrders: {
        resourceType: 'Bundle',
        entry: [
          {
            resource: {
              resourceType: 'MedicationRequest',
              id: 'draft-1',
              status: 'draft',
              medicationCodeableConcept: { text: name },
            },
          },
        ],
      },
    },
    prefetch,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  ResponseRules.parse(answer.body)
  return answer.body['cards'] as Card[]
}

test('CYP2C19 *2/*2 after a stent: ordering clopidogrel brings a critical card with alternatives', async () => {
  const [card, ...others] = await ordering('example-1', 'Plavix 75 mg')
  assert.equal(others.length, 0)
  assert.equal(card?.indicator, 'critical')
  assert.match(card.detail!, /CYP2C19 \\\*2\/\\\*2, Poor Metabolizer/)
  assert.match(card.detail!, /cpic@/)
  const labels = card.suggestions?.map((one) => one.label) ?? []
  assert.ok(labels.includes('Replace clopidogrel by prasugrel'), labels.join())
})

test('the same person ordering a drug that the genotype says nothing about: no card', async () => {
  assert.deepEqual(await ordering('example-1', 'metformin'), [])
})

test('a normal metaboliser is not interrupted', async () => {
  const { findings } = await get<FindingsReply>('example-5/findings')
  const phenotypes = new Map(findings.map((one) => [one.gene, one.phenotypes.join()]))
  assert.equal(phenotypes.get('CYP2C19'), 'Normal Metabolizer')
  assert.equal(phenotypes.get('SLCO1B1'), 'Normal Function')
  for (const drug of ['clopidogrel', 'simvastatin']) {
    assert.deepEqual(await ordering('example-5', drug), [], drug)
    const tried = await trying('example-5', drug)
    assert.deepEqual([tried.cards, tried.advice[0]?.severity], [[], 'none'], drug)
  }
})

test('a strong CYP2D6 inhibitor on the EHR’s list changes the answer for codeine', async () => {
  const paroxetine = {
    resourceType: 'MedicationRequest',
    id: 'm1',
    medicationCodeableConcept: { text: 'paroxetine 20 mg' },
  }
  const medications = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: paroxetine }] }
  const [card] = await ordering('example-5', 'codeine', { medications })
  assert.ok(card !== undefined)
  assert.match(card.detail!, /paroxetine/)
})

test('a gene that was not tested is not read as normal, and nobody is interrupted for it', async () => {
  const { findings } = await get<FindingsReply>('example-1/findings')
  const untested = findings.find((one) => one.gene === 'HLA-B')
  assert.equal(untested?.from, 'none')
  const tried = await trying('example-1', 'abacavir')
  assert.equal(tried.advice[0]?.state, 'unknown')
  for (const card of tried.cards) assert.equal(card.indicator, 'info')
})

test('the chart’s plan holds the drugs named and those that would need a change', async () => {
  const plan = await get<Plan>('example-1/plan')
  const named = plan.drugs.filter((one) => one.status !== 'reference').map((one) => one.drug.name)
  assert.deepEqual(named.toSorted(), ['aspirin', 'clopidogrel', 'simvastatin'])
  assert.ok(plan.drugs.some((one) => one.status === 'reference' && one.severity !== 'none'))
})

test('what was issued as a report can be read again, after the record has changed', async () => {
  await fetch(`${server.url}/api/patients/example-4/report.html`).then((answer) => answer.text())
  await get('example-4/fhir')
  const { plans } = await get<PlansReply>('example-4/plans')
  assert.equal(plans.length, 1)
  const first = await get<Plan>('example-4/plans/1')
  assert.deepEqual(first.facts, plans[0]?.facts)
  await call(`${server.url}/api/patients/example-4/drugs`, 'POST', { drugs: [{ text: 'codeine' }] })
  await get('example-4/fhir')
  assert.equal((await get<PlansReply>('example-4/plans')).plans.length, 2)
  assert.deepEqual(await get('example-4/plans/1'), first)
  assert.equal((await call(`${server.url}/api/patients/example-4/plans/3`)).status, 404)
})

test('pages of every example person: report, findings, FHIR', async () => {
  for (const id of PEOPLE) {
    const page = await fetch(`${server.url}/api/patients/${id}/report.html`)
    assert.equal(page.status, 200, id)
    const bundle = await get<{ entry: unknown[] }>(`${id}/fhir`)
    assert.ok(bundle.entry.length > 30, id)
    assert.equal(JSON.stringify(await get(`${id}/fhir`)), JSON.stringify(bundle))
  }
})

test('the FHIR report of every example person conforms to Genomics Reporting STU3', async () => {
  for (const id of PEOPLE) {
    for (const query of ['', '?transaction=true']) {
      const { entry } = await get<{ entry: { fullUrl: string; resource: Json }[] }>(`${id}/fhir${query}`)
      assert.deepEqual(problemsOf(entry), [], id)
    }
  }
})
