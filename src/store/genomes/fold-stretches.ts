import type { TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import { StretchPacker, unpackStretch } from './stretch-pack.ts'
import { type SealedStretch, STRETCH_COLUMNS, type Stretch, type StretchRows } from './stretch-rows.ts'
import { takeOutRetired } from './take-out-retired.ts'

/** Key of the advisory lock between folds of one tenant. */
const LOCK = 0x67617267
/**
 * So many rows of one stretch and level become one of the next level. A genome is written again whenever there are eight
 * times as many: thousands of genomes cost four writings of each, and a question reads no more than some thirty rows.
 */
const TOGETHER = 8

/** See `Genomes.fold`. */
export async function foldStretches(
  database: Database,
  rows: StretchRows,
  tenant: TenantId,
  most: number,
): Promise<number> {
  await takeOutRetired(database, rows, tenant, lockStretches)
  return database.transaction(async (queries) => {
    await lockStretches(queries, tenant)
    const full = await queries.rows<{ name: string; level: number }>(
      `select replace(stretch::text, '-', '') as name, level from genome_stretch where tenant_id = $1
       group by stretch, level having count(*) >= ${TOGETHER} order by stretch, level limit $2`,
      [tenant, most],
    )
    for (const { name, level } of full) {
      const sealed = await queries.rows<SealedStretch>(
        `delete from genome_stretch where tenant_id = $1 and stretch = $2 and level = $3
         returning ${STRETCH_COLUMNS}`,
        [tenant, name, level],
      )
      const packed: Buffer[] = []
      for (const row of sealed.sort((a, b) => a.part - b.part))
        packed.push(await rows.open(queries, tenant, row))
      const joined: Stretch = { name, part: sealed.at(-1)!.part, level: level + 1, packed: together(packed) }
      await rows.insert(queries, tenant, [joined])
    }
    return full.length
  })
}

/** Calls of several rows of one stretch as one. */
function together(packed: readonly Buffer[]): Buffer {
  const variants = new Map<string, { offset: number; allele: string; one: number[]; more: number[] }>()
  for (const part of packed) {
    for (const { offset, allele, oneCopy, moreCopies } of unpackStretch(part)) {
      const name = `${offset} ${allele}`
      const known = variants.get(name)
      if (known === undefined)
        variants.set(name, { offset, allele, one: [...oneCopy], more: [...moreCopies] })
      else {
        known.one = [...known.one, ...oneCopy]
        known.more = [...known.more, ...moreCopies]
      }
    }
  }
  const packer = new StretchPacker()
  const growing = (list: number[]) => list.sort((a, b) => a - b)
  for (const { offset, allele, one, more } of [...variants.values()].sort((a, b) => a.offset - b.offset))
    packer.add(offset, allele, growing(one), growing(more))
  return packer.packed()
}

async function lockStretches(queries: Queries, tenant: TenantId): Promise<void> {
  await queries.run('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK, tenant])
}
