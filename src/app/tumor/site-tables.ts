import type { Facts } from '../../knowledge/facts.ts'
import { siteTables } from '../../knowledge/tumor/site-tables.ts'
import { packRefText } from '../../terms/evidence.ts'
import type { TumorCase } from './case/section.ts'
import { readEstablished, readHotspots } from './hotspot-table.ts'
import { readSupplied } from './tiers/supplied-tables.ts'

/** Tables of the user or the site, and the pack that they are of. */
export type OwnTables = Pick<TumorCase, 'hotspots' | 'established' | 'supplied'> & {
  /** "site-tumor-tables@2026-11"; undefined: there is none, or none of it is used. */
  readonly pack: string | undefined
}

const READ = new WeakMap<Facts, Promise<OwnTables>>()

/** The tables that this site imported, read once for the life of these facts; empty where it imported none. */
export function readSiteTables(facts: Facts): Promise<OwnTables> {
  const there = READ.get(facts)
  if (there !== undefined) return there
  const read = tablesOf(facts)
  READ.set(facts, read)
  read.catch(() => READ.delete(facts))
  return read
}

async function tablesOf(facts: Facts): Promise<OwnTables> {
  const site = siteTables(facts)
  if (site === undefined)
    return {
      hotspots: undefined,
      established: undefined,
      supplied: { guidelines: [], annotations: [] },
      pack: undefined,
    }
  const { hotspots, established, guidelines, annotations } = site.files
  const pack = packRefText(site.ref)
  const counts = await readHotspots(hotspots)
  const list = await readEstablished(established[0])
  return {
    hotspots: counts && { ...counts, source: `hotspots of ${pack}` },
    established: list && { ...list, source: `established variants of ${pack}` },
    supplied: await readSupplied(guidelines, annotations),
    pack,
  }
}
