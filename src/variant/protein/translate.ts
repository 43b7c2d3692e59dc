import { aminoAcid, type GeneticCode } from '../nucleotides.ts'

/** How a coding sequence is read. */
interface Reading {
  readonly code: GeneticCode
  /** Codons, counted from 0, whose TGA is selenocysteine in the reference. */
  readonly selenocysteines: ReadonlySet<number>
  /** Whether the first codon is the start: it makes methionine whatever it spells. */
  readonly startsHere: boolean
  /** What polyadenylation adds to make the last codon the stop: "", "A" or "AA". */
  readonly completion: string
}

/**
 * The protein of a reference coding sequence, one letter each, its stop "*" at the end where it has one. A TGA before the
 * end is selenocysteine ("U"); a last codon that polyadenylation completes (mitochondria) is the stop.
 */
export function referenceProtein(
  coding: string,
  code: GeneticCode,
  startsHere: boolean,
): { readonly protein: string; readonly reading: Reading } {
  const codons = Math.floor(coding.length / 3)
  const selenocysteines = new Set<number>()
  let protein = ''
  for (let i = 0; i < codons; i++) {
    const codon = coding.slice(i * 3, i * 3 + 3)
    let one = i === 0 && startsHere ? 'M' : aminoAcid(codon, code)
    if (one === '*' && i < codons - 1 && codon === 'TGA') {
      selenocysteines.add(i)
      one = 'U'
    }
    protein += one
    if (one === '*') break
  }
  const rest = coding.length % 3
  const poly =
    code === 'mitochondrial' && rest > 0 && /^TA?$/.test(coding.slice(-rest)) && !protein.endsWith('*')
  if (poly) protein += '*'
  return {
    protein,
    reading: { code, selenocysteines, startsHere, completion: poly ? 'A'.repeat(3 - rest) : '' },
  }
}

/**
 * Reads codons until the first stop, which is kept ("*"), or until the sequence ends (no "*"). `unchanged` tells which codon
 * of the reference a codon of this sequence is, undefined where it is new: only an old TGA is selenocysteine.
 */
export function translate(
  bases: string,
  reading: Reading,
  unchanged: (codon: number) => number | undefined,
): string {
  let protein = ''
  for (let i = 0; (i + 1) * 3 <= bases.length; i++) {
    const codon = bases.slice(i * 3, i * 3 + 3)
    const old = unchanged(i)
    const read = old === 0 && reading.startsHere ? 'M' : aminoAcid(codon, reading.code)
    const one = read === '*' && old !== undefined && reading.selenocysteines.has(old) ? 'U' : read
    protein += one
    if (one === '*') break
  }
  return protein
}
