import { Fault } from '../../terms/fault.ts'
import type { SequenceSource } from '../sequence.ts'
import type { Transcript, TranscriptSource } from '../transcript.ts'
import { type AlleleEdit, editOf } from './allele-edit.ts'
import type { CallCounts, CalledVariant, CallRules, UntoldAllele, VariantToCall } from './called-variant.ts'
import { type CodingChange, codingChanges } from './coding-change.ts'
import { modelOf, type TranscriptModel } from './coding-model.ts'
import type { ProteinChange } from './consequence.ts'
import { HaplotypeTree } from './haplotype-tree.ts'
import { copiesOf, haplotypesOf, otherSet } from './haplotypes-of.ts'
import { RecordTokens } from './record-tokens.ts'
import { callStructural } from './structural/call-structural.ts'
import { readStructural } from './structural/read-structural.ts'
import { NO_FIELDS } from './structural/structural-change.ts'
import { symbolicEffect } from './symbolic-effect.ts'
import { INTRON, NON_CODING, NONE, type TermSet } from './term.ts'
import { placeEffect, reaches, wholeEffect } from './transcript-test.ts'

const BASES = /^[ACGTN]+$/i
/** No other allele than those written: "*" is told where its deletion is, the rest are blocks without a variant. */
const NO_ALLELE: ReadonlySet<string> = new Set(['*', '<*>', '<NON_REF>'])
const NOBODY: ReadonlyMap<number, ReadonlySet<number>> = new Map()

interface Pending<T> {
  readonly given: T
  readonly variant: VariantToCall
  readonly tokens: RecordTokens
  readonly carried: Map<number, Set<number>>
  readonly untold: UntoldAllele[]
  /** Transcripts whose haplotypes may still say something of the record. */
  waitingFor: number
}

interface Origin<T> {
  readonly record: Pending<T>
  readonly allele: number
}

interface Active<T> {
  readonly model: TranscriptModel
  readonly tree: HaplotypeTree<Origin<T>>
  readonly records: Set<Pending<T>>
  /** Phase set of each sample's first heterozygous allele in the transcript. */
  readonly phaseSets: Map<number, string | undefined>
}

/**
 * Calls consequences of sorted records on all transcripts they touch. Alleles that one haplotype carries are told together
 * where they only together say what becomes of the protein. Memory: the records and transcripts around the present one.
 */
export class ConsequenceCaller<T> {
  readonly counts: CallCounts = {
    records: 0,
    withConsequence: 0,
    refDiffers: 0,
    noBases: 0,
    overlapping: 0,
    unphased: 0,
    symbolic: 0,
    noSequence: 0,
    noGenes: 0,
    assumedTogether: 0,
  }
  readonly #source: SequenceSource
  readonly #transcripts: TranscriptSource
  readonly #rules: CallRules
  readonly #emit: (called: CalledVariant<T>) => void
  readonly #models = new Map<Transcript, TranscriptModel | undefined>()
  readonly #active = new Map<Transcript, Active<T>>()
  readonly #pending: Pending<T>[] = []
  #contig = ''
  #hasGenes = true
  #position = 0

  constructor(
    source: SequenceSource,
    transcripts: TranscriptSource,
    rules: CallRules,
    emit: (called: CalledVariant<T>) => void,
  ) {
    this.#source = source
    this.#transcripts = transcripts
    this.#rules = rules
    this.#emit = emit
  }

  /** Throws VCF_UNSORTED and, by the rule "require", UNPHASED. */
  take(variant: VariantToCall, given: T): void {
    this.#moveTo(variant)
    this.counts.records += 1
    if (!this.#hasGenes) this.counts.noGenes += 1
    if (this.#pending.length === 0 && this.#isFarFromGenes(variant)) {
      this.#emit({ given, consequences: [], carried: NOBODY, untold: [] })
      return
    }
    const record: Pending<T> = {
      given,
      variant,
      tokens: new RecordTokens(),
      carried: new Map(),
      untold: [],
      waitingFor: 0,
    }
    this.#pending.push(record)
    this.#call(record)
    this.#release()
  }

  finish(): void {
    this.#settleBefore(Number.POSITIVE_INFINITY)
    this.#release()
  }

  #moveTo({ contig, position }: VariantToCall): void {
    if (contig !== this.#contig) {
      this.finish()
      this.#models.clear()
      this.#contig = contig
      this.#hasGenes = this.#transcripts.overlapping(contig, 0, Number.MAX_SAFE_INTEGER).length > 0
    } else if (position < this.#position) {
      throw new Fault(
        'VCF_UNSORTED',
        `${contig}:${position}`,
        `the record comes after one at ${this.#position}`,
        'Sort the file, for example with "bcftools sort".',
      )
    }
    this.#position = position
    this.#settleBefore(position - 1)
  }

  #isFarFromGenes({ contig, position, ref, alts }: VariantToCall): boolean {
    if (alts.some((alt) => !BASES.test(alt) && !NO_ALLELE.has(alt))) return false
    const near = this.#transcripts.overlapping(contig, position - 9, position + ref.length + 8)
    return near.length === 0 && this.#source.contig(contig) !== undefined
  }

  #call(record: Pending<T>): void {
    const { contig, position, ref, alts } = record.variant
    if (alts.length === 0) return
    const start = position - 1
    const found = this.#source.contig(contig)
    if (found === undefined) {
      this.counts.noSequence += 1
      return
    }
    const near = this.#transcripts.overlapping(contig, start - 8, start + ref.length + 9)
    if (near.length === 0 && alts.every((alt) => BASES.test(alt))) return
    const bases = this.#source.bases(found.name, start, start + ref.length)
    // Where the sequence has ended, or has N alone, nothing is known of what stands there: "synonymous" would be a guess. A stretch
    // that is deleted or copied as a whole is told by its ends.
    const isUnknown = !/[^N]/.test(bases)
    if (isUnknown && alts.some((alt) => BASES.test(alt))) this.counts.noBases += 1
    if (!isUnknown && !sameBases(bases, ref)) {
      this.counts.refDiffers += 1
      return
    }
    const models = near.flatMap((one) => this.#model(one) ?? [])
    for (const [i, alt] of alts.entries())
      if (!isUnknown || !BASES.test(alt)) this.#callAllele(record, i + 1, alt, models)
  }

  #model(transcript: Transcript): TranscriptModel | undefined {
    if (!this.#models.has(transcript)) this.#models.set(transcript, modelOf(transcript, this.#source))
    return this.#models.get(transcript)
  }

  #callAllele(record: Pending<T>, allele: number, alt: string, models: readonly TranscriptModel[]): void {
    const { position, ref } = record.variant
    if (!BASES.test(alt)) {
      this.#callSymbolic(record, allele, alt, models)
      return
    }
    const edit = editOf(position, ref, alt)
    if (edit === undefined) return
    let hit = false
    const coding: { model: TranscriptModel; edit: NonNullable<ReturnType<typeof placeEffect>['edit']> }[] = []
    for (const model of models) {
      const effect = placeEffect(model, edit, this.#source)
      hit ||= effect.hit
      for (const { terms, touched } of effect.told) this.#tell(record, allele, model, terms, touched)
      if (effect.edit !== undefined) coding.push({ model, edit: effect.edit })
    }
    for (const { model, edit: change } of coding) this.#callCoding(record, allele, edit, model, change)
    if (!hit) this.#callWhole(record, allele, edit, models)
  }

  #callWhole(record: Pending<T>, allele: number, edit: AlleleEdit, models: readonly TranscriptModel[]): void {
    for (const model of models) {
      if (!reaches(edit, model)) continue
      const terms = wholeEffect(model, edit)
      if (terms !== NONE) this.#tell(record, allele, model, terms)
    }
  }

  #callSymbolic(record: Pending<T>, allele: number, alt: string, models: readonly TranscriptModel[]): void {
    if (NO_ALLELE.has(alt)) return
    if (!/^<INS[:>]/.test(alt)) {
      this.#callStructural(record, allele, alt)
      return
    }
    const effects = models.map((model) => ({ model, terms: symbolicEffect(model, record.variant.position) }))
    const exact = effects.some(({ terms }) => terms.some((one) => (one & (INTRON | NON_CODING)) === 0))
    for (const { model, terms } of effects)
      for (const one of terms)
        if (!exact || (one & (INTRON | NON_CODING)) === 0) this.#tell(record, allele, model, one)
  }

  #callStructural(record: Pending<T>, allele: number, alt: string): void {
    const { contig, position, ref, alts, genotypes, fields } = record.variant
    const place = { contig, position, ref, alt, allele, alleles: alts.length }
    const change = readStructural(place, fields ?? NO_FIELDS)
    if (!change.known) {
      this.counts.symbolic += 1
      record.untold.push({ allele, because: change.because })
      return
    }
    for (const { transcript, terms, detail } of callStructural(contig, change.value, this.#transcripts)) {
      const told = { allele, transcript, terms, protein: undefined, afterStop: false, toldAt: undefined }
      const at = record.tokens.append({ ...told, structural: detail })
      for (const copy of copiesOf(genotypes, allele)) mark(record, copy, at)
    }
  }

  #tell(
    record: Pending<T>,
    allele: number,
    model: TranscriptModel,
    terms: TermSet,
    touched: TermSet = NONE,
  ): void {
    const one = {
      allele,
      transcript: model.transcript,
      terms,
      protein: undefined,
      afterStop: false,
      toldAt: undefined,
    }
    const place = record.tokens.add(one, touched)
    for (const copy of copiesOf(record.variant.genotypes, allele)) mark(record, copy, place)
  }

  #callCoding(
    record: Pending<T>,
    allele: number,
    edit: AlleleEdit,
    model: TranscriptModel,
    change: NonNullable<ReturnType<typeof placeEffect>['edit']>,
  ): void {
    const alone = (copies: readonly number[]): void => {
      for (const one of codingChanges(model.coding!, model.transcript.strand, [change]))
        this.#tellCoding(model, one, [{ record, allele }], copies)
    }
    const { genotypes } = record.variant
    if (this.#rules.local) {
      alone(copiesOf(genotypes, allele))
      return
    }
    const { joined, single, unphased } = haplotypesOf(record.variant, allele, this.#rules.phase)
    this.counts.unphased += unphased
    const uncarried = joined.length === 0 && single.length === 0 && this.#rules.phase === 'alone'
    if (single.length > 0 || uncarried) alone(single)
    if (joined.length === 0) return
    const active = this.#activate(model)
    const apart = this.#rules.phase === 'alone' ? otherSet(record.variant, joined, active.phaseSets) : []
    this.counts.unphased += new Set(apart.map((haplotype) => haplotype >> 1)).size
    if (apart.length > 0) alone(apart)
    const key = `${record.variant.position} ${edit.ref} ${edit.alt}`
    const overlapping: number[] = []
    for (const haplotype of joined)
      if (!apart.includes(haplotype) && !active.tree.extend(haplotype, key, change, { record, allele }))
        overlapping.push(haplotype)
    if (overlapping.length > 0) {
      this.counts.overlapping += 1
      alone(overlapping)
    }
    if (overlapping.length + apart.length < joined.length && !active.records.has(record)) {
      active.records.add(record)
      record.waitingFor += 1
    }
  }

  #activate(model: TranscriptModel): Active<T> {
    let active = this.#active.get(model.transcript)
    if (active === undefined) {
      active = { model, tree: new HaplotypeTree(), records: new Set(), phaseSets: new Map() }
      this.#active.set(model.transcript, active)
    }
    return active
  }

  /** Tells the haplotypes of every transcript that ends at or before a place (counted from 0). */
  #settleBefore(place: number): void {
    for (const [transcript, active] of this.#active) {
      if (active.model.end >= place) continue
      this.#active.delete(transcript)
      this.#settle(active)
      for (const record of active.records) record.waitingFor -= 1
    }
    for (const [transcript, model] of this.#models)
      if (model !== undefined && model.end + 16 < place && !this.#active.has(transcript))
        this.#models.delete(transcript)
  }

  #settle({ model, tree }: Active<T>): void {
    for (const { nodes, carriers } of tree.haplotypes()) {
      const edits = nodes.map(({ edit }) => edit)
      for (const change of codingChanges(model.coding!, model.transcript.strand, edits))
        this.#tellCoding(
          model,
          change,
          change.edits.map((i) => nodes[i]!.from),
          carriers,
        )
    }
  }

  /** A change is told at the record that comes first in the direction of translation; the others say where. */
  #tellCoding(
    model: TranscriptModel,
    change: CodingChange,
    origins: readonly Origin<T>[],
    copies: readonly number[],
  ): void {
    const { transcript } = model
    if (origins.length > 1 && origins[0]!.record.variant.genotypes === undefined)
      this.counts.assumedTogether += 1
    const teller = transcript.strand === 1 ? origins[0]! : origins[origins.length - 1]!
    const protein: ProteinChange = {
      before: change.before,
      after: change.after,
      gained: change.gained,
      dna: origins.map(
        ({ record: { variant }, allele }) => `${variant.position}${variant.ref}>${variant.alts[allele - 1]}`,
      ),
    }
    for (const origin of origins) {
      const told = origin === teller
      const place = origin.record.tokens.add({
        allele: origin.allele,
        transcript,
        terms: told ? change.terms : NONE,
        protein: told ? protein : undefined,
        afterStop: told && change.afterStop,
        toldAt: told ? undefined : teller.record.variant.position,
      })
      if (origin.record.variant.genotypes !== undefined)
        for (const copy of copies) mark(origin.record, copy, place)
    }
  }

  #release(): void {
    let ready = 0
    while (ready < this.#pending.length && this.#pending[ready]!.waitingFor === 0) {
      const { given, tokens, carried, untold } = this.#pending[ready]!
      if (tokens.all.length > 0) this.counts.withConsequence += 1
      this.#emit({ given, consequences: tokens.all, carried, untold })
      ready += 1
    }
    if (ready > 0) this.#pending.splice(0, ready)
  }
}

function mark(record: { readonly carried: Map<number, Set<number>> }, copy: number, place: number): void {
  const known = record.carried.get(copy)
  if (known === undefined) record.carried.set(copy, new Set([place]))
  else known.add(place)
}

function sameBases(sequence: string, ref: string): boolean {
  const upper = ref.toUpperCase()
  for (let i = 0; i < sequence.length; i++) {
    if (sequence[i] !== upper[i] && upper[i] !== 'N' && sequence[i] !== 'N') return false
  }
  return true
}
