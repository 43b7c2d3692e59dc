import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patientId } from '../../terms/ids.ts'
import { grantPeriod, grantState } from './break-glass.ts'

const ASKED = { patient: patientId('p1'), reason: 'life-threat', explanation: 'No pulse, allergies unknown' }

test('a grant lasts sixty minutes from the clock of the request', () => {
  assert.deepEqual(grantPeriod(ASKED, '2026-11-22T09:30:00+01:00'), {
    grantedAt: '2026-11-22T08:30:00.000Z',
    until: '2026-11-22T09:30:00.000Z',
  })
})

test('without a reason of the list and words of one’s own there is none', () => {
  const at = '2026-11-22T09:30:00Z'
  for (const reason of ['', 'curious', 'toString'])
    assert.throws(() => grantPeriod({ ...ASKED, reason }, at), { code: 'BREAK_GLASS_REASON' }, reason)
  for (const explanation of ['', 'need', ' '.repeat(30), 'x'.repeat(2001)])
    assert.throws(() => grantPeriod({ ...ASKED, explanation }, at), { code: 'BREAK_GLASS_EXPLANATION' })
})

test('the state of a grant, both sides of each edge', () => {
  const grant = {
    grantedAt: '2026-11-01T00:00:00.000Z',
    until: '2026-11-01T01:00:00.000Z',
    review: undefined,
  }
  for (const [at, expected] of [
    ['2026-11-01T00:59:59.999Z', 'in-force'],
    ['2026-11-01T01:00:00.000Z', 'to-review'],
    ['2026-11-08T00:00:00.000Z', 'to-review'],
    ['2026-11-08T00:00:00.001Z', 'overdue'],
  ] as const)
    assert.equal(grantState(grant, at), expected, at)
  assert.equal(grantState({ ...grant, review: {} }, '2027-01-01T00:00:00Z'), 'reviewed')
})
