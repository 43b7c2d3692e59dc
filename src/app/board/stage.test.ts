import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from '../../record/resource.ts'
import { stageOf } from './stage.ts'

const staged = (text: string, rest: object = {}): Resource => ({
  resourceType: 'Condition',
  stage: [{ summary: { text } }],
  ...rest,
})
const metastasis: Resource = {
  resourceType: 'Condition',
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C78.0' }] },
}
const refuted = { verificationStatus: { coding: [{ code: 'refuted' }] } }

for (const [what, conditions, expected] of [
  ['stage I', [staged('Stage IA2')], 'early'],
  ['stage II', [staged('AJCC stage IIB')], 'early'],
  ['stage III is neither', [staged('Stage IIIA')], undefined],
  ['stage IV', [staged('Stage IVB')], 'advanced'],
  ['a metastasis', [metastasis], 'advanced'],
  ['a metastasis that was ruled out', [{ ...metastasis, ...refuted }], undefined],
  ['an early stage beside a metastasis is a contradiction', [staged('Stage I'), metastasis], undefined],
  ['words without a stage', [staged('resected')], undefined],
  ['nothing', [], undefined],
] as const)
  test(`stage: ${what}`, () => assert.equal(stageOf(conditions as readonly Resource[]), expected))
