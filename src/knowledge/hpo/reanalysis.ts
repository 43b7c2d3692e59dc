import * as z from 'zod'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

const PACK = 'reanalysis'

/** How much a disease must have risen in a ranking before somebody is called back. */
export interface UpgradeRule {
  /** Probability, 0..1, that it must have now. */
  readonly probability: number
  /** Probability that it must have gained. */
  readonly gain: number
  /** How many times its earlier probability it must have. */
  readonly times: number
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. */
export function upgradeRule(facts: Facts): UpgradeRule {
  return facts.derived(PACK, () => {
    const pack = facts.pack(PACK)
    const rows = readTable(pack.text('thresholds.tsv'), ['id', 'value'], `${pack.folder}/thresholds.tsv`)
    const value = (id: string) =>
      z.coerce
        .number()
        .positive()
        .parse(rows.find((row) => row.id === id)?.value)
    return {
      probability: value('upgrade-probability'),
      gain: value('upgrade-gain'),
      times: value('upgrade-times'),
    }
  })
}
