import type { NoncodingRule, OncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import type { SomaticVariant } from '../../../record/tumor-profile.ts'

/** Rules for exactly this base change outside the protein (TERT promoter). */
function noncodingRules(variant: SomaticVariant, facts: OncogenicityFacts): readonly NoncodingRule[] {
  const { gene, place, assembly } = variant
  if (gene === undefined || place === undefined) return []
  return facts
    .noncoding(gene)
    .filter(
      (rule) =>
        rule.assembly === assembly &&
        rule.position === `${place.chromosome}:${place.position}` &&
        rule.ref === place.ref &&
        rule.alt === place.alt,
    )
}

/** The rule for one code, if the change has one. */
export function noncodingRule(
  variant: SomaticVariant,
  code: string,
  facts: OncogenicityFacts,
): NoncodingRule | undefined {
  return noncodingRules(variant, facts).find((rule) => rule.code === code)
}
