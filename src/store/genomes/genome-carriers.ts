import type { Restriction } from '../../record/resource-query.ts'
import type { VariantName } from '../../record/variant-calls.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { type Database, prepared } from '../database/query.ts'
import { restrictionSql } from '../resources/restriction.ts'
import { Values } from '../resources/statement.ts'
import { sightColumns } from '../variants/carriers.ts'
import type { Carrier } from '../variants/variant-store.ts'
import { unpackStretch } from './stretch-pack.ts'
import { type SealedStretch, STRETCH_COLUMNS, type StretchRows } from './stretch-rows.ts'
import { placeIn } from './stretches-of.ts'

const OF_STRETCHES = prepared(
  `select ${STRETCH_COLUMNS} from genome_stretch where tenant_id = $1 and stretch = any ($2::uuid[])`,
)

/** See `Genomes.carriers`: the stretches of the spellings, in one state of the database. */
export function genomeCarriers(
  database: Database,
  rows: StretchRows,
  tenant: TenantId,
  spellings: readonly VariantName[],
  within: Restriction,
): Promise<readonly Carrier[]> {
  const wanted = new Map<string, { readonly offsets: Set<number>; readonly spelled: Set<string> }>()
  for (const one of spellings) {
    const place = placeIn(one)
    const stretch = rows.nameOf(tenant, one.assembly, place)
    const here = wanted.get(stretch) ?? { offsets: new Set(), spelled: new Set() }
    here.offsets.add(place.offset)
    here.spelled.add(`${place.offset} ${place.allele}`)
    wanted.set(stretch, here)
  }
  return database.snapshot(async (queries) => {
    const sealed = await queries.rows<SealedStretch>(OF_STRETCHES, [tenant, [...wanted.keys()]])
    const copies = new Map<number, number>()
    for (const row of sealed) {
      const { offsets, spelled } = wanted.get(row.name)!
      for (const one of unpackStretch(await rows.open(queries, tenant, row), offsets)) {
        if (!spelled.has(`${one.offset} ${one.allele}`)) continue
        for (const number of one.oneCopy) copies.set(number, Math.max(1, copies.get(number) ?? 0))
        for (const number of one.moreCopies) copies.set(number, 2)
      }
    }
    if (copies.size === 0) return []
    const { bind, list } = new Values()
    const found = [...copies]
    const text = `select g.patient_id as patient, max(g.copies) as copies from (
         select f.copies, ${sightColumns('r', bind)}
         from unnest(${bind(found.map(([number]) => number))}::bigint[], ${bind(found.map(([, one]) => one))}::integer[])
             as f (number, copies)
           join genome_reading r on r.tenant_id = ${bind(tenant)} and r.number = f.number
       ) g where true ${restrictionSql(within, 'g', bind)}
       group by g.patient_id order by g.patient_id`
    // Planning takes longer than answering. Codes may be any number of terms: such a text is not kept.
    const statement = within.about === undefined || within.about.length === 0 ? prepared(text) : text
    return queries.rows<{ patient: PatientId; copies: number }>(statement, list)
  })
}
