import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CUTS } from '../../../test/support/tumor-parts.ts'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { fhirParts } from '../../intake/tumor/fhir/fhir-tumor.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { conditionDiagnoses } from './condition-diagnoses.ts'
import { fhirCandidate, patientTumor } from './patient-tumor.ts'
import { classificationOf, shortProteinName } from './protein-name.ts'

const facts = builtInFacts()
const read = (...resources: Resource[]): Candidate => fhirCandidate('p', resources, facts)
const loinc = (code: string, display?: string) => ({
  coding: [{ system: 'http://loinc.org', code, ...(display === undefined ? {} : { display }) }],
})
const component = (code: string, valueCodeableConcept: object) => ({
  code: loinc(code),
  valueCodeableConcept,
})
const gene = (symbol: string) =>
  component('48018-6', { coding: [{ system: 'http://www.genenames.org', code: 'HGNC:1', display: symbol }] })
const SOMATIC = component('48002-0', loinc('LA6684-0'))
const GERMLINE = component('48002-0', loinc('LA6683-2'))

let ids = 0
const observation = (code: string, rest: object): Resource => ({
  resourceType: 'Observation',
  id: `o${++ids}`,
  status: 'final',
  code: loinc(code),
  ...rest,
})
const variant = (...parts: object[]) => observation('69548-6', { component: parts })
const protein = (name: string) => component('48005-3', { coding: [{ code: name }] })

test('a somatic variant is a change of the tumour, in short names', () => {
  const { alterations } = read(variant(gene('BRAF'), SOMATIC, protein('NP_004324.2:p.(Val600Glu)')))
  assert.deepEqual(alterations, [
    { kind: 'mutation', gene: 'BRAF', proteinChange: 'p.V600E', classification: 'Missense_Mutation' },
  ])
})

test('what the person was born with settles nothing, nor what has no word of origin; silent is no mutation', () => {
  assert.deepEqual(read(variant(gene('TP53'), GERMLINE)).alterations, [
    { kind: 'mutation', gene: 'TP53', origin: 'inherited' },
  ])
  assert.deepEqual(read(variant(gene('TP53'))).alterations, [
    { kind: 'mutation', gene: 'TP53', origin: 'unstated' },
  ])
  assert.deepEqual(read(variant(gene('TP53'), SOMATIC, protein('p.Arg175='))).alterations, [])
  const absent = { ...variant(gene('EGFR'), SOMATIC), valueCodeableConcept: loinc('LA9634-2') }
  assert.deepEqual(read(absent).alterations, [])
  assert.deepEqual(read({ ...variant(gene('EGFR'), SOMATIC), status: 'entered-in-error' }).alterations, [])
})

test('copy number and fusions', () => {
  const copies = (value: number) => ({ code: loinc('82155-3'), valueQuantity: { value } })
  assert.deepEqual(read(variant(gene('CDKN2A'), SOMATIC, copies(0))).alterations, [
    { kind: 'copy-number', gene: 'CDKN2A', copyNumber: 'homozygous-deletion' },
  ])
  assert.deepEqual(read(variant(gene('ERBB2'), SOMATIC, copies(14))).alterations, [
    { kind: 'copy-number', gene: 'ERBB2', copyNumber: 'high-amplification' },
  ])
  const fusion = component('48019-4', {
    coding: [{ system: 'http://sequenceontology.org', code: 'SO:0001565' }],
  })
  assert.deepEqual(read(variant(gene('EML4'), gene('ALK'), SOMATIC, fusion)).alterations, [
    { kind: 'fusion', gene: 'EML4', partner: 'ALK' },
  ])
  // Two genes and nothing that says how they belong together.
  assert.deepEqual(read(variant(gene('EML4'), gene('ALK'), SOMATIC)).alterations, [])
})

test('genes count as tested only by a test of the tumour', () => {
  const panel = observation('53041-0', { component: [gene('EGFR'), gene('KRAS')] })
  assert.deepEqual(read(panel).assays, [])
  const report = (results: Resource[]): Resource => ({
    resourceType: 'DiagnosticReport',
    id: 'r',
    result: results.map(({ id }) => ({ reference: `Observation/${id}` })),
  })
  const somatic = variant(gene('KRAS'), SOMATIC)
  const [assay] = read(panel, somatic, report([panel, somatic])).assays
  assert.deepEqual([[...(assay!.genes as Set<string>)], [...assay!.finds]], [['EGFR', 'KRAS'], ['mutation']])
  const germline = variant(gene('KRAS'), GERMLINE)
  assert.deepEqual(read(panel, germline, report([panel, germline])).assays, [])
  assert.deepEqual(read(panel, somatic, germline, report([panel, somatic, germline])).assays, [])
  const specimen: Resource = { resourceType: 'Specimen', id: 's', type: { text: 'Tumor tissue, FFPE' } }
  assert.equal(read({ ...panel, specimen: { reference: 'Specimen/s' } }, specimen).assays.length, 1)
  const blood: Resource = { resourceType: 'Specimen', id: 's', type: { text: 'Blood' } }
  assert.equal(read({ ...panel, specimen: { reference: 'Specimen/s' } }, blood).assays.length, 0)
})

test('the newest result of a marker; what is neither hides the older one; two of one day are both told', () => {
  const msi = (code: string, day: string) =>
    observation('81695-9', { valueCodeableConcept: loinc(code), effectiveDateTime: day })
  assert.deepEqual(read(msi('LA26203-2', '2026-01-01'), msi('LA14122-8', '2025-01-01')).markers, {
    'mismatch-repair': 'deficient',
  })
  assert.deepEqual(read(msi('LA26203-2', '2025-01-01'), msi('LA9663-1', '2026-01-01')).markers, {})
  assert.deepEqual(read(msi('LA26203-2', '2026-01-01'), msi('LA14122-8', '2026-01-01')).markers, {
    'mismatch-repair': ['deficient', 'proficient'],
  })
})

test('mutational burden in mutations per megabase, and in no other unit', () => {
  const tmb = (value: number, unit: string) => observation('94076-7', { valueQuantity: { value, unit } })
  assert.equal(read(tmb(12.5, 'mutations/Mb')).burden, 12.5)
  assert.equal(
    read(observation('94076-7', { valueQuantity: { value: 9, code: '1/1000000{Base}' } })).burden,
    9,
  )
  assert.equal(read(tmb(300, 'mutations')).burden, undefined)
})

test('laboratory results under code and name, with the limit of normal, and limits as limits', () => {
  const alt = observation('1742-6', {
    valueQuantity: { value: 61, code: 'U/L' },
    referenceRange: [{ high: { value: 40, code: 'U/L' } }],
    effectiveDateTime: '2026-10-30T08:00:00+01:00',
  })
  const one = { value: 61, unit: 'U/L', upperLimit: 40, date: '2026-10-30' }
  assert.deepEqual(read(alt).labs, [
    { test: '1742-6', ...one },
    { test: 'ALT', ...one },
  ])
  const below = observation('2532-0', { valueQuantity: { value: 5, comparator: '<', code: 'U/L' } })
  assert.deepEqual(read(below).labs?.[0], { test: '2532-0', value: 5, unit: 'U/L', beyond: '<' })
})

test('performance status: ECOG by number or answer, Karnofsky apart', () => {
  assert.equal(read(observation('89247-1', { valueInteger: 1 })).ecog, 1)
  assert.equal(read(observation('89247-1', { valueCodeableConcept: loinc('LA9624-3') })).ecog, 2)
  assert.equal(read(observation('89247-1', { valueInteger: 7 })).ecog, undefined)
  assert.equal(read(observation('89243-0', { valueInteger: 80 })).karnofsky, 80)
})

test('diagnoses: present and established ones; two tumours are not chosen between', () => {
  const condition = (code: object, rest: object = {}): Resource => ({
    resourceType: 'Condition',
    code,
    ...rest,
  })
  const status = (code: string) => ({ clinicalStatus: { coding: [{ code }] } })
  assert.equal(read(condition({ text: 'Lung Adenocarcinoma' })).diagnosis, 'LUAD')
  assert.equal(read(condition({ text: 'Lung Adenocarcinoma' }, status('resolved'))).diagnosis, undefined)
  const doubt = { verificationStatus: { coding: [{ code: 'provisional' }] } }
  assert.equal(read(condition({ text: 'Lung Adenocarcinoma' }, doubt)).diagnosis, undefined)
  assert.equal(
    read(condition({ text: 'Lung' }), condition({ text: 'Lung Adenocarcinoma' })).diagnosis,
    'LUAD',
  )
  const two = read(
    condition({ text: 'Lung Adenocarcinoma' }),
    condition({ text: 'Invasive Breast Carcinoma' }),
  )
  assert.equal(two.diagnosis, 'BRCA and LUAD')
  assert.equal(read(condition({ text: 'Hypertension' })).diagnosis, undefined)
  const icd = {
    coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C78.0', display: 'Metastasis' }],
  }
  assert.equal(read(condition(icd)).diagnosis, undefined)
})

test('diagnoses in codes of other classifications; a morphology together with its site', () => {
  const coded = (system: string, code: string, rest: object = {}): Resource => ({
    resourceType: 'Condition',
    code: { coding: [{ system, code, display: 'as the house calls it' }] },
    ...rest,
  })
  const icd10 = 'http://hl7.org/fhir/sid/icd-10-cm'
  assert.equal(read(coded(icd10, 'C34.11')).diagnosis, 'LUNG')
  assert.equal(read(coded('http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', 'C3512')).diagnosis, 'LUAD')
  const histology = {
    extension: [
      {
        url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior',
        valueCodeableConcept: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/icd-o-3', code: '8140/3' }],
        },
      },
    ],
  }
  assert.equal(read(coded(icd10, 'C34.1', histology)).diagnosis, 'LUAD')
  // No table has it: the name is told, and criteria stay unknown.
  assert.equal(read(coded(icd10, 'D48.9')).diagnosis, 'as the house calls it')
})

test('drugs that were given, by ingredient; an order alone is no treatment', () => {
  const text = 'osimertinib 80 MG Oral Tablet'
  const given = (type: string, status: string, rest: object = {}): Resource => ({
    resourceType: type,
    status,
    medicationCodeableConcept: { text },
    ...rest,
  })
  const ended = given('MedicationStatement', 'completed', { effectivePeriod: { end: '2026-03-01' } })
  assert.deepEqual(read(ended).treatments, [{ drug: 'osimertinib', until: '2026-03-01' }])
  assert.deepEqual(read(given('MedicationStatement', 'active')).treatments, [
    { drug: 'osimertinib', ongoing: true },
  ])
  assert.deepEqual(read(given('MedicationStatement', 'not-taken')).treatments, [])
  assert.deepEqual(read(given('MedicationRequest', 'active')).treatments, [])
  assert.equal(read(ended).treatmentsComplete, false)
})

test('where somebody lives: the address in use', () => {
  const patient = (...address: object[]): Resource => ({
    resourceType: 'Patient',
    id: 'p',
    gender: 'female',
    address,
  })
  assert.deepEqual(
    read(patient({ use: 'old', postalCode: '1' }, { postalCode: '02115', country: 'US' })).home,
    {
      postalCode: '02115',
      country: 'US',
    },
  )
  assert.equal(read(patient({ use: 'work', postalCode: '1' })).home, undefined)
})

test('names of protein changes', () => {
  for (const [long, short, word] of [
    ['NP_005219.2:p.Glu746_Ala750del', 'p.E746_A750del', undefined],
    ['p.Trp24Ter', 'p.W24*', 'Nonsense_Mutation'],
    ['p.Gly13ValfsTer5', 'p.G13Vfs*5', undefined],
    ['p.Met1Val', 'p.M1V', undefined],
    ['p.V600E', 'p.V600E', 'Missense_Mutation'],
  ] as const) {
    assert.equal(shortProteinName(long), short)
    assert.equal(classificationOf(short), word)
  }
  assert.equal(shortProteinName('c.1799T>A'), undefined)
  assert.equal(shortProteinName('p.?'), undefined)
})

test('resources of any shape are read without a throw', () => {
  const types = [
    'Patient',
    'Condition',
    'Observation',
    'MedicationStatement',
    'DiagnosticReport',
    'Specimen',
    'Procedure',
  ]
  const fields = [
    'status',
    'code',
    'component',
    'valueQuantity',
    'result',
    'specimen',
    'address',
    'extension',
    'meta',
    'type',
  ]
  const resource = fc.record({
    resourceType: fc.constantFrom(...types),
    more: fc.dictionary(
      fc.constantFrom(...fields.filter((one) => one !== 'meta')),
      fc.jsonValue({ maxDepth: 3 }),
    ),
  })
  fc.assert(
    fc.property(fc.array(resource, { maxLength: 6 }), (all) => {
      const read = all.map(
        ({ resourceType, more }) => ({ ...more, resourceType, status: 'final' }) as Resource,
      )
      assert.deepEqual(fhirCandidate('p', read, facts).treatmentsComplete, false)
    }),
    { numRuns: 300, seed: 7 },
  )
})

test('results of a specimen with a biomarker of tumours are of the tumour, by whatever names a bundle refers', () => {
  const specimen: Resource = { resourceType: 'Specimen', id: 's' }
  const on = { specimen: { reference: 'https://lab.example/fhir/Specimen/s/_history/1' } }
  const burden = { ...observation('94076-7', { valueQuantity: { value: 9, unit: 'mutations/Mb' } }), ...on }
  const braf = { ...variant(gene('BRAF'), protein('p.Val600Glu')), ...on }
  assert.equal(read(braf, specimen).alterations[0]!.origin, 'unstated')
  assert.equal(read(braf, burden, specimen).alterations[0]!.origin, undefined)
})

test('a gene with a change that may be inherited is not tested and without one', () => {
  const report = (...results: Resource[]): Resource => ({
    resourceType: 'DiagnosticReport',
    id: 'r',
    result: results.map(({ id }) => ({ reference: `Observation/${id}` })),
  })
  const panel = observation('53041-0', { component: [gene('KRAS'), gene('PALB2')] })
  const kras = variant(gene('KRAS'), SOMATIC, protein('p.Gly12Cys'))
  const { assays } = read(variant(gene('PALB2')), panel, kras, report(panel, kras))
  assert.deepEqual([...(assays[0]!.genes as Set<string>)], ['KRAS'])
})

test('genes of a germline panel were tested for inherited changes', () => {
  const panel = observation('53041-0', { component: [gene('BRCA1'), gene('BRCA2')] })
  const found = variant(gene('CHEK2'), GERMLINE)
  const report: Resource = {
    resourceType: 'DiagnosticReport',
    id: 'germline',
    result: [panel, found].map(({ id }) => ({ reference: `Observation/${id}` })),
  }
  const { covered } = patientTumor([{ name: 'r', resources: [panel, found, report] }], [], facts).profile
  assert.deepEqual([covered.variants, covered.germline], [undefined, new Set(['BRCA1', 'BRCA2'])])
})

test('one bundle means the same as a file of the tumour, in the record and to a matcher of trials', () => {
  const report: Resource = { resourceType: 'DiagnosticReport', id: 'r', result: [] }
  const bundle: Resource[] = [
    variant(gene('EGFR'), SOMATIC, protein('p.Leu858Arg')),
    variant(gene('ERBB2'), SOMATIC, { code: loinc('82155-3'), valueQuantity: { value: 14 } }),
    observation('81695-9', { valueCodeableConcept: loinc('LA26203-2') }),
    observation('83053-9', { valueQuantity: { value: 60, unit: '%' } }),
    { resourceType: 'Condition', id: 'c', code: { text: 'Lung Adenocarcinoma' } },
    report,
  ]
  const diagnosesIn = conditionDiagnoses(facts)
  const [file] = fhirParts(bundle, 'a file', { whose: 'tumour', cuts: CUTS, diagnosesIn })
  const { profile, code } = patientTumor([{ name: 'the record', resources: bundle }], [], facts)
  for (const part of ['variants', 'copyNumbers', 'fusions'] as const)
    assert.deepEqual(profile[part], file!.said[part])
  assert.deepEqual(
    profile.markers!.map(({ file: _, ...one }) => one),
    file!.said.markers,
  )
  assert.deepEqual([code, diagnosesIn(bundle), file!.said.diagnosis], ['LUAD', ['LUAD'], 'LUAD'])
  const person = read(...bundle)
  assert.deepEqual(
    [person.alterations.map((one) => one.gene), person.markers, person.diagnosis],
    [['EGFR', 'ERBB2'], { 'mismatch-repair': 'deficient' }, 'LUAD'],
  )
})

test('a completed order was given; radiotherapy and surgery are treatments (mCODE)', () => {
  const request = (status: string): Resource => ({
    resourceType: 'MedicationRequest',
    status,
    medicationCodeableConcept: { text: 'carboplatin' },
  })
  assert.deepEqual(read(request('completed')).treatments, [{ drug: 'carboplatin' }])
  assert.deepEqual(read(request('stopped')).treatments, [], 'nobody says whether any of it was given')
  const procedure = (profile: string, status = 'completed'): Resource => ({
    resourceType: 'Procedure',
    status,
    meta: { profile: [`http://hl7.org/fhir/us/mcode/StructureDefinition/${profile}`] },
    performedPeriod: { end: '2026-05-02' },
  })
  assert.deepEqual(
    read(procedure('mcode-radiotherapy-course-summary'), procedure('mcode-cancer-related-surgical-procedure'))
      .treatments,
    [
      { drug: 'radiotherapy', until: '2026-05-02' },
      { drug: 'surgery', until: '2026-05-02' },
    ],
  )
  assert.deepEqual(read(procedure('mcode-radiotherapy-course-summary', 'not-done')).treatments, [])
})

test('lines of treatment: as somebody counted them, else one at least for advanced disease, else not known', () => {
  const drug = (name: string, rest: object = {}): Resource => ({
    resourceType: 'MedicationAdministration',
    status: 'completed',
    medicationCodeableConcept: { text: name },
    effectivePeriod: { start: '2026-03-01', end: '2026-05-01' },
    ...rest,
  })
  const intent = (code: string) => ({
    extension: [
      {
        url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-treatment-intent',
        valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code }] },
      },
    ],
  })
  const spread = (onsetDateTime: string): Resource => ({
    resourceType: 'Condition',
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C79.51' }] },
    onsetDateTime,
  })
  const lines = (...resources: Resource[]) => {
    const { priorLines, priorLinesAtLeast } = read(...resources)
    return [priorLines, priorLinesAtLeast]
  }
  const unknown = [undefined, undefined]
  assert.deepEqual(lines(drug('osimertinib')), unknown, 'it may have been adjuvant')
  assert.deepEqual(lines(drug('osimertinib', intent('363676003'))), [undefined, 1])
  assert.deepEqual(lines(drug('metformin', intent('363676003'))), unknown, 'no drug against cancer')
  assert.deepEqual(lines(drug('docetaxel'), spread('2026-02-01')), [undefined, 1])
  assert.deepEqual(lines(drug('docetaxel'), spread('2026-04-01')), unknown, 'begun before the metastasis')
  assert.deepEqual(lines(drug('docetaxel', intent('373808002')), spread('2026-02-01')), unknown)
  const counted = observation('x', { code: { text: 'Number of prior lines of therapy' }, valueInteger: 2 })
  assert.deepEqual(lines(counted, drug('docetaxel'), spread('2026-02-01')), [2, undefined])
})
