import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AT, access, caller, PERSON } from '../../../test/support/access.ts'
import { patientId } from '../../terms/ids.ts'
import type { AccessAction } from './access-request.ts'
import { smartScopes } from './smart-scope.ts'

const ask = (
  scopes: string,
  action: AccessAction,
  kind: string,
  who: Parameters<typeof caller>[0] = {},
  patient?: typeof PERSON,
) =>
  access.authorize(
    caller({ scopes: scopes.split(' '), patient: PERSON, ...who }),
    { action, kind, ...(patient && { patient }) },
    AT,
  )

test('version 1 and version 2 spellings', () => {
  const rows: readonly (readonly [string, AccessAction, string, boolean])[] = [
    ['user/Observation.read', 'read', 'Observation', true],
    ['user/Observation.read', 'search', 'Observation', true],
    ['user/Observation.read', 'create', 'Observation', false],
    ['user/Observation.write', 'update', 'Observation', true],
    ['user/Observation.write', 'read', 'Observation', false],
    ['user/*.*', 'delete', 'Observation', true],
    ['user/Observation.r', 'read', 'Observation', true],
    ['user/Observation.r', 'search', 'Observation', false],
    ['user/Observation.rs', 'search', 'Observation', true],
    ['user/Observation.rs', 'search', 'Condition', false],
    ['user/Observation.cud', 'delete', 'Observation', true],
    ['user/Observation.sr', 'read', 'Observation', false],
    ['user/Observation.', 'read', 'Observation', false],
    ['user/observation.rs', 'read', 'Observation', false],
    ['openid fhirUser launch', 'read', 'Observation', false],
    ['user/Observation.rs', 'read', 'Plan', false],
    ['user/*.rs', 'read', 'Plan', true],
  ]
  for (const [scopes, action, kind, expected] of rows)
    assert.equal(ask(scopes, action, kind).allow, expected, `${scopes}: ${action} ${kind}`)
})

test('a scope gives nothing that the policies do not', () => {
  assert.equal(ask('user/*.cruds', 'read', 'AuditEvent').allow, false)
  assert.equal(ask('system/*.cruds', 'read', 'Observation', { roles: [] }).allow, false)
})

test('a patient scope sees the person in context alone', () => {
  const { restriction } = ask('patient/Observation.rs patient/Condition.rs', 'search', 'Observation')
  assert.deepEqual(restriction.compartments, [PERSON, ''])
  assert.deepEqual(restriction.types, ['Condition', 'Observation'])
  assert.equal(ask('patient/Observation.rs', 'read', 'Observation', {}, patientId('p2')).allow, false)
  assert.equal(ask('patient/Observation.rs', 'read', 'Observation', { patient: undefined }).allow, false)
})

test('patient and user scopes together: each request sees what one of them lets it', () => {
  const both = 'patient/Observation.rs user/Practitioner.rs'
  const about = ask(both, 'search', 'Observation').restriction
  assert.deepEqual(
    [about.compartments, about.types],
    [
      [PERSON, ''],
      ['Observation', 'Practitioner'],
    ],
  )
  const directory = ask(both, 'search', 'Practitioner').restriction
  assert.deepEqual([directory.compartments, directory.types], [undefined, ['Practitioner']])
})

test('a scope for one category shows that category', () => {
  const category = 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory'
  const { restriction } = ask(`patient/Observation.rs?category=${category}`, 'search', 'Observation')
  assert.deepEqual(restriction.about, [{ type: 'Observation', codes: [category] }])
  const beside = ask(
    `patient/Observation.rs?category=${category} patient/Observation.rs`,
    'search',
    'Observation',
  )
  assert.equal(beside.restriction.about, undefined)
  assert.equal(ask(`user/Observation.cruds?category=${category}`, 'create', 'Observation').allow, false)
})

test('a condition that cannot be obeyed in every query grants nothing', () => {
  for (const query of [
    'category=laboratory',
    'status=final',
    'category=a|b&status=final',
    'code:in=x|y',
    'category=|b',
  ])
    assert.deepEqual(smartScopes([`patient/Observation.rs?${query}`]), [], query)
  assert.deepEqual(smartScopes(['patient/*.rs?category=a|b']), [])
})
