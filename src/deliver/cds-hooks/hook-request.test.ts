import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { readFeedback } from './feedback.ts'
import { readHookRequest } from './hook-request.ts'
import { medicationsIn } from './medication.ts'
import { prefetchedIdentifiers, prefetchedMedications } from './prefetch.ts'

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const draftOrders = {
  resourceType: 'Bundle',
  entry: [
    { resource: { resourceType: 'NutritionOrder', id: 'diet' } },
    {
      resource: {
        resourceType: 'MedicationRequest',
        id: 'a',
        medicationCodeableConcept: {
          coding: [{ system: RXNORM, code: '32968', display: 'clopidogrel' }],
          text: 'Plavix 75 mg',
        },
      },
    },
    {
      resource: {
        resourceType: 'MedicationRequest',
        id: 'b',
        medicationReference: { reference: '#m' },
        contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'codeine' } }],
      },
    },
    {
      resource: {
        resourceType: 'MedicationRequest',
        id: 'c',
        medicationReference: { reference: 'Medication/7' },
      },
    },
    {
      resource: {
        resourceType: 'Medication',
        id: '7',
        code: { coding: [{ system: RXNORM, code: '11289' }] },
      },
    },
    { resource: { resourceType: 'MedicationRequest', id: 'opened', status: 'draft' } },
  ],
}
const call = {
  hook: 'order-select',
  hookInstance: '8e67dbac-ca68-44cf-a957-06c310d76bb8',
  context: { userId: 'Practitioner/1', patientId: 'p1', selections: ['MedicationRequest/b'], draftOrders },
}

function faultOf(body: unknown): Fault {
  try {
    readHookRequest('order-select', body)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  return assert.fail('the request was taken')
}

test('a call of order-select', () => {
  const request = readHookRequest('order-select', call)
  assert.equal(request.patientId, 'p1')
  assert.deepEqual(request.selections, ['MedicationRequest/b'])
  assert.equal(request.grant, undefined)
})

test('what a client adds by itself is let through', () => {
  readHookRequest('order-select', { ...call, extension: { 'com.example': 1 } })
})

const DAMAGED: readonly (readonly [string, unknown, where: string])[] = [
  ['no body', undefined, 'request'],
  ['an array', [], 'request'],
  ['another hook', { ...call, hook: 'order-sign' }, 'request.hook'],
  ['no hookInstance', { ...call, hookInstance: undefined }, 'request.hookInstance'],
  ['a hookInstance that is no UUID', { ...call, hookInstance: '17' }, 'request.hookInstance'],
  ['no context', { ...call, context: null }, 'request.context'],
  [
    'no patient',
    { ...call, context: { ...call.context, patientId: undefined } },
    'request.context.patientId',
  ],
  [
    'a patient that is no FHIR id',
    { ...call, context: { ...call.context, patientId: '../x' } },
    'request.context.patientId',
  ],
  ['no user', { ...call, context: { ...call.context, userId: '' } }, 'request.context.userId'],
  [
    'no selections',
    { ...call, context: { ...call.context, selections: undefined } },
    'request.context.selections',
  ],
  [
    'orders that are no bundle',
    { ...call, context: { ...call.context, draftOrders: { resourceType: 'List' } } },
    'request.context.draftOrders.resourceType',
  ],
  [
    'half an authorization',
    { ...call, fhirAuthorization: { access_token: 'x' } },
    'request.fhirAuthorization.token_type',
  ],
]
for (const [what, body, where] of DAMAGED) {
  test(`refused: ${what}`, () => {
    const fault = faultOf(body)
    assert.equal(fault.code, 'CDS_REQUEST_MALFORMED')
    assert.equal(fault.where, where)
  })
}

test('medications of orders: coded, contained, referenced; an order just opened names none', () => {
  const found = medicationsIn(readHookRequest('order-select', call).draftOrders!)
  assert.deepEqual(found, [
    { reference: 'MedicationRequest/a', rxcuis: ['32968'], atc: [], texts: ['Plavix 75 mg', 'clopidogrel'] },
    { reference: 'MedicationRequest/b', rxcuis: [], atc: [], texts: ['codeine'] },
    { reference: 'MedicationRequest/c', rxcuis: ['11289'], atc: [], texts: [] },
  ])
})

test('a Medication is found by whatever address it is called; one that was not sent gives its words', () => {
  const order = (id: string, medicationReference: object, more = {}) => ({
    resource: { resourceType: 'MedicationRequest', id, medicationReference, ...more },
  })
  const ehr = 'https://ehr.example.org/fhir'
  const names = (entry: readonly object[]) =>
    medicationsIn({ resourceType: 'Bundle', entry } as never).map(({ reference, rxcuis, texts }) => [
      reference?.slice('MedicationRequest/'.length),
      ...rxcuis,
      ...texts,
    ])
  const found = names([
    order('absolute', { reference: `${ehr}/Medication/7` }),
    order('version', { reference: 'Medication/7/_history/2' }),
    order('urn', { reference: 'urn:uuid:8' }),
    order('elsewhere', { reference: 'Medication/9', display: 'clopidogrel 75 mg tablet' }),
    order('words', { display: 'codeine' }),
    order('nothing', { reference: 'Medication/9' }),
    order('not', { display: 'codeine' }, { doNotPerform: true }),
    {
      fullUrl: `${ehr}/Medication/7`,
      resource: { resourceType: 'Medication', id: '7', code: { text: 'seven' } },
    },
    { fullUrl: 'urn:uuid:8', resource: { resourceType: 'Medication', code: { text: 'eight' } } },
  ])
  assert.deepEqual(found, [
    ['absolute', 'seven'],
    ['version', 'seven'],
    ['urn', 'eight'],
    ['elsewhere', 'clopidogrel 75 mg tablet'],
    ['words', 'codeine'],
  ])
})

test('a list of medications that the EHR did not narrow: what is not taken now is left out', () => {
  const entry = ['active', 'stopped', 'completed', 'on-hold', 'entered-in-error', undefined].map(
    (status) => ({
      resource: {
        resourceType: 'MedicationRequest',
        medicationCodeableConcept: { text: String(status) },
        ...(status === undefined ? {} : { status }),
      },
    }),
  )
  const sent = prefetchedMedications(prefetching({ medications: { resourceType: 'Bundle', entry } }))
  assert.deepEqual(
    sent?.medications.flatMap(({ texts }) => texts),
    ['active', 'undefined'],
  )
})

test('only the selected orders are looked at in order-select', () => {
  const found = medicationsIn(readHookRequest('order-select', call).draftOrders!, [
    'MedicationRequest/b',
    'NutritionOrder/diet',
  ])
  assert.deepEqual(
    found.map((one) => one.reference),
    ['MedicationRequest/b'],
  )
})

const prefetching = (prefetch: Record<string, unknown>) =>
  readHookRequest('order-select', { ...call, prefetch })

test('a patient not sent: key missing, null, or an OperationOutcome', () => {
  for (const prefetch of [{}, { patient: null }, { patient: { resourceType: 'OperationOutcome' } }])
    assert.equal(prefetchedIdentifiers(prefetching(prefetch)), undefined)
})

test('identifiers of the patient sent, those without a system left out', () => {
  const patient = {
    resourceType: 'Patient',
    identifier: [{ value: '17' }, { system: 'urn:oid:1.2', value: '17', use: 'usual' }],
  }
  assert.deepEqual(prefetchedIdentifiers(prefetching({ patient })), [{ system: 'urn:oid:1.2', value: '17' }])
  assert.deepEqual(prefetchedIdentifiers(prefetching({ patient: { resourceType: 'Patient' } })), [])
})

test('a medication list sent in part says so', () => {
  const page = { ...draftOrders, link: [{ relation: 'next', url: 'http://ehr/next' }] }
  assert.equal(prefetchedMedications(prefetching({ medications: page }))?.complete, false)
  assert.equal(prefetchedMedications(prefetching({ medications: draftOrders }))?.complete, true)
  assert.deepEqual(prefetchedMedications(prefetching({ medications: null })), {
    medications: [],
    complete: true,
  })
  const failed = { resourceType: 'OperationOutcome' }
  assert.equal(prefetchedMedications(prefetching({ medications: failed })), undefined)
  assert.equal(prefetchedMedications(prefetching({})), undefined)
})

const accepted = {
  card: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 'e56e1945-20b3-4393-8503-a1a20fd73152' }],
  outcomeTimestamp: '2021-12-11T10:05:31Z',
}

test('feedback: accepted with its suggestions, overridden with reason and comment', () => {
  assert.deepEqual(readFeedback({ feedback: [accepted] }), [
    {
      card: accepted.card,
      outcome: 'accepted',
      acceptedSuggestions: ['e56e1945-20b3-4393-8503-a1a20fd73152'],
      overrideReason: undefined,
      outcomeAt: accepted.outcomeTimestamp,
    },
  ])
  const [overridden] = readFeedback({
    feedback: [
      {
        card: accepted.card,
        outcome: 'overridden',
        overrideReason: {
          reason: { code: 'dose-adjusted', system: 'urn:garrod:override-reasons' },
          userComment: 'ok',
        },
        outcomeTimestamp: '2021-12-11T10:05:31+01:00',
      },
    ],
  })
  assert.deepEqual(overridden?.overrideReason, {
    code: 'dose-adjusted',
    system: 'urn:garrod:override-reasons',
    comment: 'ok',
  })
})

test('feedback refused: not a list, empty, accepted without a suggestion, no time zone', () => {
  for (const body of [
    accepted,
    { feedback: [] },
    { feedback: [{ ...accepted, acceptedSuggestions: [] }] },
    { feedback: [{ ...accepted, outcomeTimestamp: '2021-12-11T10:05:31' }] },
    { feedback: [{ ...accepted, outcome: 'ignored' }] },
  ])
    assert.throws(() => readFeedback(body), { code: 'CDS_FEEDBACK_MALFORMED' })
})
