import type { Transcript } from '../transcript.ts'
import type { StructuralDetail } from './structural/call-structural.ts'
import type { TermSet } from './term.ts'

/** A change of the protein, of one record or of several on one haplotype. */
export interface ProteinChange {
  /** Residues before and after from the first codon that is touched, one letter each, "*" a stop; numbered from 1. */
  readonly before: { readonly residue: number; readonly protein: string }
  readonly after: { readonly residue: number; readonly protein: string }
  /** Every change that belongs to it, in the order of the genome: "103G>A". */
  readonly dna: readonly string[]
  /** Coding bases that it adds; below 0 where it takes bases away. */
  readonly gained: number
}

/** What one ALT of a record does to one transcript. */
export interface Consequence {
  /** 1 is the first ALT. */
  readonly allele: number
  readonly transcript: Transcript
  readonly terms: TermSet
  readonly protein: ProteinChange | undefined
  /** It lies behind a stop that an earlier change of the same haplotype makes. */
  readonly afterStop: boolean
  /** 1-based position of the record that tells the change it is a part of. */
  readonly toldAt: number | undefined
  /** Of a symbolic or breakend ALT. */
  readonly structural?: StructuralDetail
}

/** How heterozygous genotypes without phase are taken. */
export type PhaseRule =
  /** Each such allele is told alone, on the reference; what it makes with its neighbours is not known. */
  | 'alone'
  /** Refused. */
  | 'require'
  /** "0/1" as if it were "0|1". */
  | 'as-written'
  /** All on one haplotype. */
  | 'merge'
  /** Both haplotypes carry the ALT. */
  | 'non-reference'
  /** Left out. */
  | 'skip'
