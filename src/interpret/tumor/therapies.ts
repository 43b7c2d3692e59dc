import type { Facts } from '../../knowledge/facts.ts'
import { type Approval, type Approvals, approvals } from '../../knowledge/tumor/approvals.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { type ProteinPlaces, proteinPlaces } from '../../knowledge/tumor/protein-places.ts'
import { type Resistance, therapyHarm } from '../../knowledge/tumor/therapy-harm.ts'
import type { RejectedCall, TumorProfile } from '../../record/tumor-profile.ts'
import type { ResistanceFound, TherapyFinding } from '../finding/therapy.ts'
import { variantName } from './amp/alterations.ts'
import { type Category, type CategoryMatch, leavesOf } from './category.ts'
import { documentedTest } from './documented-test.ts'
import { judgeAll } from './label-disease.ts'
import { matchCategory } from './match-category.ts'
import { discordantReadings } from './match-marker.ts'
import { withMeaning } from './meaning.ts'
import { readCategory } from './read-category.ts'

interface Labels {
  readonly book: Approvals
  readonly approvals: readonly {
    readonly approval: Approval
    readonly category: Category
    readonly genes: ReadonlySet<string>
  }[]
  readonly resistance: readonly { readonly rule: Resistance; readonly category: Category }[]
}

/** Approvals and alterations that speak against them, with their categories read once. */
export function labelsOf(facts: Facts): Labels {
  return facts.derived('approvals as categories', () => {
    const book = approvals(facts)
    return {
      book,
      approvals: book.all.map((approval) => {
        const category = readCategory(approval.biomarker, approval.id)
        return { approval, category, genes: genesOf(category) }
      }),
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
  const against = labels.resistance.flatMap(({ rule, category }) => {
    const match = matchCategory(profile, category, places)
    return match.state === 'met' ? [{ rule, found: match.because }] : []
  })
  const suspected = suspectedAmong(given, labels, facts)
  return labels.approvals.flatMap(({ approval, category, genes }) => {
    if (!asked(approval)) return []
    const biomarker = matchCategory(profile, category, places)
    return {
      kind: 'therapy',
      approval,
      biomarker,
      disease: judgeAll(approval.disease, code, tree),
      test: documentedTest(approval, profile),
      resistance: against.flatMap(({ rule, found }) =>
        speaksAgainst(rule, found, approval, biomarker) ? [resistanceFound(rule, found)] : [],
      ),
      doubts:
        biomarker.state === 'met'
          ? [
              ...doubtsOf(profile, biomarker.because),
              ...untrusted(
                profile,
                category,
                suspected.filter(({ variant }) => genes.has(variant.gene ?? '')),
                places,
              ),
            ]
          : [],
      boxed: treatmentOf(approval).flatMap((name) => harm.boxed(name)),
      cautions: treatmentOf(approval).flatMap((name) => conditions.cautions(name)),
      earlier: conditions.earlier(approval.id),
      facts: [labels.book.pack, conditions.pack],
    }
  })
}

/** The drug, the parts of a fixed combination, and what every combination gives it with: all of it is taken. */
function treatmentOf({ drug, regimens }: Approval): readonly string[] {
  const [first = [], ...others] = regimens
  const always = first.filter((name) => others.every((one) => one.includes(name)))
  return [...new Set([drug, ...drug.split(/, | and /), ...always])]
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

function genesOf(category: Category): ReadonlySet<string> {
  return new Set(leavesOf(category).flatMap((one) => ('gene' in one ? [one.gene] : [])))
}

/** Rejected calls in genes of labels that would matter if they were real. */
function suspectedAmong(
  { rejected = [], ...profile }: TumorProfile,
  { approvals: all }: Labels,
  facts: Facts,
): readonly RejectedCall[] {
  if (rejected.length === 0) return []
  const genes = new Set(all.flatMap((one) => [...one.genes]))
  const inLabels = rejected.filter(({ variant }) => genes.has(variant.gene ?? ''))
  const { variants } = withMeaning({ ...profile, variants: inLabels.map(({ variant }) => variant) }, facts)
  return inLabels.flatMap(({ filter }, at) =>
    variants[at]!.meaning === 'known' ? [{ variant: variants[at]!, filter }] : [],
  )
}

/** A gene without a trusted call is not surely wild type: rejected calls that would turn the biomarker are doubts. */
function untrusted(
  profile: TumorProfile,
  category: Category,
  suspected: readonly RejectedCall[],
  places: ProteinPlaces,
): readonly string[] {
  return suspected.flatMap(({ variant, filter }) => {
    const turned = matchCategory({ ...profile, variants: [...profile.variants, variant] }, category, places)
    if (turned.state === 'met') return []
    const { fraction, depth } = variant.tumor ?? {}
    const reads = fraction === undefined ? '' : `, ${percent(fraction)} of ${depth ?? 'its'} reads`
    return [
      `${variantName(variant)} was called and failed the filter ${filter}${reads}: were it real, the biomarker would not be met`,
    ]
  })
}

/** Why what met the biomarker may not hold. */
function doubtsOf(profile: TumorProfile, because: readonly string[]): readonly string[] {
  return [...fewReads(profile, because), ...discordance(profile, because)]
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

function fewReads({ variants, assay }: TumorProfile, because: readonly string[]): readonly string[] {
  const limit = assay?.detectionLimit
  if (limit === undefined) return []
  return variants.flatMap((variant) => {
    const fraction = variant.tumor?.fraction
    const name = variantName(variant)
    return fraction !== undefined && fraction < limit && because.includes(name)
      ? [
          `${name} is in ${percent(fraction)} of reads, below what the assay finds reliably (${percent(limit)})`,
        ]
      : []
  })
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`
}

function resistanceFound(
  { effect, because, pmids, checked }: Resistance,
  found: readonly string[],
): ResistanceFound {
  return { effect, found, because, pmids, checked }
}
