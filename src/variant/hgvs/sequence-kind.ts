import { Fault } from '../../terms/fault.ts'
import type { HgvsExpression, MoleculeType } from './expression.ts'

interface Kind {
  readonly accession: RegExp
  readonly is: string
  /** Letters that count along such a sequence. */
  readonly types: string
}

/**
 * What the accession of a sequence says it is: RefSeq prefixes (NCBI Handbook, chapter 18), GenBank chromosomes, Ensembl, LRG.
 * An accession of another form says nothing and is not held to anything.
 */
const KINDS: readonly Kind[] = [
  { accession: /^(?:NM|XM)_|^LRG_\d+t\d+$/i, is: 'a coding transcript', types: 'cnrp' },
  { accession: /^ENST\d/i, is: 'a transcript', types: 'cnrp' },
  { accession: /^(?:NR|XR)_/i, is: 'a transcript without a protein', types: 'nr' },
  { accession: /^(?:NP|XP|YP)_|^ENSP\d|^LRG_\d+p\d+$/i, is: 'a protein', types: 'p' },
  { accession: /^NC_0000(?:0[1-9]|1\d|2[0-4])\b|^CM\d/i, is: 'a chromosome', types: 'g' },
  { accession: /^(?:NC|NG|NT|NW)_|^LRG_\d+$/i, is: 'a genomic sequence', types: 'gmo' },
]
const LETTERS: Readonly<Record<MoleculeType, string>> = {
  g: 'a genomic sequence',
  m: 'a mitochondrion',
  o: 'a circular genome',
  c: 'a coding transcript, from its start codon',
  n: 'a transcript, from its first base',
  r: 'a transcript, as RNA',
  p: 'a protein',
}

/**
 * The letter must count along the kind of sequence that the accession names: a "g." of a transcript may have been meant as
 * "c.", which is another base. With a transcript in parentheses behind a genomic accession the letter is the transcript's.
 * Throws HGVS_SEQUENCE_KIND.
 */
export function checkSequenceKind(expression: HgvsExpression, asked: string): void {
  const { accession, selector, type } = expression
  if (accession === undefined) return
  const own = kindOf(accession)
  if (own === undefined || own.types.includes(type)) return
  // "NG_012232.1(NM_004006.2):c." and the older "NG_012232.1(DMD):c.".
  const within = selector === undefined ? undefined : kindOf(selector)
  if (own.types.includes('g') && selector !== undefined && (within?.types ?? 'cnrp').includes(type)) return
  throw new Fault(
    'HGVS_SEQUENCE_KIND',
    `"${asked.slice(0, 120)}"`,
    `"${type}." counts along ${LETTERS[type]}, and ${accession} is ${own.is}`,
    `Check the accession and the letter; ${accession} goes with ${[...own.types].map((one) => `"${one}."`).join(', ')}.`,
  )
}

/** Whether an accession is one of a transcript. */
export function isTranscriptAccession(accession: string): boolean {
  return kindOf(accession)?.types.includes('n') === true
}

/** An accession in the letters of its registry: "nm_000059.4" is NM_000059.4. */
export function asRegistered(accession: string): string {
  return /^(?:[NX][MRP]|N[CGTW]|YP)_\d|^ENS[TPG]\d/i.test(accession) ? accession.toUpperCase() : accession
}

/** "BRCA2(NM_000059.4)": a gene's symbol stands where the transcript belongs, and the transcript in the parentheses. */
export function isTurned(accession: string, selector: string): boolean {
  return kindOf(accession) === undefined && isTranscriptAccession(selector)
}

function kindOf(accession: string): Kind | undefined {
  return KINDS.find((one) => one.accession.test(accession))
}
