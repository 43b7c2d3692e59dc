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

/** The same for an order without its biomarker. */
export const TARGET_OVERRIDE_REASONS: readonly [OverrideReason, ...OverrideReason[]] = [
  {
    system: SYSTEM,
    code: 'result-elsewhere',
    display: 'The biomarker was tested; the result is not in this record',
  },
  { system: SYSTEM, code: 'result-awaited', display: 'The test is under way and treatment cannot wait' },
  { system: SYSTEM, code: 'other-indication', display: 'The drug is given for another indication' },
  { system: SYSTEM, code: 'tolerated-before', display: 'Has taken it before with effect and without harm' },
  { system: SYSTEM, code: 'no-suitable-alternative', display: 'No suitable alternative for this person' },
]

/** The same for an order that the label warns of for another condition of the person. */
export const CONDITION_OVERRIDE_REASONS: readonly [OverrideReason, ...OverrideReason[]] = [
  { system: SYSTEM, code: 'benefit-outweighs-risk', display: 'Benefit outweighs the risk; will monitor' },
  { system: SYSTEM, code: 'condition-not-present', display: 'The person does not have the condition now' },
  { system: SYSTEM, code: 'tolerated-before', display: 'Has taken it before with effect and without harm' },
  { system: SYSTEM, code: 'no-suitable-alternative', display: 'No suitable alternative for this person' },
]
