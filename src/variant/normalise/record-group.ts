import { kindOf } from './variant-kind.ts'
import type { VariantRecord } from './variant-record.ts'

/** Which records are joined: substitutions of one base with their like, everything else with its like, or all together. */
export type JoinWhat = 'snps' | 'indels' | 'both' | 'any'

/** The records of one position in the groups to be joined, single ones included, in the order they are written. */
export function groupsOf(records: readonly VariantRecord[], what: JoinWhat): VariantRecord[][] {
  if (what === 'any') return [[...records]]
  const substitutions: VariantRecord[] = []
  const others: VariantRecord[] = []
  const blank: VariantRecord[] = []
  for (const one of records) {
    const kinds = new Set(one.alts.map((alt) => kindOf(one.ref, alt)))
    if (kinds.has('snv')) substitutions.push(one)
    else if (one.alts.length === 0 || (kinds.size === 1 && kinds.has('none'))) blank.push(one)
    else others.push(one)
  }
  if (what === 'both') {
    // bcftools: one record without an ALT goes with the others, two are joined with each other.
    if (substitutions.length > 0 || blank.length > 1) {
      const first = records.filter((one) => !others.includes(one))
      return others.length === 0 ? [first] : [first, others]
    }
    return [[...others, ...blank]]
  }
  const joined = what === 'snps' ? substitutions : others
  const alone = records.filter((one) => !joined.includes(one)).map((one) => [one])
  // As bcftools writes them: what is not joined leaves first.
  return joined.length === 0 ? alone : [...alone, joined]
}
