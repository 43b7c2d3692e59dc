import { join } from 'node:path'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'

export const SITE_TABLES_PACK = 'site-tumor-tables'

/** What a table of a site may hold; each file of the pack is named by it: "hotspots-1.tsv". */
export const SITE_TABLES = ['hotspots', 'established', 'guidelines', 'annotations'] as const
export type SiteTable = (typeof SITE_TABLES)[number]

/** Tables that a site brought for its tumours, verified when the pack was opened. */
interface SiteTables {
  readonly ref: PackRef
  /** Files of each kind. */
  readonly files: Readonly<Record<SiteTable, readonly string[]>>
}

/** undefined: the site brought none. Throws FACTS_CHECKSUM where a table was changed after it was imported. */
export function siteTables(facts: Facts): SiteTables | undefined {
  if (facts.head(SITE_TABLES_PACK) === undefined) return undefined
  const pack = facts.pack(SITE_TABLES_PACK)
  const of = (kind: SiteTable) =>
    pack.fileNames
      .filter((name) => name.startsWith(`${kind}-`))
      .sort()
      .map((name) => join(pack.folder, name))
  return {
    ref: pack.ref,
    files: {
      hotspots: of('hotspots'),
      established: of('established'),
      guidelines: of('guidelines'),
      annotations: of('annotations'),
    },
  }
}
