import type { Criterion, ResourceQuery } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'

/** Which of the parameters are kept as digests in this tenant: only their beginnings can be looked for. */
export async function identityParams(
  queries: Queries,
  tenant: TenantId,
  type: string,
  params: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = params.filter((param) => !param.startsWith('_'))
  if (asked.length === 0) return new Set()
  const rows = await queries.rows<{ param: string }>(
    `select w.param from unnest($3::text[]) as w (param) where exists (select 1 from resource_index i
       where i.tenant_id = $1 and i.type = $2 and i.param = w.param and i.digests is not null)`,
    [tenant, type, asked],
  )
  return new Set(rows.map(({ param }) => param))
}

/** Throws SEARCH_CONTAINS_REFUSED where a part of a name is looked for. */
export async function refuseContains(
  queries: Queries,
  tenant: TenantId,
  query: ResourceQuery,
): Promise<void> {
  for (const [type, params] of containsIn(query.criteria, query.type)) {
    const [name] = await identityParams(queries, tenant, type, params)
    if (name === undefined) continue
    throw new Fault(
      'SEARCH_CONTAINS_REFUSED',
      `${name}:contains`,
      'names and addresses are stored so that only the beginning of a word can be looked for',
      `Search with ${name}= and the beginning of a word, or with ${name}:exact.`,
    )
  }
}

/** Parameters asked by ":contains", with their resource type, inside chains too. */
function containsIn(
  criteria: readonly Criterion[],
  type: string,
): readonly (readonly [string, readonly string[]])[] {
  return criteria.flatMap((criterion): readonly (readonly [string, readonly string[]])[] => {
    switch (criterion.kind) {
      case 'string':
        return criterion.match === 'contains' ? [[type, [criterion.param]]] : []
      case 'chain':
      case 'has':
        return containsIn(criterion.criteria, criterion.type)
      case 'any':
        return criterion.of.flatMap((branch) => containsIn(branch, type))
      default:
        return []
    }
  })
}
