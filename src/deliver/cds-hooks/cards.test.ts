import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CardRules, DiscoveryRules } from '../../../test/support/card-rules.ts'
import { exampleCase } from '../../../test/support/example-case.ts'
import type { DrugAdvice, NamedDrug, Plan } from '../../decide/plan.ts'
import type { BuiltCard, CardContext } from './built-card.ts'
import { SERVICES } from './hooks.ts'
import { doubtCard, orderCards } from './order-cards.ts'
import { OVERRIDE_REASONS } from './override-reason.ts'
import { patientCards } from './patient-card.ts'
import { summaryOf } from './summary.ts'

const context: CardContext = {
  service: 'garrod-order-sign',
  hookInstance: '8e67dbac-ca68-44cf-a957-06c310d76bb8',
  patientId: 'p1',
  encounterId: 'e9',
  plan: exampleCase.plan,
  pageUrl: 'http://127.0.0.1:8484/patients/example-1',
  unsuitable: new Set(),
  notes: [],
}

const CODES: Readonly<Record<string, string>> = {
  prasugrel: '613391',
  ticagrelor: '1116632',
  morphine: '7052',
  rosuvastatin: '301542',
  pravastatin: '42463',
}
const drugNamed = (name: string): NamedDrug | undefined =>
  name in CODES ? { name, rxcui: CODES[name], atc: [] } : undefined

function ordered(name: string, plan: Plan = exampleCase.plan): readonly BuiltCard[] {
  const drug = plan.drugs.find((one) => one.drug.name === name)?.drug ?? { name, rxcui: undefined, atc: [] }
  const cards = orderCards(
    { ...context, plan },
    [{ reference: 'MedicationRequest/request-123', drugs: [drug] }],
    drugNamed,
  )
  for (const one of cards) CardRules.parse(JSON.parse(JSON.stringify(one.card)))
  return cards
}

/** The example's plan with one drug's advice changed. */
function planWith(name: string, change: Partial<DrugAdvice>): Plan {
  const drugs = exampleCase.plan.drugs.map((one) => (one.drug.name === name ? { ...one, ...change } : one))
  return { ...exampleCase.plan, drugs }
}

test('an order the genotype speaks against: one card with the advice, its sources and alternatives', () => {
  const [built, ...others] = ordered('clopidogrel')
  assert.equal(others.length, 0)
  const { card, about } = built!
  assert.equal(card.summary, 'Avoid clopidogrel; use prasugrel or ticagrelor if not contraindicated.')
  assert.equal(card.indicator, 'critical')
  assert.equal(card.source.label, 'CPIC, DPWG, by Garrod')
  assert.match(card.detail!, /\*\*CYP2C19 \\\*2\/\\\*17, Intermediate Metabolizer\*\*/)
  assert.match(card.detail!, /\[CPIC\]\(https:\/\/cpicpgx\.org\/[^)]+\), strong/)
  assert.match(card.detail!, /DPWG also accepts 150 mg a day/)
  assert.match(card.detail!, /cpic@2025-11-05/)
  assert.deepEqual(
    about.rules.map((one) => one.rule),
    ['cpic-clopidogrel-cyp2c19-im-acs-pci', 'dpwg-clopidogrel-cyp2c19-im-pci'],
  )
  assert.deepEqual([about.drugs, about.genes], [['clopidogrel'], ['CYP2C19']])
  assert.equal(card.links?.[0].url, context.pageUrl)
  assert.deepEqual(card.overrideReasons, OVERRIDE_REASONS)
})

test('a suggestion deletes the draft and drafts the alternative, coded, without a dose', () => {
  const card = ordered('clopidogrel')[0]!.card
  assert.equal(card.selectionBehavior, 'at-most-one')
  assert.deepEqual(
    card.suggestions?.map((one) => one.label),
    ['Replace clopidogrel by prasugrel', 'Replace clopidogrel by ticagrelor'],
  )
  const [remove, create] = card.suggestions![0].actions
  assert.deepEqual(remove, {
    type: 'delete',
    description: 'Delete the draft order of clopidogrel',
    resourceId: 'MedicationRequest/request-123',
  })
  assert.equal(create?.type, 'create')
  assert.deepEqual(create?.type === 'create' && create.resource, {
    resourceType: 'MedicationRequest',
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: {
      coding: [
        { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '613391', display: 'prasugrel' },
      ],
      text: 'prasugrel',
    },
    subject: { reference: 'Patient/p1' },
    encounter: { reference: 'Encounter/e9' },
  })
})

test('an alternative that the genotype speaks against too is not suggested', () => {
  const { drug } = exampleCase.plan.drugs.find((one) => one.drug.name === 'simvastatin')!
  const [built] = orderCards(
    { ...context, unsuitable: new Set(['rosuvastatin']) },
    [{ reference: 'MedicationRequest/1', drugs: [drug] }],
    drugNamed,
  )
  const labels = built!.card.suggestions?.map((one) => one.label)
  assert.deepEqual(labels, ['Replace simvastatin by pravastatin'])
})

test('a class is not suggested: it cannot be ordered; nor is a drug that is excluded', () => {
  const labels = ordered('codeine')[0]!.card.suggestions?.map((one) => one.label)
  assert.deepEqual(labels, ['Replace codeine by morphine'])
})

test('a drug that must not be given, without a named alternative: the draft can be deleted', () => {
  const card = ordered('abacavir')[0]!.card
  assert.deepEqual(
    card.suggestions?.map((one) => [one.label, one.actions.length]),
    [['Delete the order of abacavir', 1]],
  )
})

test('a lower dose brings a card without suggestion', () => {
  const card = ordered('fluorouracil')[0]!.card
  assert.equal(card.indicator, 'critical')
  assert.equal(card.suggestions, undefined)
  assert.equal(card.selectionBehavior, undefined)
})

test('a draft without id, and a combination product, cannot be replaced', () => {
  const drug = exampleCase.plan.drugs.find((one) => one.drug.name === 'clopidogrel')!.drug
  const aspirin = { name: 'aspirin', rxcui: '1191', atc: [] }
  for (const order of [
    { reference: undefined, drugs: [drug] },
    { reference: 'MedicationRequest/1', drugs: [drug, aspirin] },
  ]) {
    const [built] = orderCards(context, [order], drugNamed)
    assert.equal(built!.card.suggestions, undefined)
  }
})

test('no card: normal result, no guideline, nothing known, a drug without advice', () => {
  for (const name of ['allopurinol', 'metformin', 'celecoxib', 'warfarin', 'amoxicillin'])
    assert.deepEqual(ordered(name), [], name)
})

test('nothing known: an info card only where a guideline asks for the test first', () => {
  const before = exampleCase.plan.drugs.find((one) => one.drug.name === 'azathioprine')!
  const unknown = { state: 'unknown', headline: 'Test TPMT and NUDT15 before azathioprine.' } as const
  assert.deepEqual(ordered('azathioprine', planWith('azathioprine', unknown)), [])
  const asks = before.recommendations.map((one) => ({
    ...one,
    actions: [{ code: 'TEST_FIRST' as const, test: ['tpmt-genotype'] }],
  }))
  const [built] = ordered('azathioprine', planWith('azathioprine', { ...unknown, recommendations: asks }))
  assert.equal(built?.card.indicator, 'info')
  assert.match(built!.card.detail!, /Not known: NUDT15: rs116855232 was not in the file\./)
})

test('an ordered drug that blocks the enzyme of a drug already taken brings a card about that drug', () => {
  const paroxetine = { name: 'paroxetine', rxcui: '32937', atc: [] }
  const [built, ...others] = orderCards(
    context,
    [{ reference: 'MedicationRequest/1', drugs: [paroxetine] }],
    drugNamed,
  )
  assert.equal(others.length, 0)
  assert.match(built!.card.summary, /^Paroxetine blocks CYP2D6/)
  assert.deepEqual(
    built!.about.rules.map((one) => one.rule),
    ['phenoconversion-paroxetine-CYP2D6-codeine'],
  )
  CardRules.parse(built!.card)
})

test('an order whose code and name disagree is not advised on, and the prescriber is told', () => {
  const { card } = doubtCard(
    context,
    '"Plavix" means clopidogrel, but its RxNorm code means warfarin',
    'Correct the order.',
  )
  CardRules.parse(card)
  assert.equal(card.indicator, 'warning')
  assert.match(card.summary, /^Not checked/)
  assert.match(card.detail!, /Correct the order\./)
})

test('opening the chart: one card with the serious advice on drugs now taken', () => {
  const [built, ...others] = patientCards(context)
  assert.equal(others.length, 0)
  CardRules.parse(built!.card)
  assert.equal(built!.card.summary, 'Genotype speaks against clopidogrel, codeine as now taken')
  assert.equal(built!.card.indicator, 'critical')
  assert.equal(built!.card.suggestions, undefined)
})

test('opening the chart of a person whose drugs suit them: no card', () => {
  const plan = {
    ...exampleCase.plan,
    interactions: [],
    drugs: exampleCase.plan.drugs.filter((one) => one.drug.name === 'metformin'),
  }
  assert.deepEqual(patientCards({ ...context, plan }), [])
})

test('the same call names the same cards, another call names others', () => {
  const again = ordered('clopidogrel')[0]!.card.uuid
  assert.equal(ordered('clopidogrel')[0]!.card.uuid, again)
  const other = { ...context, hookInstance: 'e5f58f2c-9723-4b3f-ac09-845b822e49e5' }
  const drug = exampleCase.plan.drugs.find((one) => one.drug.name === 'clopidogrel')!.drug
  const [later] = orderCards(
    other,
    [{ reference: 'MedicationRequest/request-123', drugs: [drug] }],
    drugNamed,
  )
  assert.notEqual(later!.card.uuid, again)
})

test('remarks on the call are printed on the card', () => {
  const drug = exampleCase.plan.drugs.find((one) => one.drug.name === 'codeine')!.drug
  const notes = ['The EHR sent no medication list.']
  const [built] = orderCards({ ...context, notes }, [{ reference: undefined, drugs: [drug] }], drugNamed)
  assert.match(built!.card.detail!, /The EHR sent no medication list\./)
})

test('a summary is always shorter than 140 characters and cut at a word', () => {
  assert.equal(summaryOf('short'), 'short')
  const exact = 'x'.repeat(139)
  assert.equal(summaryOf(exact), exact)
  const long = summaryOf(`${'word '.repeat(40)}end`)
  assert.ok([...long].length < 140)
  assert.match(long, /word…$/)
  assert.ok([...summaryOf('y'.repeat(500))].length < 140)
})

test('discovery lists the services as the standard asks, trials beside the report of the genome', () => {
  DiscoveryRules.parse(JSON.parse(JSON.stringify({ services: SERVICES })))
  assert.deepEqual(
    SERVICES.map(({ id, hook }) => [id, hook]),
    [
      ['garrod-patient-view', 'patient-view'],
      ['garrod-trial-match', 'patient-view'],
      ['garrod-order-select', 'order-select'],
      ['garrod-order-sign', 'order-sign'],
    ],
  )
})
