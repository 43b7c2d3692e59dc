/** The door of the tumour room. */

export { assessOncogenicity } from './assess.ts'
export type { EstablishedVariants, Hotspots, SomaticEvidence } from './evidence.ts'
export { oncogenicityOf } from './oncogenicity.ts'
export { readOncogenicityCodes, statedCode } from './stated-codes.ts'
