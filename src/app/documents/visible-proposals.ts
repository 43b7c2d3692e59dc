import type { ResourceRef } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import type { TenantId } from '../../terms/ids.ts'

/** Of lines that each name a document, those whose document the caller may see: what was read from it is part of it. */
export async function ofVisibleDocuments<T extends { readonly document: string }>(
  { resources }: Pick<Store, 'resources'>,
  tenant: TenantId,
  lines: readonly T[],
  within: Restriction,
): Promise<readonly T[]> {
  const names = [...new Set(lines.map(({ document }) => document))]
  if (names.length === 0) return []
  const refs = names.map((id): ResourceRef => ({ type: 'DocumentReference', id }))
  const seen = new Set((await resources.readMany(tenant, refs, within)).map(({ id }) => id))
  return lines.filter(({ document }) => seen.has(document))
}
