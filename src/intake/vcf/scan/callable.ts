import type { EvidenceRules } from '../sample-call.ts'
import type { LociByContig, Locus } from './loci.ts'
import { contigKey, stretchesOf } from './loci.ts'
import { type RecordsAtOptions, recordsAt, type VariantFile } from './records-at.ts'
import { type Statement, StatementReader } from './statement.ts'

/** What the file lets one say of some bases of one person; 1-based, [from, to]. */
export interface CallableStretch {
  readonly from: number
  readonly to: number
  readonly state: Statement['state'] | 'not-in-file'
  /** What the state rests on: the alleles, the depth that was too low, the filter. Empty where nothing is to be added. */
  readonly detail: string
}

/** One locus asked for, cut into stretches that leave no base out. */
export interface CallableLocus {
  readonly locus: Locus
  readonly stretches: readonly CallableStretch[]
  /** Bases that were called, reference or not. */
  readonly called: number
}

/**
 * Which bases of the loci were called in one sample, by its records and reference blocks (INFO END, FORMAT LEN). A base
 * that no record covers is "not-in-file" and never reference. Answers come in the order of the loci.
 */
export async function callableLoci(
  file: VariantFile,
  sample: number,
  loci: readonly Locus[],
  rules: EvidenceRules,
  options: RecordsAtOptions = {},
): Promise<readonly CallableLocus[]> {
  const reader = new StatementReader(file, sample, rules)
  const asked: LociByContig = stretchesOf(loci)
  const statements = new Map<string, Statement[]>()
  for await (const text of recordsAt(file, asked, { ...options, overlap: 'span' })) {
    for (const statement of reader.read(Buffer.from(text.buffer, text.byteOffset, text.length))) {
      const key = contigKey(statement.contig)
      const list = statements.get(key)
      if (list === undefined) statements.set(key, [statement])
      else list.push(statement)
    }
  }
  const ordered = new Map([...statements].map(([key, list]) => [key, new Covering(list)]))
  return loci.map((locus) => {
    const stretches = painted(locus, ordered.get(contigKey(locus.contig))?.over(locus) ?? [])
    const called = stretches.filter(isCalled).reduce((sum, { from, to }) => sum + to - from + 1, 0)
    return { locus, stretches, called }
  })
}

export function isCalled({ state }: CallableStretch): boolean {
  return state === 'reference' || state === 'variant'
}

/** Statements of one contig, so that those over a locus are found without looking at all. */
class Covering {
  readonly #sorted: readonly Statement[]
  /** The furthest end of all statements up to each. */
  readonly #reach: Float64Array

  constructor(statements: readonly Statement[]) {
    this.#sorted = statements.toSorted((a, b) => a.from - b.from)
    this.#reach = new Float64Array(this.#sorted.length)
    let reach = 0
    for (const [i, { to }] of this.#sorted.entries()) {
      reach = Math.max(reach, to)
      this.#reach[i] = reach
    }
  }

  over({ from, to }: Locus): readonly Statement[] {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#reach[middle]! < from) low = middle + 1
      else high = middle
    }
    const found: Statement[] = []
    for (let i = low; i < this.#sorted.length && this.#sorted[i]!.from <= to; i++)
      if (this.#sorted[i]!.to >= from) found.push(this.#sorted[i]!)
    return found
  }
}

/** Cuts the locus where statements begin and end; the weightiest statement says what a piece is. */
function painted(locus: Locus, statements: readonly Statement[]): readonly CallableStretch[] {
  const cuts = new Set([locus.from])
  for (const { from, to } of statements) {
    if (from > locus.from) cuts.add(from)
    if (to < locus.to) cuts.add(to + 1)
  }
  const starts = [...cuts].sort((a, b) => a - b)
  const stretches: CallableStretch[] = []
  let next = 0
  let active: Statement[] = []
  for (const [i, from] of starts.entries()) {
    const to = (starts[i + 1] ?? locus.to + 1) - 1
    while (next < statements.length && statements[next]!.from <= from) active.push(statements[next++]!)
    active = active.filter((one) => one.to >= from)
    let best: Statement | undefined
    for (const one of active) if (best === undefined || one.weight > best.weight) best = one
    const state = best?.state ?? 'not-in-file'
    const detail = best?.detail ?? ''
    const last = stretches.at(-1)
    if (last?.state === state && last.detail === detail) stretches[stretches.length - 1] = { ...last, to }
    else stretches.push({ from, to, state, detail })
  }
  return stretches
}
