import { MADE_FROM_OTHERS, namingSources } from '../../record/made-from.ts'
import type { Coding, Resource } from '../../record/resource.ts'
import { tokenOf } from '../../record/resource.ts'
import { type Labelling, labelsOf } from './labels-of.ts'

/**
 * A resource that Garrod made of others of the same person: it names them and carries all their security labels. The
 * names are obeyed by every query (who may not see a source does not see it); the labels go with it when it leaves.
 */
export function madeFrom(resource: Resource, sources: readonly Resource[], rules: Labelling): Resource {
  return namingSources(withLabelsOf(resource, sources, rules), sources)
}

/** A resource that tells what others tell, such as the document they were read from, with all their security labels. */
export function withLabelsOf(resource: Resource, others: readonly Resource[], rules: Labelling): Resource {
  const own = resource.meta?.security ?? []
  const there = new Set(own.map(({ system, code }) => tokenOf(system, code)))
  const labels = new Set(others.flatMap((one) => labelsOf(one, rules)))
  const inherited = [...labels].filter((one) => one !== MADE_FROM_OTHERS && !there.has(one)).sort()
  if (inherited.length === 0) return resource
  return { ...resource, meta: { ...resource.meta, security: [...own, ...inherited.map(codingOf)] } }
}

/** Of a token "system|code". */
function codingOf(token: string): Coding {
  const bar = token.lastIndexOf('|')
  const system = token.slice(0, bar)
  return { ...(system === '' ? {} : { system }), code: token.slice(bar + 1) }
}
