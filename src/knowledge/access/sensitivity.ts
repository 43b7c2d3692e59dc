import { Fault } from '../../terms/fault.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

const PACK = 'sensitivity'
const HOWS = ['code', 'code-prefix', 'system', 'type', 'profile-prefix', 'media'] as const

/** One reason for which data carry an HL7 sensitivity label (v3 ActCode). */
export interface SensitivityRule {
  /** GDIS, HIV, SUD, … */
  readonly label: string
  readonly how: (typeof HOWS)[number]
  /** Code system; empty where `how` does not look at one. */
  readonly system: string
  readonly value: string
}

/** Which data carry which sensitivity label. Throws SENSITIVITY_ROW on a row that no reader would obey. */
export function sensitivityRules(facts: Facts): readonly SensitivityRule[] {
  return facts.derived(PACK, () => {
    const rows = readTable(
      facts.pack(PACK).text('sensitivity.tsv'),
      ['label', 'how', 'system', 'value'],
      `${PACK}/sensitivity.tsv`,
    )
    return rows.map(({ label, how, system, value }) => {
      const known = HOWS.find((one) => one === how)
      const complete = how === 'system' ? system !== '' : value !== ''
      if (known === undefined || label === '' || !complete) {
        throw new Fault(
          'SENSITIVITY_ROW',
          `${PACK}/sensitivity.tsv`,
          `a row is not a rule: ${label} ${how} ${value}`,
          `Give a label, one of ${HOWS.join(', ')}, and what to look for.`,
        )
      }
      return { label, how: known, system, value }
    })
  })
}
