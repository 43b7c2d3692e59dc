/** What kind of change of a tumour's genome. */
export type AlterationKind = 'mutation' | 'copy-number' | 'fusion'

/** One change that a laboratory reported. What it did not say is left out, and is then unknown. */
export interface Alteration {
  readonly kind: AlterationKind
  /** HGNC symbol; empty where the report names it in free text only. */
  readonly gene: string
  /** Of a fusion: the other gene; null when the other side is intergenic. */
  readonly partner?: string | null
  /** "p.V600E", one-letter. */
  readonly proteinChange?: string
  /** MAF's word: Missense_Mutation, Frame_Shift_Del … */
  readonly classification?: string
  readonly exon?: number
  readonly copyNumber?: CopyNumber
  /** The specimen and files that say so, where it did not come as a resource of the record. */
  readonly source?: string
  /** The person was born with it, nobody says whether, or its call is doubtful: it settles no criterion about the tumour. */
  readonly origin?: 'unstated' | 'inherited' | 'doubtful'
}

export type CopyNumber =
  | 'high-amplification'
  | 'gain'
  | 'neutral'
  | 'heterozygous-deletion'
  | 'homozygous-deletion'

/** What a test could have seen: a gene outside of it was not tested, whatever the report does not list. */
export interface Assay {
  readonly name: string
  /** HGNC symbols, or all protein-coding genes. */
  readonly genes: ReadonlySet<string> | 'all'
  readonly finds: ReadonlySet<AlterationKind>
  /** Of plasma: what it finds is there, what it does not find may be there all the same. */
  readonly plasma?: true
}

/** A drug that was given. */
export interface Treatment {
  readonly drug: string
  /** Last day it was given, YYYY-MM-DD; absent when not known. */
  readonly until?: string
  /** It is still given. */
  readonly ongoing?: boolean
  /** It was given for advanced disease; left out: that is not known. */
  readonly forAdvanced?: true
}

/** One laboratory result. */
export interface LabResult {
  /** Name or LOINC code; compared as it is written, without regard to case. */
  readonly test: string
  readonly value: number
  /** The laboratory gave a limit, not a value: "less than 5". */
  readonly beyond?: '<' | '<=' | '>' | '>='
  /** UCUM, as the laboratory wrote it; empty where it has none. */
  readonly unit: string
  /** Upper limit of normal of that laboratory, in the same unit. */
  readonly upperLimit?: number
  /** YYYY-MM-DD. */
  readonly date?: string
}

/** As much as is known of it; degrees, WGS84. */
export interface Home {
  readonly position?: { readonly latitude: number; readonly longitude: number }
  readonly postalCode?: string
  readonly country?: string
}

/** One person as far as eligibility for trials goes. What is left out is unknown, never negative. */
export interface Candidate {
  readonly id: string
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly birthDate?: string
  readonly deceased?: boolean
  readonly sex?: 'female' | 'male'
  /** OncoTree code or name, as it was sent. */
  readonly diagnosis?: string
  readonly alterations: readonly Alteration[]
  readonly assays: readonly Assay[]
  /** Calls that their caller did not trust: they are not there, and their gene is not surely wild type. */
  readonly rejected?: readonly { readonly gene: string; readonly change: string; readonly filter: string }[]
  /** Results by marker: mismatch-repair, er, pr, her2 (equivocal: 2+ without hybridisation), apobec-signature … An array holds results that contradict. */
  readonly markers: Readonly<Record<string, string | readonly string[]>>
  /** Mutations per megabase, as the laboratory reported it. */
  readonly burden?: number
  readonly treatments?: readonly Treatment[]
  /** Everything this person was ever treated with is in `treatments`. */
  readonly treatmentsComplete: boolean
  readonly labs?: readonly LabResult[]
  /** ECOG performance status, 0 to 5. */
  readonly ecog?: number
  /** Karnofsky performance status, 0 to 100 in tens; looked at where there is no ECOG. */
  readonly karnofsky?: number
  /** Where the person lives. */
  readonly home?: Home
  /** Lines of systemic treatment for this disease so far. */
  readonly priorLines?: number
  /** Where the count is not known: there were as many at least. */
  readonly priorLinesAtLeast?: number
  /** Part of the record is not shown to whoever asks: what is missing may be there. */
  readonly partlyShown?: boolean
  /** The records as MatchMiner keeps them, where they came so. */
  readonly matchMiner?: MatchMinerPatient
}

/** A record with MatchMiner's field names: one row of a laboratory's or a clinic's table. */
export type MatchMinerRecord = Readonly<Record<string, unknown>>

/** One person as MatchMiner stores them: a clinical record and the records that belong to it. */
export interface MatchMinerPatient {
  readonly clinical: MatchMinerRecord
  readonly genomic: readonly MatchMinerRecord[]
  readonly treatments: readonly MatchMinerRecord[]
}
