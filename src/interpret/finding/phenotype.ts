import type { PackRef } from '../../terms/evidence.ts'
import type { HpoId } from '../../terms/ids.ts'

/** An HPO term by id and name of the release in use. */
export interface NamedTerm {
  readonly id: HpoId
  readonly name: string
}

/**
 * What the annotations of a disease state about how often people with it have a feature.
 * counted: people seen with it, of those looked at, over all papers. said: the share that words or a percentage span, 0..1, both
 * ends included. unstated: the feature is annotated, and nobody wrote how often.
 */
export type StatedFrequency =
  | { readonly kind: 'counted'; readonly having: number; readonly counted: number }
  | { readonly kind: 'said'; readonly least: number; readonly most: number }
  | { readonly kind: 'unstated' }

/** How often people with a disease have a feature: what the calculation took, and what it stands on. */
export interface FeatureFrequency {
  /** 0..1, as the calculation took it: a count drawn towards one half by one person, the middle of a band, 0.5 where unstated. */
  readonly frequency: number
  readonly stated: StatedFrequency
  /** The narrower feature of the disease that the statement is about; undefined where it is about the term itself. */
  readonly statedFor: NamedTerm | undefined
}

/** What one term of the person says about one disease; no frequency where the annotations name neither it nor a narrower one. */
export interface TermSaying extends NamedTerm, Partial<FeatureFrequency> {
  readonly state: 'observed' | 'excluded'
  /** nothing: the annotations do not speak of it, or it is as common in the disease as in any. */
  readonly says: 'for' | 'against' | 'nothing'
  /**
   * ln of how much more (or less) likely the term is in this disease than in any disease of the catalogue; what diseases
   * of its name, its gene or a like profile have is counted in.
   */
  readonly weight: number
  /** The disease that lends the term most, where its own annotations alone would say much less for it. */
  readonly lentBy: { readonly id: string; readonly name: string } | undefined
  /** The feature of the disease that is nearest to the term. */
  readonly nearest: NamedTerm | undefined
  /** Where the annotation of the nearest feature comes from, e.g. "PMID:20301345", "OMIM:154700". */
  readonly references: readonly string[]
}

/** A typical feature of a disease that nobody said was there or was not. */
export interface NotAsked extends NamedTerm, FeatureFrequency {}

export interface RankedDisease {
  readonly rank: number
  /** "OMIM:154700". */
  readonly id: string
  readonly name: string
  readonly genes: readonly string[]
  /** 0..1, over all diseases of the catalogue and none of them. */
  readonly probability: number
  /** Given for the first diseases only. */
  readonly terms?: readonly TermSaying[]
  readonly notAsked?: readonly NotAsked[]
  /** What the whole profile adds, beside the single terms: feature of the model and its share of the score. */
  readonly profile?: readonly { readonly feature: string; readonly value: number; readonly score: number }[]
}

/** A gene with a candidate variant, and how well its diseases and its variants fit. */
export interface RankedGene {
  readonly rank: number
  readonly symbol: string
  /** 0..1, among the genes that were given, if one of them is the cause. */
  readonly probability: number
  /** The disease of the gene that fits best; undefined where the catalogue has none. */
  readonly disease: { readonly id: string; readonly name: string } | undefined
  readonly why: readonly string[]
}

/** Two diseases that together explain what neither does alone. */
export interface DualDiagnosis {
  readonly diseases: readonly [
    first: { readonly id: string; readonly name: string },
    second: { readonly id: string; readonly name: string },
  ]
  readonly explainedByFirst: readonly NamedTerm[]
  readonly explainedBySecondOnly: readonly NamedTerm[]
  readonly unexplained: readonly NamedTerm[]
}

/** A question whose answer would move the probabilities most. */
export interface Question extends NamedTerm {
  /** Expected gain, in bits. */
  readonly gain: number
  readonly ifPresent: { readonly id: string; readonly name: string; readonly probability: number }
  readonly ifAbsent: { readonly id: string; readonly name: string; readonly probability: number }
  /** The diseases in question that the term is annotated for, the more probable first. */
  readonly annotated: readonly DiseaseFrequency[]
}

/** How often people with one of several diseases have a feature. */
export interface DiseaseFrequency extends FeatureFrequency {
  readonly id: string
  readonly name: string
}

/**
 * Leading diseases that the features do not tell apart: all that are at least half as probable as the first, and those in
 * which the features are likeliest by the annotated frequencies alone.
 */
export interface Undecided {
  /** At most eight, the more probable first. `annotated`: how many features the annotations name for it. */
  readonly diseases: readonly {
    readonly id: string
    readonly name: string
    readonly genes: readonly string[]
    readonly leads: 'by-ranking' | 'by-annotations' | 'by-both'
    readonly annotated: number
  }[]
  /** How many more there are. */
  readonly more: number
  /** Observed features that the annotations name for some of them only, the most telling first. */
  readonly between: readonly (NamedTerm & { readonly having: readonly DiseaseFrequency[] })[]
  /** What to look for; a disease with few annotated features is not held to those it does not name. */
  readonly settling: readonly Question[]
  /** Whether the gene with the causal variant names the disease: of all, of some, of none of them. */
  readonly byGene: 'all' | 'some' | 'none'
}

/** Which diseases fit what was seen in one person. */
export interface PhenotypeFinding {
  readonly kind: 'phenotype'
  readonly observed: readonly NamedTerm[]
  readonly excluded: readonly NamedTerm[]
  /** Terms that were given and not used, or used under another id. */
  readonly remarks: readonly { readonly term: string; readonly code: string; readonly what: string }[]
  /** 0..1: that the disease is one the catalogue has. */
  readonly inCatalogue: number
  readonly verdict: 'likely' | 'possible' | 'unclear' | 'probably-not-in-catalogue' | 'nothing-to-rank'
  /** Most probable first. */
  readonly diseases: readonly RankedDisease[]
  /** Undefined where one disease leads alone. */
  readonly undecided: Undecided | undefined
  /** Empty where no candidate genes were given. */
  readonly genes: readonly RankedGene[]
  readonly dual: readonly DualDiagnosis[]
  readonly questions: readonly Question[]
  readonly why: readonly string[]
  readonly facts: readonly PackRef[]
}
