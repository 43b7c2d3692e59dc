import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts, RUN_DATE } from '../../../test/trials/matchminer-run.ts'
import { diagnosisGroups } from '../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { treatmentNames } from '../../knowledge/tumor/treatment-names.ts'
import type { Candidate, LabResult } from '../../record/candidate.ts'
import { unreadableLeaves } from './criterion.ts'
import { plainCriterion, readOwnTrial } from './own-trial.ts'
import { Program } from './program.ts'
import { VERDICT_WORDS } from './ruling.ts'

const facts = builtInFacts()
const setting = { tree: oncoTree(facts), today: RUN_DATE, treatmentNames: treatmentNames(facts) }
const vocabulary = { tree: setting.tree, groups: diagnosisGroups(facts) }
const read = (criterion: unknown, rest: object = {}) =>
  readOwnTrial({ protocol: 'T', clauses: [{ criterion, ...rest }] }, 't', vocabulary)

function verdict(criterion: unknown, person: Partial<Candidate>): string {
  const program = new Program(read(criterion).clauses, setting)
  program.take({ id: 'p', alterations: [], assays: [], markers: {}, treatmentsComplete: false, ...person })
  let found: 0 | 1 | 2 = 1
  program.evaluate(0, (_clause, value) => {
    found = value
  })
  return VERDICT_WORDS[found]
}

const alt = (value: number, rest: Partial<LabResult> = {}): LabResult => ({
  test: 'ALT',
  value,
  unit: 'U/L',
  upperLimit: 40,
  ...rest,
})

test('a laboratory value in multiples of the limit of normal, and within a window', () => {
  const uln = { kind: 'lab', test: 'alt', comparison: '<=', value: 2.5, unit: 'ULN' }
  assert.equal(verdict(uln, { labs: [alt(100)] }), 'met')
  assert.equal(verdict(uln, { labs: [alt(101)] }), 'not met')
  assert.equal(verdict(uln, { labs: [{ test: 'ALT', value: 20, unit: 'U/L' }] }), 'unknown')
  assert.equal(verdict(uln, {}), 'unknown')
  const recent = { ...uln, withinDays: 28 }
  assert.equal(verdict(recent, { labs: [alt(50, { date: '2019-12-04' })] }), 'met')
  assert.equal(verdict(recent, { labs: [alt(50, { date: '2019-12-03' })] }), 'unknown')
  assert.equal(verdict(recent, { labs: [alt(50)] }), 'unknown')
  assert.equal(verdict(recent, { labs: [alt(50, { date: '2020-01-02' })] }), 'unknown')
})

test('the newest result counts; two of one day must agree; a unit that cannot be converted leaves it open', () => {
  const limit = { kind: 'lab', test: 'ALT', comparison: '<=', value: 80, unit: 'U/L' }
  const old = alt(200, { date: '2019-01-01' })
  assert.equal(verdict(limit, { labs: [alt(70, { date: '2019-12-01' }), old] }), 'met')
  assert.equal(
    verdict(limit, { labs: [alt(70, { date: '2019-12-01' }), alt(90, { date: '2019-12-01' })] }),
    'unknown',
  )
  assert.equal(verdict(limit, { labs: [{ ...alt(1), unit: 'ukat/L' }] }), 'unknown')
})

test('a drug within a window: an unknown end leaves it open, an old one excludes only from a whole history', () => {
  const recent = { kind: 'treated', drug: 'osimertinib', withinDays: 90 }
  const given = (until?: string) => [{ drug: 'Osimertinib', ...(until === undefined ? {} : { until }) }]
  assert.equal(verdict(recent, { treatments: given('2019-10-03') }), 'met')
  assert.equal(verdict(recent, { treatments: given('2019-10-02') }), 'unknown')
  assert.equal(verdict(recent, { treatments: given('2019-10-02'), treatmentsComplete: true }), 'not met')
  assert.equal(verdict(recent, { treatments: given(), treatmentsComplete: true }), 'unknown')
  assert.equal(verdict(recent, { treatments: [{ drug: 'osimertinib', ongoing: true }] }), 'met')
})

test('performance status and earlier lines', () => {
  const ecog = { kind: 'performance', comparison: '<=', ecog: 1 }
  assert.deepEqual(
    [0, 1, 2].map((one) => verdict(ecog, { ecog: one })),
    ['met', 'met', 'not met'],
  )
  assert.equal(verdict(ecog, {}), 'unknown')
  const lines = { kind: 'lines', comparison: '<', count: 3 }
  assert.deepEqual(
    [2, 3].map((one) => verdict(lines, { priorLines: one })),
    ['met', 'not met'],
  )
})

test('what is printed is read again; an unknown diagnosis stays, as unreadable', () => {
  const criterion = {
    kind: 'all',
    of: [
      { kind: 'diagnosis', name: 'Lung Adenocarcinoma' },
      { kind: 'not', of: { kind: 'alteration', gene: 'TP53', of: ['mutation'], residue: 'p.R175' } },
      {
        kind: 'any',
        of: [
          { kind: 'sex', sex: 'male' },
          { kind: 'marker', marker: 'her2', values: ['positive'] },
        ],
      },
    ],
  }
  assert.deepEqual(plainCriterion(read(criterion).clauses[0]!.criterion), criterion)
  const odd = read({ kind: 'diagnosis', name: 'All Solid Tumors' }).clauses[0]!.criterion
  assert.equal(unreadableLeaves(odd).length, 1)
})

test('a cohort without places is closed; a wrong field is named', () => {
  const sex = { kind: 'sex', sex: 'male' }
  assert.equal(read(sex, { places: 0 }).clauses[0]!.suspended, true)
  assert.equal(read(sex, { places: 2 }).clauses[0]!.suspended, false)
  assert.throws(() => read({ kind: 'sex', sex: 'none' }), { code: 'TRIAL_MALFORMED' })
  assert.throws(() => read({ kind: 'sex', sex: 'male', since: 1 }), { code: 'TRIAL_MALFORMED' })
  assert.throws(() => read({ kind: 'all', of: [sex, { kind: 'alteraton', gene: 'EGFR' }] }), {
    message: /"alteraton" is no kind of criterion/,
  })
  assert.throws(() => read({ kind: 'not', of: { kind: 'age', comparison: '=>', years: 18 } }), {
    message: /"=>"/,
  })
  let deep: object = sex
  for (let i = 0; i < 5_000; i++) deep = { kind: 'not', of: deep }
  assert.throws(() => read(deep), { code: 'CTML_TOO_DEEP' })
})

test('a limit of the laboratory settles what it settles, on both sides', () => {
  const below = (value: number) => alt(value, { beyond: '<' })
  const ask = (comparison: string, value: number, lab: LabResult) =>
    verdict({ kind: 'lab', test: 'ALT', comparison, value, unit: 'U/L' }, { labs: [lab] })
  assert.equal(ask('<=', 10, below(5)), 'met')
  assert.equal(ask('<', 5, below(5)), 'met')
  assert.equal(ask('<=', 3, below(5)), 'unknown')
  assert.equal(ask('>=', 10, below(5)), 'not met')
  assert.equal(ask('>=', 3, below(5)), 'unknown')
  assert.equal(ask('>=', 100, alt(200, { beyond: '>' })), 'met')
  assert.equal(ask('>=', 300, alt(200, { beyond: '>' })), 'unknown')
  assert.equal(ask('<=', 100, alt(200, { beyond: '>' })), 'not met')
})

test('Karnofsky stands for ECOG where both tables say the same', () => {
  const atMost = (ecog: number) => ({ kind: 'performance', comparison: '<=', ecog })
  assert.equal(verdict(atMost(1), { karnofsky: 80 }), 'met')
  assert.equal(verdict(atMost(1), { karnofsky: 70 }), 'unknown')
  assert.equal(verdict(atMost(1), { karnofsky: 60 }), 'not met')
  assert.equal(verdict(atMost(0), { karnofsky: 90 }), 'unknown')
  assert.equal(verdict(atMost(1), { karnofsky: 60, ecog: 1 }), 'met', 'ECOG itself counts')
})

test('a change that nobody says is of the tumour settles nothing, neither for nor against', () => {
  const alterations = [{ kind: 'mutation', gene: 'TP53', origin: 'unstated' }] as const
  const assays = [{ name: 'panel', genes: new Set(['TP53']), finds: new Set(['mutation'] as const) }]
  const mutated = { kind: 'alteration', gene: 'TP53', of: ['mutation'] }
  const wild = { kind: 'wild-type', gene: 'TP53' }
  for (const criterion of [mutated, wild, { kind: 'not', of: mutated }])
    assert.equal(verdict(criterion, { alterations, assays }), 'unknown')
  assert.equal(verdict(wild, { assays }), 'met')
})

test('a result in another unit is converted where that is exact', () => {
  const hb = { kind: 'lab', test: 'haemoglobin', comparison: '>=', value: 9, unit: 'g/dL' }
  const of = (value: number, unit: string) => ({ labs: [{ test: 'hemoglobin', value, unit }] })
  assert.equal(verdict(hb, of(90, 'g/L')), 'met')
  assert.equal(verdict(hb, of(89, 'g/L')), 'not met')
  assert.equal(verdict(hb, of(9, '%')), 'unknown')
})

test('a brand is its drug, and a group any of its members: nobody counts as untreated by another name', () => {
  const never = (drug: string) => ({ kind: 'not', of: { kind: 'treated', drug } })
  const had = (...names: string[]) => ({
    treatments: names.map((drug) => ({ drug })),
    treatmentsComplete: true,
  })
  assert.equal(verdict(never('Tagrisso'), had('osimertinib')), 'not met')
  assert.equal(verdict(never('osimertinib'), had('Tagrisso 80 mg tablet')), 'not met')
  assert.equal(verdict(never('trastuzumab'), had('trastuzumab and hyaluronidase')), 'not met')
  assert.equal(verdict(never('trastuzumab'), had('trastuzumab deruxtecan')), 'met')
  assert.equal(verdict(never('platinum-based chemotherapy'), had('cisplatin')), 'not met')
  assert.equal(verdict(never('platinum-based chemotherapy'), had('osimertinib')), 'met')
  assert.equal(verdict(never('platinum-based chemotherapy'), had('ABC-1234')), 'unknown')
  assert.equal(verdict(never('cisplatin'), had('platinum-based chemotherapy')), 'unknown')
  assert.equal(verdict(never('a TIGIT antibody'), had('osimertinib')), 'unknown')
  assert.equal(verdict(never('ABC-1234'), had('osimertinib')), 'met')
})

test('a gene with a call that was rejected is not surely wild type', () => {
  const wild = { kind: 'wild-type', gene: 'KRAS' }
  const assays: Candidate['assays'] = [{ name: 'panel', genes: 'all', finds: new Set(['mutation']) }]
  assert.equal(verdict(wild, { assays }), 'met')
  const rejected = [{ gene: 'KRAS', change: 'p.G12V', filter: 'weak_evidence' }]
  assert.equal(verdict(wild, { assays, rejected }), 'unknown')
  assert.equal(verdict({ ...wild, gene: 'NRAS' }, { assays, rejected }), 'met')
})

test('HER2 low is negative, and negative alone does not say that it is low', () => {
  const her2 = (value: string) => ({ kind: 'marker', marker: 'her2', values: [value] })
  const of = (value: string) => ({ markers: { her2: value } })
  assert.equal(verdict(her2('low'), of('low')), 'met')
  assert.equal(verdict(her2('negative'), of('ultralow')), 'met')
  assert.equal(verdict(her2('low'), of('negative')), 'unknown')
  assert.equal(verdict(her2('low'), of('positive')), 'not met')
  assert.equal(verdict(her2('positive'), of('low')), 'not met')
  assert.equal(verdict(her2('positive'), of('equivocal')), 'unknown')
})
