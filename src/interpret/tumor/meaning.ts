import { acmgCriteria } from '../../knowledge/acmg/criteria.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import { oncogenicityFacts } from '../../knowledge/tumor/oncogenicity-evidence.ts'
import { oncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import { proteinPlaces } from '../../knowledge/tumor/protein-places.ts'
import { therapyHarm } from '../../knowledge/tumor/therapy-harm.ts'
import { tumorEvidence } from '../../knowledge/tumor/tumor-evidence.ts'
import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import { tumorFinding } from './assess.ts'
import { type CategoryLeaf, leavesOf } from './category.ts'
import { effectOf, inUsualNumbering, shortChange } from './evidence.ts'
import { readCategory } from './read-category.ts'
import { fitsSmall, type SmallCategory } from './small-variant-fit.ts'

type Meaning = NonNullable<SomaticVariant['meaning']>

/** Patterns narrow enough to speak of the change itself, and not only of its gene. */
const NARROW: readonly string[] = ['change', 'residue', 'exon', 'internal-duplication']

/**
 * The profile with what is known of each change: "EGFR mutation" of a label means one that alters the protein's work, not a
 * polymorphism and not a change of which nobody knows. Known: oncogenic by the standard, or named by a label, a resistance
 * or evidence on treatment. Throws FACTS_*.
 */
export function withMeaning(profile: TumorProfile, facts: Facts): TumorProfile {
  const done = facts.derived('meaning of variants', () => new WeakMap<SomaticVariant, SomaticVariant>())
  const meant = (variant: SomaticVariant): SomaticVariant => {
    if (variant.meaning !== undefined || variant.gene === undefined) return variant
    const found = done.get(variant) ?? { ...variant, meaning: meaningOf(variant, variant.gene, facts) }
    done.set(variant, found)
    return found
  }
  const { variants, rejected } = profile
  const { genes } = knowledge(facts)
  return {
    ...profile,
    variants: variants.map(meant),
    // There may be ten thousands of these: of genes that no knowledge names they matter to nothing.
    ...(rejected === undefined
      ? {}
      : {
          rejected: rejected.map((one) =>
            genes.has(one.variant.gene ?? '') ? { ...one, variant: meant(one.variant) } : one,
          ),
        }),
  }
}

function meaningOf(variant: SomaticVariant, gene: string, facts: Facts): Meaning {
  if (variant.called !== undefined) return variant.called === 'harmful' ? 'known' : 'harmless'
  const evidence = oncogenicityFacts(facts)
  const change = shortChange(inUsualNumbering(variant, evidence.usual))
  if (change !== undefined && evidence.common(gene, change) !== undefined) return 'harmless'
  const { oncogenicity } = tumorFinding(
    undefined,
    { variant, ...variant.annotation },
    evidence,
    oncogenicityRules(facts),
    acmgCriteria(facts),
  )
  if (/benign/.test(oncogenicity.class)) return 'harmless'
  if (/oncogenic/.test(oncogenicity.class)) return 'known'
  const places = proteinPlaces(facts)
  const named = (knowledge(facts).narrow.get(gene) ?? []).some(
    (pattern) => fitsSmall(variant, pattern, places) === true,
  )
  // The loss of a gene's product is an effect that is known, in whatever gene; whether it matters is the label's question.
  return named || effectOf(variant).kind === 'null' ? 'known' : 'uncertain'
}

/** What labels, resistance and evidence on treatment name: its genes, and by gene the patterns narrow enough to name a change. */
function knowledge(facts: Facts): {
  readonly genes: ReadonlySet<string>
  readonly narrow: ReadonlyMap<string, readonly SmallCategory[]>
} {
  return facts.derived('narrow patterns of knowledge', () => {
    const treated = new Set(
      tumorEvidence(facts).items.flatMap(({ type, direction, profile }) =>
        type === 'therapeutic' && direction === 'supports' ? [profile] : [],
      ),
    )
    const texts = [
      ...approvals(facts).all.map(({ biomarker, id }) => [biomarker, id] as const),
      ...therapyHarm(facts).resistance.map(({ biomarker }) => [biomarker, 'resistance'] as const),
      ...[...treated].map(({ category, id }) => [category, id] as const),
    ].filter(([text]) => text !== '')
    const leaves = texts.flatMap(([text, where]) => leavesOf(readCategory(text, where)))
    return {
      genes: new Set(leaves.flatMap((one) => ('gene' in one ? [one.gene] : []))),
      narrow: Map.groupBy(leaves.filter(isNarrow), ({ gene }) => gene),
    }
  })
}

function isNarrow(leaf: CategoryLeaf): leaf is SmallCategory {
  return NARROW.includes(leaf.kind)
}
