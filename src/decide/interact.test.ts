import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calledGene } from '../../test/support/pgx-finding.ts'
import { planOf } from '../../test/support/plan-of.ts'

const NM = calledGene('CYP2D6', '*1/*1', 'Normal Metabolizer', '2.0')
const PM = calledGene('CYP2D6', '*4/*4', 'Poor Metabolizer', '0.0')
const found = (plan: ReturnType<typeof planOf>) =>
  plan.interactions.map((one) => [one.affected.name, one.by.name, one.gene, one.severity])

test('a strong inhibitor is as severe as the advice it leads to', () => {
  const plan = planOf([NM], ['codeine', 'paroxetine'])
  assert.deepEqual(found(plan), [['codeine', 'paroxetine', 'CYP2D6', 'warning']])
  assert.equal(
    plan.interactions[0]!.sentence,
    'Paroxetine is a strong CYP2D6 inhibitor; CYP2D6 normal metabolizer by genotype acts as poor metabolizer, and advice on codeine goes by that.',
  )
  assert.ok(plan.interactions[0]!.sources.length >= 2)
})

test('a drug that is only considered is told as such', () => {
  const plan = planOf([NM], ['codeine', 'paroxetine?'])
  assert.match(plan.interactions[0]!.sentence, /^If paroxetine is given: it is a strong/)
})

test('an inhibitor changes nothing for a poor metabolizer', () => {
  assert.deepEqual(found(planOf([PM], ['codeine', 'paroxetine'])), [
    ['codeine', 'paroxetine', 'CYP2D6', 'info'],
  ])
})

test('weak inhibitors and inducers are information', () => {
  assert.deepEqual(found(planOf([NM], ['codeine', 'amiodarone'])), [
    ['codeine', 'amiodarone', 'CYP2D6', 'info'],
  ])
  const inducer = planOf([calledGene('CYP2C19', '*1/*1', 'Normal Metabolizer')], ['citalopram', 'rifampicin'])
  assert.deepEqual(found(inducer), [['citalopram', 'rifampin', 'CYP2C19', 'info']])
  assert.match(
    inducer.interactions[0]!.sentence,
    /Rifampin induces CYP2C19; citalopram may be cleared faster/,
  )
})

test('a moderate inhibitor that leaves the phenotype still lowers the score', () => {
  const im = calledGene('CYP2D6', '*1/*4', 'Intermediate Metabolizer', '1.0')
  const plan = planOf([im], ['amitriptyline', 'duloxetine'])
  assert.match(plan.interactions[0]!.sentence, /intermediate metabolizer has less activity left/)
})

test('an enzyme family is told once', () => {
  const plan = planOf([calledGene('CYP3A5', '*3/*3', 'Poor Metabolizer')], ['tacrolimus', 'clarithromycin'])
  assert.deepEqual(found(plan), [['tacrolimus', 'clarithromycin', 'CYP3A5', 'info']])
  assert.match(plan.interactions[0]!.sentence, /Clarithromycin is a strong CYP3A inhibitor;/)
})

test('most severe first, then by drug; no drug with itself', () => {
  const plan = planOf([NM], ['sertraline', 'codeine', 'tramadol', 'paroxetine'])
  assert.deepEqual(
    found(plan).map(([affected, by]) => `${affected} ${by}`),
    [
      'codeine paroxetine',
      'tramadol paroxetine',
      'codeine sertraline',
      'paroxetine sertraline',
      'tramadol sertraline',
    ],
  )
})
