import { isObject, type JsonObject } from './json.ts'
import type { Run } from './run.ts'
import type { TypeModel } from './type-model.ts'

/** A value that stands at an element. */
export interface Found {
  /** undefined where a primitive has extensions alone. */
  readonly value: unknown
  /** FHIR type, "CodeableConcept"; of a resource, its own. */
  readonly type: string
  /** Elements inside it; undefined for a primitive. */
  readonly model: TypeModel | undefined
  /** FHIRPath. */
  readonly path: string
}

/**
 * The values of an element of an object. A name may also be a choice narrowed to one type ("valueQuantity"), as older
 * guides write it. Undefined when the type has no such element.
 */
export function valuesAt(
  run: Run,
  parent: JsonObject,
  model: TypeModel,
  name: string,
  path: string,
): Found[] | undefined {
  const element = model.elements.get(name)
  if (element === undefined) {
    const one = model.properties.get(name)
    if (one === undefined || one.companionOf !== undefined) return undefined
    return collect(run, parent, [[name, one.type.code]], one.element.content, `${path}.${one.element.step}`)
  }
  return collect(
    run,
    parent,
    element.keys.map(([key, type]) => [key, type.code] as const),
    element.content,
    `${path}.${element.step}`,
  )
}

function collect(
  run: Run,
  parent: JsonObject,
  keys: readonly (readonly [string, string])[],
  content: (type: string) => TypeModel | undefined,
  at: string,
): Found[] {
  const found: Found[] = []
  for (const [key, type] of keys) {
    const value = parent[key] ?? (parent[`_${key}`] === undefined ? undefined : null)
    if (value === undefined) continue
    if (Array.isArray(value))
      for (let i = 0; i < value.length; i++) found.push(one(run, value[i], type, content, `${at}[${i}]`))
    else found.push(one(run, value ?? undefined, type, content, at))
  }
  return found
}

function one(
  run: Run,
  value: unknown,
  type: string,
  content: (type: string) => TypeModel | undefined,
  path: string,
): Found {
  if (type === 'Resource' && isObject(value)) {
    const own = String(value['resourceType'])
    return { value, type: own, model: run.types.of(own), path }
  }
  return { value: value ?? undefined, type, model: content(type), path }
}
