import type { GenotypeSet, LocusCall, SourceFile } from '../../record/genotype.ts'
import type { Gap } from '../../terms/answer.ts'
import type { Assembly, PanelLocus } from '../../terms/genome.ts'
import type { Reading, VcfRecord } from './locus-reading.ts'
import { type BuildLocus, place } from './panel-index.ts'
import { callLocus, type EvidenceRules, type Outcome } from './sample-call.ts'

/** More sentences than this are counted, not listed. */
const NOTES = 20

/** Everything a file says about the panel, packed, until its last line has told which build it is of. */
export class PanelStore {
  readonly #panel: readonly PanelLocus[]
  readonly #readings: Record<Assembly, Map<number, Reading[]>> = { GRCh37: new Map(), GRCh38: new Map() }

  constructor(panel: readonly PanelLocus[]) {
    this.#panel = panel
  }

  /** Keeps a reading; hands back an earlier record that is the same site written the same way, if there is one. */
  add(at: BuildLocus, reading: Reading): VcfRecord | undefined {
    const readings = this.#readings[at.assembly]
    const list = readings.get(at.index)
    if (list === undefined) {
      readings.set(at.index, [reading])
      return undefined
    }
    const { record } = reading
    const twin = list.find(({ record: one }) => sameSite(one, record))
    list.push(reading)
    return twin?.record
  }

  /** Genotypes sample by sample, made when they are asked for. */
  *sets(
    assembly: Assembly,
    samples: readonly string[],
    source: SourceFile,
    rules: EvidenceRules,
    fileNotes: readonly string[],
  ): Generator<GenotypeSet> {
    const readings = this.#readings[assembly]
    const loci = this.#panel.map(
      (locus, index) => new LocusCaller(locus, index, assembly, readings.get(index), rules),
    )
    for (const [slot, sample] of samples.entries()) {
      const calls: LocusCall[] = []
      const gaps: Gap[] = []
      const notes: string[] = []
      for (const locus of loci) {
        const { call, gap, note } = locus.at(slot)
        if (call !== undefined) calls.push(call)
        if (gap !== undefined) gaps.push(gap)
        if (note !== undefined) notes.push(note)
      }
      if (notes.length > NOTES)
        notes.splice(NOTES, Infinity, `and ${notes.length - NOTES} more remarks of this kind`)
      yield { sample, source, assembly, calls, gaps, notes: [...fileNotes, ...notes] }
    }
  }
}

function sameSite(a: VcfRecord, b: VcfRecord): boolean {
  return (
    a.position === b.position &&
    a.ref === b.ref &&
    a.alts.join() === b.alts.join() &&
    a.failed === undefined &&
    b.failed === undefined
  )
}

/** Calls one locus; equal genotypes of different samples share one value. */
class LocusCaller {
  readonly #at: BuildLocus | undefined
  readonly #readings: readonly Reading[]
  readonly #rules: EvidenceRules
  readonly #absent: Outcome
  readonly #shared: Map<number, Outcome> | undefined

  constructor(
    locus: PanelLocus,
    index: number,
    assembly: Assembly,
    readings: readonly Reading[] | undefined,
    rules: EvidenceRules,
  ) {
    this.#at = place(locus, index, assembly)
    this.#readings = readings ?? []
    this.#rules = rules
    this.#absent = {
      gap:
        this.#at === undefined
          ? { kind: 'not-in-build', locus: locus.id, assembly }
          : { kind: 'not-in-file', locus: locus.id },
    }
    const only = this.#readings.length === 1 ? this.#readings[0]!.record.genotypes : undefined
    const plain =
      only !== undefined &&
      only.depth === undefined &&
      only.quality === undefined &&
      only.blockEnd === undefined
    this.#shared = plain ? new Map() : undefined
  }

  at(slot: number): Outcome {
    const at = this.#at
    if (at === undefined || this.#readings.length === 0) return this.#absent
    const shared = this.#shared
    if (shared === undefined) return callLocus(this.#readings, slot, at, this.#rules)
    const genotypes = this.#readings[0]!.record.genotypes!
    const special = genotypes.texts.has(slot) || genotypes.phaseSets.has(slot) || genotypes.failed.has(slot)
    if (special) return callLocus(this.#readings, slot, at, this.#rules)
    const key = (genotypes.first[slot]! << 16) | (genotypes.second[slot]! << 8) | genotypes.flags[slot]!
    let outcome = shared.get(key)
    if (outcome === undefined) {
      outcome = callLocus(this.#readings, slot, at, this.#rules)
      shared.set(key, outcome)
    }
    return outcome
  }
}
