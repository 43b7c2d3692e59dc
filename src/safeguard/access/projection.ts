import type { ProjectionRow } from '../../knowledge/access/access-policy.ts'
import type { Resource } from '../../record/resource.ts'
import { spelledAs } from '../../record/resource-text.ts'
import type { Caller } from '../caller.ts'

/** Elements of a type that leave, beside resourceType, id and meta; undefined: all of them. */
export type Projection = (type: string) => readonly string[] | undefined

/**
 * Minimum necessary (45 CFR 164.502(b)): what is given of each type for the caller's purpose. Of several roles with a
 * line, what any of them is given; roles without one do not come into it for this purpose and type.
 */
export function projectionFor(rows: readonly ProjectionRow[], { roles, purpose }: Caller): Projection {
  const lines = rows.filter((row) => row.purpose === purpose && roles.some((role) => role === row.role))
  return (type) => {
    const own = lines.filter((row) => row.type === type)
    return own.length === 0 ? undefined : [...new Set(own.flatMap(({ keep }) => keep))]
  }
}

/** The resource with only these elements, tagged as incomplete (R4: SUBSETTED), so that it is not written back. */
export function project(resource: Resource, keep: readonly string[] | undefined): Resource {
  if (keep === undefined) return resource
  const kept = new Set(['resourceType', 'id', 'meta', ...keep])
  const rest = spelledAs(
    resource,
    Object.fromEntries(Object.entries(resource).filter(([element]) => kept.has(element))),
  )
  const { meta } = resource
  const tag = [...(meta?.tag ?? []), SUBSETTED]
  return { ...rest, resourceType: resource.resourceType, meta: { ...meta, tag } }
}

const SUBSETTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
}
