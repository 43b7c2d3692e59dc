import type { TumorScores } from '../../../interpret/finding/tumor-scores.ts'
import { tumorScores } from '../../../interpret/tumor/tumor.ts'
import { assemblies } from '../../../knowledge/assemblies.ts'
import { chromosomeArms } from '../../../knowledge/tumor/chromosome-arms.ts'
import { scoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import { scoresText } from './scores-text.ts'
import type { Section } from './section.ts'

/** Mutational burden, microsatellites, scars of recombination, signatures, origin of variants and clonal haematopoiesis. */
export const scoresSection: Section<TumorScores> = {
  name: 'scores',
  answer({ received: { profile }, facts, scores }) {
    const { contextOf, signatures, scheme, calibrations } = scores
    return tumorScores(profile, {
      facts: scoreFacts(facts),
      arms: chromosomeArms(facts),
      assemblies: assemblies(facts),
      assembly: profile.assembly,
      burden: { calibrations, ...(scheme === undefined ? {} : { scheme }) },
      ...(contextOf === undefined ? {} : { contextOf }),
      ...(signatures === undefined ? {} : { signatures }),
    })
  },
  text: scoresText,
  gaps: ({ burden, microsatellites, scars, signatures, origins, haematopoiesis }) =>
    [burden, microsatellites, scars, signatures, ...origins, ...haematopoiesis].some(
      ({ state, missing }) => state === 'unknown' || state === 'indeterminate' || missing.length > 0,
    ) || microsatellites.state === 'discordant',
  packs: ({ facts }) => facts,
}
