import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { AT, caller, facts } from '../../../test/support/access.ts'
import { accessOf } from './access-of.ts'
import { siteAccess } from './site-access.ts'

test('a site’s folder of policies is obeyed, and refused when it cannot be', () => {
  const policyFolder = mkdtempSync(join(tmpdir(), 'garrod-policies-'))
  try {
    const text =
      '@id("no-export") @because("no exports here") forbid (principal, action == Garrod::Action::"export", resource);'
    writeFileSync(join(policyFolder, 'ours.cedar'), text)
    writeFileSync(join(policyFolder, 'notes.txt'), 'not a policy')
    const access = accessOf(facts, { policyFolder, consentReading: 'newest-wins' })
    const ask = (action: 'export' | 'read') => access.authorize(caller(), { action, kind: 'Observation' }, AT)
    assert.equal(ask('export').because, 'no exports here')
    assert.equal(ask('read').restriction.consent?.reading, 'newest-wins')
  } finally {
    rmSync(policyFolder, { recursive: true })
  }
  assert.throws(() => accessOf(facts, { policyFolder, consentReading: 'deny-overrides' }), {
    code: 'POLICY_FOLDER',
  })
})

test('what the environment says', () => {
  assert.deepEqual(siteAccess({}), { policyFolder: undefined, consentReading: 'deny-overrides' })
  assert.deepEqual(siteAccess({ GARROD_POLICIES: '/p', GARROD_CONSENT: 'newest-wins' }), {
    policyFolder: '/p',
    consentReading: 'newest-wins',
  })
  assert.throws(() => siteAccess({ GARROD_CONSENT: 'whatever' }), { code: 'CONSENT_READING' })
})
