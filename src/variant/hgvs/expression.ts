/** What an expression counts along: genomic, mitochondrial, circular, coding DNA, non-coding DNA, RNA, protein. */
export type MoleculeType = 'g' | 'm' | 'o' | 'c' | 'n' | 'r' | 'p'

/**
 * A nucleotide position as HGVS counts, 1-based and without a zero: c.-14, c.88+1, c.*46, g.123.
 * Source: HGVS Nomenclature 21.0, "Numbering".
 */
export interface Position {
  /** `stop`: counted from the first base after the stop codon ("*46"). */
  readonly from: 'start' | 'stop'
  /** Negative before the start codon; undefined for "?". */
  readonly base: number | undefined
  /** Bases into the intron, 0 in an exon; +Infinity and -Infinity stand for "+?" and "-?". */
  readonly offset: number
}

/** A position that lies somewhere between two others, "(4_6)"; an end may be "?". */
export interface UncertainPosition {
  readonly earliest: Position
  readonly latest: Position
}

export type Place = Position | UncertainPosition

/** [start, end], both included; of one position when start and end are the same. */
export interface Interval {
  readonly start: Place
  readonly end: Place
  /** "(1_10)": somewhere in there. */
  readonly uncertain: boolean
}

/** How often a unit stands there: a number, or somewhere in [least, most]; undefined for "?". */
export interface RepeatCount {
  readonly least: number | undefined
  readonly most: number | undefined
}

/** The bases that are taken out, where the expression spells or counts them ("delCTT", "del3"). */
export interface Stated {
  readonly bases?: string
  readonly length?: number
}

/** A stretch of another or the same sequence, as "conNM_004006.1:c.15_355" and "ins123_234" name it. */
export interface Stretch {
  readonly accession: string | undefined
  readonly type: MoleculeType | undefined
  readonly interval: Interval
  readonly inverted: boolean
}

/** What is put in: bases, a number of unknown ones ("N[10]", "(10_20)"), or a stretch that stands elsewhere. */
export type Inserted =
  | { readonly kind: 'bases'; readonly bases: string }
  | { readonly kind: 'unknown'; readonly length: RepeatCount }
  | { readonly kind: 'stretch'; readonly stretch: Stretch }
  | { readonly kind: 'several'; readonly parts: readonly Inserted[] }

export type NucleotideEdit =
  /** "=", "T=": as the reference has it. */
  | { readonly kind: 'identity'; readonly stated: Stated }
  | { readonly kind: 'substitution'; readonly from: string; readonly to: string }
  | { readonly kind: 'deletion'; readonly stated: Stated }
  | { readonly kind: 'duplication'; readonly stated: Stated }
  | { readonly kind: 'insertion'; readonly inserted: Inserted }
  | { readonly kind: 'deletion-insertion'; readonly stated: Stated; readonly inserted: Inserted }
  | { readonly kind: 'inversion'; readonly stated: Stated }
  | { readonly kind: 'conversion'; readonly source: Stretch }
  /** "copy4", of one laboratory and not of HGVS. */
  | { readonly kind: 'copies'; readonly count: number }
  /** "TG[4]", "[4]": the unit as written; undefined where it is the interval itself. */
  | { readonly kind: 'repeat'; readonly unit: string | undefined; readonly count: RepeatCount }

/** One amino acid of a protein, 1-based; `residue` is a one-letter code, "*" the stop. */
export interface ResiduePosition {
  readonly residue: string
  readonly number: number
}

export type ProteinEdit =
  | { readonly kind: 'identity' }
  /** To one amino acid, "*", or "?" where the consequence is not known ("Met1?"). */
  | { readonly kind: 'substitution'; readonly to: string }
  | { readonly kind: 'deletion' }
  | { readonly kind: 'duplication' }
  | { readonly kind: 'insertion'; readonly residues: string }
  | { readonly kind: 'deletion-insertion'; readonly residues: string }
  /** `to`: the first changed amino acid; `stop`: how many codons to the new stop, "?" where there is none. */
  | { readonly kind: 'frameshift'; readonly to: string | undefined; readonly stop: FrameStop }
  | { readonly kind: 'extension'; readonly to: string | undefined; readonly end: ExtensionEnd }
  | { readonly kind: 'repeat'; readonly count: RepeatCount }

/** undefined: not said ("fs"); 'unnumbered': "fsTer"; a number of codons; "?": no stop is met. */
export type FrameStop = undefined | 'unnumbered' | number | '?'

export type ExtensionEnd =
  | undefined
  /** At the end of the protein: "extTer17", "extTer?", "extTer". */
  | { readonly kind: 'stop'; readonly length: Exclude<FrameStop, undefined> }
  /** Before the first amino acid: "ext-5", "extVal-5". */
  | { readonly kind: 'start'; readonly residue: string | undefined; readonly length: number }

/** A nucleotide change with its place. */
export interface NucleotideChange {
  readonly interval: Interval
  readonly edit: NucleotideEdit
  /** In parentheses: predicted, not seen. */
  readonly predicted: boolean
}

/** A change of the protein: at residues, or of the whole of it. */
export type ProteinChange =
  | {
      readonly kind: 'residues'
      readonly start: ResiduePosition
      readonly end: ResiduePosition
      readonly uncertainInterval: boolean
      readonly edit: ProteinEdit
      readonly predicted: boolean
    }
  /** "p.=", "p.(=)". */
  | { readonly kind: 'unchanged'; readonly predicted: boolean }
  /** "p.0", "p.0?": none is made. */
  | { readonly kind: 'none'; readonly predicted: boolean }
  /** "p.?": what happens is not known. */
  | { readonly kind: 'unknown' }

/** Several changes: on one molecule ("[a;b]"), on both ("[a];[b]"), or not known which ("a(;)b"). */
export interface AlleleList<Change> {
  /** Each group is one molecule; in a group without phase the molecule of each is not known. */
  readonly molecules: readonly (readonly Change[])[]
  readonly phase: 'cis' | 'trans' | 'unknown'
}

interface Named {
  readonly accession: string | undefined
  /** In parentheses behind the accession: a gene symbol, or the transcript that counts on a genomic sequence. */
  readonly selector: string | undefined
}

export interface NucleotideExpression extends Named {
  readonly type: Exclude<MoleculeType, 'p'>
  readonly change: NucleotideChange
  /** With more than one change; `change` is then the first. */
  readonly alleles?: AlleleList<NucleotideChange>
}

export interface ProteinExpression extends Named {
  readonly type: 'p'
  readonly change: ProteinChange
  readonly alleles?: AlleleList<ProteinChange>
}

export type HgvsExpression = NucleotideExpression | ProteinExpression

export function isPosition(place: Place): place is Position {
  return 'base' in place
}
