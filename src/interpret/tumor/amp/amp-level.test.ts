import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApprovalUse, DiseaseFit, EvidenceUse, GuidelineFlag } from '../../finding/amp-tier.ts'
import { type LevelGrounds, levelOf, tierOf } from './amp-level.ts'

const item = (level: EvidenceUse['level'], rating: number, diseaseFit: DiseaseFit = 'same'): EvidenceUse => ({
  ...{ id: 'EID1', profile: 'BRAF V600E', category: 'BRAF V600E', disease: 'Melanoma', diseaseFit },
  ...{ therapies: [], level, rating, significance: 'sensitivity', source: 'PubMed 1', trials: [] },
})
const label = (diseaseFit: DiseaseFit): ApprovalUse => ({
  ...{ id: 'fda.x.1', agency: 'FDA', biomarker: 'BRAF V600E', disease: 'melanoma', diseaseFit },
  ...{ with: [], label: 'https://example.org', excludes: false },
})
const flag: GuidelineFlag = {
  ...{ category: 'BRAF V600E', diagnosis: 'MEL', role: 'prognostic', effect: 'poor-outcome' },
  ...{ therapies: [], guideline: 'a guideline', version: '1' },
}
const level = (given: Partial<LevelGrounds>) =>
  levelOf({ approvals: [], guidelines: [], guidelinesElsewhere: [], supports: [], disputes: [], ...given })
    .level

// The paper's table 3, both sides of every edge.
for (const [name, given, expected] of [
  ['a label for this disease', { approvals: [label('same')] }, 'A'],
  ['a label for a broader disease', { approvals: [label('broader')] }, 'A'],
  ['a label for another disease', { approvals: [label('other')] }, 'C'],
  ['a label for a part of the diagnosis', { approvals: [label('narrower')] }, 'C'],
  ['a guideline', { guidelines: [flag] }, 'A'],
  ['a guideline for another disease', { guidelinesElsewhere: [flag] }, 'C'],
  ['validated evidence', { supports: [item('A', 3)] }, 'A'],
  ['validated for another disease', { supports: [item('A', 5, 'other')] }, 'C'],
  ['a study of four stars', { supports: [item('B', 4)] }, 'B'],
  ['studies of three stars', { supports: [item('B', 3), item('B', 3)] }, 'C'],
  ['a study of four stars of another disease', { supports: [item('B', 4, 'other')] }, 'C'],
  ['case reports', { supports: [item('C', 5), item('C', 5)] }, 'D'],
  ['preclinical work', { supports: [item('D', 5, 'other')] }, 'D'],
  ['inferred', { supports: [item('E', 5)] }, undefined],
  ['nothing', {}, undefined],
  ['as many against as for', { supports: [item('B', 4)], disputes: [item('B', 5)] }, undefined],
  ['more for than against', { supports: [item('B', 4), item('B', 4)], disputes: [item('B', 5)] }, 'B'],
  ['weaker evidence against', { supports: [item('B', 4)], disputes: [item('D', 5), item('B', 3)] }, 'B'],
  ['a label with evidence against', { approvals: [label('same')], disputes: [item('B', 5)] }, 'A'],
] as const)
  test(`${name}: level ${expected ?? 'none'}`, () => assert.equal(level(given), expected))

test('levels A and B are tier I, C and D tier II, none is tier III', () => {
  assert.deepEqual((['A', 'B', 'C', 'D', undefined] as const).map(tierOf), ['I', 'I', 'II', 'II', 'III'])
})

test('a label for a part of the diagnosis is not called one for another tumour type', () => {
  const why = (fit: DiseaseFit) =>
    levelOf({ approvals: [label(fit)], guidelines: [], guidelinesElsewhere: [], supports: [], disputes: [] })
      .why
  assert.deepEqual(why('narrower'), [
    'FDA label: BRAF V600E, melanoma, a part of the tumour type told here (fda.x.1)',
  ])
  assert.deepEqual(why('other'), ['FDA label: BRAF V600E, melanoma, another tumour type (fda.x.1)'])
})
