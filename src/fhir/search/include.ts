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

/**
 * Reads "Observation:subject:Patient"; "Observation:*" and, of _include, "*" stand for every reference parameter of the
 * type. Everything that refers to a match from anywhere (_revinclude=*) is refused. Throws SEARCH_VALUE_MALFORMED.
 */
export function includesOf(
  name: string,
  value: string,
  searched: string,
  index: SearchIndex,
): readonly Include[] {
  const [head, modifier] = name.split(':')
  if (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse') {
    throw valueMalformed(name, 'the modifier is not known', 'Use :iterate or none.')
  }
  const reverse = head === '_revinclude'
  const iterate = modifier !== undefined
  const [type = '', param, target, ...more] =
    value === '*' && !reverse
      ? [searched, '*']
      : (value.split(':') as [string, string?, string?, ...string[]])
  const named = [...index.parameters(type).values()].filter((one) => one.type === 'reference')
  const wanted = named.filter((one) => param === '*' || one.code === param)
  const found = wanted.filter(({ targets }) => target === undefined || targets.includes(target))
  if (found.length === 0 || more.length > 0) {
    throw valueMalformed(
      name,
      'this does not name a reference parameter',
      'Write Type:parameter, Type:parameter:TargetType or Type:*, as in Observation:subject:Patient.',
    )
  }
  const aboutMatches = found.filter(({ targets }) =>
    reverse ? targets.includes(searched) : type === searched,
  )
  if (aboutMatches.length === 0 && !iterate) {
    throw valueMalformed(
      name,
      `this leads neither from nor to ${searched}`,
      'Add :iterate to follow what is included.',
    )
  }
  return (iterate ? found : aboutMatches).map(({ code }) => ({ reverse, type, param: code, target, iterate }))
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
