import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Facts } from '../../knowledge/facts.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { Fault } from '../../terms/fault.ts'
import { SearchIndex } from './search-index.ts'
import { searchRequest } from './search-request.ts'

const index = new SearchIndex(searchFacts(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')])))
const reading = { index, base: 'https://here.example/fhir/R4', now: Date.UTC(2026, 10, 22) }
const DAY = 86_400_000

function read(search: string) {
  const [type, query = ''] = search.split('?')
  return searchRequest(type!, [...new URLSearchParams(query)], reading)
}

const token = (param: string, system: string | undefined, code: string | undefined, not = false) => ({
  kind: 'token',
  param,
  not,
  values: [{ system, code }],
  identity: param.includes('identifier'),
})
const date = (op: string, low: number, high: number) => ({
  kind: 'date',
  param: 'date',
  values: [{ op, low, high }],
})
const reference = (param: string, type: string | undefined, id: string) => ({
  kind: 'reference',
  param,
  values: [{ type, id }],
})
const quantity = (op: string, low: number, high: number, unit = {}) => ({
  kind: 'quantity',
  param: 'value-quantity',
  values: [{ op, low, high, ...unit }],
})
const day = Date.UTC(2026, 0, 2)

for (const [search, ...criteria] of [
  ['Observation?code=1234-5', token('code', undefined, '1234-5')],
  ['Observation?code=http://loinc.org|1234-5', token('code', 'http://loinc.org', '1234-5')],
  ['Observation?code=|x', token('code', '', 'x')],
  ['Observation?code=http://loinc.org|', token('code', 'http://loinc.org', undefined)],
  ['Observation?code:not=x', token('code', undefined, 'x', true)],
  ['Observation?code=a\\|b\\,c', token('code', undefined, 'a|b,c')],
  [
    'Observation?code=a,b',
    {
      ...token('code', undefined, 'a'),
      values: [
        { system: undefined, code: 'a' },
        { system: undefined, code: 'b' },
      ],
    },
  ],
  ['Observation?code=a&code=b', token('code', undefined, 'a'), token('code', undefined, 'b')],
  ['Patient?identifier:of-type=s|MR|1', token('identifier:of-type', 's', 'MR|1')],
  ['Observation?subject:identifier=s|1', token('subject:identifier', 's', '1')],
  ['Observation?date=2026-01-02', date('eq', day, day + DAY)],
  ...(['ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'] as const).map(
    (op) => [`Observation?date=${op}2026-01-02`, date(op, day, day + DAY)] as const,
  ),
  ['Observation?value-quantity=5.4', quantity('eq', 5.35, 5.45)],
  ['Observation?value-quantity=gt5.4', quantity('gt', 5.4, 5.4)],
  ['Observation?value-quantity=sa5.4', quantity('gt', 5.4, 5.4)],
  ['Observation?value-quantity=ne5||mg', quantity('ne', 4.5, 5.5, { code: 'mg' })],
  [
    'Observation?value-quantity=le5|http://unitsofmeasure.org|mg',
    quantity('le', 5, 5, { system: 'http://unitsofmeasure.org', code: 'mg' }),
  ],
  ['Observation?value-quantity=ap10', quantity('gt', 9, 9), quantity('lt', 11, 11)],
  ['Observation?subject=Patient/1', reference('subject', 'Patient', '1')],
  ['Observation?subject=1', reference('subject', undefined, '1')],
  ['Observation?subject:Patient=1', reference('subject', 'Patient', '1')],
  ['Observation?encounter=1', reference('encounter', 'Encounter', '1')],
  ['Observation?subject=https://here.example/fhir/R4/Patient/1', reference('subject', 'Patient', '1')],
  [
    'Observation?subject=https://there.example/Patient/1',
    { kind: 'uri', param: 'subject', match: 'exact', values: ['https://there.example/Patient/1'] },
  ],
  ['Patient?name=an', { kind: 'string', param: 'name', match: 'starts', values: ['an'] }],
  ['Patient?name:exact=An', { kind: 'string', param: 'name', match: 'exact', values: ['An'] }],
  ['Organization?name:contains=an', { kind: 'string', param: 'name', match: 'contains', values: ['an'] }],
  ['Questionnaire?url:below=http://a', { kind: 'uri', param: 'url', match: 'below', values: ['http://a'] }],
  ['Patient?_id=a,b', { kind: 'id', values: ['a', 'b'] }],
  ['Patient?phone:missing=true', { kind: 'missing', param: 'phone', missing: true }],
  [
    'Patient?_lastUpdated=ge2026-01-02',
    { kind: 'last-updated', values: [{ op: 'ge', low: day, high: day + DAY }] },
  ],
  [
    'Observation?subject:Patient.name=an',
    {
      kind: 'chain',
      param: 'subject',
      type: 'Patient',
      criteria: [{ kind: 'string', param: 'name', match: 'starts', values: ['an'] }],
    },
  ],
  [
    'Observation?patient.organization.name=an',
    {
      kind: 'chain',
      param: 'patient',
      type: 'Patient',
      criteria: [
        {
          kind: 'chain',
          param: 'organization',
          type: 'Organization',
          criteria: [{ kind: 'string', param: 'name', match: 'starts', values: ['an'] }],
        },
      ],
    },
  ],
  [
    'Patient?_has:Observation:patient:code=x',
    {
      kind: 'has',
      type: 'Observation',
      param: 'patient',
      criteria: [token('code', undefined, 'x')],
      own: true,
    },
  ],
  [
    'Patient?_has:Observation:patient:_has:DiagnosticReport:result:status=final',
    {
      kind: 'has',
      type: 'Observation',
      param: 'patient',
      criteria: [
        {
          kind: 'has',
          type: 'DiagnosticReport',
          param: 'result',
          criteria: [token('status', undefined, 'final')],
        },
      ],
      own: true,
    },
  ],
  [
    'Observation?component-code-value-concept=http://loinc.org|48018-6$HGNC:2621',
    {
      kind: 'composite',
      param: 'component-code-value-concept',
      values: [['http://loinc.org|48018-6', 'HGNC:2621']],
    },
  ],
  [
    'Observation?code-value-quantity=8480-6$gt140||mm[Hg]',
    {
      kind: 'composite',
      param: 'code-value-quantity',
      values: [['8480-6', '']],
      intervals: [{ op: 'gt', of: 'number', low: 140, high: 140, unit: 'mm[Hg]' }],
    },
  ],
  [
    'Observation?combo-code=x',
    { kind: 'any', of: [[token('code', undefined, 'x')], [token('component-code', undefined, 'x')]] },
  ],
  [
    'Observation?combo-code:not=x',
    token('code', undefined, 'x', true),
    token('component-code', undefined, 'x', true),
  ],
  [
    'Observation?code-value-string=http://loinc.org|1$ab',
    { kind: 'string', param: 'code-value-string$http://loinc.org|1', match: 'starts', values: ['ab'] },
  ],
] as const) {
  test(search, () => assert.deepEqual(read(search).criteria, criteria))
}

for (const [search, code] of [
  ['Observation?code:in=x', 'SEARCH_MODIFIER_REFUSED'],
  ['Observation?code:text=x', 'SEARCH_MODIFIER_REFUSED'],
  ['Patient?name:contains=x', 'SEARCH_MODIFIER_REFUSED'],
  ['Patient?gender:of-type=a|b|c', 'SEARCH_MODIFIER_REFUSED'],
  ['Observation?subject:Practitioner=1', 'SEARCH_MODIFIER_REFUSED'],
  ['Observation?date=tomorrow', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?date=2026-02-30', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?value-quantity=5|x', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?value-quantity=ab', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?code=a|b|c', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?code=|', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?code:missing=maybe', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?code-value-quantity=8480-6', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?subject=not a reference', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_sort=subject', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_sort=combo-code', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_count=many', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_total=some', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_revinclude=*', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_revinclude=Patient:*', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_include=Observation:code', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_include=Patient:organization', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?_revinclude=Patient:organization', 'SEARCH_VALUE_MALFORMED'],
  ['Observation?code.name=x', 'SEARCH_CHAIN_REFUSED'],
  ['Observation?subject.a.b.c.d=x', 'SEARCH_CHAIN_REFUSED'],
  ['Patient?_has:Observation:code:code=x', 'SEARCH_CHAIN_REFUSED'],
  ['Patient?_has:Observation:patient=x', 'SEARCH_CHAIN_REFUSED'],
  ['Patient?_filter=name eq x', 'SEARCH_PARAMETER_REFUSED'],
  ['Patient?_text=x', 'SEARCH_PARAMETER_REFUSED'],
  ['Patient?_list=x', 'SEARCH_PARAMETER_REFUSED'],
] as const) {
  test(`${search} is refused: ${code}`, () => {
    assert.throws(
      () => read(search),
      (error) => error instanceof Fault && error.code === code,
    )
  })
}

test('unknown parameters and those without a value are named, not used', () => {
  const { criteria, ignored, used } = read('Observation?colour=red&code=&status=final&_format=json')
  assert.deepEqual(ignored, ['colour', 'code'])
  assert.equal(criteria.length, 1)
  assert.deepEqual(used, [['status', 'final']])
})

test('how the answer is to look', () => {
  const one = read(
    'Observation?_sort=-date,code,_id&_count=7&_total=accurate&_summary=text&_elements=code,status',
  )
  assert.deepEqual(one.sort, [
    { param: 'date', descending: true },
    { param: 'code', descending: false },
    { param: '_id', descending: false },
  ])
  assert.deepEqual(
    [one.count, one.total, one.summary, one.elements],
    [7, 'accurate', 'text', ['code', 'status']],
  )
  assert.equal(read('Observation?_count=999999').count, 1000)
  const counted = read('Observation?_summary=count')
  assert.deepEqual([counted.count, counted.total], [0, 'accurate'])
})

test('a search of one person’s resources names the person, so that only that compartment is looked at', () => {
  assert.equal(read('Observation?patient=Patient/p1').patient, 'p1')
  assert.equal(read('Observation?subject=Patient/p1&code=x').patient, 'p1')
  assert.equal(read('Observation?patient=p1').patient, 'p1')
  for (const other of [
    'Observation?subject=p1',
    'Observation?subject=Patient/p1,Patient/p2',
    'Group?member=Patient/p1',
    'Observation?performer=Patient/p1',
  ])
    assert.equal(read(other).patient, undefined, other)
})
