import type { Resource, ResourceRef } from './resource.ts'
import type { IndexEntry } from './resource-query.ts'

/** Extension by which a resource that was made from others of the same person names them: one reference each. */
const SOURCE = 'urn:garrod:source'
/** Label "system|code" of a resource that names its sources: it is seen by who may see every one of them. */
export const MADE_FROM_OTHERS = 'urn:garrod:label|made-from-others'
/** Under which the sources of a resource are indexed. No search asks for it. */
export const SOURCE_PARAM = SOURCE

/** What a resource was made from, as it says. */
export function sourcesOf(resource: Resource): readonly ResourceRef[] {
  const extensions = (resource['extension'] ?? []) as readonly {
    readonly url?: string
    readonly valueReference?: { readonly reference?: string }
  }[]
  if (!Array.isArray(extensions)) return []
  return extensions.flatMap((one) => {
    if (one.url !== SOURCE) return []
    const [, type, id] =
      /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/.exec(one.valueReference?.reference ?? '') ?? []
    return type === undefined || id === undefined ? [] : [{ type, id }]
  })
}

/** Index entries of the sources. */
export function sourceEntries(resource: Resource): readonly IndexEntry[] {
  return sourcesOf(resource).map(({ type, id }) => ({ kind: 'reference', param: SOURCE_PARAM, type, id }))
}

/** The resource, naming what it was made from. */
export function namingSources(resource: Resource, sources: readonly Resource[]): Resource {
  if (sources.length === 0) return resource
  const own = (resource['extension'] ?? []) as readonly unknown[]
  const named = sources.map(({ resourceType, id }) => ({
    url: SOURCE,
    valueReference: { reference: `${resourceType}/${id}` },
  }))
  return { ...resource, extension: [...own, ...named] }
}
