import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { patient } from '../../../test/support/patient.ts'
import { calledGene, diplotypeCall, pgxFinding } from '../../../test/support/pgx-finding.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import { Facts } from '../../knowledge/facts.ts'
import { warfarinFacts } from '../../knowledge/guideline/dose-equation.ts'
import type { ClinicalContext, Measurement } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import { warfarinDoses } from './warfarin.ts'
import { plausible } from './warfarin-input.ts'

const facts = warfarinFacts(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]))

const vkorc1 = (phenotype: string) => calledGene('VKORC1', 'a/b', phenotype)
const cyp2c9 = (name: string, what: Partial<PgxFinding> = {}) => ({
  ...calledGene('CYP2C9', name, 'Normal Metabolizer', '2.0'),
  ...what,
})
const cyp4f2 = (name: string) => calledGene('CYP4F2', name, undefined)
const size: readonly Measurement[] = [
  { kind: 'height', value: 170, unit: 'cm' },
  { kind: 'weight', value: 75, unit: 'kg' },
]
const all: ClinicalContext = {
  race: 'white',
  smoker: false,
  targetInr: 2.5,
  indications: ['atrial-fibrillation'],
  drugListComplete: true,
}

interface Case {
  readonly findings?: readonly PgxFinding[]
  readonly context?: ClinicalContext
  readonly measurements?: readonly Measurement[]
  readonly birthDate?: string | undefined
  readonly taken?: readonly string[]
}
const GENES = [vkorc1('-1639 AG'), cyp2c9('*1/*2'), cyp4f2('*1/*1')]

function doses(what: Case = {}) {
  const birthDate = 'birthDate' in what ? what.birthDate : '1960-01-01'
  const [iwpc, gage, label] = warfarinDoses(
    {
      record: patient({
        birthDate,
        measurements: what.measurements ?? size,
        context: what.context ?? all,
      }),
      findings: what.findings ?? GENES,
      taken: what.taken ?? [],
      asOf: '2025-06-01',
    },
    facts,
  )
  return { iwpc: iwpc!, gage: gage!, label: label! }
}

const missing = (dose: ReturnType<typeof doses>['iwpc']) => (dose.known ? [] : dose.missing)

test('all inputs known: both equations and the label table answer', () => {
  const { iwpc, gage, label } = doses()
  assert.ok(iwpc.known && gage.known && label.known)
  assert.deepEqual([iwpc.value, iwpc.unit, iwpc.range], [25.9, 'mg/week', undefined])
  assert.deepEqual([gage.value, gage.unit, gage.range], [3.6, 'mg/day', undefined])
  assert.deepEqual([label.value, label.range, label.unit], [3, { from: 3, to: 4 }, 'mg/day'])
  assert.deepEqual(iwpc.citation.pmids, ['19228618', '28198005'])
  assert.ok(iwpc.inputs.some((one) => one.name === 'CYP2C9' && one.value === '*1/*2'))
})

test('nothing known: everything is named, nothing is assumed', () => {
  const { iwpc, gage, label } = doses({ findings: [], context: {}, measurements: [], birthDate: undefined })
  assert.deepEqual(missing(iwpc), [
    'age',
    'height',
    'weight',
    'VKORC1 -1639G>A',
    'CYP2C9 *2 and *3',
    'self-reported ancestry (white, black, asian or other)',
    'whether carbamazepine, phenytoin or rifampin is taken',
    'whether amiodarone is taken',
  ])
  assert.ok(missing(gage).includes('target INR'))
  assert.ok(missing(gage).includes('smoking'))
  assert.ok(missing(gage).includes('whether the indication is deep vein thrombosis or pulmonary embolism'))
  assert.deepEqual(missing(label), ['VKORC1 -1639G>A', 'CYP2C9 *2 and *3'])
})

for (const [what, change, name] of [
  ['height', { measurements: size.slice(1) }, 'height'],
  ['weight', { measurements: size.slice(0, 1) }, 'weight'],
  [
    'ancestry',
    { context: { ...all, race: undefined } as unknown as ClinicalContext },
    'self-reported ancestry (white, black, asian or other)',
  ],
] as const) {
  test(`${what} is never defaulted`, () => {
    assert.deepEqual(missing(doses(change).iwpc), [name])
  })
}

test('a drug list with something on it says that amiodarone is not taken; an empty one says nothing', () => {
  const context = { ...all, drugListComplete: false }
  assert.deepEqual(missing(doses({ context }).iwpc), [
    'whether carbamazepine, phenytoin or rifampin is taken',
    'whether amiodarone is taken',
  ])
})

test('amiodarone and inducers on the list are counted', () => {
  const plain = doses().iwpc
  const amiodarone = doses({ taken: ['amiodarone'] }).iwpc
  const rifampin = doses({ taken: ['rifampin'] }).iwpc
  assert.ok(plain.known && amiodarone.known && rifampin.known)
  // (5.0862 - 0.5503)^2 = 20.574; (5.0862 + 1.1816)^2 = 39.285
  assert.deepEqual([amiodarone.value, rifampin.value], [20.6, 39.3])
})

for (const [birthDate, age] of [
  ['2007-06-02', 17],
  ['2015-01-01', 10],
] as const) {
  test(`a child of ${age} is refused by every way`, () => {
    for (const dose of Object.values(doses({ birthDate }))) {
      assert.match(missing(dose).join(), /an adult/)
    }
  })
}

test('eighteen years are enough', () => {
  assert.ok(doses({ birthDate: '2007-06-01' }).iwpc.known)
})

test('a birth year that leaves two ages is not an age', () => {
  assert.deepEqual(missing(doses({ birthDate: '1960' }).iwpc), [
    'age (the birth date 1960 leaves 64 or 65 years)',
  ])
})

test('a height in metres is refused', () => {
  const height: Measurement = { kind: 'height', value: 1.7, unit: 'cm' }
  assert.match(missing(doses({ measurements: [height, size[1]!] }).iwpc).join(), /height 1.7 cm is outside/)
  assert.throws(
    () => plausible('height', 1.7, facts),
    (error) => error instanceof Fault && error.code === 'WARFARIN_INPUT_IMPLAUSIBLE',
  )
})
for (const [name, low, high] of [
  ['age', 18, 110],
  ['height', 120, 220],
  ['weight', 30, 250],
  ['target-inr', 1.5, 4],
] as const) {
  test(`${name}: ${low} and ${high} are plausible, just beyond is not`, () => {
    assert.equal(plausible(name, low, facts), low)
    assert.equal(plausible(name, high, facts), high)
    assert.throws(() => plausible(name, low - 0.01, facts), Fault)
    assert.throws(() => plausible(name, high + 0.01, facts), Fault)
    assert.throws(() => plausible(name, Number.NaN, facts), Fault)
  })
}

test('a *2 that a missing position could hide refuses the genotype', () => {
  const hidden = cyp2c9('*1/*1', {
    notExcluded: ['*2', '*35'],
    missing: [
      {
        locus: 'chr10:94942290',
        rsid: 'rs1799853',
        because: { kind: 'not-in-file', locus: 'chr10:94942290' },
        alleles: ['*2', '*35'],
      },
    ],
  })
  assert.deepEqual(missing(doses({ findings: [vkorc1('-1639 AG'), hidden] }).iwpc), [
    'CYP2C9 *2, not excluded (rs1799853 not in the file)',
  ])
})

test('two pairs that fit differently refuse the genotype', () => {
  const two = pgxFinding('CYP2C9', {
    lookup: [diplotypeCall('*1/*2', 'x', '1.5'), diplotypeCall('*1/*3', 'x', '1.0')],
  })
  assert.deepEqual(missing(doses({ findings: [vkorc1('-1639 AG'), two] }).label), [
    'CYP2C9 is not certain: *1/*2 or *1/*3',
  ])
})

test('an allele the equations do not know refuses the genotype; one of normal function counts as *1', () => {
  const unknown = doses({ findings: [vkorc1('-1639 AG'), cyp2c9('*1/*13')] })
  assert.deepEqual(missing(unknown.iwpc), ['CYP2C9 *1/*13, which the equations do not know'])
  const call = diplotypeCall('*2/*9', 'x', '1.5')
  const nine = {
    ...call,
    alleles: [call.alleles[0], { ...call.alleles[1]!, function: 'Normal function' }] as const,
  }
  const { iwpc } = doses({ findings: [vkorc1('-1639 AG'), pgxFinding('CYP2C9', { lookup: [nine] })] })
  assert.ok(iwpc.known)
  assert.equal(iwpc.value, 25.9)
  assert.ok(iwpc.notes.some((note) => note.includes('*9 has normal function')))
})

test('CYP4F2*3 raises the dose by 5 to 10 %, but not in black people', () => {
  const carrier = [vkorc1('-1639 AG'), cyp2c9('*1/*2'), cyp4f2('*1/*3')]
  const { iwpc } = doses({ findings: carrier })
  assert.ok(iwpc.known)
  assert.deepEqual(iwpc.range, { from: 27.2, to: 28.5 }) // 25.869 x 1.05 and x 1.10
  assert.equal(iwpc.value, 27.2)
  const black = doses({ findings: carrier, context: { ...all, race: 'black' } }).iwpc
  assert.ok(black.known)
  assert.equal(black.range, undefined)
})

const african = { ...all, race: 'black' as const }

test('African ancestry with *5, *6, *8 and *11 untested: dose without genotype', () => {
  const outside = cyp2c9('*1/*1', { from: 'outside-call' })
  const { iwpc, gage, label } = doses({ findings: [vkorc1('-1639 GG'), outside], context: african })
  assert.deepEqual(missing(iwpc), ['CYP2C9 *5, *6, *8, *11'])
  assert.deepEqual(missing(gage), ['CYP2C9 *5, *6, *8, *11'])
  assert.ok(label.known)
  const unseen = cyp2c9('*1/*1', { notExcluded: ['*8'] })
  assert.deepEqual(missing(doses({ findings: [vkorc1('-1639 GG'), unseen], context: african }).iwpc), [
    'CYP2C9 *5, *6, *8, *11',
  ])
})

// Plain IWPC for black, VKORC1 GG, CYP2C9 *1/*1: (5.6044 - 1.5684 + 1.479 + 0.96 - 0.276)^2 = 38.4276...
test('African ancestry: *8 lowers by 15 to 30 %, rs12777823 A by another 10 to 25 %', () => {
  const at = (allele: string) => [{ locus: 'chr10:94645745', rsid: 'rs12777823', alleles: ['G', allele] }]
  const plain = doses({
    findings: [vkorc1('-1639 GG'), cyp2c9('*1/*1', { extraPositions: at('G') })],
    context: african,
  }).iwpc
  assert.ok(plain.known)
  assert.deepEqual([plain.value, plain.range], [38.4, undefined])
  const eight = doses({
    findings: [vkorc1('-1639 GG'), cyp2c9('*1/*8', { extraPositions: at('G') })],
    context: african,
  }).iwpc
  assert.ok(eight.known)
  assert.deepEqual(eight.range, { from: 26.9, to: 32.7 })
  const both = doses({
    findings: [vkorc1('-1639 GG'), cyp2c9('*1/*8', { extraPositions: at('A') })],
    context: african,
  }).iwpc
  assert.ok(both.known)
  assert.deepEqual(both.range, { from: 20.2, to: 29.4 })
  assert.match(both.notes[0]!, /The equation gives 38.4 mg\/week/)
  const homozygous = doses({
    findings: [vkorc1('-1639 GG'), cyp2c9('*8/*8', { extraPositions: at('G') })],
    context: african,
  }).iwpc
  assert.ok(homozygous.known)
  assert.deepEqual(homozygous.range, { from: 23.1, to: 30.7 })
})

test('African ancestry: rs12777823 that was not seen is told', () => {
  const { iwpc } = doses({ findings: [vkorc1('-1639 GG'), cyp2c9('*1/*1')], context: african })
  assert.ok(iwpc.known)
  assert.ok(iwpc.notes.some((note) => note.startsWith('rs12777823 is not known')))
})

for (const [vk, cyp, from, to] of [
  ['GG', '*1/*1', 5, 7],
  ['GG', '*3/*3', 0.5, 2],
  ['AG', '*1/*1', 5, 7],
  ['AG', '*2/*3', 0.5, 2],
  ['AA', '*1/*1', 3, 4],
  ['AA', '*1/*3', 0.5, 2],
] as const) {
  test(`label: VKORC1 ${vk}, CYP2C9 ${cyp}: ${from} to ${to} mg a day`, () => {
    const { label } = doses({ findings: [vkorc1(`-1639 ${vk}`), cyp2c9(cyp)], context: {}, measurements: [] })
    assert.ok(label.known)
    assert.deepEqual(label.range, { from, to })
  })
}

test('the label table has every pair of *1, *2 and *3 with every VKORC1 genotype once', () => {
  const keys = facts.label.map((row) => `${row.vkorc1} ${row.cyp2c9}`)
  assert.equal(new Set(keys).size, 18)
})

test('a poor metabolizer is told of another anticoagulant', () => {
  const { iwpc } = doses({ findings: [vkorc1('-1639 AA'), cyp2c9('*3/*3')] })
  assert.ok(iwpc.notes.some((note) => note.includes('consider another oral anticoagulant')))
})
