import { placeOf } from '../../intake/table-rows.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { writePack } from '../../knowledge/import/write-pack.ts'
import { SITE_TABLES_PACK, type SiteTable } from '../../knowledge/tumor/site-tables.ts'
import { Fault } from '../../terms/fault.ts'
import { tableRows } from '../command-line/table-rows.ts'
import { readEstablished, readHotspots } from '../tumor/hotspot-table.ts'
import { readSupplied } from '../tumor/tiers/supplied-tables.ts'

/**
 * The tables of a site for its tumours as one version of a pack: hotspot counts, established variants, flags of guidelines,
 * annotations of other knowledge bases, told apart by their columns. Each is read as `garrod tumor` reads it before anything is
 * written. Throws USAGE_VERSION, SITE_TABLE_UNKNOWN, what the readers throw, and what `writePack` throws.
 */
export async function importTumorTables(order: {
  readonly path: string
  readonly more: readonly string[]
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
  readonly facts: Facts
}): Promise<readonly string[]> {
  if (order.version === undefined)
    throw new Fault(
      'USAGE_VERSION',
      'garrod facts import',
      'tables of a site name no version',
      'Name one with --version, such as 2026-11: reports say which one they rest on.',
    )
  const files = new Map<string, string>()
  const lines: string[] = []
  for (const path of [order.path, ...order.more]) {
    const rows: string[][] = []
    for await (const { cells } of tableRows(path)) rows.push([...cells])
    const kind = kindOf(rows[0] ?? [], path)
    await check(kind, path)
    const number = [...files.keys()].filter((name) => name.startsWith(`${kind}-`)).length + 1
    if (kind === 'established' && number > 1)
      throw new Fault(
        'SITE_TABLE_TWICE',
        path,
        'there is more than one list of established variants',
        'Join them into one.',
      )
    files.set(`${kind}-${number}.tsv`, `${rows.map((cells) => cells.join('\t')).join('\n')}\n`)
    lines.push(`  ${path}: ${kind}, ${rows.length - 1} rows`)
  }
  const folder = writePack(
    order.into,
    {
      id: SITE_TABLES_PACK,
      title: 'Tables of this site for tumours: hotspots, established variants, guideline flags, annotations',
      source: 'urn:garrod:site',
      version: order.version,
      retrieved: order.retrieved,
      licence: 'as the site obtained them; not for distribution',
      attribution: 'Tables that this site supplied.',
      limits: ['What the site entered is taken as it is: only its form was checked.'],
    },
    files,
  )
  return [folder, ...lines]
}

function kindOf(header: readonly string[], path: string): SiteTable {
  const has = (...names: readonly string[]) => names.some((name) => placeOf(header, [name]) >= 0)
  if (has('category') && has('guideline')) return 'guidelines'
  if (has('category') && has('source')) return 'annotations'
  if (has('gene', 'hugo_symbol') && has('samples', 'count')) return 'hotspots'
  if (has('gene', 'symbol') && has('change', 'protein_change')) return 'established'
  throw new Fault(
    'SITE_TABLE_UNKNOWN',
    `${path}:1`,
    'the columns are of no table that is known',
    'Hotspots: gene, residue, alt_aa, samples (or region, change). Established variants: gene, change. Guidelines: category, diagnosis, role, effect, guideline, version. Annotations: source, category, level, citation.',
  )
}

async function check(kind: SiteTable, path: string): Promise<void> {
  if (kind === 'hotspots') await readHotspots([path])
  else if (kind === 'established') await readEstablished(path)
  else if (kind === 'guidelines') await readSupplied([path], [])
  else await readSupplied([], [path])
}
