import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Plan } from '../../src/decide/plan.ts'
import type { Card } from '../../src/deliver/cds-hooks/card.ts'
import { PART_2_NOTICE } from '../../src/safeguard/access/part-2-notice.ts'
import { ResponseRules } from '../support/card-rules.ts'
import { call, exampleAnswer, type TestServer, testServer } from '../support/http-server.ts'

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const PAROXETINE = { system: RXNORM, code: '32937' }
let server: TestServer
/** The drug that blocks the enzyme in the example. */
let blocker = 'paroxetine'
before(async () => {
  const advise = (...[record, drugs]: Parameters<TestServer['services']['advise']>): Plan =>
    JSON.parse(
      JSON.stringify(exampleAnswer({ ...record, drugs }).plan).replaceAll(/paroxetine/gi, (name) =>
        name === 'paroxetine' ? blocker : blocker[0]!.toUpperCase() + blocker.slice(1),
      ),
    ) as Plan
  server = await testServer({ advise })
})
after(() => server.close())

async function person(id: string, drugs: readonly string[]): Promise<void> {
  await call(`${server.url}/api/patients`, 'POST', { id })
  const list = { drugs: drugs.map((text) => ({ text })) }
  assert.equal((await call(`${server.url}/api/patients/${id}/drugs`, 'POST', list)).status, 200)
}

async function statement(patient: string, id: string, more: object): Promise<void> {
  const { status, body } = await call(`${server.url}/fhir/R4/MedicationStatement/${id}`, 'PUT', {
    resourceType: 'MedicationStatement',
    id,
    status: 'active',
    subject: { reference: `Patient/${patient}` },
    ...more,
  })
  assert.ok(status < 300, JSON.stringify(body))
}

/** What is said when codeine (and, to compare, clopidogrel) is signed. */
async function signed(patientId: string): Promise<{ codeine: boolean; clopidogrel: boolean }> {
  const entry = [
    ['2670', 'codeine'],
    ['32968', 'clopidogrel'],
  ].map(([code, text]) => ({
    resource: {
      ...{ resourceType: 'MedicationRequest', id: text, status: 'draft', intent: 'order' },
      medicationCodeableConcept: { coding: [{ system: RXNORM, code }], text },
    },
  }))
  const { status, body } = await call(`${server.url}/cds-services/garrod-order-sign`, 'POST', {
    hook: 'order-sign',
    hookInstance: randomUUID(),
    context: {
      userId: `Practitioner/${patientId}`,
      patientId,
      draftOrders: { resourceType: 'Bundle', entry },
    },
  })
  assert.equal(status, 200, JSON.stringify(body))
  ResponseRules.parse(body)
  const cards = body['cards'] as Card[]
  const of = (drug: string) => {
    const found = cards.filter(({ summary }) => summary.toLowerCase().includes(drug))
    assert.ok(found.length > 0, `a card on ${drug}`)
    return found.some(({ detail }) => detail!.endsWith(PART_2_NOTICE))
  }
  return { codeine: of('codeine'), clopidogrel: of('clopidogrel') }
}

test('a card that rests on a medication which its sender labelled carries the notice; others do not', async () => {
  await person('labelled', ['paroxetine'])
  const medication = { medicationCodeableConcept: { coding: [PAROXETINE] } }
  await statement('labelled', 's1', medication)
  assert.deepEqual(await signed('labelled'), { codeine: false, clopidogrel: false })
  const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SUD' }]
  await statement('labelled', 's1', { ...medication, meta: { security } })
  assert.deepEqual(await signed('labelled'), { codeine: true, clopidogrel: false })
  // Of another person: theirs alone.
  await person('other', ['paroxetine'])
  assert.deepEqual(await signed('other'), { codeine: false, clopidogrel: false })
})

test('a card that rests on a drug of such a treatment carries the notice, without any label of a sender', async () => {
  blocker = 'methadone'
  await person('treated', ['methadone'])
  assert.deepEqual(await signed('treated'), { codeine: true, clopidogrel: false })
  await person('untreated', ['metformin'])
  assert.deepEqual(await signed('untreated'), { codeine: false, clopidogrel: false })
})
