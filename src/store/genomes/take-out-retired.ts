import type { TenantId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import { StretchPacker, unpackStretch } from './stretch-pack.ts'
import { type SealedStretch, STRETCH_COLUMNS, type StretchRows } from './stretch-rows.ts'

/** Rows looked at in one transaction. */
const ROWS = 500

/**
 * Numbers of genomes that are gone lead nowhere; here they leave the stretches, too. Every row of several genomes is
 * looked at, a few at a time. The note that they are gone goes last: a process that dies in between begins again.
 */
export async function takeOutRetired(
  database: Database,
  rows: StretchRows,
  tenant: TenantId,
  lock: (queries: Queries, tenant: TenantId) => Promise<void>,
): Promise<void> {
  const retired = await database.rows<{ number: number }>(
    'select number from genome_retired where tenant_id = $1',
    [tenant],
  )
  if (retired.length === 0) return
  const gone = new Set(retired.map(({ number }) => number))
  await database.run(
    'delete from genome_stretch where tenant_id = $1 and level = 0 and part = any ($2::bigint[])',
    [tenant, [...gone]],
  )
  let after: readonly [string, number] | undefined = ['00000000000000000000000000000000', 0]
  while (after !== undefined) {
    const from: readonly [string, number] = after
    after = await database.transaction(async (queries) => {
      await lock(queries, tenant)
      const some = await queries.rows<SealedStretch>(
        `select ${STRETCH_COLUMNS} from genome_stretch
         where tenant_id = $1 and (stretch, part) > ($2::uuid, $3::bigint) and level > 0
         order by stretch, part limit ${ROWS}`,
        [tenant, ...from],
      )
      for (const row of some) await cleaned(queries, rows, tenant, row, gone)
      const last = some.at(-1)
      return some.length < ROWS || last === undefined ? undefined : [last.name, last.part]
    })
  }
  await database.run('delete from genome_retired where tenant_id = $1 and number = any ($2::bigint[])', [
    tenant,
    [...gone],
  ])
}

async function cleaned(
  queries: Queries,
  rows: StretchRows,
  tenant: TenantId,
  row: SealedStretch,
  gone: ReadonlySet<number>,
): Promise<void> {
  const packer = new StretchPacker()
  const stays = (number: number) => !gone.has(number)
  let left = 0
  let out = 0
  for (const { offset, allele, oneCopy, moreCopies } of unpackStretch(
    await rows.open(queries, tenant, row),
  )) {
    const [one, more] = [oneCopy.filter(stays), moreCopies.filter(stays)]
    out += oneCopy.length + moreCopies.length - one.length - more.length
    if (one.length + more.length === 0) continue
    left += 1
    packer.add(offset, allele, one, more)
  }
  if (out === 0) return
  await queries.run('delete from genome_stretch where tenant_id = $1 and stretch = $2 and part = $3', [
    tenant,
    row.name,
    row.part,
  ])
  const { name, part, level } = row
  if (left > 0) await rows.insert(queries, tenant, [{ name, part, level, packed: packer.packed() }])
}
