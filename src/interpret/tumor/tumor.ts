/** The door of the tumour room. */

export { tumorFinding } from './assess.ts'
export type { Calibration } from './burden/burden.ts'
export { type Category, type CategoryLeaf, type CategoryMatch, leavesOf } from './category.ts'
export type { Effect, EstablishedVariants, Hotspots, SomaticEvidence } from './evidence.ts'
export { effectOf, shortChange } from './evidence.ts'
export { matchCategory } from './match-category.ts'
export { oncogenicityOf } from './oncogenicity.ts'
export { pattern, readCategory } from './read-category.ts'
export { CHANNELS, type ContextOf } from './signatures/channel.ts'
export type { SignatureMatrix } from './signatures/refit.ts'
export { readOncogenicityCodes, statedCode } from './stated-codes.ts'
export { type ScoreInputs, tumorScores } from './tumor-scores.ts'
