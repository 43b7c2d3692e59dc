import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { earlierFit } from '../../decide/target/earlier-treatment.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import { givenTreatments } from './given-treatments.ts'

const facts = builtInFacts()
const fit = (approval: string, ...given: string[]) =>
  earlierFit(labelConditions(facts).earlier(approval), givenTreatments(given, facts))
const LOW = 'fda.trastuzumab-deruxtecan.4'

test('chemotherapy before: met by a drug of it, a brand, a regimen, a group within it', () => {
  for (const name of [
    'paclitaxel',
    'paclitaxel 6 MG/ML Injection',
    'Xeloda',
    'CAPOX',
    'mFOLFOX6',
    'carboplatin + pemetrexed',
    'platinum-based chemotherapy',
    'chemotherapy',
  ]) {
    const { met, missing, refused } = fit(LOW, name)
    assert.match(met.join(), /^chemotherapy was given before, as the label asks: /, name)
    assert.deepEqual([missing, refused], [[], []], name)
  }
})

test('chemotherapy before: unknown beside other treatment, not met where nothing was given', () => {
  assert.deepEqual(fit(LOW, 'letrozole').missing, ['whether chemotherapy was given before'])
  assert.deepEqual(fit(LOW, 'trastuzumab deruxtecan').missing, ['whether chemotherapy was given before'])
  assert.deepEqual(fit(LOW, 'AC-T').missing, ['whether chemotherapy was given before'])
  // Nobody said what was given: the line of treatment asks for it.
  assert.deepEqual(fit(LOW), { refused: [], met: [], missing: [] })
  // A line was given, and nobody said which drugs.
  assert.deepEqual(earlierFit(labelConditions(facts).earlier(LOW), { linesGiven: 1 }).missing, [
    'whether chemotherapy was given before',
  ])
  assert.deepEqual(fit(LOW, 'none').refused, [
    'the label is for people who had chemotherapy before: it was not given, as the list of treatments is whole',
  ])
})

test('a broader group leaves open whether a drug of the narrower one was given', () => {
  assert.deepEqual(fit('fda.amivantamab.4', 'chemotherapy').missing, [
    'whether a platinum drug was given before',
  ])
  assert.match(fit('fda.amivantamab.4', 'FLOT').met.join(), /oxaliplatin/)
  assert.match(
    fit('ema.afatinib.1', 'EGFR TKI').refused.join(),
    /never had an EGFR tyrosine kinase inhibitor: EGFR TKI was given/,
  )
  assert.match(fit('ema.afatinib.1', 'none').met.join(), /never given/)
})
