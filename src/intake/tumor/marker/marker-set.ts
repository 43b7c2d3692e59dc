import type { LeftOut } from '../../../record/tumor-part.ts'
import type { MarkerTest, TumorMarker } from '../../../record/tumor-profile.ts'
import { Tally } from '../tally.ts'
import type { TumorCuts } from '../tumor-format.ts'
import { readMarker, type WrittenMarker } from './marker-value.ts'

const REPAIR_PROTEINS = 4

/** The markers of one sample of one file, with those that only several results make together. */
export class MarkerSet {
  readonly #markers: TumorMarker[] = []
  readonly #repair = new Map<string, { lost: boolean; test: MarkerTest }>()
  readonly #left = new Tally()
  readonly #cuts: TumorCuts
  #ish: { amplified: boolean; test: MarkerTest } | undefined

  constructor(cuts: TumorCuts) {
    this.#cuts = cuts
  }

  /** Throws MARKER_INVALID. */
  add(written: WrittenMarker, test: MarkerTest, where: string): void {
    const read = readMarker(written, test, where, this.#cuts)
    if (read.kind === 'marker') this.#markers.push(read.marker)
    else if (read.kind === 'repair-protein') this.#repair.set(read.protein, { lost: read.lost, test })
    else if (read.kind === 'her2-ish') this.#ish = { amplified: read.amplified, test }
    else
      this.#left.add(read.kind === 'left-out' ? read.reason : 'a marker that is not known here', written.name)
  }

  /** As `add`, but what is no marker is passed over: records hold many other results. Throws MARKER_INVALID. */
  addKnown(written: WrittenMarker, test: MarkerTest, where: string): void {
    if (readMarker(written, test, where, this.#cuts).kind !== 'unknown') this.add(written, test, where)
  }

  leaveOut(reason: string, example: string): void {
    this.#left.add(reason, example)
  }

  /** One protein lost is deficient; only all four retained are proficient. */
  markers(): TumorMarker[] {
    const repair = [...this.#repair]
    const lost = repair.find(([, one]) => one.lost)
    const made: TumorMarker[] =
      this.#ish === undefined ? [...this.#markers] : this.#withHybridisation(this.#ish)
    if (lost !== undefined) made.push({ ...lost[1].test, kind: 'mismatch-repair', status: 'deficient' })
    else if (repair.length === REPAIR_PROTEINS)
      made.push({ ...repair[0]![1].test, kind: 'mismatch-repair', status: 'proficient' })
    else if (repair.length > 0)
      this.#left.add(
        'proteins of mismatch repair retained, but not all four were tested',
        repair.map(([protein]) => protein).join(', '),
      )
    return made
  }

  /** HER2 2+ is positive when the gene is amplified and low when it is not (ASCO/CAP 2023). */
  #withHybridisation({ amplified, test }: { amplified: boolean; test: MarkerTest }): TumorMarker[] {
    let settled = false
    const made = this.#markers.map((marker): TumorMarker => {
      if (marker.kind !== 'protein' || marker.protein !== 'HER2' || marker.score?.value !== 2) return marker
      settled = true
      return { ...marker, status: amplified ? 'positive' : 'low' }
    })
    if (!settled)
      made.push({
        ...test,
        assay: test.assay ?? 'in-situ hybridisation',
        kind: 'protein',
        protein: 'HER2',
        status: amplified ? 'positive' : 'negative',
        score: undefined,
      })
    return made
  }

  /** What was left out; complete once `markers` was asked for. */
  leftOut(): LeftOut[] {
    return this.#left.list()
  }
}
