import fc from 'fast-check'
import type { Resource } from '../../src/record/resource.ts'
import type { ConsentQuestion } from '../../src/record/resource-query.ts'
import type { AskedRow } from '../../src/safeguard/consent/asked-row.ts'
import { ACT_CODE, CONFIDENTIALITY, RESOURCE_TYPES } from '../../src/safeguard/consent/consent-codes.ts'

/** Few values of each, so that consents, questions and resources meet often. */
const TYPES = ['Observation', 'Condition', 'MedicationStatement']
const CODES = ['1', '2']
const CODE_SYSTEM = 'http://example.org/codes'
const LABELS = [
  { system: CONFIDENTIALITY, code: 'N' },
  { system: CONFIDENTIALITY, code: 'R' },
  { system: CONFIDENTIALITY, code: 'V' },
  { system: ACT_CODE, code: 'SUD' },
  { system: ACT_CODE, code: 'OPIOIDUD' },
  { system: ACT_CODE, code: 'GDIS' },
]
const PURPOSES = ['TREAT', 'ETREAT', 'HRESCH', 'LEGAL']
const ACTORS = ['Organization/a', 'Practitioner/b', 'urn:ids|c']
const SCOPES = ['patient-privacy', 'research']
const SCOPE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/consentscope'
const DATES = ['2020', '2024-01', '2025-06-01', '2025-06-01T12:00:00Z', '2025-06-02', '2030-01-01']

const some = <T>(values: readonly T[], maxLength = 2) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength })
const perhaps = <T>(one: fc.Arbitrary<T>, often = 2) => fc.option(one, { nil: undefined, freq: often })

const period = fc.record(
  { start: fc.constantFrom(...DATES), end: fc.constantFrom(...DATES) },
  { requiredKeys: [] },
)
const actor = fc.oneof(
  fc.constantFrom(...ACTORS.slice(0, 2)).map((reference) => ({ reference: { reference } })),
  fc.constant({ reference: { identifier: { system: 'urn:ids', value: 'c' } } }),
  fc.constant({ role: { coding: [{ code: 'IRCP' }] } }),
)
const concept = (system: string) => (code: string) => ({ coding: [{ system, code }] })

/** Conditions are stated now and then: consents that state all of them are hardly ever about the question. */
const seldom = <T extends Record<string, fc.Arbitrary<unknown>>>(conditions: T): fc.Arbitrary<object> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(conditions).map(([key, one]) => [key, fc.option(one, { nil: undefined, freq: 1 })]),
      ),
    )
    .chain((all) => fc.subarray(Object.entries(all), { maxLength: 3 }))
    .map((kept) => Object.fromEntries(kept.filter(([, value]) => value !== undefined)))

const type = fc.constantFrom('permit', 'deny')
const purpose = some(PURPOSES).map((codes) => codes.map((code) => ({ code })))
const classes = some(TYPES).map((codes) => codes.map((code) => ({ system: RESOURCE_TYPES, code })))

const provision = (depth: number): fc.Arbitrary<object> =>
  fc
    .tuple(
      perhaps(type, 5),
      seldom({
        period,
        actor: fc.array(actor, { minLength: 1, maxLength: 2 }),
        purpose,
        securityLabel: some(LABELS),
        class: classes,
        code: some(CODES).map((codes) => codes.map(concept(CODE_SYSTEM))),
        action: fc.constantFrom('access', 'correct').map((code) => [{ coding: [{ code }] }]),
        data: fc.constantFrom(
          [{ meaning: 'instance', reference: { reference: 'Observation/1' } }],
          [{ meaning: 'related', reference: { reference: 'Observation/1' } }],
        ),
      }),
      depth === 0 ? fc.constant([]) : fc.array(provision(depth - 1), { maxLength: 2 }),
    )
    .map(([what, conditions, inner]) => ({
      ...(what === undefined ? {} : { type: what }),
      ...conditions,
      ...(inner.length === 0 ? {} : { provision: inner }),
    }))

const root = fc
  .tuple(
    perhaps(type, 5),
    seldom({ period, purpose, actor: fc.array(actor, { minLength: 1, maxLength: 1 }), class: classes }),
    fc.array(provision(1), { maxLength: 3 }),
  )
  .map(([what, conditions, inner]) => ({
    ...(what === undefined ? {} : { type: what }),
    ...conditions,
    provision: inner,
  }))

/** Any Consent that may be written: active or not, with or without root, policy, exceptions and their exceptions. */
export const anyConsent: fc.Arbitrary<Resource> = fc
  .record(
    {
      resourceType: fc.constant('Consent'),
      status: fc.constantFrom('active', 'active', 'active', 'inactive'),
      dateTime: fc.constantFrom(...DATES),
      scope: fc.constantFrom(...SCOPES).map(concept(SCOPE_SYSTEM)),
      policyRule: fc.constantFrom('OPTIN', 'OPTOUT', 'other').map(concept(ACT_CODE)),
      provision: root,
    },
    { requiredKeys: ['resourceType', 'status', 'scope'] },
  )
  .map((one) => one as Resource)

export const anyDeny: fc.Arbitrary<object> = provision(0).map((one) => ({ ...one, type: 'deny' }))

export const anyRow: fc.Arbitrary<AskedRow> = fc.record({
  type: fc.constantFrom(...TYPES),
  id: fc.constantFrom('1', '2'),
  labels: fc.uniqueArray(fc.constantFrom(...LABELS.map(({ system, code }) => `${system}|${code}`)), {
    maxLength: 2,
  }),
  codes: fc.uniqueArray(fc.constantFrom(...CODES.map((code) => `${CODE_SYSTEM}|${code}`)), { maxLength: 2 }),
})

export const anyQuestion: fc.Arbitrary<ConsentQuestion> = fc
  .record({
    purpose: fc.constantFrom(...PURPOSES),
    actors: fc.uniqueArray(fc.constantFrom(...ACTORS, '*'), { maxLength: 2 }),
    at: fc.constantFrom(
      '2024-06-01T00:00:00Z',
      '2025-06-01T00:00:00Z',
      '2025-06-01T12:00:00Z',
      '2025-06-02T00:00:00Z',
    ),
    whenSilent: fc.constantFrom('permit' as const, 'deny' as const),
    reading: fc.constantFrom('deny-overrides' as const, 'newest-wins' as const),
    categories: perhaps(some(SCOPES.map((code) => `${SCOPE_SYSTEM}|${code}`))),
  })
  .map(({ categories, ...rest }) => (categories === undefined ? rest : { ...rest, categories }))
