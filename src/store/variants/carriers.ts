import type { Restriction } from '../../record/resource-query.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { prepared, type Queries } from '../database/query.ts'
import { restrictionSql } from '../resources/restriction.ts'
import { type Bind, Values } from '../resources/statement.ts'
import { DIGEST, uuidOf } from './variant-digest.ts'
import type { Carrier } from './variant-store.ts'

/** A person's variants as restrictions look at them: a result that is labelled as genetic. */
const LABEL = 'http://terminology.hl7.org/CodeSystem/v3-ActCode|GDIS'

/** Columns of a row that a restriction can be asked about, for the reading in the row `alias`. */
export function sightColumns(alias: string, bind: Bind): string {
  return `${alias}.tenant_id, ${alias}.patient_id, 'Observation'::text as type, '-'::text as id,
    array[${bind(LABEL)}]::text[] as labels, '{}'::text[] as codes`
}

/** See `Variants.carriers`: what is folded and what is not yet, in one state of the database. */
export async function carriersOf(
  queries: Queries,
  tenant: TenantId,
  digests: readonly Buffer[],
  within: Restriction,
): Promise<readonly (readonly Carrier[])[]> {
  const { bind, list } = new Values()
  const at = bind(tenant)
  const within16 = (column: string) => `(position(w.digest in d.${column}) - 1) % ${DIGEST} = 0`
  const text = `with w as (
       select place::integer, variant::uuid as variant, decode(variant, 'hex') as digest
       from unnest(${bind(digests.map(uuidOf))}::text[]) with ordinality as u (variant, place)
     ), found as (
       select w.place, u.number, u.copies from w join variant_carriers c
           on c.tenant_id = ${at} and c.variant = w.variant,
         lateral (select unnest(c.one_copy) as number, 1 as copies union all select unnest(c.more_copies), 2) u
       union all
       select w.place, d.number, case when ${within16('more_copies')} then 2 else 1 end
       from w, variant_delta d
       where d.tenant_id = ${at} and (${within16('one_copy')} or ${within16('more_copies')})
     )
     select g.place, g.patient_id, max(g.copies) as copies from (
       select f.place, f.copies, ${sightColumns('r', bind)}
       from found f join variant_reading r on r.tenant_id = ${at} and r.number = f.number
     ) g where true ${restrictionSql(within, 'g', bind)}
     group by g.place, g.patient_id order by g.place, g.patient_id`
  // Planning takes longer than answering. Codes may be any number of terms: such a text is not kept.
  const statement = within.about === undefined || within.about.length === 0 ? prepared(text) : text
  const rows = await queries.rows<{ place: number; patient_id: PatientId; copies: number }>(statement, list)
  const carriers: Carrier[][] = digests.map(() => [])
  for (const { place, patient_id, copies } of rows) {
    carriers[place - 1]!.push({ patient: patient_id, copies })
  }
  return carriers
}
