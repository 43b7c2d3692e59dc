/** The door of the tumour room. */
export { oncogenicityOf } from './oncogenicity.ts'
export { readOncogenicityCodes, statedCode } from './stated-codes.ts'
