import type { Facts } from '../../knowledge/facts.ts'
import { type Approval, type Approvals, approvals } from '../../knowledge/tumor/approvals.ts'
import { partsOf } from '../../knowledge/tumor/combination.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { proteinPlaces } from '../../knowledge/tumor/protein-places.ts'
import { type Resistance, therapyHarm } from '../../knowledge/tumor/therapy-harm.ts'
import type { TumorProfile } from '../../record/tumor-profile.ts'
import type { ResistanceFound, TherapyFinding } from '../finding/therapy.ts'
import { variantName } from './amp/alterations.ts'
import type { Category, CategoryMatch } from './category.ts'
import { documentedTest } from './documented-test.ts'
import { faintText, faintVariants, percent, withoutFaint } from './faint.ts'
import { judgeAll } from './label-disease.ts'
import { matchCategory } from './match-category.ts'
import { discordantReadings } from './match-marker.ts'
import { withMeaning } from './meaning.ts'
import { readCategory } from './read-category.ts'
import { reversions } from './reversion.ts'

interface Labels {
  readonly book: Approvals
  readonly approvals: readonly {
    readonly approval: Approval
    readonly category: Category
  }[]
  readonly resistance: readonly { readonly rule: Resistance; readonly category: Category }[]
}

/** Approvals and alterations that speak against them, with their categories read once. */
export function labelsOf(facts: Facts): Labels {
  return facts.derived('approvals as categories', () => {
    const book = approvals(facts)
    return {
      book,
      approvals: book.all.map((approval) => ({
        approval,
        category: readCategory(approval.biomarker, approval.id),
      })),
      resistance: therapyHarm(facts).resistance.map((rule) => ({
        rule,
        category: readCategory(rule.biomarker, rule.drugs.join(', ')),
      })),
    }
  })
}

/**
 * Every approved indication beside one tumour: biomarker, disease, test and resistance, each by itself. `code` is an OncoTree
 * code, or the types that a diagnosis holds; undefined leaves the disease unknown. Nothing is left out but approvals that `asked` does not ask for: what is not met
 * says why.
 */
export function therapyFindings(
  given: TumorProfile,
  code: string | readonly string[] | undefined,
  facts: Facts,
  asked: (approval: Approval) => boolean = () => true,
): readonly TherapyFinding[] {
  const labels = labelsOf(facts)
  const profile = withMeaning(given, facts)
  const [tree, places, harm] = [oncoTree(facts), proteinPlaces(facts), therapyHarm(facts)]
  const conditions = labelConditions(facts)
  const asIfReal = withRejected(profile)
  const firm = withoutFaint(profile)
  const against = labels.resistance.flatMap(({ rule, category }): readonly Against[] => {
    const match = matchCategory(profile, category, places)
    if (match.state === 'met') {
      const isFaint = firm !== undefined && matchCategory(firm, category, places).state !== 'met'
      const doubt = isFaint ? faintText(profile, match.because).join(', ') : undefined
      return [{ rule, found: match.because, ...(doubt === undefined ? {} : { doubt }) }]
    }
    const supposed = asIfReal === undefined ? match : matchCategory(asIfReal, category, places)
    return supposed.state === 'met'
      ? [
          {
            rule,
            found: supposed.because,
            doubt: `${supposed.because.join(', ')} was called and failed a filter`,
          },
        ]
      : []
  })
  return labels.approvals.flatMap(({ approval, category }) => {
    if (!asked(approval)) return []
    const biomarker = unlessFaint(profile, firm, category, matchCategory(profile, category, places), places)
    return {
      kind: 'therapy',
      approval,
      biomarker,
      disease: judgeAll(approval.disease, code, tree),
      test: documentedTest(approval, profile),
      resistance: against.flatMap(({ rule, found, doubt }) =>
        doubt === undefined && speaksAgainst(rule, found, approval, biomarker)
          ? [resistanceFound(rule, found, profile)]
          : [],
      ),
      doubts:
        biomarker.state === 'met'
          ? [
              ...doubtsOf(profile, biomarker.because),
              ...against.flatMap(({ rule, found, doubt }) =>
                doubt !== undefined && speaksAgainst(rule, found, approval, biomarker)
                  ? [`${doubt}; were it real: ${rule.because}`]
                  : [],
              ),
            ]
          : [],
      boxed: treatmentOf(approval).flatMap((name) => harm.boxed(name)),
      isBoxKnown: harm.isBoxKnown(approval.drug),
      cautions: treatmentOf(approval).flatMap((name) => conditions.cautions(name)),
      earlier: conditions.earlier(approval.id),
      facts: [labels.book.pack, conditions.pack],
    }
  })
}

/** A change that speaks against drugs. */
interface Against {
  readonly rule: Resistance
  readonly found: readonly string[]
  /** Why it may not be there: its caller did not trust it, or the assay does not find so few reads reliably. */
  readonly doubt?: string
}

/** What only reads below the limit of the assay exclude is not excluded: a label's "wild type" is by a test that would not have told them. */
function unlessFaint(
  profile: TumorProfile,
  firm: TumorProfile | undefined,
  category: Category,
  found: CategoryMatch,
  places: ReturnType<typeof proteinPlaces>,
): CategoryMatch {
  if (firm === undefined || found.state !== 'not-met') return found
  const faint = faintText(profile, faintVariants(profile).map(variantName))
  const rest = matchCategory(firm, category, places)
  if (rest.state === 'not-met') return found
  return { state: 'unknown', because: [], missing: [...faint, ...rest.missing] }
}

/** The profile as if every rejected call in a gene that something is known of were real; undefined: there is none. */
function withRejected({ rejected = [], variants, ...rest }: TumorProfile): TumorProfile | undefined {
  const supposed = rejected.flatMap(({ variant }) => (variant.meaning === 'known' ? [variant] : []))
  return supposed.length === 0 ? undefined : { ...rest, variants: [...variants, ...supposed] }
}

/** The drug, the parts of a fixed combination, and what every combination gives it with: all of it is taken. */
function treatmentOf({ drug, regimens }: Approval): readonly string[] {
  const [first = [], ...others] = regimens
  const always = first.filter((name) => others.every((one) => one.includes(name)))
  return [...new Set([drug, ...partsOf(drug), ...always])]
}

/** A change that the label itself asks for does not speak against the drug: KRAS G12C and panitumumab beside sotorasib. */
function speaksAgainst(
  rule: Resistance,
  found: readonly string[],
  { drug, regimens, disease }: Approval,
  biomarker: CategoryMatch,
): boolean {
  const hit = (name: string) => rule.drugs.includes(name)
  // A partner that every combination needs counts like the drug itself: erlotinib beside ramucirumab.
  if (!hit(drug) && !regimens.every((one) => one.some(hit))) return false
  if (rule.disease !== undefined && rule.disease !== disease.key) return false
  return biomarker.state !== 'met' || !found.every((one) => biomarker.because.includes(one))
}

/** Why what met the biomarker may not hold. */
function doubtsOf(profile: TumorProfile, because: readonly string[]): readonly string[] {
  return [...faintText(profile, because), ...discordance(profile, because), ...reversions(profile, because)]
}

function discordance(profile: TumorProfile, because: readonly string[]): readonly string[] {
  return discordantReadings(profile).flatMap((pair) => {
    const used = pair.find((one) => because.includes(one))
    return used === undefined
      ? []
      : [
          `${used}, but ${pair[0] === used ? pair[1] : pair[0]}: the two should agree; repeat one, or do the third test (immunohistochemistry, PCR, sequencing)`,
        ]
  })
}

/** With the reads that show it: a change in one of three hundred reads is weighed by whoever reads this, not by a number of ours. */
function resistanceFound(
  { effect, because, pmids, checked }: Resistance,
  found: readonly string[],
  { variants, assay }: TumorProfile,
): ResistanceFound {
  const reads = variants.flatMap((variant) => {
    const { fraction, depth } = variant.tumor ?? {}
    return fraction === undefined || !found.includes(variantName(variant))
      ? []
      : [
          `${percent(fraction)} of ${depth ?? 'its'} reads${fraction < FEW && assay?.detectionLimit === undefined ? ', and nobody says how few the assay finds reliably' : ''}`,
        ]
  })
  const seen = reads.length === 0 ? '' : `; seen in ${[...new Set(reads)].join(', ')}`
  return { effect, found, because: `${because}${seen}`, pmids, checked }
}

/** Share of reads below which it matters what the assay finds. It decides nothing: it is only said. */
const FEW = 0.05
