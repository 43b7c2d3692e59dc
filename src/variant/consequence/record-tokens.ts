import type { Transcript } from '../transcript.ts'
import type { Consequence } from './consequence.ts'
import {
  INTRON,
  NON_CODING,
  NONE,
  OF_PROTEIN,
  SPLICE_REGION,
  SPLICE_SITE,
  START_OR_STOP,
  STOP_LOST,
  STOP_RETAINED,
  SYNONYMOUS,
  type TermSet,
} from './term.ts'

interface Held extends Consequence {
  /** Start or stop codons that the place of the change touches; the protein says whether it matters. */
  readonly touched: TermSet
}

/** The consequences of one record as they are found, those that say the same thing once. */
export class RecordTokens {
  readonly #held: Held[] = []

  get all(): readonly Consequence[] {
    return this.#held
  }

  /** Adds one that no other says, and gives its place in `all`. */
  append(one: Consequence): number {
    return this.#held.push({ ...one, touched: NONE }) - 1
  }

  /** Adds one and gives its place in `all`. */
  add(given: Consequence, touched: TermSet = NONE): number {
    const one: Held = { ...given, terms: settled(given.terms), touched }
    const same = this.#held.findIndex((held) => isSame(held, one))
    if (same < 0) {
      this.#held.push(one)
      return this.#held.length - 1
    }
    const held = this.#held[same]!
    let terms = held.terms | one.terms
    if (terms & STOP_RETAINED) terms &= ~(STOP_LOST | SYNONYMOUS)
    this.#held[same] = {
      ...held,
      terms: settled(terms),
      protein: held.protein ?? one.protein,
      touched: held.touched | touched,
    }
    return same
  }
}

function isSame(held: Held, one: Held): boolean {
  if (held.allele !== one.allele || held.afterStop !== one.afterStop) return false
  if (held.toldAt !== one.toldAt) return false
  const named = (held.terms | one.terms) & ~(INTRON | NON_CODING)
  if (held.transcript !== one.transcript && (named !== 0 || !isAlike(held.transcript, one.transcript)))
    return false
  if (one.toldAt !== undefined) return true
  if (one.protein === undefined && held.protein === undefined) {
    const proteinTerms = (terms: TermSet): boolean => (terms & OF_PROTEIN) !== 0
    return proteinTerms(held.terms) === proteinTerms(one.terms) || (held.terms | one.terms) === held.terms
  }
  if (one.protein !== undefined && held.protein !== undefined)
    return JSON.stringify(one.protein) === JSON.stringify(held.protein)
  // A splice region beside a start or stop codon is told with what becomes of that codon.
  const [told, place] = one.protein === undefined ? [held, one] : [one, held]
  return (told.terms & START_OR_STOP) !== 0 && (place.touched & START_OR_STOP) !== 0
}

/** Introns and non-coding transcripts of one gene and biotype are told once. */
function isAlike(a: Transcript, b: Transcript): boolean {
  return a.biotype === b.biotype && a.gene.id === b.gene.id && a.gene.symbol === b.gene.symbol
}

/** A splice site is told without the region around it. */
function settled(terms: TermSet): TermSet {
  return terms & SPLICE_SITE ? terms & ~SPLICE_REGION : terms
}
