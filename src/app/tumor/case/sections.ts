import { oncogenicitySection } from './oncogenicity-section.ts'
import { profileSection } from './profile-section.ts'
import { scoresSection } from './scores-section.ts'
import { type Step, step } from './section.ts'
import { therapiesSection } from './therapies-section.ts'
import { tiersSection } from './tiers-section.ts'

/** What is said of a tumour, in the order in which it is said; a section sees those before it. */
export const SECTIONS: readonly Step[] = [
  step(profileSection),
  step(oncogenicitySection),
  step(scoresSection),
  step(tiersSection),
  step(therapiesSection),
]
