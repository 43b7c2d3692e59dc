import type { Resource, ResourceRef } from '../../record/resource.ts'
import { walk } from './expression-path.ts'
import { referenceTarget } from './reference-target.ts'
import type { SearchIndex } from './search-index.ts'
import { valueMalformed } from './search-text.ts'

/** One _include or _revinclude. */
export interface Include {
  /** Reverse: resources of `type` that refer to a match. */
  readonly reverse: boolean
  readonly type: string
  readonly param: string
  /** Only references to this type. */
  readonly target: string | undefined
  /** Applied to what was included, too. */
  readonly iterate: boolean
}

/** Reads "Observation:subject:Patient". Wildcards are refused. Throws SEARCH_VALUE_MALFORMED. */
export function includeOf(name: string, value: string, searched: string, index: SearchIndex): Include {
  const [head, modifier] = name.split(':')
  if (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse') {
    throw valueMalformed(name, 'the modifier is not known', 'Use :iterate or none.')
  }
  const [type, param, target, ...more] = value.split(':')
  const parameter = index.parameter(type ?? '', param ?? '')
  const isTarget = target === undefined || parameter?.targets.includes(target) === true
  if (parameter?.type !== 'reference' || !isTarget || more.length > 0) {
    throw valueMalformed(
      name,
      'this does not name a reference parameter (wildcards are not offered)',
      'Write Type:parameter or Type:parameter:TargetType, as in Observation:subject:Patient.',
    )
  }
  const reverse = head === '_revinclude'
  const aboutMatches = reverse ? parameter.targets.includes(searched) : type === searched
  const iterate = modifier !== undefined
  if (!aboutMatches && !iterate) {
    throw valueMalformed(
      name,
      `this leads neither from nor to ${searched}`,
      'Add :iterate to follow what is included.',
    )
  }
  return { reverse, type: type!, param: param!, target, iterate }
}

/** What a resource refers to by the parameter of an _include, on this server. */
export function includedRefs(
  resource: Resource,
  include: Include,
  index: SearchIndex,
  base: string,
): readonly ResourceRef[] {
  if (resource.resourceType !== include.type) return []
  const found: ResourceRef[] = []
  for (const path of index.parameter(include.type, include.param)?.paths ?? []) {
    walk(path, resource, (value) => {
      const written = typeof value === 'string' ? value : (value as { reference?: unknown }).reference
      if (typeof written !== 'string') return
      const target = referenceTarget(written, base)
      if (target.kind !== 'local' || (include.target !== undefined && target.type !== include.target)) return
      found.push({ type: target.type, id: target.id })
    })
  }
  return found
}
