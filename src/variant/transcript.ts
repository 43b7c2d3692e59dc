import type { Assembly } from '../terms/genome.ts'

/** One exon as it is aligned to the genome. */
export interface Exon {
  /** Genomic interval [start, end), counted from 0, start < end on either strand. */
  readonly start: number
  readonly end: number
  /** The same exon in the transcript: [transcriptStart, transcriptEnd), counted from 0 at the transcript's first base. */
  readonly transcriptStart: number
  readonly transcriptEnd: number
  /**
   * Alignment of transcript against genome, in the transcript's direction: "=" or "M" and "X" take a base of both, "I" a
   * base that only the transcript has, "D" a base that only the genome has. Undefined: base for base.
   */
  readonly cigar: string | undefined
}

/** The coding part, in transcript coordinates. */
export interface CodingSequence {
  /** [start, end), counted from 0 at the transcript's first base; the stop codon, where known, is inside. */
  readonly start: number
  readonly end: number
  /** Bases to leave out before the first whole codon; other than 0 only where the start is not known. */
  readonly phase: 0 | 1 | 2
  /** False where the annotation says that the first or last codon is not known (Ensembl cds_start_NF, cds_end_NF). */
  readonly startKnown: boolean
  readonly endKnown: boolean
}

export type TranscriptTag =
  /** Matched Annotation from NCBI and EMBL-EBI: the default transcript, and the others needed for reporting. */
  'MANE Select' | 'MANE Plus Clinical' | 'Ensembl canonical' | 'RefSeq Select'

/** One transcript aligned to one sequence of one build. */
export interface Transcript {
  /** With its version where the source states one: "NM_000059.4", "ENST00000380152.8". */
  readonly id: string
  readonly gene: {
    /** "BRCA2". */
    readonly symbol: string | undefined
    /** As the source names it: "ENSG00000139618", "675". */
    readonly id: string | undefined
    /** "HGNC:1101". */
    readonly hgnc: string | undefined
  }
  /** In Ensembl's words: "protein_coding", "lncRNA", "nonsense_mediated_decay". */
  readonly biotype: string
  /** The build, where the source states it. */
  readonly assembly: Assembly | undefined
  /** As the source spells it; compare through a SequenceSource. */
  readonly contig: string
  readonly strand: 1 | -1
  /** In the transcript's order, first exon first. Never empty. */
  readonly exons: readonly Exon[]
  /** Undefined for a transcript that is not translated. */
  readonly cds: CodingSequence | undefined
  /** With version: "NP_000050.3", "ENSP00000369497.3". */
  readonly protein: string | undefined
  readonly tags: readonly TranscriptTag[]
  /** The source lists the untranslated parts of its transcripts, and none for this one although exons reach over the CDS. */
  readonly utrNotListed?: true
}

/** Transcripts, from wherever a site keeps them: GFF3, cdot JSON, a test slice. */
export interface TranscriptSource {
  /** What to call the source in a message: the file's name. */
  readonly name: string
  readonly transcripts: Iterable<Transcript>
  /**
   * Every alignment of one transcript: two builds, or the two pseudoautosomal copies. An id without version finds all
   * versions held; an id with version finds that version only. Empty when there is none.
   */
  byId(id: string): readonly Transcript[]
  /** Transcripts that touch the genomic interval [start, end), counted from 0, ordered by start. */
  overlapping(contig: string, start: number, end: number): readonly Transcript[]
}

/** First and last genomic base of a transcript as [start, end), counted from 0. */
export function span(transcript: Transcript): { readonly start: number; readonly end: number } {
  const first = transcript.exons[0]!
  const last = transcript.exons[transcript.exons.length - 1]!
  return transcript.strand === 1
    ? { start: first.start, end: last.end }
    : { start: last.start, end: first.end }
}
