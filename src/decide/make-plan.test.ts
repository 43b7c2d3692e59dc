import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patient } from '../../test/support/patient.ts'
import { calledGene, diplotypeCall, pgxFinding } from '../../test/support/pgx-finding.ts'
import { installedFacts, planOf, use } from '../../test/support/plan-of.ts'
import type { PgxFinding } from '../interpret/finding.ts'
import { drugBook } from '../knowledge/drug.ts'
import { warfarinFacts } from '../knowledge/guideline/dose-equation.ts'
import type { When } from '../knowledge/guideline/guideline-rule.ts'
import { guidelines } from '../knowledge/guideline/guidelines.ts'
import { makePlan } from './make-plan.ts'

const facts = installedFacts
const FINDINGS = [
  calledGene('CYP2C19', '*2/*2', 'Poor Metabolizer'),
  calledGene('CYP2D6', '*1/*1', 'Normal Metabolizer', '2.0'),
]
const reference = (findings: readonly PgxFinding[], which?: 'all' | 'actionable') =>
  makePlan({
    record: patient(),
    findings,
    facts,
    asOf: '2025-06-01',
    engineVersion: '1',
    ...(which === undefined ? {} : { reference: which }),
  })

test('drugs of the list, most harmful first, then by name', () => {
  const plan = planOf(FINDINGS, ['metoclopramide', 'codeine', 'clopidogrel', 'citalopram', 'metformin'])
  const severities = plan.drugs.map((one) => one.severity)
  const rank = ['critical', 'warning', 'info', 'none']
  assert.deepEqual(
    severities,
    severities.toSorted((a, b) => rank.indexOf(a) - rank.indexOf(b)),
  )
  assert.equal(plan.drugs[0]!.drug.name, 'clopidogrel')
  assert.ok(plan.drugs.some((one) => one.drug.name === 'metformin' && one.state === 'no-guideline'))
})

test('without a list: only drugs with something to do, and what was left out is counted', () => {
  const plan = reference(FINDINGS)
  assert.ok(plan.drugs.length > 5)
  assert.ok(plan.drugs.every((one) => one.status === 'reference' && one.severity !== 'none'))
  assert.ok(
    !plan.drugs.some((one) => one.drug.name === 'codeine'),
    'a normal metabolizer of codeine is no news',
  )
  assert.match(plan.notes[0]!, /^No drug list was given\./)
  assert.ok(plan.notes.some((note) => /no gene of the guideline is known: .*abacavir/.test(note)))
  assert.deepEqual(plan.interactions, [])
})

test('on request every drug with a guideline', () => {
  const plan = reference(FINDINGS, 'all')
  assert.equal(plan.drugs.length, guidelines(facts).drugs.length)
  assert.ok(plan.drugs.some((one) => one.drug.name === 'codeine' && one.severity === 'none'))
  assert.ok(plan.drugs.some((one) => one.drug.name === 'abacavir' && one.state === 'unknown'))
})

test('a list on which nothing can be read is still a list', () => {
  const plan = planOf(FINDINGS, ['Clopidogral'])
  assert.deepEqual(plan.drugs, [])
  assert.equal(plan.notes.length, 1)
  assert.match(plan.notes[0]!, /Did you mean clopidogrel/)
})

test('same input, same bytes; the order of findings and drugs does not count', () => {
  const one = planOf(FINDINGS, ['codeine', 'clopidogrel', 'paroxetine'])
  const again = planOf(FINDINGS, ['codeine', 'clopidogrel', 'paroxetine'])
  const turned = planOf(FINDINGS.toReversed(), ['paroxetine', 'clopidogrel', 'codeine'])
  assert.equal(JSON.stringify(one), JSON.stringify(again))
  assert.equal(JSON.stringify(one), JSON.stringify(turned))
})

test('the packs behind the answer are named, once each, by id', () => {
  const ids = planOf(FINDINGS, ['warfarin']).facts.map((ref) => ref.id)
  assert.deepEqual(ids, [...new Set(ids)].sort())
  for (const id of ['cpic', 'dpwg', 'fda', 'drugs', 'codes', 'enzyme-modifiers', 'warfarin']) {
    assert.ok(ids.includes(id), id)
  }
  assert.ok(!planOf(FINDINGS, ['codeine']).facts.some((ref) => ref.id === 'warfarin'))
})

test('drugs given beside the record replace its list', () => {
  const plan = makePlan({
    record: patient({ drugs: [use('codeine')] }),
    findings: FINDINGS,
    facts,
    asOf: '2025-06-01',
    engineVersion: '1',
    drugs: [use('clopidogrel?')],
  })
  assert.deepEqual(
    plan.drugs.map((one) => one.drug.name),
    ['clopidogrel'],
  )
})

test('every drug of the rules is in the drug pack', () => {
  const book = drugBook(facts)
  assert.deepEqual(
    guidelines(facts).drugs.filter((name) => book.get(name) === undefined),
    [],
  )
})

/** A finding that meets the first value of a rule's condition; none where the condition is on no result. */
function findingsFor(when: When): PgxFinding[] {
  const value = when.in.find((one) => one !== 'No Result')
  if (value === undefined) return []
  if (when.basis === 'marker') return [pgxFinding(when.gene, { markers: [value] })]
  if (when.basis === 'phenotype') return [calledGene(when.gene, 'a/b', value)]
  if (when.basis === 'diplotype') return [calledGene(when.gene, value, 'x', 'x')]
  if (when.basis === 'allele') return [calledGene(when.gene, `${value}/x`, 'x', 'x')]
  const [, score, reading] = /^([\d.]+) \((.+)\)$/.exec(value) ?? []
  const call = diplotypeCall('a/b', 'x', score ?? value)
  const activityValue = reading === 'Intermediate Metabolizer' ? '1.0' : '0.5'
  const [first, second] = call.alleles
  return [pgxFinding(when.gene, { lookup: [{ ...call, alleles: [first, { ...second!, activityValue }] }] })]
}

test('every installed rule can be reached and said, for each of its drugs', () => {
  const unreachable: string[] = []
  for (const { rule } of guidelines(facts).rules) {
    for (const drug of rule.drugs) {
      // A rule for children holds only where the age is on record.
      const age = rule.population?.ageMustBeKnown === true ? { birthDate: '2020-01-01' } : {}
      const plan = planOf(rule.when.flatMap(findingsFor), [drug], age)
      const advice = plan.drugs.find((one) => one.drug.name === drug)
      const found = advice?.recommendations.find((one) => one.rule === rule.id)
      if (found === undefined) {
        unreachable.push(`${rule.id} ${drug} ${JSON.stringify(rule.when)}`)
        continue
      }
      assert.ok(found.doThis.length > 0 && found.because.length > 0)
      assert.ok(advice!.headline.endsWith('.'), advice!.headline)
    }
  }
  // One row needs two HLA-B alleles at once; each of them has a row of its own.
  assert.equal(unreachable.filter((one) => !one.includes('1511 and 1502')).length, 0, unreachable.join('\n'))
})

test('the label’s warfarin table is the same in the dose pack and in the FDA rules', () => {
  const rules = guidelines(facts)
    .forDrug('warfarin')
    .filter((cited) => cited.guideline.source === 'FDA label')
  assert.ok(rules.length > 0)
  for (const row of warfarinFacts(facts).label) {
    const matching = rules.filter(({ rule }) =>
      rule.when.every((when) =>
        when.in.includes(when.gene === 'VKORC1' ? `-1639 ${row.vkorc1}` : row.cyp2c9),
      ),
    )
    assert.equal(matching.length, 1, `${row.vkorc1} ${row.cyp2c9}`)
    const amount = matching[0]!.rule.actions
      .map((action) => action.dose?.amount)
      .find((one) => one !== undefined)
    assert.deepEqual([amount?.from, amount?.to], [row.from, row.to], `${row.vkorc1} ${row.cyp2c9}`)
  }
})
