import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownClass } from './known-class.ts'

const of = (significance: string, review = 'criteria_provided,_multiple_submitters,_no_conflicts') =>
  knownClass({ significance, review, id: undefined })

for (const [words, expected] of [
  ['Pathogenic', 'pathogenic'],
  ['Pathogenic/Likely_pathogenic', 'pathogenic'],
  ['Likely_pathogenic', 'likely-pathogenic'],
  ['Pathogenic/Pathogenic,_low_penetrance|other', 'pathogenic'],
  ['Pathogenic/Likely_pathogenic/Pathogenic,_low_penetrance', 'pathogenic'],
  ['Pathogenic/Likely_pathogenic/Likely_risk_allele', 'pathogenic'],
  ['Likely_pathogenic,_low_penetrance', 'likely-pathogenic'],
  ['drug_response|Pathogenic', 'pathogenic'],
  ['Pathogenic|_drug_response', 'pathogenic'],
  ['pathogenic&likely_pathogenic', 'pathogenic'],
  ['Benign/Likely_benign', 'benign'],
  ['Likely_benign|other', 'likely-benign'],
  ['Uncertain_significance/Uncertain_risk_allele', 'uncertain'],
  ['Conflicting_classifications_of_pathogenicity|other', undefined],
  ['Conflicting_interpretations_of_pathogenicity,_Pathogenic', undefined],
  ['Pathogenic,Benign', undefined],
  ['Uncertain_significance&Likely_benign', undefined],
  ['risk_factor', undefined],
  ['not_provided', undefined],
] as const) {
  test(`ClinVar "${words}": ${expected ?? 'no class'}`, () => assert.equal(of(words)?.class, expected))
}

for (const [review, stars] of [
  ['practice_guideline', 4],
  ['reviewed_by_expert_panel', 3],
  ['criteria_provided,_multiple_submitters,_no_conflicts', 2],
  ['criteria_provided&_conflicting_classifications', 1],
  ['criteria_provided,_single_submitter', 1],
  ['no_assertion_criteria_provided', 0],
  ['', 0],
] as const) {
  test(`review "${review}": ${stars} stars`, () => assert.equal(of('Pathogenic', review)?.stars, stars))
}
