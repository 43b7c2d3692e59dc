import * as z from 'zod'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with how much a candidate variant speaks for its gene. */
export const CANDIDATE_ODDS_PACK = 'candidate-odds'

const NUMBERS = [
  'class:pathogenic',
  'class:likely-pathogenic',
  'class:uncertain',
  'class:likely-benign',
  'class:benign',
  'consequence:truncating',
  'consequence:other',
  'consequence:silent',
  'too-common',
  'frequency:recessive',
  'frequency:dominant',
  'recessive:one-copy',
  'recessive:phase-unknown',
] as const
const Row = z.object({ what: z.enum(NUMBERS), value: z.coerce.number().positive() })
const Group = z.enum(['truncating', 'silent'])

/** Numbers that the odds of a gene are multiplied with; `frequency:*` is the share of chromosomes (0..1) that is allowed. */
export interface CandidateOdds {
  readonly numbers: Readonly<Record<(typeof NUMBERS)[number], number>>
  /** By terms of the Sequence Ontology, several joined by "&" or ",": the gravest that is named. */
  groupOf(consequence: string): 'truncating' | 'silent' | 'other'
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING; a row that cannot be read is a defect of the pack and throws plainly. */
export function candidateOdds(facts: Facts): CandidateOdds {
  return facts.derived(CANDIDATE_ODDS_PACK, () => {
    const pack = facts.pack(CANDIDATE_ODDS_PACK)
    const rows = readTable(pack.text('odds.tsv'), ['what', 'value'], `${pack.folder}/odds.tsv`)
    const read = new Map(rows.map((row) => Row.parse(row)).map(({ what, value }) => [what, value]))
    const numbers = Object.fromEntries(
      NUMBERS.map((what) => [what, z.number(`odds.tsv has no row "${what}"`).parse(read.get(what))]),
    ) as Record<(typeof NUMBERS)[number], number>
    const parts = readTable(
      pack.text('consequences.tsv'),
      ['part', 'group'],
      `${pack.folder}/consequences.tsv`,
    ).map(({ part, group }) => ({ part, group: Group.parse(group) }))
    const named = (group: z.infer<typeof Group>, text: string): boolean =>
      parts.some((one) => one.group === group && text.includes(one.part))
    return {
      numbers,
      groupOf: (text) =>
        named('truncating', text) ? 'truncating' : named('silent', text) ? 'silent' : 'other',
    }
  })
}
