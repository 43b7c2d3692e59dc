/** The door of the germline room. */
export { type AppliedCriterion, criterionText, readCriteria } from './applied.ts'
export { classificationOf, metOf, statedCriterion } from './classify.ts'
export { type Combined, combine } from './combine.ts'
