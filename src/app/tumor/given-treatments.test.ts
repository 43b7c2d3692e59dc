import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { earlierFit } from '../../decide/target/earlier-treatment.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import { givenTreatments } from './given-treatments.ts'

const facts = builtInFacts()
const fit = (approval: string, ...given: string[]) =>
  earlierFit(labelConditions(facts).earlier(approval), givenTreatments(given, facts))
const fitAdvanced = (approval: string, given: readonly string[], ...advanced: string[]) =>
  earlierFit(labelConditions(facts).earlier(approval), givenTreatments(given, facts, advanced))
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
    const { met, missing, refused } = fitAdvanced(LOW, [], name)
    assert.match(met.join(), /^chemotherapy was given for advanced disease, as the label asks: /, name)
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

test('a label that asks for chemotherapy of advanced disease is not met by one that may have been adjuvant', () => {
  const HER2 = 'fda.trastuzumab.5'
  assert.deepEqual(fit(HER2, 'docetaxel'), {
    refused: [],
    met: [],
    missing: ['whether docetaxel was given for advanced disease, as the label asks'],
  })
  assert.match(
    fit(LOW, 'docetaxel').missing.join(),
    /as the label asks, or the tumour came back soon after it$/,
  )
  assert.match(fitAdvanced(HER2, ['doxorubicin'], 'docetaxel').met.join(), /advanced disease, .*: docetaxel$/)
  const { earlier } = labelConditions(facts)
  const before = { given: ['docetaxel'], linesGiven: 0 }
  assert.match(
    earlierFit(earlier(HER2), before).refused.join(),
    /had chemotherapy for advanced disease: nothing was/,
  )
  // A relapse soon after the adjuvant treatment is enough for this label.
  assert.deepEqual(earlierFit(earlier(LOW), before).refused, [])
  // What any setting will do for is met as before.
  assert.match(fit('fda.abemaciclib.3', 'letrozole').met.join(), /^endocrine therapy was given before/)
  assert.equal(fit('fda.abemaciclib.4', 'letrozole', 'docetaxel').missing.length, 1)
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
