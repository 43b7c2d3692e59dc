import type { Facts } from '../knowledge/facts.ts'
import type { When } from '../knowledge/guideline/guideline-rule.ts'
import { guidelines } from '../knowledge/guideline/guidelines.ts'
import type { RuleCount } from '../store/cards/card-store.ts'

/** What became of the cards of a rule, with what the rule is about where it is still one of the installed guidelines. */
export interface CardCount extends RuleCount {
  /** "codeine: CYP2D6 activity score 0.0". */
  readonly about: string | undefined
}

/** Rules as people know them: an identifier of a publisher says nothing to who looks for cards that are always overridden. */
export function cardCounts(counts: readonly RuleCount[], facts: Facts): readonly CardCount[] {
  if (counts.length === 0) return []
  const abouts = new Map(
    guidelines(facts).rules.map(({ rule: { id, drugs, when } }) => {
      return [id, `${drugs.join(', ')}: ${when.map(whenWords).join(' and ')}`]
    }),
  )
  return counts.map((one) => ({ ...one, about: abouts.get(one.rule) }))
}

/** "CYP2D6 Poor Metabolizer", "CYP2D6 activity score 0.25 to 1.0", "CYP2D6, any of 5 results". */
function whenWords({ gene, basis, in: results }: When): string {
  if (results.length > 3 && basis === 'activityScore')
    return `${gene} activity score ${results[0]} to ${results.at(-1)}`
  if (results.length > 3) return `${gene}, any of ${results.length} results`
  return `${gene} ${basis === 'activityScore' ? 'activity score ' : ''}${results.join(' or ')}`
}
