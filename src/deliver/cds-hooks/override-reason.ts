import type { OverrideReason } from './card.ts'

const SYSTEM = 'urn:garrod:override-reasons'

/** Why a prescriber may go on all the same. Codes never change; they are counted for each rule. */
export const OVERRIDE_REASONS: readonly [OverrideReason, ...OverrideReason[]] = [
  { system: SYSTEM, code: 'benefit-outweighs-risk', display: 'Benefit outweighs the risk; will monitor' },
  { system: SYSTEM, code: 'tolerated-before', display: 'Has taken it before with effect and without harm' },
  { system: SYSTEM, code: 'dose-adjusted', display: 'Dose is already adjusted for the genotype' },
  { system: SYSTEM, code: 'no-suitable-alternative', display: 'No suitable alternative for this person' },
  { system: SYSTEM, code: 'other-indication', display: 'Advice is for another indication' },
  {
    system: SYSTEM,
    code: 'result-doubted',
    display: 'Genetic result is doubted or may be of another person',
  },
]
