import { placeOf, type TableRow } from '../../intake/table-rows.ts'
import type { EstablishedVariants, Hotspots } from '../../interpret/tumor/tumor.ts'
import { Fault } from '../../terms/fault.ts'
import { tableRows } from '../command-line/table-rows.ts'

interface Count {
  change: number
  readonly region: string
}

/** "R213*", "X187sp", "R130fs": the protein ends here, or its messenger is cut wrongly. */
const TRUNCATES = /(\*|sp|fs)$/

/**
 * Tables of sample counts as cancerhotspots.org gives them: single residues (gene, residue, alt_aa, samples) and in-frame
 * changes (gene, region, change, samples). undefined: no table was given. Throws HOTSPOT_COLUMN_MISSING, HOTSPOT_COUNT_INVALID.
 */
export async function readHotspots(paths: readonly string[]): Promise<Hotspots | undefined> {
  if (paths.length === 0) return undefined
  const counts = new Map<string, Count>()
  const stretches = new Map<string, Stretch[]>()
  const regions = new Map<string, { all: number; truncating: number }>()
  for (const path of paths) {
    let read:
      | ((row: TableRow) => readonly [gene: string, region: string, change: string, samples: number])
      | undefined
    for await (const row of tableRows(path)) {
      if (read === undefined) {
        read = rowReader(row.cells, path)
        continue
      }
      const [gene, region, change, samples] = read(row)
      const place = `${gene} ${region}`
      const sum = regions.get(place) ?? { all: 0, truncating: 0 }
      sum.all += samples
      if (TRUNCATES.test(change)) sum.truncating += samples
      if (!regions.has(place)) addStretch(stretches, gene, region)
      regions.set(place, sum)
      const name = `${gene} ${change}`
      const count = counts.get(name)
      if (count === undefined) counts.set(name, { change: samples, region: place })
      else count.change += samples
    }
  }
  return {
    source: `hotspot table ${paths.map((path) => path.split('/').at(-1)).join(', ')}`,
    count(gene, change) {
      const found = counts.get(`${gene} ${change}`)
      const sum = regions.get(found?.region ?? regionOf(gene, change, stretches) ?? '')
      return sum && { residue: sum.all, truncating: sum.truncating, change: found?.change ?? 0 }
    },
  }
}

/** A region of in-frame changes, "745-759"; both ends within. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly region: string
}

function addStretch(stretches: Map<string, Stretch[]>, gene: string, region: string): void {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(region) ?? []
  if (to === undefined) return
  const all = stretches.get(gene) ?? []
  all.push({ from: Number(from), to: Number(to), region: `${gene} ${region}` })
  stretches.set(gene, all)
}

/** The hotspot that a change without a row of its own lies in: its residue, or of an in-frame change the region it overlaps. */
function regionOf(
  gene: string,
  change: string,
  stretches: ReadonlyMap<string, readonly Stretch[]>,
): string | undefined {
  const [, residue, first, last = first, inframe] =
    /^([A-Z](\d+))(?:_[A-Z](\d+))?(del|dup|ins)?/.exec(change) ?? []
  if (inframe === undefined) return residue && `${gene} ${residue}`
  return stretches.get(gene)?.find(({ from, to }) => Number(first) <= to && Number(last) >= from)?.region
}

function rowReader(header: readonly string[], path: string) {
  const at = {
    gene: placeOf(header, ['gene', 'hugo_symbol']),
    region: placeOf(header, ['residue', 'region']),
    alt: placeOf(header, ['alt_aa']),
    change: placeOf(header, ['change']),
    samples: placeOf(header, ['samples', 'count']),
  }
  if (at.gene < 0 || at.region < 0 || at.samples < 0 || (at.alt < 0 && at.change < 0))
    throw new Fault(
      'HOTSPOT_COLUMN_MISSING',
      `${path}:1`,
      'the table is not one of hotspots',
      'Its header must name gene, residue, alt_aa, samples; or gene, region, change, samples.',
    )
  return ({ cells, line }: TableRow) => {
    const cell = (place: number) => cells[place] ?? ''
    const samples = Number(cell(at.samples))
    if (cell(at.samples) === '' || !Number.isInteger(samples) || samples < 0)
      throw new Fault(
        'HOTSPOT_COUNT_INVALID',
        `${path}:${line}`,
        `"${cell(at.samples)}" is no count of samples`,
        'Counts are whole numbers.',
      )
    const change = at.alt < 0 ? cell(at.change) : `${cell(at.region)}${cell(at.alt)}`
    return [cell(at.gene), cell(at.region), change, samples] as const
  }
}

/** The user's list of variants that were classified as oncogenic by the same standard: gene, change. Throws ESTABLISHED_COLUMN_MISSING. */
export async function readEstablished(path: string | undefined): Promise<EstablishedVariants | undefined> {
  if (path === undefined) return undefined
  const changes = new Map<string, string[]>()
  let at: readonly [number, number] | undefined
  for await (const { cells } of tableRows(path)) {
    if (at === undefined) {
      at = [placeOf(cells, ['gene', 'symbol']), placeOf(cells, ['change', 'protein_change'])]
      if (at[0] < 0 || at[1] < 0)
        throw new Fault(
          'ESTABLISHED_COLUMN_MISSING',
          `${path}:1`,
          'the table does not name genes and changes',
          'Its header must name gene and change, as in "BRAF" and "V600E".',
        )
      continue
    }
    const gene = cells[at[0]] ?? ''
    changes.set(gene, [...(changes.get(gene) ?? []), (cells[at[1]] ?? '').replace(/^p\./, '')])
  }
  return { source: `list ${path.split('/').at(-1)}`, of: (gene) => changes.get(gene) ?? [] }
}
