import type { AlterationKind, CopyNumber } from '../../record/candidate.ts'
import type { Comparison } from './comparison.ts'

/**
 * The eligibility language: what must hold for a person to enter a trial. A criterion is met, not met or unknown
 * (Kleene's three values); nothing in it is true for want of information.
 */
export type Criterion = All | Any | Negation | Leaf

/** How a criterion was written in its source, so that it can be written so again. */
export interface Written {
  readonly label: string
  /** The values of a leaf; absent on "and" and "or". */
  readonly leaf?: Readonly<Record<string, unknown>>
}

/** Every one of them. None at all is no criterion: unknown, never vacuously met. */
export interface All {
  readonly kind: 'all'
  readonly of: readonly Criterion[]
  readonly written?: Written
}

export interface Any {
  readonly kind: 'any'
  readonly of: readonly Criterion[]
  readonly written?: Written
}

export interface Negation {
  readonly kind: 'not'
  readonly of: Criterion
  readonly written?: Written
}

export type Leaf = (
  | AgeLeaf
  | SexLeaf
  | DiagnosisLeaf
  | AlterationLeaf
  | WildTypeLeaf
  | MarkerLeaf
  | BurdenLeaf
  | TreatedLeaf
  | LabLeaf
  | PerformanceLeaf
  | LinesLeaf
  | AnythingLeaf
  | UnreadableLeaf
  | DraftLeaf
) & { readonly written?: Written }

/** Age in years, whose fraction counts whole months; or in whole days. */
export type AgeLeaf = { readonly kind: 'age'; readonly comparison: Comparison } & (
  | { readonly years: number; readonly days?: undefined }
  | { readonly years?: undefined; readonly days: number }
)

export interface SexLeaf {
  readonly kind: 'sex'
  readonly sex: 'female' | 'male'
}

/** A tumour type or anything narrower; `solid` and `liquid` are the two halves of the tree. */
export interface DiagnosisLeaf {
  readonly kind: 'diagnosis'
  /** As the trial writes it. */
  readonly name: string
  readonly in: 'solid' | 'liquid' | { readonly code: string } | { readonly names: ReadonlySet<string> }
}

/** A change in a gene; what is left out may be anything. All must hold of one reported change. */
export interface AlterationLeaf {
  readonly kind: 'alteration'
  readonly gene: string | 'any'
  readonly of: readonly AlterationKind[]
  readonly proteinChange?: string
  /** "p.V600": any other amino acid in this place; no stop, deletion or frameshift. */
  readonly residue?: string
  readonly classification?: string
  readonly exon?: number
  readonly copyNumber?: CopyNumber
  readonly partner?: string | 'any' | 'intergenic'
}

/** The gene was tested for mutations, and has none. */
export interface WildTypeLeaf {
  readonly kind: 'wild-type'
  readonly gene: string
}

/** A result that is one of a few words: mismatch-repair deficient, HER2 positive, APOBEC signature yes. */
export interface MarkerLeaf {
  readonly kind: 'marker'
  readonly marker: string
  readonly values: readonly string[]
}

export interface BurdenLeaf {
  readonly kind: 'burden'
  readonly comparison: Comparison
  /** Mutations per megabase. */
  readonly perMegabase: number
}

/** A drug that was given, at any time or within some days before today. */
export interface TreatedLeaf {
  readonly kind: 'treated'
  readonly drug: string
  readonly withinDays?: number
}

/** The newest result of a laboratory test, in a unit or in multiples of the laboratory's upper limit of normal. */
export interface LabLeaf {
  readonly kind: 'lab'
  readonly test: string
  readonly comparison: Comparison
  readonly value: number
  /** UCUM, or "ULN". Another unit than the result's is converted where that is exact; else the criterion is unknown. */
  readonly unit: string
  /** An older result does not count. */
  readonly withinDays?: number
}

/** ECOG performance status. */
export interface PerformanceLeaf {
  readonly kind: 'performance'
  readonly comparison: Comparison
  readonly ecog: number
}

/** Lines of systemic treatment so far. */
export interface LinesLeaf {
  readonly kind: 'lines'
  readonly comparison: Comparison
  readonly count: number
}

/** The trial says that it does not mind. */
export interface AnythingLeaf {
  readonly kind: 'anything'
  readonly about: string
}

/** A criterion that cannot be read: it is unknown for everybody, and never left out. */
export interface UnreadableLeaf {
  readonly kind: 'unreadable'
  readonly what: string
  readonly mend: string
}

/**
 * A criterion that a program read from free text. It is unknown for everybody until a person has signed what was read;
 * signing puts `reads` in its place.
 */
export interface DraftLeaf {
  readonly kind: 'draft'
  /** Of the side and the text: the same text keeps its id, a changed one loses its signature. */
  readonly id: string
  readonly side: 'inclusion' | 'exclusion' | 'unstated'
  readonly text: string
  /** What must hold of the person, exclusions turned around already; null where nothing was understood. */
  readonly reads: Criterion | null
  /** Parts of the text that `reads` says nothing about. */
  readonly rest: readonly string[]
}

export function unreadable(what: string, mend: string): UnreadableLeaf {
  return { kind: 'unreadable', what, mend }
}

/** The drafts that nobody signed. */
export function draftLeaves(criterion: Criterion): readonly DraftLeaf[] {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return criterion.of.flatMap(draftLeaves)
    case 'not':
      return draftLeaves(criterion.of)
    default:
      return criterion.kind === 'draft' ? [criterion] : []
  }
}

/** The leaves that cannot be read. */
export function unreadableLeaves(criterion: Criterion): readonly UnreadableLeaf[] {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return criterion.of.flatMap(unreadableLeaves)
    case 'not':
      return unreadableLeaves(criterion.of)
    default:
      return criterion.kind === 'unreadable' ? [criterion] : []
  }
}
