import type { ProteinPlaces } from '../../../knowledge/tumor/protein-places.ts'
import type { EvidenceItem, EvidenceProfile, TumorEvidence } from '../../../knowledge/tumor/tumor-evidence.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Category } from '../category.ts'
import { matchCategory } from '../match-category.ts'
import { readCategory } from '../read-category.ts'
import type { Alteration } from './alterations.ts'

/** Something that knowledge speaks of: a category and the genes in it. */
export interface Known<T> {
  readonly what: T
  readonly category: Category
  readonly genes: readonly string[]
}

/** A record of knowledge that this tumour meets, and through what. */
export interface Met<T> {
  readonly known: Known<T>
  /** Alterations that make it so; empty: the profile as a whole does, such as a gene without mutation. */
  readonly by: readonly Alteration[]
  /** It is met by what is not there: "KRAS wild type". */
  readonly absence: boolean
}

/** A record that may apply: an alteration of its gene is there, and something has to be known of it. */
export interface Open<T> {
  readonly known: Known<T>
  readonly missing: readonly string[]
  /** All that is missing is a test. */
  readonly untested: boolean
}

/** A profile of the source with its evidence. */
export interface ProfileKnowledge {
  readonly profile: EvidenceProfile
  readonly items: readonly EvidenceItem[]
}

const READ = new WeakMap<TumorEvidence, readonly Known<ProfileKnowledge>[]>()

/** Every profile that is read as a category, with its evidence; read once. */
export function knownProfiles(evidence: TumorEvidence): readonly Known<ProfileKnowledge>[] {
  const done = READ.get(evidence)
  if (done !== undefined) return done
  const items = Map.groupBy(evidence.items, ({ profile }) => profile.id)
  const read = evidence.profiles.flatMap((profile) => {
    const of = items.get(profile.id)
    return of === undefined || profile.category === ''
      ? []
      : [known({ profile, items: of }, profile.category, profile.id)]
  })
  READ.set(evidence, read)
  return read
}

/** Throws plainly where the text is no category: it is a defect of the pack. */
export function known<T>(what: T, text: string, where: string): Known<T> {
  try {
    const category = readCategory(text, where)
    return { what, category, genes: [...new Set(genesAsked(category))] }
  } catch (error) {
    throw error instanceof Fault ? new Error(`${where}: ${error.what}`) : error
  }
}

/** Genes whose alterations can decide the category; HER2 is a protein that the copies of its gene may tell of. */
function genesAsked(category: Category): readonly string[] {
  switch (category.kind) {
    case 'and':
    case 'or':
      return category.of.flatMap(genesAsked)
    case 'not':
      return genesAsked(category.of)
    case 'fusion':
      return category.partner === undefined ? [category.gene] : [category.gene, category.partner]
    case 'protein':
      return category.protein === 'HER2' ? ['ERBB2'] : []
    default:
      return 'gene' in category ? [category.gene] : []
  }
}

/**
 * What of the knowledge the tumour meets. An alteration meets it when the category is met with it alone, and not without
 * any; the whole profile has to meet it too, so that "not beside that" holds.
 */
export function meets<T>(
  profile: TumorProfile,
  alterations: readonly Alteration[],
  all: readonly Known<T>[],
  places: ProteinPlaces,
): { readonly met: readonly Met<T>[]; readonly open: readonly Open<T>[] } {
  const byGene = new Map<string, Alteration[]>()
  for (const one of alterations)
    for (const gene of one.genes) byGene.set(gene, [...(byGene.get(gene) ?? []), one])
  const none = { ...profile, variants: [], copyNumbers: [], fusions: [] }
  const empty = { ...none, markers: [] }
  const tested = { ...profile, covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' } } as const
  const met: Met<T>[] = []
  const open: Open<T>[] = []
  for (const one of all) {
    const near = one.genes.flatMap((gene) => byGene.get(gene) ?? [])
    const whole = matchCategory(
      near.length === 0 ? none : withGenes(profile, one.genes),
      one.category,
      places,
    )
    if (whole.state === 'met') {
      const without = matchCategory(none, one.category, places).state === 'met'
      const by = without
        ? []
        : near.filter(({ alone }) => matchCategory(alone, one.category, places).state === 'met')
      const absence = without && matchCategory(empty, one.category, places).state === 'met'
      met.push({ known: one, by: [...new Set(by)], absence })
    } else if (whole.state === 'unknown' && near.some((alteration) => !alteration.silent)) {
      const untested = matchCategory(withGenes(tested, one.genes), one.category, places).state !== 'unknown'
      open.push({ known: one, missing: whole.missing, untested })
    }
  }
  return { met, open }
}

/** The profile with the results of these genes alone; what was covered stays. */
function withGenes(profile: TumorProfile, genes: readonly string[]): TumorProfile {
  const has = (gene: string | undefined) => gene !== undefined && genes.includes(gene)
  return {
    ...profile,
    variants: profile.variants.filter(({ gene }) => has(gene)),
    copyNumbers: profile.copyNumbers.filter(({ gene }) => has(gene)),
    fusions: profile.fusions.filter(({ five, three }) => has(five) || has(three)),
  }
}
