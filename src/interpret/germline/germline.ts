/** The door of the germline room. */
export { type AppliedCriterion, criterionText, isPathogenic, readCriteria } from './applied.ts'
export { assess } from './assess.ts'
export { classificationOf, metOf, statedCriterion } from './classify.ts'
export { type Combined, combine } from './combine.ts'
export type { VariantEvidence } from './evidence.ts'
