import type { PackRef } from '../../terms/evidence.ts'
import type { Assembly, Chromosome } from '../../terms/genome.ts'

/** The five classes of ACMG/AMP 2015. */
export type AcmgClass = 'pathogenic' | 'likely-pathogenic' | 'uncertain' | 'likely-benign' | 'benign'

export const ACMG_CLASSES: readonly AcmgClass[] = [
  'pathogenic',
  'likely-pathogenic',
  'uncertain',
  'likely-benign',
  'benign',
]

/** How much one criterion weighs. Stand-alone is BA1's. */
export type Strength = 'stand-alone' | 'very-strong' | 'strong' | 'moderate' | 'supporting'

export const STRENGTHS: readonly Strength[] = [
  'stand-alone',
  'very-strong',
  'strong',
  'moderate',
  'supporting',
]

/** The 28 criteria of ACMG/AMP 2015 (Richards 2015, tables 3 and 4). */
export const CRITERION_CODES = [
  ...(['PVS1', 'PS1', 'PS2', 'PS3', 'PS4', 'PM1', 'PM2', 'PM3', 'PM4', 'PM5', 'PM6'] as const),
  ...(['PP1', 'PP2', 'PP3', 'PP4', 'PP5', 'BA1', 'BS1', 'BS2', 'BS3', 'BS4'] as const),
  ...(['BP1', 'BP2', 'BP3', 'BP4', 'BP5', 'BP6', 'BP7'] as const),
] as const
export type CriterionCode = (typeof CRITERION_CODES)[number]

/** One fact that a criterion rests on, and where it is from. */
export interface CriterionFact {
  /** "gnomAD v4.1 grpmax FAF 0.0000021", "affected segregations 4". */
  readonly what: string
  /** "gnomAD v4.1", "VCF INFO/CSQ", "PMID 30192042", "entered by the user". */
  readonly source: string
}

/** What became of one criterion. */
export interface Criterion {
  readonly code: CriterionCode
  /**
   * met: counts with `strength`. not-met: the evidence was there and does not suffice. not-assessed: evidence is missing.
   * not-used: the rule set does not use it, or another criterion speaks for the same evidence.
   */
  readonly state: 'met' | 'not-met' | 'not-assessed' | 'not-used'
  /** Of a criterion that is met. */
  readonly strength: Strength | undefined
  /** One short sentence. */
  readonly because: string
  readonly facts: readonly CriterionFact[]
  /** What would have to be known; empty unless not-assessed. */
  readonly missing: readonly string[]
}

/** A class, how it came out of the criteria, and what would change it. */
export interface Classification {
  readonly class: AcmgClass
  /** What decided: a clause of the table of 2015, the points, or a rule about contradicting evidence. */
  readonly decidedBy: {
    readonly method: 'table' | 'points' | 'rule'
    /** "pathogenic (i)(b)", "7 points", "strong-on-both-sides". */
    readonly clause: string
    readonly source: string
  }
  /** Evidence points of Tavtigian 2020; BA1 has none and is left out of the sum. */
  readonly points: number
  readonly criteria: readonly Criterion[]
  /** The panel whose way of combining was used; undefined: the general one. */
  readonly panel: { readonly id: string; readonly name: string; readonly basis: string } | undefined
  /** Of a panel whose specification in force is newer than the way above: the class by the newer one. */
  readonly byNewer?: { readonly class: AcmgClass; readonly clause: string; readonly specification: string }
  readonly ruleSet: PackRef
  /** Short sentences. */
  readonly why: readonly string[]
  /** "one more supporting pathogenic criterion makes it likely pathogenic". */
  readonly wouldChange: readonly string[]
}

/** The genotype as it matters for inheritance. */
export type Zygosity = 'heterozygous' | 'homozygous' | 'hemizygous' | 'heteroplasmic' | 'homoplasmic'

export interface GermlineVariant {
  readonly assembly: Assembly
  readonly chromosome: Chromosome
  /** 1-based, as VCF spells it. */
  readonly position: number
  readonly ref: string
  readonly alt: string
  readonly gene: string | undefined
  readonly transcript: string | undefined
  readonly hgvsC: string | undefined
  readonly hgvsP: string | undefined
  /** Sequence Ontology terms, most severe first; empty: the file says none. */
  readonly consequences: readonly string[]
}

/** How a genotype fits a way of inheritance, in one family. */
export interface InheritanceFit {
  readonly mode:
    | 'de-novo'
    | 'dominant'
    | 'recessive-homozygous'
    | 'compound-heterozygous'
    | 'x-linked'
    | 'y-linked'
    | 'mitochondrial'
    /** On the copy of the one parent whose copy of the gene is active. */
    | 'imprinted'
    /** One changed copy of a gene whose diseases are all recessive: no way of being ill by itself. */
    | 'carrier-state'
  /** sure: every member of the family that the rule asks for was seen and fits. possible: nothing contradicts, not all was seen. */
  readonly certainty: 'sure' | 'possible'
  readonly because: string
  /** The other variant of a compound heterozygote, "chr1:5 A>G". */
  readonly partner?: string
}

/** The class that others gave; it is told beside the criteria and counts in none of them (PP5 and BP6 are not used). */
export interface KnownClass {
  readonly by: 'ClinVar'
  /** undefined: the statements conflict, or speak of something else. */
  readonly class: AcmgClass | undefined
  readonly text: string
  /** Review status of ClinVar, 0 to 4 stars. */
  readonly stars: number
  readonly id: string | undefined
  /** The file says it of a record with several ALT, and not of which. */
  readonly ofSomeAlt?: true
}

/** Why a finding is told. */
export type GermlineRole = 'secondary' | 'carrier' | 'candidate' | 'classified'

/** One variant of one person, classified, with why it is told. */
export interface GermlineFinding {
  readonly kind: 'germline'
  readonly sample: string | undefined
  readonly variant: GermlineVariant
  readonly zygosity: Zygosity | undefined
  /** Alternative reads / all reads of a mitochondrial variant, 0..1. */
  readonly heteroplasmy?: number
  /** GT as written, reads and genotype quality (Phred) where given. */
  readonly call: {
    readonly genotype: string
    readonly filter: string
    readonly depth: number | undefined
    readonly quality: number | undefined
  }
  readonly classification: Classification
  readonly known: KnownClass | undefined
  readonly roles: readonly GermlineRole[]
  readonly inheritance: readonly InheritanceFit[]
  /** Other heterozygous variants of the gene that make no compound heterozygote with this one, and why; left out where there are none. */
  readonly notCompound?: readonly {
    readonly partner: string
    readonly phase: 'in-cis' | 'in-trans' | 'unknown'
    readonly because: string
  }[]
  /** Set where it lies on the copy of an imprinted gene that is not active: it is no cause in this person. */
  readonly onSilentCopy?: true
  /** Of a secondary finding: the diseases of the list, and whether what the list asks for was sure or possible. */
  readonly diseases: readonly {
    readonly name: string
    readonly mondo: string
    readonly inheritance: string
    readonly certainty: 'sure' | 'possible'
    readonly because: string
  }[]
  readonly why: readonly string[]
  readonly facts: readonly PackRef[]
}
