import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainText } from './plain-text.ts'
import { sideHeading } from './side-heading.ts'

for (const line of [
  'Exclusion Criteria:',
  'Non-inclusion criteria:',
  'Non inclusion criteria',
  'Criteria for non-inclusion:',
  'Criteria for exclusion:',
  'Exclusions:',
  'Exclusionary criteria:',
  'Ineligibility criteria:',
  'Exclusion Criteria (Phase 2 only)',
  'EXCLUSION CRITERIA - PART 1',
  '**Exclusion Criteria**',
  'The following patients are excluded:',
  'Not eligible if:',
  'Patients may not be enrolled if they have any of the following:',
  'Subjects with any of the following are to be excluded from participating in the study:',
])
  test(`begins what excludes: ${line}`, () => assert.equal(sideHeading(line, false)?.side, 'exclusion'))

for (const line of [
  'Inclusion Criteria',
  'Key Inclusion',
  'Main inclusion criteria are:',
  'Criteria for inclusion',
])
  test(`begins what includes: ${line}`, () => assert.equal(sideHeading(line, false)?.side, 'inclusion'))

for (const line of [
  'Previous inclusion in the present study',
  'Inclusion of women and minorities',
  'Inclusion body myositis',
  'Exclusion of pregnancy by serum test',
  'Meets any exclusion criteria of the master protocol',
  'Patients with hepatitis are excluded',
])
  test(`a criterion, no heading: ${line}`, () => {
    assert.equal(sideHeading(line, true), undefined)
    assert.equal(sideHeading(line, false), undefined)
  })

test('escapes of Markdown and HTML are read as they are meant', () => {
  assert.equal(
    plainText('Age \\>= 18, ANC &ge; 1.5 &#215; 10⁹/L &amp; AST \\<3×ULN \\[a\\]'),
    'Age >= 18, ANC ≥ 1.5 × 10^9/L & AST <3×ULN [a]',
  )
  assert.equal(plainText('&nothing; &#0; &#x1F600; a\\b'), '&nothing; &#0; &#x1F600; a\\b')
})
