import type { AlterationKind, Candidate } from '../../record/candidate.ts'
import type { AlterationLeaf, Criterion, Leaf } from './criterion.ts'
import type { ClauseLevel } from './ctml/document.ts'
import { type JudgeSetting, judge, type Person } from './judge.ts'
import { coverage, testedOf } from './judge-alteration.ts'
import { findDiagnosis } from './judge-diagnosis.ts'
import { MET, NOT_MET, type Ruling, UNKNOWN, type Verdict } from './ruling.ts'

/** One set of criteria of a trial: of the whole trial, a step, an arm or a dose level. */
export interface TypedClause {
  readonly protocol: string
  readonly path: string
  readonly level: ClauseLevel
  readonly code: string
  readonly suspended: boolean
  /** Places of a cohort, and how many of them are promised; absent where nobody counts them. */
  readonly places?: { readonly of: number; readonly reserved: number }
  readonly criterion: Criterion
}

interface Node {
  readonly kind: 'leaf' | 'all' | 'any' | 'not'
  readonly leaf: number
  readonly of: readonly Node[]
}

/**
 * Receives one evaluated clause. `reasons` holds leaf numbers in [from, to), valid until the call returns; the complement
 * (~leaf) stands for a criterion under "not".
 */
type Sink = (clause: number, verdict: Verdict, reasons: Int32Array, from: number, to: number) => void

/**
 * Clauses of many trials made ready for many people: criteria that several clauses share are judged once per person, and
 * clauses that rest on an alteration or diagnosis the person does not have are passed over by an index.
 */
export class Program {
  readonly clauses: readonly TypedClause[]
  readonly leaves: readonly Leaf[]
  readonly #setting: JudgeSetting
  readonly #roots: readonly Node[]
  readonly #rulings: (Ruling | undefined)[]
  #person: Person | undefined
  #reasons = new Int32Array(1 << 12)
  #at = 0
  /** Clauses by the leaf without which they cannot be met, and those without such a leaf. */
  readonly #byAnchor = new Map<number, number[]>()
  readonly #always: number[] = []
  /** Anchors that are asked of everybody: diagnoses, and any gene. */
  readonly #anchorLeaves: readonly number[]
  /** Anchors on a named gene, by the kinds of change that would do. */
  readonly #geneAnchors: {
    readonly kinds: readonly AlterationKind[]
    readonly byGene: Map<string, number[]>
  }[] = []
  readonly #seen: Int32Array
  #round = 0

  constructor(clauses: readonly TypedClause[], setting: JudgeSetting) {
    this.clauses = clauses
    this.#setting = setting
    const leaves: Leaf[] = []
    const known = new Map<string, number>()
    const compile = (criterion: Criterion): Node => {
      if (criterion.kind === 'all' || criterion.kind === 'any')
        return { kind: criterion.kind, leaf: -1, of: criterion.of.map(compile) }
      if (criterion.kind === 'not') return { kind: 'not', leaf: -1, of: [compile(criterion.of)] }
      const key = leafKey(criterion)
      let number = known.get(key)
      if (number === undefined) {
        number = leaves.push(criterion) - 1
        known.set(key, number)
      }
      return { kind: 'leaf', leaf: number, of: [] }
    }
    this.#roots = clauses.map(({ criterion }) => compile(criterion))
    this.leaves = leaves
    this.#rulings = new Array<Ruling | undefined>(leaves.length).fill(undefined)
    this.#seen = new Int32Array(clauses.length)
    for (const [clause, root] of this.#roots.entries()) {
      const anchors = anchorsOf(root, leaves)
      if (anchors === undefined) this.#always.push(clause)
      else for (const leaf of anchors) this.#byAnchor.set(leaf, [...(this.#byAnchor.get(leaf) ?? []), clause])
    }
    const plain: number[] = []
    for (const number of this.#byAnchor.keys()) {
      const leaf = leaves[number]!
      if (leaf.kind === 'alteration' && leaf.gene !== 'any') this.#addGeneAnchor(leaf, number)
      else plain.push(number)
    }
    this.#anchorLeaves = plain
  }

  #addGeneAnchor({ gene, of }: AlterationLeaf, number: number): void {
    let group = this.#geneAnchors.find(({ kinds }) => kinds.join() === of.join())
    if (group === undefined) {
      group = { kinds: of, byGene: new Map() }
      this.#geneAnchors.push(group)
    }
    group.byGene.set(gene, [...(group.byGene.get(gene) ?? []), number])
  }

  /** Begins with one person; `evaluate`, `search` and `rulingOf` are about them from then on. */
  take(candidate: Candidate): void {
    this.#rulings.fill(undefined)
    this.#person = {
      candidate,
      tested: testedOf(candidate),
      diagnosis: findDiagnosis(candidate.diagnosis, this.#setting.tree),
    }
  }

  /** How one criterion was ruled for the person at hand. */
  rulingOf(leaf: number): Ruling {
    let ruling = this.#rulings[leaf]
    if (ruling === undefined) {
      ruling = judge(this.leaves[leaf]!, this.#person!, this.#setting)
      this.#rulings[leaf] = ruling
    }
    return ruling
  }

  /** Every clause, with its verdict and the criteria that decided it. */
  evaluateAll(sink: Sink): void {
    for (let clause = 0; clause < this.#roots.length; clause++) this.#one(clause, sink)
  }

  /** One clause. */
  evaluate(clause: number, sink: Sink): void {
    this.#one(clause, sink)
  }

  /** The criteria of a clause, each once; those under "not" as their complement (~leaf). */
  leavesOf(clause: number): readonly number[] {
    const found = new Set<number>()
    const walk = ({ kind, leaf, of }: Node, negated: boolean): void => {
      if (kind === 'leaf') found.add(negated ? ~leaf : leaf)
      for (const one of of) walk(one, negated !== (kind === 'not'))
    }
    walk(this.#roots[clause]!, false)
    return [...found]
  }

  /** The verdict of a clause if one criterion were as the trial wants it, whatever the record says. */
  verdictWithout(clause: number, leaf: number): Verdict {
    const before = this.rulingOf(leaf)
    let best: Verdict = NOT_MET
    // Under "not" a criterion helps by being not met.
    for (const verdict of [MET, NOT_MET] as const) {
      this.#rulings[leaf] = { ...before, verdict }
      this.#at = 0
      best = Math.max(best, this.#value(this.#roots[clause]!, false)) as Verdict
    }
    this.#rulings[leaf] = before
    return best
  }

  /**
   * The clauses that are met or unknown; the others are not looked at where their anchor already is not met. Gives the
   * number of clauses that were evaluated.
   */
  search(sink: Sink): number {
    const round = ++this.#round
    const seen = this.#seen
    let evaluated = 0
    const visit = (clause: number) => {
      if (seen[clause] === round) return
      seen[clause] = round
      evaluated++
      this.#one(clause, (which, verdict, reasons, from, to) => {
        if (verdict !== NOT_MET) sink(which, verdict, reasons, from, to)
      })
    }
    const anchor = (leaf: number) => {
      if (this.rulingOf(leaf).verdict !== NOT_MET)
        for (const clause of this.#byAnchor.get(leaf)!) visit(clause)
    }
    for (const clause of this.#always) visit(clause)
    for (const leaf of this.#anchorLeaves) anchor(leaf)
    const { assays, byGene } = this.#person!.tested
    for (const { kinds, byGene: anchors } of this.#geneAnchors) {
      const whole = kinds.every((kind) => coverage('any', kind, assays) !== undefined) && !byGene.has('')
      if (whole) {
        for (const gene of byGene.keys()) for (const leaf of anchors.get(gene) ?? []) anchor(leaf)
        continue
      }
      const [first, ...others] = kinds
      for (const [gene, leaves] of anchors) {
        const passed =
          !byGene.has(gene) &&
          !byGene.has('') &&
          coverage(gene, first!, assays) !== undefined &&
          others.every((kind) => coverage(gene, kind, assays) !== undefined)
        if (!passed) for (const leaf of leaves) anchor(leaf)
      }
    }
    return evaluated
  }

  #one(clause: number, sink: Sink): void {
    this.#at = 0
    const verdict = this.#value(this.#roots[clause]!, false)
    sink(clause, verdict, this.#reasons, 0, this.#at)
  }

  /** Kleene's value of a node; leaves that bear on it are appended to the reasons. */
  #value(node: Node, negated: boolean): Verdict {
    switch (node.kind) {
      case 'leaf': {
        if (this.#at === this.#reasons.length) {
          const more = new Int32Array(this.#at * 2)
          more.set(this.#reasons)
          this.#reasons = more
        }
        this.#reasons[this.#at++] = negated ? ~node.leaf : node.leaf
        return this.rulingOf(node.leaf).verdict
      }
      case 'not':
        return (2 - this.#value(node.of[0]!, !negated)) as Verdict
      default: {
        // "and" ends at the first that is not met, "or" at the first that is: that one alone is then the reason.
        const end = node.kind === 'all' ? NOT_MET : MET
        const start = this.#at
        let value: Verdict = node.of.length === 0 ? UNKNOWN : node.kind === 'all' ? MET : NOT_MET
        for (const one of node.of) {
          const from = this.#at
          const next = this.#value(one, negated)
          if (next === end) {
            this.#reasons.copyWithin(start, from, this.#at)
            this.#at = start + this.#at - from
            return end
          }
          if (next === UNKNOWN) value = UNKNOWN
        }
        return value
      }
    }
  }
}

/**
 * Leaves of which at least one must not be "not met" for the clause to be more than that: alterations before diagnoses,
 * few before many; undefined when there are none.
 */
function anchorsOf(node: Node, leaves: readonly Leaf[]): readonly number[] | undefined {
  if (node.kind === 'leaf') {
    const { kind } = leaves[node.leaf]!
    return kind === 'alteration' || kind === 'diagnosis' ? [node.leaf] : undefined
  }
  if (node.kind === 'not') return undefined
  const sides = node.of.map((one) => anchorsOf(one, leaves))
  if (node.kind === 'any') {
    if (sides.length === 0) return undefined
    return sides.includes(undefined) ? undefined : [...new Set(sides.flatMap((one) => one ?? []))]
  }
  const weight = (one: readonly number[]) =>
    one.length + (one.some((leaf) => leaves[leaf]!.kind === 'diagnosis') ? 1_000 : 0)
  return sides.filter((one) => one !== undefined).sort((a, b) => weight(a) - weight(b))[0]
}

/** Equal for criteria that ask the same. */
function leafKey(leaf: Leaf): string {
  const { written: _written, ...rest } = leaf
  return JSON.stringify(rest, (_key, value: unknown) => (value instanceof Set ? [...value].sort() : value))
}
