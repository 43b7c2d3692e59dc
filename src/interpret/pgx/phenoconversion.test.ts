import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { diplotypeCall, pgxFinding } from '../../../test/support/pgx-finding.ts'
import { Facts } from '../../knowledge/facts.ts'
import { enzymeModifiers } from '../../knowledge/pgx/enzyme-modifier.ts'
import type { DiplotypeCall, PgxFinding } from '../finding.ts'
import { phenoconvert } from './phenoconversion.ts'

const modifiers = enzymeModifiers(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]))

const call = (phenotype: string, activityScore?: string) => diplotypeCall('*1/*2', phenotype, activityScore)
const finding = (gene: string, ...lookup: DiplotypeCall[]) => pgxFinding(gene, { lookup })

const clinical = (found: PgxFinding, ...drugs: string[]) =>
  phenoconvert(
    [found],
    drugs.map((name) => ({ name, rxcui: undefined })),
    modifiers,
  )[0]!.clinical

const NAMES: Record<string, string> = {
  PM: 'Poor Metabolizer',
  IM: 'Intermediate Metabolizer',
  NM: 'Normal Metabolizer',
  UM: 'Ultrarapid Metabolizer',
  RM: 'Rapid Metabolizer',
}

// CYP2D6, paroxetine (strong): activity score x 0
for (const score of ['0.0', '0.25', '1.0', '2.0', '3.0', '≥3.0', 'n/a']) {
  test(`CYP2D6 score ${score} with a strong inhibitor is a poor metabolizer`, () => {
    const found = clinical(finding('CYP2D6', call('whatever', score)), 'paroxetine')
    assert.deepEqual([found?.phenotype, found?.lookupKey], ['Poor Metabolizer', '0.0'])
  })
}

// CYP2D6, duloxetine (moderate): activity score x 0.5, put into a bin that keeps the phenotype
for (const [genetic, bin, phenotype] of [
  ['0.0', '0.0', 'PM'],
  ['0.25', '0.25', 'IM'], // 0.125: the bin below, 0.0, would be a poor metabolizer
  ['0.5', '0.25', 'IM'],
  ['0.75', '0.25', 'IM'], // 0.375
  ['1.0', '0.5', 'IM'],
  ['1.25', '0.5', 'IM'], // 0.625
  ['1.5', '0.75', 'IM'],
  ['1.75', '0.75', 'IM'], // 0.875
  ['2.0', '1.0', 'IM'],
  ['2.25', '1.0', 'IM'], // 1.125
  ['2.5', '1.25', 'NM'],
  ['2.75', '1.25', 'NM'], // 1.375
  ['3.0', '1.5', 'NM'],
  ['4.0', '2.0', 'NM'],
] as const) {
  test(`CYP2D6 score ${genetic} with a moderate inhibitor is looked up as ${bin}`, () => {
    const found = clinical(finding('CYP2D6', call('genetic', genetic)), 'duloxetine')
    assert.deepEqual([found?.lookupKey, found?.activityScore, found?.phenotype], [bin, bin, NAMES[phenotype]])
  })
}

test('a score of at least three cannot be halved: the genetic result stays', () => {
  const found = clinical(finding('CYP2D6', call('Ultrarapid Metabolizer', '≥3.0')), 'duloxetine')
  assert.deepEqual([found?.phenotype, found?.lookupKey], ['Ultrarapid Metabolizer', '≥3.0'])
})

test('a weak inhibitor changes nothing and is told', () => {
  const found = clinical(finding('CYP2D6', call('Normal Metabolizer', '2.0')), 'sertraline')
  assert.deepEqual([found?.phenotype, found?.lookupKey], ['Normal Metabolizer', '2.0'])
  assert.equal(found?.because[0]?.rule, 'activity score x 1')
})

// CYP2C19
for (const [genetic, drug, expected] of [
  ['UM', 'fluvoxamine', 'PM'], // strong
  ['NM', 'fluvoxamine', 'PM'],
  ['PM', 'fluvoxamine', 'PM'],
  ['UM', 'omeprazole', 'RM'], // moderate
  ['RM', 'omeprazole', 'NM'],
  ['NM', 'omeprazole', 'IM'],
  ['IM', 'omeprazole', 'PM'],
  ['PM', 'omeprazole', 'PM'],
  ['NM', 'cimetidine', 'NM'], // weak
  ['NM', 'rifampin', 'NM'], // inducer
] as const) {
  test(`CYP2C19 ${genetic} with ${drug} is ${expected}`, () => {
    const found = clinical(finding('CYP2C19', call(NAMES[genetic]!)), drug)
    assert.deepEqual([found?.phenotype, found?.lookupKey], [NAMES[expected], NAMES[expected]])
  })
}

test('a likely intermediate metabolizer becomes a likely poor one; an indeterminate one stays', () => {
  assert.equal(
    clinical(finding('CYP2C19', call('Likely Intermediate Metabolizer')), 'omeprazole')?.phenotype,
    'Likely Poor Metabolizer',
  )
  assert.equal(clinical(finding('CYP2C19', call('Indeterminate')), 'omeprazole')?.phenotype, 'Indeterminate')
})

test('an inducer is a warning only', () => {
  const found = clinical(finding('CYP2C19', call('Normal Metabolizer')), 'rifampin')
  assert.deepEqual(
    found?.because.map((one) => [one.role, one.rule]),
    [['inducer', 'warning only']],
  )
  assert.deepEqual(found?.notFor, [])
})

test('sources that disagree are all shown and the strongest counts', () => {
  // terbinafine: moderate in the 2012 list, strong in PharMe
  const found = clinical(finding('CYP2D6', call('Normal Metabolizer', '2.0')), 'terbinafine')
  assert.equal(found?.because[0]?.strength, 'strong')
  assert.deepEqual(found?.because[0]?.sources.map((one) => one.strength).sort(), [
    'CYP2D6 inhibitor, moderate',
    'CYP2D6 inhibitor, strong',
    'CYP2D6 inhibitor, strong',
  ])
  assert.equal(found?.lookupKey, '0.0')
})

// FDA's examples of 2026 beside its draft guidance of 2012
for (const [drug, phenotype, strength] of [
  ['fluoxetine', 'PM', 'strong'], // moderate in 2012
  ['felbamate', 'IM', 'moderate'], // weak in 2012
  ['cenobamate', 'IM', 'moderate'], // not on the market in 2012
  ['omeprazole', 'IM', 'moderate'], // weak in 2026: the strongest statement counts
] as const) {
  test(`CYP2C19 with ${drug}: ${strength}`, () => {
    const found = clinical(finding('CYP2C19', call('Normal Metabolizer')), drug)
    assert.equal(found?.because[0]?.strength, strength)
    assert.equal(found?.phenotype, NAMES[phenotype])
  })
}

test('of two inhibitors the stronger counts, not their product', () => {
  const found = clinical(finding('CYP2D6', call('Normal Metabolizer', '2.0')), 'duloxetine', 'mirabegron')
  assert.equal(found?.lookupKey, '1.0')
  assert.equal(found?.because.length, 2)
})

test('a drug does not change its own lookup', () => {
  const found = clinical(finding('CYP2D6', call('Normal Metabolizer', '2.0')), 'paroxetine')
  assert.deepEqual(found?.notFor, ['paroxetine'])
  assert.equal(found?.instead, undefined)
})

test('the inhibitor itself is looked up with what the other drugs do', () => {
  const found = clinical(finding('CYP2D6', call('Normal Metabolizer', '2.0')), 'paroxetine', 'duloxetine')
  assert.equal(found?.lookupKey, '0.0')
  assert.deepEqual(found?.notFor, ['paroxetine'])
  assert.deepEqual(
    found?.instead?.map((one) => [one.drug, one.clinical.lookupKey, one.clinical.because[0]?.by.drug]),
    [['paroxetine', '1.0', 'duloxetine']],
  )
})

test('with two strong inhibitors each is looked up as converted by the other', () => {
  const found = clinical(finding('CYP2D6', call('Normal Metabolizer', '2.0')), 'fluoxetine', 'paroxetine')
  assert.deepEqual(found?.notFor, [])
  assert.equal(found?.lookupKey, '0.0')
})

test('diplotypes that convert differently are kept apart', () => {
  const found = clinical(
    finding('CYP2D6', call('Normal Metabolizer', '2.0'), call('Ultrarapid Metabolizer', '3.0')),
    'duloxetine',
  )
  assert.equal(found?.lookupKey, undefined)
  assert.deepEqual(
    found?.each?.map((one) => one.lookupKey),
    ['1.0', '1.5'],
  )
})

test('a gene without a call has no clinical phenotype', () => {
  assert.equal(clinical(finding('CYP2D6'), 'paroxetine'), undefined)
})

test('a drug that changes nothing, or another gene, sets nothing', () => {
  assert.equal(clinical(finding('CYP2D6', call('Normal Metabolizer', '2.0')), 'metformin'), undefined)
  assert.equal(clinical(finding('TPMT', call('Normal Metabolizer')), 'paroxetine'), undefined)
})

test('a family of enzymes warns for its genes', () => {
  const found = clinical(finding('CYP3A5', call('Poor Metabolizer')), 'clarithromycin')
  assert.deepEqual([found?.phenotype, found?.because[0]?.rule], ['Poor Metabolizer', 'warning only'])
})

test('the pack is among the facts of the finding, once', () => {
  const given = [finding('CYP2D6', call('Normal Metabolizer', '2.0'))]
  const once = phenoconvert(given, [{ name: 'paroxetine', rxcui: '32937' }], modifiers)
  const twice = phenoconvert(once, [{ name: 'paroxetine', rxcui: '32937' }], modifiers)
  assert.deepEqual(
    twice[0]!.facts.map((ref) => ref.id),
    ['enzyme-modifiers'],
  )
  assert.deepEqual(twice, once)
})
