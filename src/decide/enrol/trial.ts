import type { CtmlTrial } from './ctml/document.ts'
import type { OwnTrial } from './own-trial.ts'
import type { RegistryStudy } from './registry/study.ts'

/** A trial in the eligibility language, with the CTML it was read from if it was. */
export interface Trial extends OwnTrial {
  readonly ctml: CtmlTrial | undefined
  /** The study of ClinicalTrials.gov it was read from, if it was. */
  readonly registry?: RegistryStudy
}
