import { type Contig, ContigNames, type KnownSequence, type SequenceSource } from './sequence.ts'

/** Bases of one sequence from `start` on, counted from 0. */
export interface Slice {
  readonly sequence: string
  readonly start: number
  readonly bases: string
}

/**
 * Sequences of which only parts are given. What is not given reads as N, which nothing is compared with: a missing base is
 * unknown, never another base.
 */
export class SequenceSlices implements SequenceSource {
  readonly name: string
  readonly #names: ContigNames
  readonly #slices: ReadonlyMap<string, readonly Slice[]>

  /** `lengths`: of sequences that are known whole; a chromosome of a build has its own; else the last base given ends it. */
  constructor(
    name: string,
    slices: readonly Slice[],
    lengths: ReadonlyMap<string, number>,
    chromosomes: readonly KnownSequence[],
  ) {
    this.name = name
    const bySequence = new Map<string, Slice[]>()
    for (const one of slices) {
      const list = bySequence.get(one.sequence) ?? []
      if (list.length === 0) bySequence.set(one.sequence, list)
      list.push({ ...one, bases: one.bases.toUpperCase() })
    }
    this.#slices = bySequence
    const contigs = [...bySequence].map(([sequence, list]) => ({
      name: sequence,
      length:
        lengths.get(sequence) ??
        chromosomes.find((one) => one.refseq === sequence)?.length ??
        Math.max(...list.map((one) => one.start + one.bases.length)),
    }))
    this.#names = new ContigNames(contigs, chromosomes)
  }

  get contigs(): readonly Contig[] {
    return this.#names.contigs
  }

  contig(name: string): Contig | undefined {
    return this.#names.find(name)
  }

  /** Slices are kept in capitals: masking is not told. */
  written(contig: string, start: number, end: number): string {
    return this.bases(contig, start, end)
  }

  bases(contig: string, start: number, end: number): string {
    const found = this.contig(contig)
    if (found === undefined) throw new RangeError(`no contig ${contig} in ${this.name}`)
    const from = Math.max(0, start)
    const to = Math.min(end, found.length)
    if (to <= from) return ''
    const touching = (this.#slices.get(found.name) ?? []).filter(
      (one) => one.start < to && one.start + one.bases.length > from,
    )
    const whole = touching.find((one) => one.start <= from && one.start + one.bases.length >= to)
    if (whole !== undefined) return whole.bases.slice(from - whole.start, to - whole.start)
    const text = new Array<string>(to - from).fill('N')
    for (const { start: first, bases } of touching) {
      for (let i = Math.max(first, from); i < Math.min(first + bases.length, to); i++)
        text[i - from] = bases[i - first]!
    }
    return text.join('')
  }
}
