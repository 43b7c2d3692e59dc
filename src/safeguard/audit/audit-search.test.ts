import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Criterion } from '../../record/resource-query.ts'
import { auditQueryOf } from './audit-search.ts'

const token = (param: string, ...codes: string[]): Criterion => ({
  kind: 'token',
  param,
  not: false,
  values: codes.map((code) => ({ system: undefined, code })),
})
const reference = (param: string, type: string | undefined, id: string): Criterion => ({
  kind: 'reference',
  param,
  values: [{ type, id }],
})
const day = Date.UTC(2026, 10, 22)
const DAY = 24 * 3600 * 1000
const date = (op: 'eq' | 'ge' | 'gt' | 'le' | 'lt' | 'ne'): Criterion => ({
  kind: 'date',
  param: 'date',
  values: [{ op, low: day, high: day + DAY }],
})
const [start, end] = ['2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z']

const questions: readonly (readonly [string, readonly Criterion[], object])[] = [
  ['nothing', [], {}],
  ['patient', [reference('patient', 'Patient', 'p1')], { patients: ['p1'] }],
  ['agent', [reference('agent', 'Practitioner', 'd1')], { agentReferences: ['Practitioner/d1'] }],
  ['entity', [reference('entity', undefined, 'o1')], { entityReferences: ['o1'] }],
  ['action', [token('action', 'R', 'C')], { actions: ['R', 'C'] }],
  ['altid', [token('altid', 'user/1')], { agents: ['user/1'] }],
  ['outcome', [token('outcome', '0', '8')], { outcomes: ['success', 'failed'] }],
  ['type', [token('type', '110112', 'cds-hooks')], { kinds: ['search', 'cds-hooks'] }],
  ['a type that has another code', [token('type', 'login')], { kinds: [] }],
  ['_id', [{ kind: 'id', values: ['17-abc', 'other'] }], { seqs: [17] }],
  ['a day', [date('eq')], { since: start, until: end }],
  ['from a day on', [date('ge')], { since: start }],
  ['after a day', [date('gt')], { since: end }],
  ['until a day', [date('le')], { until: end }],
  ['before a day', [date('lt')], { until: start }],
  ['two dates', [date('ge'), date('gt'), date('le')], { since: end, until: end }],
]
for (const [name, criteria, query] of questions) {
  test(`search by ${name}`, () => assert.deepEqual(auditQueryOf(criteria), query))
}

const refusals: readonly (readonly [string, readonly Criterion[]])[] = [
  ['a parameter that is not there', [token('subtype', 'read')]],
  ['a modifier', [{ kind: 'token', param: 'action', not: true, values: [{ system: undefined, code: 'R' }] }]],
  [
    'a system without a code',
    [{ kind: 'token', param: 'action', not: false, values: [{ system: 'x', code: undefined }] }],
  ],
  ['another date than a range', [date('ne')]],
  ['patient twice', [reference('patient', 'Patient', 'a'), reference('patient', 'Patient', 'b')]],
  ['a patient that is none', [reference('patient', 'Group', 'a')]],
  ['a chain', [{ kind: 'chain', param: 'patient', type: 'Patient', criteria: [] }]],
]
for (const [name, criteria] of refusals) {
  test(`refused: ${name}`, () => {
    assert.throws(() => auditQueryOf(criteria), { code: 'AUDIT_SEARCH' })
  })
}
