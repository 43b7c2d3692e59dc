import type { AmpFinding } from '../../../interpret/finding/amp-tier.ts'
import { ampTiers } from '../../../interpret/tumor/tumor.ts'
import { tiersText } from '../tiers/tiers-text.ts'
import { tumorDiagnosis } from './disease-diagnosis.ts'
import type { Section } from './section.ts'

/** Tiers by AMP/ASCO/CAP 2017, with the evidence, labels and contradictions behind each. */
export const tiersSection: Section<AmpFinding> = {
  name: 'tiers',
  answer({ received, diagnosis, facts, supplied }) {
    return ampTiers(received.profile, tumorDiagnosis(diagnosis, facts), facts, supplied)
  },
  text: tiersText,
  gaps: ({ open, diagnosis }) => open.length > 0 || diagnosis.types.length === 0,
  packs: ({ facts }) => facts,
}
