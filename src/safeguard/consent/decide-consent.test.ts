import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConsentReading } from '../../record/consent-rule.ts'
import type { Resource } from '../../record/resource.ts'
import { compileConsent } from './compile-consent.ts'
import type { AskedContent, ConsentAsk } from './consent-ask.ts'
import { ACT_CODE, CONFIDENTIALITY, RESOURCE_TYPES } from './consent-codes.ts'
import { decideConsent } from './decide-consent.ts'

const PRIVACY = 'http://terminology.hl7.org/CodeSystem/consentscope|patient-privacy'
const ORG = 'Organization/lab'

const to = (...references: string[]) => references.map((reference) => ({ reference: { reference } }))
const label = (code: string, system = CONFIDENTIALITY) => ({ system, code })

function consent(provision: object | undefined, more: object = {}): Resource {
  return {
    resourceType: 'Consent',
    id: 'c1',
    status: 'active',
    scope: { coding: [{ system: PRIVACY.split('|')[0]!, code: 'patient-privacy' }] },
    dateTime: '2024-01-01',
    ...(provision === undefined ? {} : { provision }),
    ...more,
  }
}

const ASK: ConsentAsk = {
  purpose: 'TREAT',
  actors: [ORG],
  categories: [PRIVACY],
  at: '2025-06-01T12:00:00Z',
  content: undefined,
}
const NOTHING: AskedContent = { classes: [], labels: [], codes: [], resource: undefined }

function says(
  consents: Resource | Resource[],
  ask: Partial<ConsentAsk> = {},
  reading: ConsentReading = 'deny-overrides',
): string {
  const rules = [consents].flat().map((one) => compileConsent(one))
  const { decision, obligations } = decideConsent(rules, { ...ASK, ...ask }, reading)
  const codes = obligations.flatMap(({ parameters }) => parameters.codes.map(({ code }) => code))
  return [decision.replace('CONSENT_', ''), ...codes].join(' ')
}

const BOTH: readonly ConsentReading[] = ['deny-overrides', 'newest-wins']

for (const reading of BOTH) {
  const ask = (consents: Resource | Resource[], more: Partial<ConsentAsk> = {}) =>
    says(consents, more, reading)

  test(`${reading}: only an active consent counts`, () => {
    for (const [status, expected] of [
      ['active', 'PERMIT'],
      ['inactive', 'NO_CONSENT'],
      ['draft', 'NO_CONSENT'],
      ['proposed', 'NO_CONSENT'],
      ['rejected', 'NO_CONSENT'],
      ['entered-in-error', 'NO_CONSENT'],
    ] as const) {
      assert.equal(ask(consent({ type: 'permit' }, { status })), expected, status)
    }
  })

  test(`${reading}: a consent counts from its start`, () => {
    const early = consent({ type: 'permit', period: { start: '2025-06-01T12:00:00Z' } })
    assert.equal(ask(early, { at: '2025-06-01T11:59:59.999Z' }), 'NO_CONSENT')
    assert.equal(ask(early, { at: '2025-06-01T12:00:00Z' }), 'PERMIT')
    assert.equal(ask(early, { at: '2025-06-01T14:00:00+02:00' }), 'PERMIT')
  })

  test(`${reading}: category and purpose of the consent must meet the question`, () => {
    const research = 'http://terminology.hl7.org/CodeSystem/consentscope|research'
    const forTreatment = consent({ type: 'permit', purpose: [{ code: 'TREAT' }] })
    assert.equal(ask(forTreatment), 'PERMIT')
    assert.equal(ask(forTreatment, { categories: [research] }), 'NO_CONSENT')
    assert.equal(ask(forTreatment, { categories: undefined }), 'PERMIT')
    assert.equal(ask(forTreatment, { purpose: 'HRESCH' }), 'NO_CONSENT')
    assert.equal(ask(forTreatment, { purpose: undefined }), 'PERMIT')
  })

  test(`${reading}: an exception for one asker`, () => {
    const but = consent({ type: 'permit', provision: [{ type: 'deny', actor: to(ORG) }] })
    assert.equal(ask(but), 'DENY')
    assert.equal(ask(but, { actors: ['Organization/other', ORG] }), 'DENY')
    assert.equal(ask(but, { actors: ['Organization/other'] }), 'PERMIT')
    assert.equal(ask(but, { actors: [] }), 'PERMIT')
  })

  test(`${reading}: an exception for a label is left out, or refused when asked for`, () => {
    const but = consent({ type: 'permit', provision: [{ type: 'deny', securityLabel: [label('R')] }] })
    assert.equal(ask(but), 'PERMIT R')
    const labelled = (code: string) =>
      ask(but, { content: { ...NOTHING, labels: [`${CONFIDENTIALITY}|${code}`] } })
    assert.equal(labelled('R'), 'DENY')
    assert.equal(labelled('N'), 'PERMIT R')
  })

  test(`${reading}: nothing that a program can read says nothing`, () => {
    assert.equal(ask(consent(undefined)), 'NO_CONSENT')
    assert.equal(ask(consent({ period: { start: '2020' } })), 'NO_CONSENT')
    assert.equal(
      compileConsent(consent(undefined)).limits.join(),
      'Consent: nothing in it can be obeyed by a program',
    )
    assert.equal(ask([]), 'NO_CONSENT')
  })

  test(`${reading}: the base policy speaks where the root does not`, () => {
    const policy = (code: string) => ({ policyRule: { coding: [{ system: ACT_CODE, code }] } })
    assert.equal(ask(consent(undefined, policy('OPTIN'))), 'PERMIT')
    assert.equal(ask(consent(undefined, policy('OPTOUT'))), 'DENY')
    assert.equal(ask(consent(undefined, policy('hipaa-self-pay'))), 'NO_CONSENT')
  })
}

test('the last day belongs to the period; the other reading ends it as that day begins', () => {
  const until = consent({ type: 'permit', period: { end: '2025-06-01' } })
  for (const [at, days, turns] of [
    ['2025-05-31T23:59:59Z', 'PERMIT', 'PERMIT'],
    ['2025-06-01T00:00:00Z', 'PERMIT', 'PERMIT'],
    ['2025-06-01T00:00:00.001Z', 'PERMIT', 'NO_CONSENT'],
    ['2025-06-01T23:59:59.999Z', 'PERMIT', 'NO_CONSENT'],
    ['2025-06-02T00:00:00Z', 'NO_CONSENT', 'NO_CONSENT'],
  ] as const) {
    assert.equal(says(until, { at }, 'deny-overrides'), days, at)
    assert.equal(says(until, { at }, 'newest-wins'), turns, at)
  }
})

test('two consents: a denial holds, or the newer one does', () => {
  const older = consent({ type: 'deny' }, { id: 'older', dateTime: '2020' })
  const newer = consent({ type: 'permit' }, { id: 'newer', dateTime: '2024' })
  for (const both of [
    [older, newer],
    [newer, older],
  ]) {
    assert.equal(says(both, {}, 'deny-overrides'), 'DENY')
    assert.equal(says(both, {}, 'newest-wins'), 'PERMIT')
  }
  const sameDay = [older, { ...newer, dateTime: '2020' }]
  assert.equal(says(sameDay, {}, 'newest-wins'), 'DENY')
  const expired = consent(
    { type: 'deny', period: { end: '2021' } },
    { id: 'expired', dateTime: '2024-06-01' },
  )
  assert.equal(says([newer, expired], {}, 'newest-wins'), 'PERMIT')
})

test('a denial inside a denial: its type counts, or it turns the decision round', () => {
  const twice = consent({ type: 'deny', provision: [{ type: 'deny', actor: to(ORG) }] })
  assert.equal(says(twice, {}, 'deny-overrides'), 'DENY')
  assert.equal(says(twice, {}, 'newest-wins'), 'PERMIT')
})

test('a permission inside a denial shows what it names, and only that', () => {
  const only = consent({
    type: 'deny',
    provision: [
      {
        type: 'permit',
        class: [{ system: RESOURCE_TYPES, code: 'Observation' }],
        securityLabel: [label('N')],
      },
    ],
  })
  const ask = (type: string, confidentiality: string) =>
    says(only, {
      content: {
        ...NOTHING,
        classes: [`${RESOURCE_TYPES}|${type}`],
        labels: [`${CONFIDENTIALITY}|${confidentiality}`],
      },
    })
  assert.equal(ask('Observation', 'N'), 'PERMIT')
  assert.equal(ask('Observation', 'L'), 'PERMIT')
  assert.equal(ask('Observation', 'R'), 'DENY')
  assert.equal(ask('Condition', 'N'), 'DENY')
  assert.equal(says(only), 'DENY')
})

test('a denial of a label covers the higher ones and its kinds, however its system is spelled', () => {
  const denied = (denial: object, has: string) =>
    says(consent({ type: 'permit', provision: [{ type: 'deny', securityLabel: [denial] }] }), {
      content: { ...NOTHING, labels: [has] },
    }).startsWith('DENY')
  assert.ok(denied(label('R'), `${CONFIDENTIALITY}|V`))
  assert.ok(!denied(label('V'), `${CONFIDENTIALITY}|R`))
  assert.ok(denied(label('SUD', ACT_CODE), `${ACT_CODE}|OPIOIDUD`))
  assert.ok(!denied(label('OPIOIDUD', ACT_CODE), `${ACT_CODE}|SUD`))
  assert.ok(
    denied(
      label('HIV', 'http://terminology.hl7.org/ValueSet/v3-InformationSensitivityPolicy'),
      `${ACT_CODE}|HIV`,
    ),
  )
  const code = consent({
    type: 'permit',
    provision: [{ type: 'deny', code: { coding: [{ system: 'http://loinc.org/', code: '42828-4' }] } }],
  })
  assert.equal(says(code, { content: { ...NOTHING, codes: ['http://loinc.org|42828-4'] } }), 'DENY')
})

test('what is said of treatment holds for emergency treatment, and of none for a legal proceeding', () => {
  const treatment = consent({ type: 'permit', purpose: [{ code: 'TREAT' }] })
  assert.equal(says(treatment, { purpose: 'ETREAT' }, 'deny-overrides'), 'PERMIT')
  assert.equal(says(treatment, { purpose: 'ETREAT' }, 'newest-wins'), 'NO_CONSENT')
  const operations = consent({ type: 'permit', purpose: [{ code: 'HOPERAT' }] })
  assert.equal(says(operations, { purpose: 'LEGAL' }, 'deny-overrides'), 'NO_CONSENT')
})

test('what cannot be tested counts against showing', () => {
  const nobody = { actor: [{ role: { coding: [{ code: 'IRCP' }] } }] }
  assert.equal(says(consent({ type: 'permit', provision: [{ type: 'deny', ...nobody }] })), 'DENY')
  assert.equal(says(consent({ type: 'deny', provision: [{ type: 'permit', ...nobody }] })), 'DENY')
  const past = { dataPeriod: { end: '2020' } }
  const asked = { content: NOTHING }
  assert.equal(says(consent({ type: 'permit', provision: [{ type: 'deny', ...past }] }), asked), 'DENY')
  assert.equal(says(consent({ type: 'deny', provision: [{ type: 'permit', ...past }] }), asked), 'DENY')
})

test('a denial deep inside a permission holds; a permission inside a denial does not', () => {
  const deep = (outer: string, inner: string) =>
    consent({
      type: outer === 'deny' ? 'permit' : 'deny',
      provision: [{ type: outer, provision: [{ type: inner }] }],
    })
  assert.equal(says(deep('permit', 'deny')), 'DENY')
  assert.equal(says(deep('deny', 'permit')), 'DENY')
  assert.match(compileConsent(deep('deny', 'permit')).limits.join(), /the denial stands/)
})

test('a provision on correcting alone does not keep anybody from reading', () => {
  const action = [{ coding: [{ code: 'correct' }] }]
  assert.equal(says(consent({ type: 'permit', provision: [{ type: 'deny', action }] })), 'PERMIT')
})

test('a date that is none is refused', () => {
  for (const end of ['2025-02-30', '2025-13', 'soon', '01/02/2025']) {
    assert.throws(
      () => compileConsent(consent({ type: 'permit', period: { end } })),
      { code: 'CONSENT_DATE_MALFORMED' },
      end,
    )
  }
})

test('the answer names the consent that decided', () => {
  const decision = decideConsent([compileConsent(consent({ type: 'deny' }))], ASK, 'deny-overrides')
  assert.deepEqual(decision.basis, ['Consent/c1'])
  assert.equal(decision.because, 'Consent/c1 denies it')
})
