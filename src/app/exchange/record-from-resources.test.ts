import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from '../../record/resource.ts'
import { PROPOSED, recordFromStatements, statementOf } from './record-from-resources.ts'

const SYMBOLS = new Map([
  ['HGNC:2621', 'CYP2C19'],
  ['HGNC:2625', 'CYP2D6'],
])
/** As it is derived from what is kept: what each says goes through JSON on its way. */
const recordFromResources = (resources: readonly Resource[], symbols: ReadonlyMap<string, string>) => {
  const genes = { symbols, names: new Set(symbols.values()) }
  const statements = resources.flatMap((one) => statementOf(one, genes) ?? [])
  return recordFromStatements(JSON.parse(JSON.stringify(statements)) as typeof statements)
}
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const gene = (id: string, display?: string) => ({
  code: loinc('48018-6'),
  valueCodeableConcept: {
    coding: [{ system: 'http://www.genenames.org', code: id, ...(display === undefined ? {} : { display }) }],
  },
})
const genotype = (text: string, change: Partial<Resource> = {}): Resource => ({
  resourceType: 'Observation',
  id: 'g1',
  status: 'final',
  code: loinc('84413-4'),
  valueCodeableConcept: { text },
  component: [gene('HGNC:2621')],
  ...change,
})
const phenotype = (code: string, change: Partial<Resource> = {}): Resource => ({
  resourceType: 'Observation',
  id: 'i1',
  status: 'final',
  code: { coding: [{ system: 'x', code: 'therapeutic-implication' }] },
  derivedFrom: [{ reference: 'Observation/g1' }],
  component: [{ code: loinc('53040-2'), valueCodeableConcept: loinc(code) }],
  ...change,
})
const calls = (...resources: readonly Resource[]) =>
  recordFromResources(resources, SYMBOLS).outsideCalls.map((one) => [one.gene, one.diplotype, one.phenotype])

for (const [status, counts] of [
  ['final', true],
  ['amended', true],
  ['corrected', true],
  ['preliminary', false],
  ['registered', false],
  ['cancelled', false],
  ['entered-in-error', false],
  ['unknown', false],
] as const) {
  test(`a genotype that is ${status} ${counts ? 'counts' : 'does not count'}`, () => {
    assert.equal(calls(genotype('*1/*2', { status })).length, counts ? 1 : 0)
  })
}

test('what a program proposed and nobody confirmed never counts', () => {
  assert.deepEqual(calls(genotype('*1/*2', { meta: { tag: [PROPOSED] } })), [])
})

test('a somatic genotype says nothing of the person', () => {
  const source = (code: string) => ({ code: loinc('48002-0'), valueCodeableConcept: loinc(code) })
  assert.deepEqual(calls(genotype('*1/*2', { component: [gene('HGNC:2621'), source('LA6684-0')] })), [])
  assert.equal(calls(genotype('*1/*2', { component: [gene('HGNC:2621'), source('LA6683-2')] })).length, 1)
})

for (const [written, meant] of [
  ['*1/*2', '*1/*2'],
  ['CYP2C19*1/*2', '*1/*2'],
  ['CYP2C19 *1/*2', '*1/*2'],
  ['CYP2C19*1 / CYP2C19*2', '*1/*2'],
  ['CYP2C19:*1/*2', '*1/*2'],
  ['no call', 'no call'],
] as const) {
  test(`the genotype "${written}" is ${meant}`, () => {
    assert.deepEqual(calls(genotype(written)), [['CYP2C19', meant, undefined]])
  })
}

test('an HGNC id beside the symbol of another gene names none', () => {
  assert.equal(calls(genotype('*4/*4', { component: [gene('HGNC:2621', 'CYP2C19')] })).length, 1)
  assert.deepEqual(calls(genotype('*4/*4', { component: [gene('HGNC:2621', 'CYP2D6')] })), [])
})

for (const [code, words, stated] of [
  ['LA9657-3', 'Poor metabolizer', 'Poor Metabolizer'],
  ['LA9657-3', 'poor metaboliser', 'Poor Metabolizer'],
  ['LA10316-0', 'Extensive metabolizer', 'Normal Metabolizer'],
  ['LA10315-2', 'Ultra-rapid metabolizer', 'Ultrarapid Metabolizer'],
  ['LA9657-3', 'see comment', 'Poor Metabolizer'],
  ['LA9657-3', 'Intermediate metabolizer', undefined],
  ['LA25393-2', 'Poor function', undefined],
] as const) {
  test(`the phenotype ${code} called "${words}" is ${stated ?? 'not known'}`, () => {
    const coding = [{ system: 'http://loinc.org', code, display: words }]
    for (const valueCodeableConcept of [{ coding }, { coding, text: words }]) {
      const one = phenotype(code, { component: [{ code: loinc('53040-2'), valueCodeableConcept }] })
      assert.deepEqual(calls(genotype('*1/*2'), one), [['CYP2C19', '*1/*2', stated]])
    }
  })
}

test('the gene is its HGNC id; one that is not in the list is its symbol; two genes are none', () => {
  assert.equal(calls(genotype('*1/*2', { component: [gene('HGNC:2621', 'CYP2C')] }))[0]![0], 'CYP2C19')
  assert.equal(calls(genotype('*1/*2', { component: [gene('HGNC:99999', 'NEWGENE1')] }))[0]![0], 'NEWGENE1')
  assert.deepEqual(calls(genotype('*1/*2', { component: [gene('HGNC:2621'), gene('HGNC:2625')] })), [])
  assert.deepEqual(calls(genotype('*1/*2', { component: [] })), [])
})

test('a phenotype belongs to the genotype it is derived from, or stands for its gene alone', () => {
  assert.deepEqual(calls(genotype('*2/*2'), phenotype('LA9657-3')), [
    ['CYP2C19', '*2/*2', 'Poor Metabolizer'],
  ])
  assert.deepEqual(
    calls(
      phenotype('LA10317-8', {
        derivedFrom: [],
        component: [gene('HGNC:2625'), { code: loinc('53040-2'), valueCodeableConcept: loinc('LA10317-8') }],
      }),
    ),
    [['CYP2D6', undefined, 'Intermediate Metabolizer']],
  )
  assert.deepEqual(calls(genotype('*2/*2'), phenotype('LA9657-3', { status: 'entered-in-error' })), [
    ['CYP2C19', '*2/*2', undefined],
  ])
})

test('two phenotypes of one genotype are both told', () => {
  assert.deepEqual(calls(genotype('*2/*2'), phenotype('LA9657-3'), phenotype('LA10317-8', { id: 'i2' })), [
    ['CYP2C19', '*2/*2', 'Poor Metabolizer'],
    ['CYP2C19', '*2/*2', 'Intermediate Metabolizer'],
  ])
})

test('a conclusion about a drug is no phenotype', () => {
  const about = phenotype('x', {
    component: [
      { code: loinc('53040-2'), valueCodeableConcept: { text: 'Reduced efficacy of clopidogrel' } },
    ],
  })
  assert.deepEqual(calls(genotype('*2/*2'), about), [['CYP2C19', '*2/*2', undefined]])
})

test('two haplotypes of one report are a diplotype; one, or two of different reports, are none', () => {
  const haplotype = (id: string, text: string, source: string): Resource => ({
    ...genotype(text),
    id,
    code: loinc('84414-2'),
    meta: { source },
  })
  const [a, b] = [
    haplotype('h1', 'CYP2C19*1', 'urn:m:1#OBX-1'),
    haplotype('h2', 'CYP2C19*2', 'urn:m:1#OBX-2'),
  ]
  assert.deepEqual(calls(a, b), [['CYP2C19', '*1/*2', undefined]])
  assert.deepEqual(calls(a), [])
  assert.deepEqual(calls(a, haplotype('h2', 'CYP2C19*2', 'urn:m:2#OBX-1')), [])
  assert.deepEqual(calls(a, b, genotype('*1/*17')), [['CYP2C19', '*1/*17', undefined]])
})

test('HLA as GL string: two alleles; ambiguous strings name none', () => {
  const hla = (code: string): Resource => ({
    ...genotype(''),
    component: [gene('HGNC:4932', 'HLA-B')],
    valueCodeableConcept: { coding: [{ system: 'http://glstring.org', code }] },
  })
  assert.deepEqual(calls(hla('hla#3.29.0#HLA-B*57:01:01+HLA-B*15:01:01')), [
    ['HLA-B', '*57:01:01/*15:01:01', undefined],
  ])
  assert.deepEqual(calls(hla('hla#3.29.0#HLA-B*57:01/HLA-B*57:02+HLA-B*15:01')), [])
})

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
for (const [type, status, use] of [
  ['MedicationRequest', 'active', 'taking'],
  ['MedicationRequest', 'draft', 'considered'],
  ['MedicationRequest', 'stopped', undefined],
  ['MedicationRequest', 'on-hold', undefined],
  ['MedicationRequest', 'completed', undefined],
  ['MedicationRequest', 'entered-in-error', undefined],
  ['MedicationStatement', 'active', 'taking'],
  ['MedicationStatement', 'intended', 'considered'],
  ['MedicationStatement', 'not-taken', undefined],
] as const) {
  test(`a ${type} that is ${status}: ${use ?? 'not in use'}`, () => {
    const one = {
      resourceType: type,
      id: 'm',
      status,
      medicationCodeableConcept: { coding: [{ system: RXNORM, code: '32968', display: 'clopidogrel' }] },
    }
    assert.deepEqual(
      recordFromResources([one], SYMBOLS).drugs,
      use === undefined ? [] : [{ text: 'clopidogrel', rxcui: '32968', atc: undefined, status: use }],
    )
  })
}

test('a drug is listed once, as taken if it is; "do not take" is not taking', () => {
  const one = (id: string, status: string, more = {}) => ({
    resourceType: 'MedicationRequest',
    id,
    status,
    medicationCodeableConcept: { text: 'Warfarin' },
    ...more,
  })
  assert.deepEqual(
    recordFromResources([one('a', 'draft'), one('b', 'active')], SYMBOLS).drugs.map((drug) => drug.status),
    ['taking'],
  )
  assert.deepEqual(recordFromResources([one('a', 'active', { doNotPerform: true })], SYMBOLS).drugs, [])
})

const measured = (code: string, value: number, unit: string, at = '2026-11-20'): Resource => ({
  resourceType: 'Observation',
  id: `${code}-${at}`,
  status: 'final',
  code: loinc(code),
  effectiveDateTime: at,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
})
for (const [what, resource, expected] of [
  ['kg', measured('29463-7', 72, 'kg'), { kind: 'weight', value: 72, unit: 'kg' }],
  ['pounds', measured('29463-7', 160, '[lb_av]'), { kind: 'weight', value: 72.575, unit: 'kg' }],
  ['grams of a newborn', measured('29463-7', 3400, 'g'), { kind: 'weight', value: 3.4, unit: 'kg' }],
  ['inches', measured('8302-2', 70, '[in_i]'), { kind: 'height', value: 177.8, unit: 'cm' }],
  ['INR', measured('34714-6', 2.4, '{INR}'), { kind: 'inr', value: 2.4, unit: '{INR}' }],
  ['a weight in a unit that is none', measured('29463-7', 72, 'stone'), undefined],
  ['grams written as kg', measured('29463-7', 72000, 'kg'), undefined],
  ['a height of a slip', measured('8302-2', 1.78, 'cm'), undefined],
] as const) {
  test(`measured: ${what}`, () => {
    assert.deepEqual(
      recordFromResources([resource], SYMBOLS).measurements,
      expected === undefined ? [] : [expected],
    )
  })
}

test('the newest measurement holds, whatever the order and the precision of its date', () => {
  const found = (...resources: readonly Resource[]) =>
    recordFromResources(resources, SYMBOLS).measurements[0]?.value
  const [old, recent] = [
    measured('29463-7', 70, 'kg', '2026-11-19'),
    measured('29463-7', 71, 'kg', '2026-11-20T08:00:00+01:00'),
  ]
  assert.equal(found(old, recent), 71)
  assert.equal(found(recent, old), 71)
})

test("a drug is found behind the reference of an order: contained, kept, of a version; never another server's", () => {
  const coding = [
    { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '4493', display: 'fluoxetine' },
  ]
  const kept: Resource = { resourceType: 'Medication', id: 'm1', code: { coding } }
  const drugs = (reference: string, more = {}) =>
    recordFromResources(
      [
        {
          resourceType: 'MedicationRequest',
          id: 'r',
          status: 'active',
          medicationReference: { reference, ...more },
        },
        kept,
      ],
      SYMBOLS,
    ).drugs.map(({ text }) => text)
  assert.deepEqual(drugs('Medication/m1'), ['fluoxetine'])
  assert.deepEqual(drugs('Medication/m1/_history/2', { display: 'other words' }), ['fluoxetine'])
  assert.deepEqual(drugs('Medication/m2'), [])
  assert.deepEqual(drugs('http://elsewhere.example/fhir/Medication/m1'), [])
  assert.deepEqual(drugs('http://elsewhere.example/fhir/Medication/m1', { display: 'codeine' }), ['codeine'])
})
