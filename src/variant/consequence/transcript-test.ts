import type { SequenceSource } from '../sequence.ts'
import type { AlleleEdit } from './allele-edit.ts'
import type { CodingEdit } from './coding-change.ts'
import { basesOf, type CodingStretch, type Stretch, type TranscriptModel } from './coding-model.ts'
import { type RegionEffect, type RegionRules, regionEffect } from './region-effect.ts'
import {
  CODING_SEQUENCE,
  INTRON,
  NON_CODING,
  NONE,
  OF_PROTEIN,
  SPLICE_REGION,
  SPLICE_SITE,
  START_LOST,
  STOP_LOST,
  SYNONYMOUS,
  type TermSet,
  UTR_3,
  UTR_5,
} from './term.ts'

/** What a change does to one transcript by its place, before anything is translated. */
interface PlaceEffect {
  /** Terms to be told by themselves, each set once; with the start or stop codon that is touched too. */
  readonly told: readonly { readonly terms: TermSet; readonly touched: TermSet }[]
  /** A change of the coding sequence that has to be translated. */
  readonly edit: CodingEdit | undefined
  /** A part of the coding sequence, a UTR or a splice site is reached, so that "intron" would say too little. */
  readonly hit: boolean
}

/** The change of one allele at the parts of one transcript. `span`: the record's bases [start, start + length]. */
export function placeEffect(model: TranscriptModel, edit: AlleleEdit, source: SequenceSource): PlaceEffect {
  const test = new TranscriptTest(model, edit, source)
  test.coding()
  test.incompleteCodons()
  test.utrs()
  test.spliceSites()
  return test
}

/** Told only where no part of any transcript is reached: the change lies in an intron, or in a transcript without a protein. */
export function wholeEffect(model: TranscriptModel, edit: AlleleEdit): TermSet {
  const effect = regionEffect(edit, { ...plainRules(model, model), bases: undefined })
  if (effect.place === 'outside') return NONE
  if (model.coding === undefined) return NON_CODING
  if (model.utr5.some((one) => reaches(edit, one))) return UTR_5
  return model.utr3.some((one) => reaches(edit, one)) ? UTR_3 : INTRON
}

/** A record reaches a stretch when one of its bases, or the base after its last, lies in it. */
export function reaches(edit: Pick<AlleleEdit, 'start' | 'ref'>, stretch: Stretch, around = 0): boolean {
  return edit.start <= stretch.end + around && edit.start + edit.ref.length >= stretch.begin - around
}

class TranscriptTest implements PlaceEffect {
  readonly told: { terms: TermSet; touched: TermSet }[] = []
  edit: CodingEdit | undefined
  hit = false
  readonly #model: TranscriptModel
  readonly #edit: AlleleEdit
  readonly #source: SequenceSource

  constructor(model: TranscriptModel, edit: AlleleEdit, source: SequenceSource) {
    this.#model = model
    this.#edit = edit
    this.#source = source
  }

  coding(): void {
    const { coding } = this.#model
    if (coding === undefined) return
    for (const [i, part] of coding.parts.entries()) {
      if (!reaches(this.#edit, part)) continue
      this.hit = true
      const effect = regionEffect(this.#edit, this.#codingRules(part, i))
      this.#tell(effect.utr)
      const provisional = effect.terms & (START_LOST | STOP_LOST)
      // Of mitochondria several codons are a start: what it becomes is read.
      const read = coding.code === 'mitochondrial' && this.#edit.kind === 'substitution'
      const isCoding =
        effect.place === 'inside' && (read || effect.terms !== START_LOST) && effect.edit !== undefined
      if (!isCoding) {
        this.#tell(effect.terms)
        continue
      }
      const splice = effect.terms & (SPLICE_SITE | SPLICE_REGION)
      if (splice !== NONE) this.#tell(splice | (effect.terms & SYNONYMOUS), provisional)
      this.#translate(part, effect)
    }
  }

  #translate(part: CodingStretch, effect: RegionEffect): void {
    const { begin, length, bases } = effect.edit!
    if (begin + length > part.end + 1) {
      this.#tell(effect.terms === NONE ? CODING_SEQUENCE : effect.terms)
      return
    }
    this.edit ??= {
      at: part.offset + begin - part.begin,
      length,
      bases,
      terms: effect.terms & OF_PROTEIN & ~SYNONYMOUS,
    }
  }

  /** What becomes of a codon whose other bases are not known cannot be told; a stop of which only T is written is lost with it. */
  incompleteCodons(): void {
    const { coding, incomplete } = this.#model
    for (const one of incomplete) {
      if (!reaches(this.#edit, one)) continue
      const { place } = regionEffect(this.#edit, { ...plainRules(this.#model, one), bases: undefined })
      if (place === 'outside') continue
      this.hit = true
      const stop = coding?.code === 'mitochondrial' && this.#edit.kind === 'substitution'
      this.#tell(stop ? STOP_LOST : CODING_SEQUENCE)
    }
  }

  utrs(): void {
    if (!this.#model.utrListed) return
    for (const [stretches, term] of [
      [this.#model.utr5, UTR_5],
      [this.#model.utr3, UTR_3],
    ] as const) {
      for (const one of stretches) {
        if (!reaches(this.#edit, one)) continue
        const effect = regionEffect(this.#edit, { ...plainRules(this.#model, one), bases: undefined })
        if (effect.place === 'outside') continue
        this.hit = true
        this.#tell(term)
      }
    }
  }

  spliceSites(): void {
    const { coding, exons, begin, end } = this.#model
    if (coding === undefined) return
    for (const exon of exons) {
      if (!reaches(this.#edit, exon, 8)) continue
      const rules = {
        ...plainRules(this.#model, exon),
        intronBefore: exon.begin !== begin,
        intronAfter: exon.end !== end,
        sites: true,
        bases: undefined,
      }
      const { terms } = regionEffect(this.#edit, rules)
      const told = terms & ~CODING_SEQUENCE
      if (told === NONE) continue
      this.hit = true
      this.#tell(told)
    }
  }

  #tell(terms: TermSet, touched: TermSet = NONE): void {
    if (terms !== NONE) this.told.push({ terms, touched })
  }

  #codingRules(part: CodingStretch, index: number): RegionRules {
    const { transcript } = this.#model
    const { strand } = transcript
    const coding = this.#model.coding!
    const last = coding.parts.length - 1
    const isFirst = strand === 1 ? index === 0 : index === last
    const isLast = strand === 1 ? index === last : index === 0
    const contig = this.#source.contig(transcript.contig)!.name
    const { start, ref, alt } = this.#edit
    const reference = (from: number, length: number): string =>
      basesOf(this.#source, contig, from, from + length)
    return {
      begin: part.begin,
      end: part.end,
      strand,
      intronBefore: index !== 0,
      intronAfter: index !== last,
      sites: true,
      start: isFirst && coding.hasStart,
      stop: isLast && coding.hasEnd,
      utr: (from, to) => this.#utr(from, to),
      bases: {
        reference,
        altered: (from, length) => alteredBases(reference, { start, ref, alt }, from, length),
      },
    }
  }

  #utr(from: number, to: number): TermSet {
    if (!this.#model.utrListed) return NONE
    const touches = (one: Stretch): boolean => one.begin <= to && one.end >= from
    if (this.#model.utr5.some(touches)) return UTR_5
    return this.#model.utr3.some(touches) ? UTR_3 : NONE
  }
}

/** The genome with the ALT in place of REF, read from a place that is counted from the left as on the reference. */
function alteredBases(
  reference: (from: number, length: number) => string,
  { start, ref, alt }: Pick<AlleleEdit, 'start' | 'ref' | 'alt'>,
  from: number,
  length: number,
): string {
  let bases = ''
  let at = from
  if (at < start) {
    bases = reference(at, Math.min(length, start - at))
    at = start
  }
  if (bases.length < length && at - start < alt.length) {
    const piece = alt.slice(at - start, at - start + length - bases.length)
    bases += piece
    at += piece.length
  }
  if (bases.length < length) bases += reference(at - alt.length + ref.length, length - bases.length)
  return bases
}

/** A stretch without splice sites. */
function plainRules(model: TranscriptModel, stretch: Stretch): Omit<RegionRules, 'bases'> {
  return {
    begin: stretch.begin,
    end: stretch.end,
    strand: model.transcript.strand,
    intronBefore: false,
    intronAfter: false,
    sites: false,
    start: false,
    stop: false,
    utr: () => NONE,
  }
}
