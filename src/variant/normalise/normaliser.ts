import { Fault } from '../../terms/fault.ts'
import type { SequenceSource } from '../sequence.ts'
import { type AtomiseRules, atomised } from './atomise.ts'
import { DuplicateFilter, type DuplicateRule } from './duplicates.ts'
import { joinRecords } from './join.ts'
import { leftAligned } from './left-align.ts'
import { groupsOf, type JoinWhat } from './record-group.ts'
import { type AlleleProblem, altProblem, refProblem } from './reference-check.ts'
import { withoutSameAlleles } from './same-alleles.ts'
import { setReference } from './set-reference.ts'
import { type SplitRules, splitAlts, withOrigin } from './split.ts'
import { kindOf } from './variant-kind.ts'
import { type Declarations, placeOf, type VariantRecord } from './variant-record.ts'
import type { Misfit } from './with-alleles.ts'

/** What is done where REF is not what the sequence has, or alleles cannot be aligned. */
export type ReferenceRule =
  /** The whole input is refused. */
  | 'refuse'
  /** The record is kept as it is, unnormalised, and reported. */
  | 'keep'
  /** The record is left out and counted. */
  | 'leave-out'
  /** REF is made what the sequence has: see setReference. */
  | 'set'

export interface NormaliseRules {
  readonly declared: Declarations
  readonly misfit: Misfit
  /** Without it nothing is aligned or checked. */
  readonly sequence: SequenceSource | undefined
  readonly reference: ReferenceRule
  readonly align: boolean
  readonly atomise: { readonly overlap: AtomiseRules['overlap'] } | undefined
  readonly split: { readonly what: JoinWhat; readonly keepSum: ReadonlySet<string> } | undefined
  readonly join: { readonly what: JoinWhat; readonly passWins: boolean } | undefined
  readonly duplicates: DuplicateRule | undefined
  readonly originTag: string | undefined
  /** Records are put in order again within so many bases. */
  readonly window: number
  /** Every line is taken apart, though its bytes tell that it stays: the same result, slower. */
  readonly inFull?: true
}

export interface NormaliseCounts {
  records: number
  split: number
  realigned: number
  joined: number
  atomised: number
  duplicates: number
  leftOut: number
  /** REF written anew, and of those the ones where REF and an ALT changed places. */
  referenceSet: number
  referenceSwapped: number
  /** Records that could not be aligned to the sequence and stay as they were, by why. */
  unnormalised: number
  symbolic: number
  /** Genotypes that name more alleles than the sample has copies, after joining. */
  overfull: number
  unjoined: number
}

/** A line whose alleles are known to stay as they are, as it is to be printed, with its line end: [from, to) of its bytes. */
export interface PlainLine {
  readonly contig: string
  /** 1-based. */
  readonly position: number
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
}

type Held = VariantRecord | PlainLine

export type Noticed = AlleleProblem | { readonly kind: 'swapped' } | { readonly kind: 'unjoined' }

/** Takes records in the order of the file and gives them out normalised, in order. */
export class Normaliser {
  readonly counts: NormaliseCounts = {
    records: 0,
    split: 0,
    realigned: 0,
    joined: 0,
    atomised: 0,
    duplicates: 0,
    leftOut: 0,
    referenceSet: 0,
    referenceSwapped: 0,
    unnormalised: 0,
    symbolic: 0,
    overfull: 0,
    unjoined: 0,
  }
  readonly #rules: NormaliseRules
  readonly #emit: (record: Held) => void
  readonly #notice: (what: Noticed, record: VariantRecord) => void
  readonly #duplicates: DuplicateFilter | undefined
  /** Records not yet given out, sorted by position; all of one contig. */
  readonly #held: Held[] = []
  /** First of #held that is still to be given out. */
  #from = 0

  constructor(
    rules: NormaliseRules,
    emit: (record: Held) => void,
    notice: (what: Noticed, record: VariantRecord) => void,
  ) {
    this.#rules = rules
    this.#emit = emit
    this.#notice = notice
    this.#duplicates = rules.duplicates === undefined ? undefined : new DuplicateFilter(rules.duplicates)
  }

  take(record: VariantRecord): void {
    const { atomise } = this.#rules
    this.counts.records += 1
    if (atomise === undefined) {
      this.#split(record)
      return
    }
    const { declared, misfit, originTag } = this.#rules
    const parts = atomised(record, { declared, misfit, overlap: atomise.overlap, originTag })
    if (parts.length !== 1 || parts[0]!.alts !== record.alts) this.counts.atomised += 1
    for (const part of parts) this.#split(part)
  }

  /** Takes a line that is only to be put in order: for rules without joining, duplicates and atoms. */
  pass(line: PlainLine): void {
    this.counts.records += 1
    this.#hold(line)
  }

  finish(): void {
    this.#release(Number.POSITIVE_INFINITY)
  }

  #split(record: VariantRecord): void {
    const { split, declared, misfit, originTag } = this.#rules
    if (split === undefined || record.alts.length < 2 || !isOf(record, split.what)) {
      this.#normalise(record)
      return
    }
    this.counts.split += 1
    const rules: SplitRules = { declared, keepSum: split.keepSum, misfit }
    for (const [i, one] of splitAlts(record, rules).entries())
      this.#normalise(originTag === undefined ? one : withOrigin(one, originTag, record, [i + 1]))
  }

  #normalise(record: VariantRecord): void {
    const { sequence } = this.#rules
    const made = sequence === undefined ? record : this.#placed(sequence, record)
    if (made === undefined) {
      this.counts.leftOut += 1
      return
    }
    this.#hold(made)
  }

  /** The record at its place on the sequence; undefined when it is left out. */
  #placed(sequence: SequenceSource, original: VariantRecord): VariantRecord | undefined {
    const { reference, declared, misfit, align, originTag } = this.#rules
    let record = original
    if (reference === 'set') {
      const set = setReference(sequence, original, declared, misfit)
      if (set !== undefined && set.what !== 'as-it-was') {
        record = set.record
        this.counts.referenceSet += 1
        if (set.what === 'swapped') {
          this.counts.referenceSwapped += 1
          this.#notice({ kind: 'swapped' }, original)
        }
      }
    }
    const problem = refProblem(sequence, record) ?? (align ? altProblem(record) : undefined)
    if (problem === 'not-sequence') {
      this.counts.symbolic += 1
      return record
    }
    if (problem !== undefined && !(problem.kind === 'same-allele' && reference === 'set'))
      return this.#troubled(problem, record)
    if (!align) return record
    if (problem !== undefined) record = withoutSameAlleles(record, declared, misfit)
    const given = { position: record.position, alleles: [record.ref, ...record.alts] }
    const placed = leftAligned(sequence, sequence.contig(record.contig)!.name, given)
    if (placed === undefined) return this.#troubled({ kind: 'endless-repeat' }, record)
    if (placed === given) return record
    const [ref, ...alts] = placed.alleles as [string, ...string[]]
    if (placed.position === record.position && ref === record.ref) return record
    this.counts.realigned += 1
    const info = withEnd(record.info, placed.position + ref.length - 1)
    const moved = { ...record, position: placed.position, ref, alts, info }
    return originTag === undefined || alts.length === 0 ? moved : withOrigin(moved, originTag, original, [])
  }

  #troubled(problem: AlleleProblem, record: VariantRecord): VariantRecord | undefined {
    const { reference } = this.#rules
    const severe = problem.kind !== 'same-allele' && problem.kind !== 'endless-repeat'
    if (reference === 'refuse' && severe) throw refused(problem, record)
    this.#notice(problem, record)
    if (reference === 'leave-out' && severe) return undefined
    this.counts.unnormalised += 1
    return record
  }

  #hold(record: Held): void {
    const held = this.#held
    const last = held.at(-1)
    if (last !== undefined && last.contig !== record.contig) this.#release(Number.POSITIVE_INFINITY)
    let at = held.length
    held.push(record)
    while (at > this.#from && held[at - 1]!.position > record.position) {
      held[at] = held[at - 1]!
      at -= 1
    }
    held[at] = record
    this.#release(held.at(-1)!.position - this.#rules.window)
  }

  /** Gives out what lies at or before a position: nothing can come before it any more. */
  #release(upTo: number): void {
    const held = this.#held
    while (this.#from < held.length && held[this.#from]!.position <= upTo) {
      let to = this.#from + 1
      while (to < held.length && held[to]!.position === held[this.#from]!.position) to++
      if (this.#rules.join === undefined || to === this.#from + 1)
        for (let i = this.#from; i < to; i++) this.#give(held[i]!)
      else this.#join(held.slice(this.#from, to).filter(isRecord))
      this.#from = to
    }
    if (this.#from === held.length) {
      held.length = 0
      this.#from = 0
    } else if (this.#from > 4096) {
      held.splice(0, this.#from)
      this.#from = 0
    }
  }

  #join(records: readonly VariantRecord[]): void {
    const { join, declared } = this.#rules
    for (const group of groupsOf(records, join!.what)) {
      const joined = group.length < 2 ? undefined : joinRecords(group, { declared, passWins: join!.passWins })
      if (joined === undefined) {
        if (group.length > 1) {
          this.counts.unjoined += group.length
          this.#notice({ kind: 'unjoined' }, group[0]!)
        }
        for (const one of group) this.#give(one)
      } else {
        this.counts.joined += group.length - 1
        this.counts.overfull += joined.overfull
        this.#give(joined.record)
      }
    }
  }

  #give(record: Held): void {
    if (isRecord(record) && this.#duplicates?.repeats(record) === true) this.counts.duplicates += 1
    else this.#emit(record)
  }
}

export function isRecord(one: Held): one is VariantRecord {
  return !('bytes' in one)
}

/** INFO with END, where it has one, at the last base of REF (1-based). */
function withEnd(info: string, end: number): string {
  return info.includes('END=') ? info.replace(/(^|;)END=\d+/, `$1END=${end}`) : info
}

function isOf(record: VariantRecord, what: JoinWhat): boolean {
  if (what === 'any' || what === 'both') return true
  const kinds = record.alts.map((alt) => kindOf(record.ref, alt))
  return kinds.includes(what === 'snps' ? 'snv' : 'indel')
}

function refused(problem: AlleleProblem, record: VariantRecord): Fault {
  const { code, what } = wordsOf(problem, record)
  return new Fault(
    code,
    placeOf(record),
    what,
    'Give the FASTA of the build the file was called on; or keep (--check-ref w), leave out (x) or correct (s) such records.',
  )
}

/** The code and the words of a problem. */
export function wordsOf(problem: AlleleProblem, record: VariantRecord): { code: string; what: string } {
  switch (problem.kind) {
    case 'no-sequence':
      return { code: 'NO_SEQUENCE', what: `the FASTA has no bases for ${record.ref} at this position` }
    case 'ref-differs':
      return {
        code: 'REF_MISMATCH',
        what: `REF is ${brief(record.ref)}, the FASTA has ${brief(problem.sequence)}`,
      }
    case 'not-bases':
      return {
        code: 'ALLELE_NOT_BASES',
        what: `the allele ${brief(problem.allele)} is not written in A, C, G, T and N`,
      }
    case 'endless-repeat':
      return { code: 'ENDLESS_REPEAT', what: 'the repeat it lies in goes on for more than a million bases' }
    case 'same-allele':
      return { code: 'SAME_ALLELE', what: `the allele ${brief(problem.allele)} is written twice` }
  }
}

function brief(allele: string): string {
  return allele.length <= 40 ? allele : `${allele.slice(0, 40)}… (${allele.length} bases)`
}
