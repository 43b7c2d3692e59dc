import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calledGene, diplotypeCall, pgxFinding } from '../../../test/support/pgx-finding.ts'
import type { ClinicalPhenotype, Phenoconversion } from '../../interpret/finding.ts'
import type { When } from '../../knowledge/guideline/guideline-rule.ts'
import { geneKeys, markerHolds, meets } from './gene-key.ts'

const one = (gene: string, ...args: Parameters<typeof geneKeys>[1][]) =>
  geneKeys(gene, args[0], 'codeine')[0]!
const when = (basis: When['basis'], ...values: string[]): When => ({ gene: 'G', basis, in: values })

const nm = calledGene('CYP2D6', '*1/*4', 'Intermediate Metabolizer', '1.0')

for (const [basis, value, met] of [
  ['phenotype', 'Intermediate Metabolizer', true],
  ['phenotype', 'Poor Metabolizer', false],
  ['phenotype', '1.0', true], // the lookup key
  ['activityScore', '1.0', true],
  ['activityScore', '1', false],
  ['diplotype', '*1/*4', true],
  ['diplotype', '*4/*1', true],
  ['diplotype', '*4/*4', false],
  ['allele', '*4', true],
  ['allele', '*10', false],
  ['phenotype', 'No Result', false],
] as const) {
  test(`*1/*4, score 1.0, and a rule on ${basis} ${value}: ${met}`, () => {
    assert.equal(meets(when(basis, value), one('CYP2D6', nm)) !== undefined, met)
  })
}

test('a gene without a result meets only "No Result"', () => {
  for (const finding of [undefined, pgxFinding('CYP2D6')]) {
    const key = one('CYP2D6', finding)
    assert.equal(meets(when('activityScore', 'No Result', '1.0'), key), 'No Result')
    assert.equal(meets(when('activityScore', '1.0'), key), undefined)
  }
})

// DPWG writes DPYD scores with how the alleles behind them are to be read.
for (const [values, score, met] of [
  [['1.0', '0.0'], '1.0', '1.0 (Intermediate Metabolizer)'],
  [['0.5', '0.5'], '1.0', '1.0 (Phenotyping)'],
  [['0.5', '0.0'], '0.5', '0.5 (Phenotyping)'],
  [['1.0', '0.5'], '1.5', '1.5 (Intermediate Metabolizer)'],
  [['1.0', '1.0'], '2.0', '2.0 (Normal Metabolizer)'],
  [['0.0', '0.0'], '0.0', '0.0 (Poor Metabolizer)'],
  [[undefined, undefined], '1.0', '1.0 (Phenotyping)'], // alleles not known: measure
] as const) {
  test(`DPYD alleles ${values.join(' and ')} meet "${met}" only`, () => {
    const call = diplotypeCall('a/b', 'x', score)
    const alleles = call.alleles.map((allele, i) => ({ ...allele, activityValue: values[i] }))
    const finding = pgxFinding('DPYD', { lookup: [{ ...call, alleles: [alleles[0]!, alleles[1]!] }] })
    const all = [
      '0.0 (Poor Metabolizer)',
      '0.5 (Phenotyping)',
      '1.0 (Phenotyping)',
      '1.0 (Intermediate Metabolizer)',
      '1.5 (Intermediate Metabolizer)',
      '2.0 (Normal Metabolizer)',
    ]
    const key = one('DPYD', finding)
    assert.deepEqual(
      all.filter((value) => meets(when('activityScore', value), key) !== undefined),
      [met],
    )
  })
}

const typed = (name: string, ...markers: string[]) =>
  pgxFinding('HLA-B', { diplotypes: [diplotypeCall(name, undefined)], lookup: [], markers })
for (const [what, finding, marker, holds] of [
  ['stated positive', pgxFinding('HLA-B', { markers: ['*57:01 positive'] }), '*57:01 positive', true],
  ['stated positive', pgxFinding('HLA-B', { markers: ['*57:01 positive'] }), '*57:01 negative', false],
  ['not stated', pgxFinding('HLA-B', { markers: ['*57:01 positive'] }), '*15:02 positive', undefined],
  ['typed', typed('*15:11/*08:01', '*57:01 negative'), '*15:11 positive', true],
  ['typed', typed('*15:11/*08:01', '*57:01 negative'), '*15:13 positive', false],
  ['typed', typed('*15:11/*08:01', '*57:01 negative'), '*15:13 negative', true],
  ['typed with more fields', typed('*15:11:01/*08:01', '*57:01 negative'), '*15:11 positive', true],
  ['one chromosome only', typed('*08:01', '*57:01 negative'), '*15:11 negative', undefined],
  ['typed to one field', typed('*15/*08:01', '*57:01 negative'), '*15:11 negative', undefined],
  ['not tested', undefined, '*57:01 positive', undefined],
] as const) {
  test(`HLA-B ${what}: ${marker} is ${holds}`, () => {
    assert.equal(markerHolds(finding, marker), holds)
  })
}

const paroxetine: Phenoconversion = {
  by: { drug: 'paroxetine', rxcui: '32937' },
  role: 'inhibitor',
  strength: 'strong',
  sources: [],
  rule: 'activity score x 0',
}
const weak: Phenoconversion = {
  ...paroxetine,
  by: { drug: 'sertraline', rxcui: undefined },
  strength: 'weak',
}
const poor: ClinicalPhenotype = {
  phenotype: 'Poor Metabolizer',
  activityScore: '0.0',
  lookupKey: '0.0',
  because: [paroxetine, weak],
  notFor: ['paroxetine'],
}

test('the clinical phenotype is looked up, and told by what decided it', () => {
  const key = geneKeys('CYP2D6', { ...nm, clinical: poor }, 'codeine')[0]!
  assert.deepEqual([key.phenotype, key.activityScore, key.lookupKey], ['Poor Metabolizer', '0.0', '0.0'])
  assert.deepEqual(
    key.convertedBy.map((by) => by.by.drug),
    ['paroxetine'],
  )
  assert.equal(
    meets(when('diplotype', '*1/*4'), key),
    undefined,
    'the pair no longer stands for its phenotype',
  )
})

test('a drug is not looked up with its own effect, only with that of others', () => {
  const alone = geneKeys('CYP2D6', { ...nm, clinical: poor }, 'paroxetine')[0]!
  assert.deepEqual([alone.lookupKey, alone.convertedBy], ['1.0', []])
  const duloxetine: Phenoconversion = {
    ...paroxetine,
    by: { drug: 'duloxetine', rxcui: undefined },
    strength: 'moderate',
  }
  const half: ClinicalPhenotype = { ...poor, lookupKey: '0.5', because: [duloxetine], notFor: [] }
  const both = { ...nm, clinical: { ...poor, instead: [{ drug: 'paroxetine', clinical: half }] } }
  const key = geneKeys('CYP2D6', both, 'paroxetine')[0]!
  assert.deepEqual([key.lookupKey, key.convertedBy.map((by) => by.by.drug)], ['0.5', ['duloxetine']])
})

test('diplotypes that convert differently keep their own keys', () => {
  const finding = pgxFinding('CYP2D6', {
    lookup: [diplotypeCall('*1/*1', 'NM', '2.0'), diplotypeCall('*1/*1x2', 'UM', '3.0')],
    clinical: {
      ...poor,
      lookupKey: undefined,
      each: [
        { phenotype: 'IM', activityScore: '1.0', lookupKey: '1.0' },
        { phenotype: 'NM', activityScore: '1.5', lookupKey: '1.5' },
      ],
    },
  })
  assert.deepEqual(
    geneKeys('CYP2D6', finding, 'codeine').map((key) => key.lookupKey),
    ['1.0', '1.5'],
  )
})
