import type { Queries } from '../database/query.ts'
import type { PatientKey } from '../person.ts'
import { placeOf } from '../vault/sealed-place.ts'
import type { Vault } from '../vault/vault.ts'
import { resealed } from './resealed.ts'

/** Files as received and what was read from them. A file that both have stays once. */
export async function moveGenotypes(
  queries: Queries,
  vault: Vault,
  from: PatientKey,
  to: PatientKey,
): Promise<void> {
  const { tenant } = from
  const files = await queries.rows<{ content: string; sealed: Buffer }>(
    `select content, sealed from archived_file a where tenant_id = $1 and patient_id = $2
       and not exists (select 1 from archived_file b where b.tenant_id = $1 and b.patient_id = $3 and b.content = a.content)`,
    [tenant, from.patient, to.patient],
  )
  for (const { content, sealed } of files) {
    const place = placeOf.file(content)
    await queries.run(
      `insert into archived_file (tenant_id, patient_id, content, sealed, format, bytes, received_at)
       select tenant_id, $3, content, $4, format, bytes, received_at from archived_file
       where tenant_id = $1 and patient_id = $2 and content = $5`,
      [
        tenant,
        from.patient,
        to.patient,
        await resealed(queries, vault, from, to, place, place, sealed),
        content,
      ],
    )
  }
  const last = await queries.first<{ last: number }>(
    'select coalesce(max(ordinal), 0) as last from genotype_set where tenant_id = $1 and patient_id = $2',
    [tenant, to.patient],
  )
  const sets = await queries.rows<{ ordinal: number; sealed: Buffer }>(
    'select ordinal, sealed from genotype_set where tenant_id = $1 and patient_id = $2 order by ordinal',
    [tenant, from.patient],
  )
  for (const { ordinal, sealed } of sets) {
    const next = last!.last + ordinal
    await queries.run(
      `update genotype_set set patient_id = $3, ordinal = $4, sealed = $5
       where tenant_id = $1 and patient_id = $2 and ordinal = $6`,
      [
        tenant,
        from.patient,
        to.patient,
        next,
        await resealed(queries, vault, from, to, placeOf.genotypes(ordinal), placeOf.genotypes(next), sealed),
        ordinal,
      ],
    )
  }
  await queries.run('update sample_digest set patient_id = $3 where tenant_id = $1 and patient_id = $2', [
    tenant,
    from.patient,
    to.patient,
  ])
}
