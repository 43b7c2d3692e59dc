import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AT, access, caller, facts, PERSON } from '../../../test/support/access.ts'
import { accessPolicy } from '../../knowledge/access/access-policy.ts'
import { patientId } from '../../terms/ids.ts'
import type { Caller, Purpose, Role } from '../caller.ts'
import { Access } from './access.ts'
import type { AccessAction } from './access-request.ts'

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode|'

const may = (
  who: Partial<Caller>,
  action: AccessAction,
  kind: string,
  more: { patient?: typeof PERSON; courtOrder?: boolean; deidentified?: boolean } = {},
) => access.authorize(caller(who), { action, kind, ...more }, AT)

test('who may do what, for which purpose', () => {
  const rows: readonly (readonly [Role, Purpose, AccessAction, string, boolean])[] = [
    ['clinician', 'TREAT', 'read', 'Observation', true],
    ['clinician', 'TREAT', 'create', 'Observation', true],
    ['clinician', 'TREAT', 'delete', 'Observation', true],
    ['clinician', 'TREAT', 'read', 'AuditEvent', false],
    ['clinician', 'HOPERAT', 'read', 'Observation', false],
    ['pharmacist', 'TREAT', 'read', 'MedicationRequest', true],
    ['pharmacist', 'TREAT', 'delete', 'MedicationRequest', false],
    ['laboratory', 'TREAT', 'create', 'DiagnosticReport', true],
    ['laboratory', 'TREAT', 'read', 'Condition', false],
    ['laboratory', 'PUBHLTH', 'read', 'Condition', true],
    ['researcher', 'HRESCH', 'read', 'Observation', false],
    ['researcher', 'HRESCH', 'read', 'Patient', false],
    ['researcher', 'HRESCH', 'count', 'Cohort', true],
    ['researcher', 'TREAT', 'count', 'Cohort', false],
    ['privacy-officer', 'HOPERAT', 'read', 'AuditEvent', true],
    ['privacy-officer', 'HOPERAT', 'review', 'BreakGlass', true],
    ['privacy-officer', 'HOPERAT', 'update', 'AuditEvent', false],
    ['privacy-officer', 'HOPERAT', 'delete', 'AuditEvent', false],
    ['privacy-officer', 'HOPERAT', 'read', 'Observation', false],
    ['integration-engineer', 'HOPERAT', 'update', 'Subscription', true],
    ['integration-engineer', 'HOPERAT', 'read', 'Message', true],
    ['integration-engineer', 'SYSDEV', 'read', 'Message', false],
    ['integration-engineer', 'HOPERAT', 'read', 'Patient', false],
    ['administrator', 'HOPERAT', 'update', 'User', true],
    ['administrator', 'HOPERAT', 'read', 'Patient', false],
    ['system', 'TREAT', 'create', 'Observation', true],
    ['system', 'SYSDEV', 'read', 'Observation', false],
  ]
  for (const [role, purpose, action, kind, expected] of rows) {
    const decision = may({ roles: [role], purpose }, action, kind)
    assert.equal(decision.allow, expected, `${role} ${purpose} ${action} ${kind}: ${decision.because}`)
    assert.ok(decision.because.length > 10)
    assert.equal(decision.restriction.types?.length === 0, !expected)
  }
})

test('a kind that nothing is said about is refused', () => {
  assert.equal(may({}, 'read', 'Starship').allow, false)
})

test('nobody without a role may do anything', () => {
  const { allow, because } = may({ roles: [] }, 'read', 'Observation')
  assert.equal(allow, false)
  assert.match(because, /nothing permits somebody without a role/)
})

test('a legal proceeding is refused to everybody but for a court order, breaking the glass included', () => {
  const legal = { purpose: 'LEGAL' as const }
  const glass = { patient: PERSON, until: '2026-11-22T10:00:00Z', reason: 'UNCONSCIOUS' }
  for (const role of ['clinician', 'privacy-officer', 'system', 'administrator'] as const) {
    assert.equal(may({ ...legal, roles: [role] }, 'read', 'Observation').allow, false, role)
    const broken = may({ ...legal, roles: [role], breakGlass: glass }, 'read', 'Observation', {
      patient: PERSON,
    })
    assert.equal(broken.allow, false, role)
    assert.deepEqual(broken.policies, ['no-legal-proceeding'])
  }
  const officer = { ...legal, roles: ['privacy-officer'] as const }
  assert.equal(may(officer, 'export', 'Observation', { courtOrder: true }).allow, true)
  assert.equal(
    may({ ...legal, roles: ['clinician'] }, 'read', 'Observation', { courtOrder: true }).allow,
    false,
  )
})

test('payment sees no genetic data', () => {
  const paid = may({ purpose: 'HPAYMT' }, 'search', 'Procedure')
  assert.ok(paid.allow)
  assert.ok(paid.restriction.hiddenLabels.includes(`${ACT}GDIS`))
  assert.ok(!paid.restriction.types?.includes('Observation'))
  assert.ok(!paid.restriction.types?.includes('FamilyMemberHistory'))
  assert.ok(!may({}, 'search', 'Observation').restriction.hiddenLabels.includes(`${ACT}GDIS`))
})

test('psychotherapy notes are shown to nobody who treats as usual', () => {
  assert.ok(may({}, 'read', 'Observation').restriction.hiddenLabels.includes(`${ACT}PSYTHPN`))
  assert.ok(
    !may({ purpose: 'ETREAT' }, 'read', 'Observation').restriction.hiddenLabels.includes(`${ACT}PSYTHPN`),
  )
})

test('research sees people only de-identified, and those alone who consented', () => {
  const research = { roles: ['researcher'], purpose: 'HRESCH' } as const
  const open = may(research, 'search', 'ResearchStudy')
  assert.ok(!open.restriction.types?.includes('Observation'))
  const deidentified = may(research, 'search', 'Observation', { deidentified: true })
  assert.deepEqual(deidentified.obligations, ['deidentify'])
  assert.equal(deidentified.restriction.consent?.whenSilent, 'deny')
  assert.ok(!deidentified.restriction.types?.includes('Patient'))
  assert.deepEqual(may(research, 'count', 'Cohort').obligations, ['counts-only'])
})

test('treatment asks consents, and sees who left no word', () => {
  const { consent } = may({}, 'search', 'Observation').restriction
  assert.equal(consent?.whenSilent, 'permit')
  assert.equal(consent?.at, AT)
  assert.deepEqual(consent?.actors, ['Practitioner/1'])
  assert.ok(consent?.categories?.some((one) => one.endsWith('|patient-privacy')))
})

test('a person sees their own record, all of it, and no other', () => {
  const own = { roles: ['patient'], purpose: 'PATRQT', kind: 'patient', patient: PERSON } as const
  const { allow, restriction } = may(own, 'search', 'Observation')
  assert.ok(allow)
  assert.deepEqual(restriction.compartments, [PERSON, ''])
  assert.equal(restriction.consent, undefined)
  assert.ok(restriction.types?.includes('Condition'))
  assert.equal(may(own, 'read', 'Observation', { patient: patientId('p2') }).allow, false)
  assert.equal(may({ ...own, patient: undefined }, 'read', 'Observation').allow, false)
  assert.equal(may(own, 'create', 'QuestionnaireResponse').allow, true)
  assert.equal(may(own, 'create', 'Observation').allow, false)
})

test('broken glass lifts consent and labels for one person, until it ends', () => {
  const grant = { patient: PERSON, until: '2026-11-22T10:00:00.000Z', reason: 'UNCONSCIOUS' }
  const holder = caller({ breakGlass: grant })
  const ask = (patient: typeof PERSON | undefined, at: string) =>
    access.authorize(holder, { action: 'search', kind: 'Observation', ...(patient && { patient }) }, at)
  const broken = ask(PERSON, '2026-11-22T09:59:59.999Z')
  assert.deepEqual(broken.restriction.compartments, [PERSON, ''])
  assert.equal(broken.restriction.consent, undefined)
  assert.deepEqual(broken.restriction.hiddenLabels, [])
  assert.ok(broken.obligations.includes('notify-privacy-officer'))
  for (const usual of [
    ask(PERSON, '2026-11-22T10:00:00.000Z'),
    ask(patientId('p2'), AT),
    ask(undefined, AT),
  ]) {
    assert.ok(usual.restriction.consent)
    assert.ok(usual.restriction.hiddenLabels.length > 0)
    assert.equal(usual.restriction.compartments, undefined)
  }
  const emergency = { ...holder, purpose: 'ETREAT' as const }
  const search = { action: 'search', kind: 'Observation' } as const
  assert.deepEqual(access.restrictionFor(emergency, search, AT).compartments, [PERSON, ''])
  assert.ok(access.restrictionFor(emergency, { ...search, patient: patientId('p2') }, AT).consent)
  assert.ok(may({}, 'break-glass', 'Patient').allow)
  const without = may({ secondFactor: false }, 'break-glass', 'Patient')
  assert.deepEqual([without.allow, without.policies], [false, ['break-glass-needs-second-factor']])
  assert.equal(may({ roles: ['researcher'] }, 'break-glass', 'Patient').allow, false)
})

test('minimum necessary: the laboratory is not given where a person lives', () => {
  const { projection } = may({ roles: ['laboratory'] }, 'read', 'Patient')
  assert.ok(projection('Patient')?.includes('name'))
  assert.ok(!projection('Patient')?.includes('address'))
  assert.equal(projection('Observation'), undefined)
  assert.equal(may({}, 'read', 'Patient').projection('Patient'), undefined)
})

const withSite = (text: string) => new Access(accessPolicy(facts), [{ file: 'site.cedar', text }])
const FORBID = '@id("ours") @because("we do not") forbid (principal, action, resource)'

test("a site's own policies only forbid", () => {
  const site = withSite(`${FORBID} when { resource == Garrod::Kind::"Condition" };`)
  const ask = (kind: string) => site.authorize(caller(), { action: 'search', kind }, AT)
  assert.equal(ask('Condition').because, 'we do not')
  assert.ok(ask('Observation').allow)
  assert.ok(!ask('Observation').restriction.types?.includes('Condition'))
  assert.throws(() => withSite('@id("x") @because("y") permit (principal, action, resource);'), {
    code: 'POLICY_SITE_PERMITS',
  })
})

test('a site may forbid something to one person', () => {
  const site = withSite(
    '@id("ours") @because("no") forbid (principal == Garrod::Caller::"user/2", action, resource);',
  )
  const ask = (id: string) => site.authorize(caller({ id }), { action: 'read', kind: 'Patient' }, AT).allow
  assert.deepEqual([ask('user/1'), ask('user/2'), ask('user/1')], [true, false, true])
})

test('a policy that cannot be obeyed is refused when it is loaded', () => {
  assert.throws(() => withSite(`${FORBID} when { context.purpos == "LEGAL" };`), {
    code: 'POLICY_INVALID',
    message: /purpos.*did you mean `purpose`/,
  })
  assert.throws(() => withSite(`${FORBID} when { principal in Garrod::Rolle::"x" };`), {
    code: 'POLICY_INVALID',
  })
  assert.throws(() => withSite(`${FORBID} whn { true };`), { code: 'POLICY_INVALID' })
  assert.throws(() => withSite(`${FORBID} when { false && context.breakGlass };`), { code: 'POLICY_INVALID' })
  assert.throws(() => withSite('forbid (principal, action, resource);'), { code: 'POLICY_UNNAMED' })
  assert.throws(() => withSite('@id("own-record") @because("x") forbid (principal, action, resource);'), {
    code: 'POLICY_TWICE',
  })
})
