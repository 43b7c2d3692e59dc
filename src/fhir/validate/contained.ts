import { isObject, type JsonObject } from './json.ts'
import type { Run } from './run.ts'

/**
 * dom-3: what is contained is referred to, from the resource or from something else contained, or refers to the
 * resource that contains it. Checked here because FHIRPath would walk every element several times.
 */
export function checkContained(run: Run, resource: JsonObject, path: string): void {
  const contained = resource['contained']
  if (!Array.isArray(contained)) return
  const named = new Set<string>()
  collect(resource, named)
  for (const [i, one] of contained.entries()) {
    if (!isObject(one)) continue
    const own = new Set<string>()
    collect(one, own)
    if (own.has('#') || (typeof one['id'] === 'string' && named.has(`#${one['id']}`))) continue
    run.report({
      severity: 'error',
      code: 'invariant',
      expression: `${path}.contained[${i}]`,
      words: 'dom-3: a contained resource must be referred to from the resource that contains it.',
      constraint: 'dom-3',
    })
  }
}

/** Every text that starts with "#": references, canonicals, uris and urls. */
function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) into.add(value)
  } else if (Array.isArray(value)) for (const one of value) collect(one, into)
  else if (isObject(value)) for (const key in value) collect(value[key], into)
}
