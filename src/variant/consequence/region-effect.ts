import type { AlleleEdit } from './allele-edit.ts'
import type { Stretch } from './coding-model.ts'
import {
  CODING_SEQUENCE,
  FRAMESHIFT,
  INFRAME_DELETION,
  NONE,
  SPLICE_ACCEPTOR,
  SPLICE_DONOR,
  SPLICE_REGION,
  START_LOST,
  START_RETAINED,
  STOP_LOST,
  SYNONYMOUS,
  type TermSet,
} from './term.ts'

/** Bases of an intron, and of an exon, that count as the region of a splice site; and those of the site itself. */
const INTRON_REGION = 8
const EXON_REGION = 3
const SITE = 2

/** What is asked of one stretch of a transcript: a part of the coding sequence, an exon, a part of a UTR, all of it. */
export interface RegionRules extends Stretch {
  readonly strand: 1 | -1
  /** Is there an intron before `begin`, and after `end`? */
  readonly intronBefore: boolean
  readonly intronAfter: boolean
  /** Are changes of the splice sites themselves reported? */
  readonly sites: boolean
  /** Does it hold the start codon, and the stop codon, at the end where they belong? */
  readonly start: boolean
  readonly stop: boolean
  /** Does a UTR of the transcript touch the interval [from, to]? Then that side has no splice site. */
  readonly utr: (from: number, to: number) => TermSet
  /** The genome's bases [from, from + length), before and after the change; undefined when sequence is not looked at. */
  readonly bases: { readonly reference: Slice; readonly altered: Slice } | undefined
}

type Slice = (from: number, length: number) => string

/** A change of the stretch that can be read as sequence: `bases` instead of [begin, begin + length). */
export interface StretchEdit {
  readonly begin: number
  readonly length: number
  readonly bases: string
}

export interface RegionEffect {
  /** "overlap": it goes over an edge, so that what becomes of the sequence cannot be told. */
  readonly place: 'outside' | 'inside' | 'overlap'
  readonly terms: TermSet
  /** Terms of the UTR beside it that the change touches too. */
  readonly utr: TermSet
  readonly edit: StretchEdit | undefined
}

/** What the loss of so many coding bases does to the reading frame. */
function frameOf(lost: number): TermSet {
  return lost % 3 === 0 ? INFRAME_DELETION : FRAMESHIFT
}

/** What a change does at one stretch. Intron and exon bases that count are those of the Sequence Ontology's splice terms. */
export function regionEffect(edit: AlleleEdit, rules: RegionRules): RegionEffect {
  const test = new RegionTest(edit, rules)
  if (edit.kind === 'substitution') return test.substitution()
  return edit.kind === 'deletion' ? test.deletion() : test.insertion()
}

class RegionTest {
  readonly #edit: AlleleEdit
  readonly #rules: RegionRules
  #terms = NONE
  #utr = NONE

  constructor(edit: AlleleEdit, rules: RegionRules) {
    this.#edit = edit
    this.#rules = rules
  }

  substitution(): RegionEffect {
    const { begin, end } = this.#rules
    const { start, alt } = this.#edit
    const first = this.#edit.left + 1
    const last = this.#edit.right - 1
    if (first < begin)
      this.#before(
        last >= begin - INTRON_REGION && first < begin - SITE,
        last >= begin - SITE,
        first,
        begin - 1,
      )
    if (last > end)
      this.#after(first <= end + INTRON_REGION && last > end + SITE, first <= end + SITE, end + 1, last)
    if (last < begin || first > end) return this.#done('outside')
    const from = Math.max(first, begin)
    const to = Math.min(last, end)
    this.#inside(from < begin + EXON_REGION, to > end - EXON_REGION)
    return this.#done('inside', {
      begin: from,
      length: to + 1 - from,
      bases: alt.slice(from - start, to + 1 - start),
    })
  }

  deletion(): RegionEffect {
    const { begin, end, start, bases } = this.#rules
    const { left, right } = this.#edit
    if (start && this.#startComesBack()) {
      this.#terms |= START_RETAINED
      return this.#done('overlap')
    }
    const last = right - 1
    if (left + 1 < begin) {
      this.#before(
        last >= begin - INTRON_REGION && left < begin - SITE,
        last >= begin - SITE,
        left,
        begin - 1,
      )
      const rolled = last >= begin ? this.#rolledInside() : undefined
      if (rolled !== undefined) return new RegionTest(rolled, this.#rules).#insideOf(this.#terms)
      if (last >= begin) {
        if (bases === undefined || !this.#holdsCodonBefore()) this.#terms |= CODING_SEQUENCE
        else {
          this.#inside(true, last > end - EXON_REGION)
          if (last > begin) this.#terms |= frameOf(Math.min(last, end) - begin + 1)
        }
        if (last > end) this.#afterDeletion(last)
        return this.#done('overlap')
      }
    }
    if (last > end) this.#afterDeletion(last)
    if (last < begin || left >= end) return this.#done('outside')
    const to = Math.min(last, end)
    this.#inside(left < begin + EXON_REGION - 1, to > end - EXON_REGION)
    if (bases !== undefined && left + 1 < end && last >= end) {
      this.#terms |= frameOf(end - left)
      return this.#done('overlap')
    }
    return this.#done('inside', this.#withAnchor())
  }

  /** Is the start codon, or of the other strand the stop codon, the first thing behind the edge? Then it is lost over that edge. */
  #holdsCodonBefore(): boolean {
    const { start, stop, strand, intronBefore } = this.#rules
    return !intronBefore && (strand === 1 ? start : stop)
  }

  /** A deletion over the edge before the stretch that reads the same when it begins behind that edge. */
  #rolledInside(): AlleleEdit | undefined {
    const { begin, bases } = this.#rules
    if (bases === undefined || this.#edit.bases !== '') return undefined
    let { left, right } = this.#edit
    while (left + 1 < begin) {
      if (bases.reference(left + 1, 1) !== bases.reference(right, 1)) return undefined
      left += 1
      right += 1
    }
    return { ...this.#edit, left, right }
  }

  /** As `deletion`, with what was found before the edge. */
  #insideOf(terms: TermSet): RegionEffect {
    const effect = this.deletion()
    return { ...effect, terms: effect.terms | terms }
  }

  #afterDeletion(last: number): void {
    const { end } = this.#rules
    const { left } = this.#edit
    this.#after(left < end + INTRON_REGION && last > end + SITE, left < end + SITE, end + 1, last)
  }

  insertion(): RegionEffect {
    const { begin, end, intronBefore } = this.#rules
    const { left, right } = this.#edit
    if (left >= end) {
      this.#after(left < end + INTRON_REGION && right > end + SITE, left < end + SITE, left + 1, left + 1)
      return this.#done('outside')
    }
    if (right < begin || (right === begin && !intronBefore)) {
      this.#before(
        right > begin - INTRON_REGION && left < begin - SITE,
        right > begin - SITE,
        right - 1,
        right - 1,
      )
      return this.#done('outside')
    }
    this.#inside(left < begin + EXON_REGION, right > end - EXON_REGION + 1)
    return this.#done('inside', this.#withAnchor())
  }

  /** The change with the base before it, or where that lies outside the stretch, the base after it. */
  #withAnchor(): StretchEdit {
    const { begin, end, bases } = this.#rules
    const { left, right } = this.#edit
    const base = (at: number): string => bases?.reference(at, 1) ?? ''
    if (left >= begin) return { begin: left, length: right - left, bases: base(left) + this.#edit.bases }
    if (this.#edit.bases === '' && right <= end)
      return { begin, length: right + 1 - begin, bases: base(right) }
    if (right > begin)
      return { begin, length: right - begin, bases: this.#edit.bases.slice(Math.max(0, begin - left - 1)) }
    return { begin: right, length: 1, bases: this.#edit.bases + base(right) }
  }

  #inside(atBegin: boolean, atEnd: boolean): void {
    const { strand, start, stop, intronBefore, intronAfter } = this.#rules
    const forward = strand === 1
    if (atBegin) {
      if (intronBefore) this.#terms |= SPLICE_REGION
      if (forward ? start : stop) this.#terms |= forward ? START_LOST : STOP_LOST
    }
    if (atEnd) {
      if (intronAfter) this.#terms |= SPLICE_REGION
      if (forward ? stop : start) this.#terms |= forward ? STOP_LOST : START_LOST
    }
  }

  /** The side of the stretch with the lower places; `from` to `to` is what lies there of the change. */
  #before(inRegion: boolean, inSite: boolean, from: number, to: number): void {
    const { begin, intronBefore, strand, utr } = this.#rules
    if (!intronBefore) return
    const besides = utr(from, to)
    if (besides !== NONE) {
      this.#utr |= besides
      return
    }
    const site = strand === 1 ? SPLICE_ACCEPTOR : SPLICE_DONOR
    this.#splice(inRegion, inSite, site, begin - INTRON_REGION, begin - SITE)
  }

  #after(inRegion: boolean, inSite: boolean, from: number, to: number): void {
    const { end, intronAfter, strand, utr } = this.#rules
    if (!intronAfter) return
    const besides = utr(from, to)
    if (besides !== NONE) {
      this.#utr |= besides
      return
    }
    const site = strand === 1 ? SPLICE_DONOR : SPLICE_ACCEPTOR
    this.#splice(inRegion, inSite, site, end + 1, end + 1)
  }

  /** A site, or its region, that reads the same after the change is marked as synonymous. */
  #splice(inRegion: boolean, inSite: boolean, site: TermSet, region: number, pair: number): void {
    if (inRegion) {
      this.#terms |= SPLICE_REGION
      if (this.#same(region, INTRON_REGION)) this.#terms |= SYNONYMOUS
    }
    if (inSite) {
      if (this.#rules.sites) this.#terms |= site
      if (this.#same(pair, SITE)) this.#terms |= SYNONYMOUS
    }
  }

  #same(from: number, length: number): boolean {
    const { bases } = this.#rules
    if (bases === undefined || this.#edit.kind === 'substitution') return false
    return bases.reference(from, length) === bases.altered(from, length)
  }

  /** A deletion at the start codon of bases that stand once more beside it leaves the same start. */
  #startComesBack(): boolean {
    const { begin, end, strand, bases } = this.#rules
    const { start, ref, alt } = this.#edit
    if (bases === undefined) return false
    if (strand === 1 ? start >= begin + 3 : start + ref.length + 2 <= end) return false
    const deleted = ref.slice(alt.length)
    const beside = strand === 1 ? start + ref.length - 2 * deleted.length : start + ref.length
    return bases.reference(beside, deleted.length) === deleted
  }

  #done(place: RegionEffect['place'], edit?: StretchEdit): RegionEffect {
    return { place, terms: this.#terms, utr: this.#utr, edit }
  }
}
