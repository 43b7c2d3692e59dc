import type { SequenceSource } from '../sequence.ts'

/** Alleles at a 1-based position; the first is REF. */
interface PlacedAlleles {
  readonly position: number
  readonly alleles: readonly string[]
}

/** How many bases to the left an allele may be moved: no repeat is as long, only a gap of N. */
const FURTHEST = 1_000_000
const WINDOW = 1 << 12
const CODES = /[^ACGTNacgtn]/g

/**
 * The same change as far to the left as it goes, in the fewest bases (Tan 2015, doi:10.1093/bioinformatics/btv112; VCF 4.3
 * section 1.6.1 keeps one base of each allele). All alleles move together. Letters of what moves become capitals, bases taken from the
 * sequence have the case they have there. `alleles` are bases only, REF is what the sequence has, and no two are equal. REF alone is cut to its first base. Undefined
 * when the repeat goes on for more than a million bases.
 */
export function leftAligned(
  source: SequenceSource,
  contig: string,
  placed: PlacedAlleles,
): PlacedAlleles | undefined {
  const { position, alleles } = placed
  if (alleles.length === 1)
    return alleles[0]!.length === 1 ? placed : { position, alleles: [alleles[0]!.slice(0, 1)] }
  if (isSettled(alleles)) return placed
  const upper = alleles.map((one) => one.toUpperCase())
  const shortest = Math.min(...alleles.map((one) => one.length))
  const before = new BasesBefore(source, contig, position - 1)
  let right = 0
  while (right < shortest - 1 + before.available && sameAt(upper, right, before)) right++
  if (right === shortest - 1 + FURTHEST) return undefined
  const borrowed = Math.max(0, right + 1 - shortest)
  let left = 0
  while (left < shortest - right - 1 && upper.every((one) => one[left] === upper[0]![left])) left++
  if (right === 0 && left === 0) return placed
  const head = borrowed === 0 ? '' : before.written(borrowed)
  return {
    position: position - borrowed + left,
    alleles: upper.map((one) =>
      borrowed === 0
        ? one.slice(left, one.length - right)
        : (head + one).slice(0, head.length + one.length - right),
    ),
  }
}

/** Do the alleles end with different bases, one of them being a single base? Then nothing moves, and this is most records. */
function isSettled(alleles: readonly string[]): boolean {
  const last = upperCode(alleles[0]!, alleles[0]!.length - 1)
  let differ = false
  let single = false
  for (const one of alleles) {
    if (upperCode(one, one.length - 1) !== last) differ = true
    if (one.length === 1) single = true
  }
  return differ && single
}

function upperCode(text: string, at: number): number {
  return text.charCodeAt(at) & 0xdf
}

/** Are the bases `back` places before the ends of all alleles the same, what lies before them being the sequence? */
function sameAt(upper: readonly string[], back: number, before: BasesBefore): boolean {
  let base: string | undefined
  for (const one of upper) {
    const at = one.length - 1 - back
    const here = at >= 0 ? one[at]! : before.at(-at)
    if (base === undefined) base = here
    else if (base !== here) return false
  }
  return true
}

/** The sequence before a place, read leftwards in windows; IUPAC codes as N, since no record may hold them. */
class BasesBefore {
  /** Bases there are before the place, at most FURTHEST. */
  readonly available: number
  readonly #source: SequenceSource
  readonly #contig: string
  readonly #end: number
  #text = ''
  #from: number

  /** `end`: bases before this offset, counted from 0. */
  constructor(source: SequenceSource, contig: string, end: number) {
    this.#source = source
    this.#contig = contig
    this.#end = end
    this.#from = end
    this.available = Math.min(end, FURTHEST)
  }

  /** In capitals; 1 is the base just before. */
  at(back: number): string {
    const place = this.#end - back
    if (place < this.#from || place >= this.#from + this.#text.length) {
      this.#from = Math.max(0, place + 1 - WINDOW)
      this.#text = this.#source.bases(this.#contig, this.#from, place + 1).replace(CODES, 'N')
    }
    return this.#text[place - this.#from]!
  }

  written(count: number): string {
    return this.#source.written(this.#contig, this.#end - count, this.#end).replace(CODES, 'N')
  }
}
