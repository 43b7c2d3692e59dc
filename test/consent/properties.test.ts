import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Resource } from '../../src/record/resource.ts'
import type { ConsentQuestion } from '../../src/record/resource-query.ts'
import { type AskedRow, maySee } from '../../src/safeguard/consent/asked-row.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import { anyConsent, anyDeny, anyQuestion, anyRow } from './arbitrary-consent.ts'

const RUNS = { numRuns: 2000 }
const anyConsents = fc.array(anyConsent, { maxLength: 3 })

const sees = (consents: readonly Resource[], question: ConsentQuestion, row: AskedRow) =>
  maySee(
    consents.map((one, at) => compileConsent({ id: `c${at}`, ...one })),
    question,
    row,
  )
const exceptions = (consent: Resource) =>
  ((consent['provision'] as { provision?: object[] } | undefined)?.provision ?? []) as object[]
const withExceptions = (consent: Resource, provision: readonly object[]): Resource => ({
  ...consent,
  provision: { ...(consent['provision'] as object), provision },
})

test('adding a denial to a consent never shows more', () => {
  fc.assert(
    fc.property(
      anyConsents,
      anyConsent,
      anyDeny,
      anyQuestion,
      anyRow,
      (others, consent, deny, asked, row) => {
        const question = { ...asked, reading: 'deny-overrides' as const }
        // A consent without root gets one by the exception; without a type it decides nothing.
        const more = withExceptions(consent, [...exceptions(consent), deny])
        if (sees([...others, more], question, row)) assert.ok(sees([...others, consent], question, row))
      },
    ),
    RUNS,
  )
})

test('adding a consent that only denies never shows more', () => {
  fc.assert(
    fc.property(anyConsents, anyConsent, anyQuestion, anyRow, (others, consent, asked, row) => {
      const question = { ...asked, reading: 'deny-overrides' as const }
      const denying = {
        ...consent,
        policyRule: undefined,
        provision: { ...(consent['provision'] as object), type: 'deny', provision: [] },
      }
      if (sees([...others, denying], question, row)) assert.ok(sees(others, question, row))
    }),
    RUNS,
  )
})

test('the order of consents and of exceptions is irrelevant', () => {
  fc.assert(
    fc.property(anyConsents, anyQuestion, anyRow, (consents, question, row) => {
      const named: Resource[] = consents.map((one, at) => ({ ...one, id: `c${at}` }))
      const turned = named
        .map((one) =>
          one['provision'] === undefined ? one : withExceptions(one, [...exceptions(one)].reverse()),
        )
        .reverse()
      assert.equal(sees(turned, question, row), sees(named, question, row))
    }),
    RUNS,
  )
})

test('narrowing the purposes of what is permitted never shows more where silence denies', () => {
  fc.assert(
    fc.property(
      anyConsent,
      anyQuestion,
      anyRow,
      fc.subarray(['TREAT', 'ETREAT', 'HRESCH']),
      (consent, asked, row, kept) => {
        fc.pre(kept.length > 0)
        const question = { ...asked, whenSilent: 'deny' as const }
        const forPurposes = (codes: readonly string[]): Resource => ({
          ...consent,
          provision: { ...(consent['provision'] as object), purpose: codes.map((code) => ({ code })) },
        })
        const wide = forPurposes(['TREAT', 'ETREAT', 'HRESCH'])
        if (sees([forPurposes(kept)], question, row)) assert.ok(sees([wide], question, row))
      },
    ),
    RUNS,
  )
})

test('the other reading does let a denial show more: why it is not the one in force', () => {
  const optOut: Resource = {
    resourceType: 'Consent',
    status: 'active',
    provision: { type: 'deny' },
  }
  const twice = withExceptions(optOut, [{ type: 'deny' }])
  const row: AskedRow = { type: 'Observation', id: '1', labels: [], codes: [] }
  const question: ConsentQuestion = {
    purpose: 'TREAT',
    actors: [],
    at: '2025-01-01T00:00:00Z',
    whenSilent: 'permit',
    reading: 'newest-wins',
  }
  assert.equal(sees([optOut], question, row), false)
  assert.equal(sees([twice], question, row), true)
  assert.equal(sees([twice], { ...question, reading: 'deny-overrides' }, row), false)
})
