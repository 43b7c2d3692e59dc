import {
  ONCOGENICITY_CLASSES,
  type OncogenicityClass,
  type TumorFinding,
} from '../../../interpret/finding/tumor.ts'
import { effectOf, shortChange, tumorFinding } from '../../../interpret/tumor/tumor.ts'
import { acmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import { type OncogenicityFacts, oncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import { oncogenicityRules } from '../../../knowledge/tumor/oncogenicity-sop.ts'
import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import { packRefText } from '../../../terms/evidence.ts'
import { columns } from '../../command-line/columns.ts'
import type { Section, TumorCase } from './section.ts'

/** Classes of the variants in genes that something is known of. */
export interface OncogenicityAnswer {
  readonly counts: Readonly<Record<OncogenicityClass, number>>
  /** Most oncogenic first, then by points, then in the order of the files. */
  readonly variants: readonly TumorFinding[]
  /** Protein-changing variants in genes of which the packs and the user's tables say nothing: not classified. */
  readonly notClassified: { readonly count: number; readonly genes: readonly string[] }
}

const GENES_LISTED = 50

/** Oncogenicity by the ClinGen/CGC/VICC standard, of each variant that changes a protein or a known regulatory place. */
export const oncogenicitySection: Section<OncogenicityAnswer> = {
  name: 'oncogenicity',
  answer(tumor) {
    const { received, facts, diagnosis, hotspots, established } = tumor
    const evidence = oncogenicityFacts(facts)
    const [rules, scores] = [oncogenicityRules(facts), acmgCriteria(facts)]
    const findings: TumorFinding[] = []
    const others = new Set<string>()
    let notClassified = 0
    for (const variant of received.profile.variants) {
      const changes = !['none', 'synonymous', 'unknown'].includes(effectOf(variant).kind)
      if (!changes && !isListedPlace(variant, evidence)) continue
      if (!isRelevant(variant, tumor, evidence)) {
        notClassified++
        others.add(variant.gene ?? '?')
        continue
      }
      findings.push(
        tumorFinding(
          received.profile.sample,
          {
            variant,
            ...variant.annotation,
            ...(hotspots === undefined ? {} : { hotspots }),
            ...(established === undefined ? {} : { established }),
            ...(diagnosis.name === undefined ? {} : { malignancy: diagnosis.name }),
          },
          evidence,
          rules,
          scores,
        ),
      )
    }
    const counts = Object.fromEntries(
      ONCOGENICITY_CLASSES.map((one) => [one, findings.filter((f) => f.oncogenicity.class === one).length]),
    ) as Record<OncogenicityClass, number>
    return {
      counts,
      variants: findings
        .map((finding, place) => ({ finding, place }))
        .sort(
          (a, b) =>
            rank(a.finding) - rank(b.finding) ||
            b.finding.oncogenicity.points - a.finding.oncogenicity.points ||
            a.place - b.place,
        )
        .map(({ finding }) => finding),
      notClassified: { count: notClassified, genes: [...others].sort().slice(0, GENES_LISTED) },
    }
  },
  text({ variants, notClassified }) {
    const lines = ['Oncogenicity (ClinGen/CGC/VICC 2022)']
    if (variants.length === 0) lines.push('  no variant in a gene that something is known of')
    else
      lines.push(
        columns(
          variants.map(({ variant, oncogenicity }) => [
            '',
            nameOf(variant),
            oncogenicity.class.replace('-', ' '),
            `${oncogenicity.points} points`,
            oncogenicity.criteria
              .filter(({ state }) => state === 'met')
              .map(({ code }) => code)
              .join(' '),
            readsText(variant),
          ]),
        ),
      )
    if (notClassified.count > 0)
      lines.push(
        `  ${notClassified.count} more protein changes are in genes of which nothing is known here: not classified.`,
      )
    const [first] = variants
    if (first !== undefined)
      lines.push(
        `  Rules ${packRefText(first.oncogenicity.ruleSet)}. The codes of each, and what would change it: --json.`,
      )
    return lines.join('\n')
  },
  gaps: ({ variants }) =>
    variants.some(({ oncogenicity }) => oncogenicity.criteria.some(({ state }) => state === 'not-assessed')),
  packs: ({ variants: [first] }) => first?.facts ?? [],
}

/** A gene of the packs, or one that the user's tables count. */
function isRelevant(variant: SomaticVariant, tumor: TumorCase, evidence: OncogenicityFacts): boolean {
  const { gene } = variant
  if (gene === undefined) return isListedPlace(variant, evidence)
  const change = shortChange(variant)
  return (
    evidence.genes.has(gene) ||
    (tumor.established?.of(gene).length ?? 0) > 0 ||
    (change !== undefined && tumor.hotspots?.count(gene, change) !== undefined)
  )
}

/** A base change outside proteins that the packs name, such as those of the TERT promoter. */
function isListedPlace({ gene, place, assembly }: SomaticVariant, evidence: OncogenicityFacts): boolean {
  if (gene === undefined || place === undefined) return false
  return evidence
    .noncoding(gene)
    .some(
      (rule) =>
        rule.assembly === assembly &&
        rule.position === `${place.chromosome}:${place.position}` &&
        rule.ref === place.ref &&
        rule.alt === place.alt,
    )
}

function rank({ oncogenicity }: TumorFinding): number {
  return ONCOGENICITY_CLASSES.indexOf(oncogenicity.class)
}

/** "KRAS G12D"; the place where the protein has no name. */
export function nameOf(variant: SomaticVariant): string {
  const { place } = variant
  return [
    variant.gene ?? '?',
    shortChange(variant) ??
      variant.hgvsP?.replace(/^.*p\./, '') ??
      (place === undefined
        ? variant.consequences.join('&')
        : `${place.chromosome}:${place.position} ${place.ref}>${place.alt}`),
  ].join(' ')
}

function readsText({ tumor }: SomaticVariant): string {
  if (tumor?.fraction === undefined) return ''
  return `${Math.round(tumor.fraction * 100)} %${tumor.depth === undefined ? '' : ` of ${tumor.depth} reads`}`
}
