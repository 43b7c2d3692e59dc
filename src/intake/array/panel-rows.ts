import type { Assembly, PanelLocus } from '../../terms/genome.ts'
import type { ArrayRow } from './array-row.ts'

/** The rows that name a panel rsid or lie on a panel position of either build. */
export class PanelRows {
  readonly panel: readonly PanelLocus[]
  readonly #byRsid = new Map<string, PanelLocus>()
  readonly #places: Record<Assembly, Map<string, PanelLocus>> = { GRCh37: new Map(), GRCh38: new Map() }
  readonly #rows: Record<Assembly, Map<PanelLocus, ArrayRow[]>> = { GRCh37: new Map(), GRCh38: new Map() }
  /** Rows whose rsid is a panel locus and whose position is that locus's in the build. */
  readonly agreeing: Record<Assembly, number> = { GRCh37: 0, GRCh38: 0 }
  readonly named = new Map<PanelLocus, ArrayRow>()

  constructor(panel: readonly PanelLocus[]) {
    this.panel = panel
    for (const locus of panel) {
      if (locus.rsid !== undefined) this.#byRsid.set(locus.rsid.toLowerCase(), locus)
      this.#places.GRCh38.set(`${locus.chromosome}:${locus.position}`, locus)
      if (locus.grch37 !== undefined)
        this.#places.GRCh37.set(`${locus.chromosome}:${locus.grch37.position}`, locus)
    }
  }

  see(row: ArrayRow): void {
    const named = this.#byRsid.get(row.rsid)
    const place = `${row.chromosome}:${row.position}`
    for (const assembly of ['GRCh37', 'GRCh38'] as const) {
      const here = this.#places[assembly].get(place)
      if (here !== undefined && here === named) this.agreeing[assembly] += 1
      const locus = here ?? (named !== undefined && nearIndel(named, row, assembly) ? named : undefined)
      if (locus === undefined) continue
      const rows = this.#rows[assembly].get(locus)
      if (rows === undefined) this.#rows[assembly].set(locus, [row])
      else rows.push(row)
    }
    if (named !== undefined) this.named.set(named, row)
  }

  rowsOf(locus: PanelLocus, assembly: Assembly): readonly ArrayRow[] {
    return this.#rows[assembly].get(locus) ?? []
  }
}

/** An insertion or deletion may be printed at the base after VCF's, or at the other end of its repeat. */
function nearIndel(locus: PanelLocus, row: ArrayRow, assembly: Assembly): boolean {
  const position = assembly === 'GRCh38' ? locus.position : locus.grch37?.position
  if (position === undefined || row.chromosome !== locus.chromosome) return false
  const indel = locus.alts.some((alt) => alt.length !== locus.ref.length)
  const reach = Math.max(locus.ref.length, locus.context?.bases.length ?? 0)
  return indel && row.position >= position && row.position <= position + reach
}
