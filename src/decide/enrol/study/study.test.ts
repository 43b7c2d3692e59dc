import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { builtInFacts, RUN_DATE } from '../../../../test/trials/matchminer-run.ts'
import { validateResource } from '../../../fhir/validate/validate.ts'
import { fhirDefinitions } from '../../../knowledge/fhir/definitions.ts'
import { diagnosisCodes } from '../../../knowledge/tumor/diagnosis-codes.ts'
import { diagnosisGroups } from '../../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import type { Candidate } from '../../../record/candidate.ts'
import type { Resource } from '../../../record/resource.ts'
import { writeCtml } from '../ctml/typed.ts'
import { plainTrial } from '../own-trial.ts'
import { Program } from '../program.ts'
import { readTrial } from '../read-trial.ts'
import { VERDICT_WORDS } from '../ruling.ts'
import type { Trial } from '../trial.ts'
import { readStudy } from './read-study.ts'
import { studyOf } from './study-of.ts'

const facts = builtInFacts()
const setting = { tree: oncoTree(facts), today: RUN_DATE }
const vocabulary = { tree: setting.tree, groups: diagnosisGroups(facts), codes: diagnosisCodes(facts) }
const definitions = fhirDefinitions(facts)
const read = (document: unknown): Trial => readTrial(document, 't', vocabulary)
const sent = (resource: Resource): Resource => JSON.parse(JSON.stringify(resource)) as Resource

const nobody: Candidate = { id: 'p', alterations: [], assays: [], markers: {}, treatmentsComplete: false }

function verdict(trial: Trial, person: Partial<Candidate>): string {
  const program = new Program(trial.clauses, setting)
  program.take({ ...nobody, ...person })
  let found: 0 | 1 | 2 = 0
  program.evaluateAll((_clause, value) => {
    found = value > found ? value : found
  })
  return VERDICT_WORDS[found]
}

const own = {
  protocol: '22-100',
  status: 'open to accrual',
  nctId: 'NCT00000000',
  title: 'A trial',
  phases: ['phase-1', 'phase-2'],
  drugs: ['osimertinib'],
  sites: [
    { name: 'North', status: 'Recruiting', city: 'Oslo', position: { latitude: 59.91, longitude: 10.75 } },
    { name: 'South', status: 'Completed', postalCode: '02115', country: 'US' },
    { name: 'East' },
  ],
  clauses: [
    {
      path: 'cohort A',
      level: 'arm',
      code: 'A',
      places: 4,
      reserved: 1,
      criterion: {
        kind: 'all',
        of: [
          { kind: 'diagnosis', name: 'Lung Adenocarcinoma' },
          { kind: 'not', of: { kind: 'alteration', gene: 'TP53', of: ['mutation'] } },
        ],
      },
    },
    {
      path: 'cohort B',
      level: 'arm',
      code: 'B',
      places: 2,
      reserved: 2,
      criterion: { kind: 'sex', sex: 'female' },
    },
  ],
}

test('a trial becomes a valid ResearchStudy, and the same trial again', () => {
  const trial = read(own)
  const study = studyOf(trial)
  assert.deepEqual(validateResource(definitions, study), [])
  assert.equal(study['status'], 'active')
  assert.deepEqual(plainTrial(readStudy(sent(study), 's', vocabulary)), plainTrial(trial))
})

test('a cohort whose places are all promised is closed, and stays the same cohort', () => {
  const [a, b] = read(own).clauses
  assert.equal(a!.suspended, false)
  assert.equal(b!.suspended, true)
  const again = readStudy(sent(studyOf(read(own))), 's', vocabulary).clauses[1]
  assert.deepEqual([again!.suspended, again!.places], [true, { of: 2, reserved: 2 }])
})

test('CTML survives word for word', () => {
  const ctml = {
    protocol_no: '1-2',
    status: 'Open to Accrual',
    phase: 'I_II',
    drug_list: { drug: [{ drug_name: 'X' }] },
    sites: [{ site_name: 'S', org_postal_code: '02115', recruitment_status: 'ACTIVE' }],
    match: [
      {
        and: [
          { genomic: { hugo_symbol: 'KRAS', protein_change: '!p.G12C' } },
          { clinical: { age_numerical: '>=18' } },
        ],
      },
    ],
  }
  const trial = read(ctml)
  assert.deepEqual(
    [trial.phases, trial.drugs, trial.sites[0]!.status],
    [['phase-1', 'phase-2'], ['X'], 'ACTIVE'],
  )
  const again = readStudy(sent(studyOf(trial)), 's', vocabulary)
  assert.deepEqual(writeCtml(again.ctml!, again.clauses), ctml)
  assert.deepEqual(plainTrial(again), plainTrial(trial))
})

test('a status or a site that somebody changed in the resource counts, whatever the source said', () => {
  const study = studyOf(read(own))
  const closed = readStudy({ ...study, status: 'closed-to-accrual' }, 's', vocabulary)
  assert.equal(closed.status, 'closed-to-accrual')
  const contained = (study['contained'] as Resource[]).map((one) =>
    one.id === 'site-0' ? { ...one, status: 'inactive' } : one,
  )
  assert.equal(readStudy({ ...study, contained }, 's', vocabulary).sites[0]!.status, 'inactive')
})

const foreign = (rest: object): Resource => ({
  resourceType: 'ResearchStudy',
  id: 'f1',
  status: 'active',
  identifier: [{ system: 'https://clinicaltrials.gov/', value: 'NCT01234567' }],
  ...rest,
})
const group = (...characteristic: object[]) => ({
  contained: [{ resourceType: 'Group', id: 'g', type: 'person', actual: false, characteristic }],
  enrollment: [{ reference: '#g' }],
})
const lung = {
  condition: [{ coding: [{ system: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', code: 'C3512' }] }],
}
const years = (low?: number, high?: number) => ({
  code: { coding: [{ system: 'http://loinc.org', code: '30525-0' }] },
  valueRange: {
    ...(low === undefined ? {} : { low: { value: low, unit: 'a' } }),
    ...(high === undefined ? {} : { high: { value: high, unit: 'a' } }),
  },
  exclude: false,
})

test('of a study of another house its condition alone never makes anybody eligible', () => {
  const trial = readStudy(foreign(lung), 's', vocabulary)
  assert.equal(trial.protocol, 'NCT01234567')
  assert.equal(verdict(trial, { diagnosis: 'LUAD' }), 'unknown')
  assert.equal(verdict(trial, { diagnosis: 'BREAST' }), 'not met')
})

test('age, sex and diagnosis of a Group are criteria', () => {
  const sex = (code: string) => ({
    code: { text: 'Sex' },
    valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/administrative-gender', code }] },
    exclude: false,
  })
  const trial = readStudy(foreign({ ...lung, ...group(years(18), sex('female')) }), 's', vocabulary)
  const woman = { diagnosis: 'LUAD', sex: 'female', birthDate: '1970-01-01' } as const
  assert.equal(verdict(trial, woman), 'met')
  assert.equal(verdict(trial, { ...woman, sex: 'male' }), 'not met')
  assert.equal(verdict(trial, { ...woman, birthDate: '2010-01-01' }), 'not met')
  const { sex: _sex, ...unsaid } = woman
  assert.equal(verdict(trial, unsaid), 'unknown')
})

test('between the birthday and a year later "up to 75" is unknown', () => {
  const trial = readStudy(foreign(group(years(undefined, 75))), 's', vocabulary)
  // Counted on 2020-01-01.
  assert.equal(verdict(trial, { birthDate: '1945-01-01' }), 'met')
  assert.equal(verdict(trial, { birthDate: '1944-12-31' }), 'unknown')
  assert.equal(verdict(trial, { birthDate: '1944-01-02' }), 'unknown')
  assert.equal(verdict(trial, { birthDate: '1944-01-01' }), 'not met')
})

test('what cannot be read is unknown for everybody, within a group, beside it and outside of the study', () => {
  const pulse = { code: { text: 'Pulse' }, valueQuantity: { value: 60 }, exclude: false }
  assert.equal(verdict(readStudy(foreign(group(pulse)), 's', vocabulary), {}), 'unknown')
  const timed = { ...years(18), period: { start: '2026-01-01' } }
  assert.equal(
    verdict(readStudy(foreign(group(timed)), 's', vocabulary), { birthDate: '1950-01-01' }),
    'unknown',
  )
  const elsewhere = foreign({ enrollment: [{ reference: 'Group/x' }] })
  assert.equal(verdict(readStudy(elsewhere, 's', vocabulary), {}), 'unknown')
  const found = { resourceType: 'Group', id: 'x', actual: false, characteristic: [years(18)] }
  const resolved = readStudy(elsewhere, 's', vocabulary, (ref) => (ref === 'Group/x' ? found : undefined))
  assert.equal(verdict(resolved, { birthDate: '1950-01-01' }), 'met')
  const told = foreign({ ...group(years(18)), description: 'Exclusion criteria: pregnancy' })
  assert.equal(verdict(readStudy(told, 's', vocabulary), { birthDate: '1950-01-01' }), 'unknown')
})

test('an excluded tumour excludes who has it, and leaves the others open', () => {
  const code = { text: 'Diagnosis' }
  const one = { code, valueCodeableConcept: { text: 'Invasive Breast Carcinoma' }, exclude: true }
  const trial = readStudy(foreign(group(years(18), one)), 's', vocabulary)
  const old = { birthDate: '1950-01-01' }
  assert.equal(verdict(trial, { ...old, diagnosis: 'BRCA' }), 'not met')
  assert.equal(verdict(trial, { ...old, diagnosis: 'LUAD' }), 'unknown')
})

test('no ResearchStudy of any shape throws anything but a Fault, or makes anybody eligible by itself', () => {
  const element = fc.jsonValue({ maxDepth: 3 })
  const fields = [
    'identifier',
    'condition',
    'focus',
    'enrollment',
    'site',
    'contained',
    'relatedArtifact',
    'phase',
    'title',
  ]
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...fields), element, { maxKeys: 5 }), (rest) => {
      const trial = readStudy(foreign({ ...rest, identifier: [{ value: 'NCT00000001' }] }), 's', vocabulary)
      assert.notEqual(verdict(trial, {}), 'met')
    }),
    { numRuns: 300, seed: 5 },
  )
})
