import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isScope, permitted, staysWithin } from './registered-scope.ts'

const LAB = 'category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory'
const VITAL = LAB.replace('laboratory', 'vital-signs')

for (const [registered, wanted, within] of [
  ['patient/*.rs', 'patient/Observation.rs', true],
  ['patient/*.rs', 'patient/Observation.r', true],
  ['patient/*.rs', 'patient/Observation.read', true],
  ['patient/*.rs', 'patient/*.rs', true],
  ['patient/*.read', 'patient/*.rs', true],
  ['patient/*.*', 'patient/Condition.cruds', true],
  ['patient/*.rs', `patient/Observation.rs?${LAB}`, true],
  [`patient/Observation.rs?${LAB}`, `patient/Observation.r?${LAB}`, true],
  ['patient/*.rs', 'patient/Observation.cruds', false],
  ['patient/*.rs', 'patient/Observation.write', false],
  ['patient/*.rs', 'user/Observation.rs', false],
  ['patient/*.rs', 'system/Observation.rs', false],
  ['user/*.rs', 'patient/*.rs', false],
  ['patient/Observation.rs', 'patient/*.rs', false],
  ['patient/Observation.rs', 'patient/Condition.rs', false],
  [`patient/Observation.rs?${LAB}`, 'patient/Observation.rs', false],
  [`patient/Observation.rs?${LAB}`, `patient/Observation.rs?${VITAL}`, false],
  ['launch', 'launch/patient', false],
  ['openid', 'openid', true],
] as const)
  test(`${wanted} stays ${within ? 'within' : 'outside'} ${registered}`, () => {
    assert.equal(staysWithin(registered, wanted), within)
  })

for (const text of [
  '',
  'patient',
  'patient/',
  'patient/*',
  'patient/*.',
  'patient/*.sr',
  'patient/*.rr',
  'patient/*.x',
  'patient/observation.rs',
  'group/*.rs',
  'admin',
  'openid2',
  // No query could obey it.
  'patient/Observation.rs?date=gt2020',
])
  test(`"${text}" is no scope`, () => assert.equal(isScope(text), false))

test('only what was asked for and is registered for, once, in the order of asking', () => {
  assert.deepEqual(
    permitted(
      'launch openid patient/*.rs',
      'openid  patient/Condition.rs user/*.rs openid bogus patient/*.cruds launch',
    ),
    ['openid', 'patient/Condition.rs', 'launch'],
  )
  assert.deepEqual(permitted('', 'openid'), [])
})

test('asking for more never gives a right outside the registration', () => {
  const verbs = fc.constantFrom('r', 's', 'rs', 'cud', 'cruds', 'read', 'write', '*')
  const scope = fc
    .tuple(
      fc.constantFrom('patient', 'user', 'system'),
      fc.constantFrom('*', 'Observation', 'Condition'),
      verbs,
    )
    .map(([level, type, verb]) => `${level}/${type}.${verb}`)
  fc.assert(
    fc.property(fc.array(scope), fc.array(scope), fc.array(scope), (registered, wanted, more) => {
      const few = permitted(registered.join(' '), wanted.join(' '))
      const many = permitted(registered.join(' '), [...wanted, ...more].join(' '))
      assert.ok(few.every((one) => many.includes(one)))
      for (const one of many) assert.ok(registered.some((own) => staysWithin(own, one)))
      const less = permitted(registered.slice(1).join(' '), wanted.join(' '))
      assert.ok(less.every((one) => few.includes(one)))
    }),
  )
})
