import type { Phenoconversion } from '../interpret/finding.ts'
import type { Action, Effect, Population } from '../knowledge/guideline/guideline-rule.ts'
import type { Citation, PackRef } from '../terms/evidence.ts'

/** How much harm stands behind advice; orders the list and decides whether a prescriber is interrupted. */
export type Severity = 'critical' | 'warning' | 'info' | 'none'

/** A drug as advice names it. */
export interface NamedDrug {
  /** Lower-case generic name. */
  readonly name: string
  readonly rxcui: string | undefined
  readonly atc: readonly string[]
}

/** The gene result that a recommendation was looked up with. */
export interface GeneBasis {
  readonly gene: string
  /** "*2/*17", or the marker or phenotype that an outside laboratory sent. */
  readonly result: string
  readonly phenotype: string | undefined
  readonly activityScore: string | undefined
  /** Set when another drug the person takes changed the phenotype that was looked up. */
  readonly convertedBy: readonly Phenoconversion[]
}

/** One publisher's recommendation for one drug and this person. */
export interface Recommendation {
  readonly rule: string
  readonly source: 'CPIC' | 'DPWG' | 'FDA label' | 'FDA PGx table'
  readonly population: Population
  /** Whether the person is known to be in that population; "unknown" names what to find out in `asks`. */
  readonly applies: 'yes' | 'unknown'
  readonly asks: readonly string[]
  readonly basis: readonly GeneBasis[]
  /** True when only some of the genotypes that fit the data lead to this recommendation. */
  readonly ambiguous?: true
  readonly actions: readonly Action[]
  readonly effects: readonly Effect[]
  readonly strength: 'strong' | 'moderate' | 'optional' | 'none' | 'unspecified'
  readonly severity: Severity
  /** What to do, generated from the codes: short plain clinical English. */
  readonly doThis: string
  /** Why, generated from the codes. */
  readonly because: string
  /** Background, one sentence each, generated from the codes; left out when there is none. */
  readonly notes?: readonly string[]
  readonly citation: Citation
}

/** A published dose equation's answer, or what it lacks. */
export type DoseEstimate =
  | {
      readonly known: true
      readonly equation: string
      /** With a range, its lower end. */
      readonly value: number
      /** Where the publication gives a range, or a change of the result by a range of percentages. */
      readonly range?: { readonly from: number; readonly to: number }
      readonly unit: 'mg/week' | 'mg/day'
      readonly inputs: readonly { readonly name: string; readonly value: string }[]
      readonly notes: readonly string[]
      readonly citation: Citation
    }
  | {
      readonly known: false
      readonly equation: string
      readonly missing: readonly string[]
      readonly notes: readonly string[]
      readonly citation: Citation
    }

/** Everything known about one drug for one person: one answer, and the sources behind it. */
export interface DrugAdvice {
  readonly drug: NamedDrug
  readonly status: 'taking' | 'considered' | 'reference'
  /** One reconciled sentence for the ten-second reader. */
  readonly headline: string
  readonly severity: Severity
  /** answered: every gene of the guideline was known. partial: some were. unknown: none; nothing was guessed. no-guideline: no rule. */
  readonly state: 'answered' | 'partial' | 'unknown' | 'no-guideline'
  readonly recommendations: readonly Recommendation[]
  /** Whether the publishers agree on what to do. */
  readonly agreement: 'single' | 'agree' | 'differ'
  /** Where they differ, in a sentence. */
  readonly difference: string | undefined
  /** What was not known and would be needed: "CYP2C9: rs1799853 was not in the file". */
  readonly missing: readonly string[]
  /** What would change this answer. */
  readonly wouldChange: readonly string[]
  readonly dose: readonly DoseEstimate[]
  /** What the FDA says of genes for this drug that no recommendation above carries; left out when there is none. */
  readonly mentions?: readonly { readonly text: string; readonly url: string }[]
}

/** Two drugs and a gene: one drug changes the enzyme that the other needs. */
export interface DrugDrugGene {
  readonly affected: NamedDrug
  readonly by: NamedDrug
  readonly gene: string
  readonly severity: Severity
  readonly sentence: string
  readonly sources: readonly Phenoconversion['sources'][number][]
}

/** The answer of the whole journey for one person. */
export interface Plan {
  readonly patient: string | undefined
  readonly sample: string | undefined
  readonly engine: { readonly name: 'garrod'; readonly version: string }
  readonly facts: readonly PackRef[]
  /** Most harmful first; within the same severity by name. */
  readonly drugs: readonly DrugAdvice[]
  readonly interactions: readonly DrugDrugGene[]
  readonly notes: readonly string[]
}
