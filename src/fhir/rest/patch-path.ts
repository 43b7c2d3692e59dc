import type { ElementShape } from '../../knowledge/fhir/search-parameter.ts'
import { Fault } from '../../terms/fault.ts'

type Elements = ReadonlyMap<string, ElementShape>
type Json = Record<string, unknown>

/** One value inside a resource: where it lies, and the FHIR type under whose path its children are described. */
export interface Located {
  readonly holder: Json
  readonly property: string
  /** Place in the list, when the property is one. */
  readonly index: number | undefined
  readonly value: unknown
  readonly type: string
}

/**
 * Finds what the path of a FHIRPath Patch operation points at. Understood: element names (a choice by its name without
 * the type), [n], first(), last(), where(a = 'b' and c = 'd'), ofType(X), extension('url').
 * Throws PATCH_MALFORMED on any other FHIRPath.
 */
export function locate(resource: Json, path: string, elements: Elements, where: string): readonly Located[] {
  const steps = stepsOf(path, where)
  const root = steps.shift()
  if (root !== resource['resourceType'])
    throw malformed(where, 'the path begins with another type than the resource has')
  let found: readonly Located[] = [
    { holder: { resource }, property: 'resource', index: undefined, value: resource, type: String(root) },
  ]
  for (const step of steps) {
    const filtered = filter(found, step, where)
    if (filtered !== undefined) found = filtered
    else {
      const extension = /^extension\('([^']*)'\)$/.exec(step)
      const name = extension === null ? step : 'extension'
      found = found.flatMap((one) => childrenOf(one, name, elements, where))
      if (extension !== null) found = found.filter(({ value }) => (value as Json)['url'] === extension[1])
    }
  }
  return found
}

/** The shape of an element of a located value; undefined when its type has none of that name. */
export function childShape(parent: Located, name: string, elements: Elements): ElementShape | undefined {
  return elements.get(`${parent.type}.${name}`)
}

/** The FHIR type, or path, under which children of an element are described. */
export function typeBelow(parent: Located, name: string, type: string): string {
  return type === 'BackboneElement' || type === 'Element' ? `${parent.type}.${name}` : type.replace('@', '')
}

/** The JSON property and type of each way an element can be written. */
export function spellings(name: string, shape: ElementShape): readonly { property: string; type: string }[] {
  if (!shape.choice) return [{ property: name, type: shape.types[0]! }]
  return shape.types.map((type) => ({ property: `${name}${type[0]!.toUpperCase()}${type.slice(1)}`, type }))
}

function childrenOf(parent: Located, name: string, elements: Elements, where: string): readonly Located[] {
  const shape = childShape(parent, name, elements)
  if (shape === undefined) throw malformed(where, `there is no element "${name.slice(0, 64)}" there`)
  const holder = parent.value as Json
  return spellings(name, shape).flatMap(({ property, type }): Located[] => {
    const value = holder[property]
    if (value === undefined) return []
    const below = typeBelow(parent, name, type)
    if (!Array.isArray(value)) return [{ holder, property, index: undefined, value, type: below }]
    return value.map((one: unknown, index) => ({ holder, property, index, value: one, type: below }))
  })
}

function filter(found: readonly Located[], step: string, where: string): readonly Located[] | undefined {
  const place = /^\[(\d{1,6})\]$/.exec(step)
  if (place !== null) return found.slice(Number(place[1]), Number(place[1]) + 1)
  if (step === 'first()') return found.slice(0, 1)
  if (step === 'last()') return found.slice(-1)
  const typed = /^(?:ofType|as)\(([A-Za-z]+)\)$/.exec(step)
  if (typed !== null) return found.filter((one) => one.type === typed[1])
  const condition = /^where\((.*)\)$/s.exec(step)
  if (condition === null) return undefined
  const wanted = condition[1]!.split(/ and /).map((one) => {
    const parts = /^\s*([a-zA-Z]+(?:\.[a-zA-Z]+)*)\s*=\s*(?:'([^']*)'|(true|false|-?\d+(?:\.\d+)?))\s*$/.exec(
      one,
    )
    if (parts === null) throw malformed(where, "the condition is not of the form name = 'text'")
    return { names: parts[1]!.split('.'), value: parts[2] ?? parts[3]! }
  })
  return found.filter(({ value }) => wanted.every((one) => valuesAt(value, one.names).includes(one.value)))
}

function valuesAt(value: unknown, names: readonly string[]): readonly string[] {
  let found: unknown[] = [value]
  for (const name of names) {
    found = found.flatMap((one) =>
      typeof one === 'object' && one !== null ? ((one as Json)[name] ?? []) : [],
    )
  }
  return found.map(String)
}

/** "Patient.name[0].where(use = 'official').given" in its steps. */
function stepsOf(path: string, where: string): string[] {
  const steps: string[] = []
  let quoted = false
  let depth = 0
  let step = ''
  for (const at of path) {
    if (at === "'") quoted = !quoted
    if (!quoted && at === '(') depth++
    if (!quoted && at === ')') depth--
    if (!quoted && depth === 0 && (at === '.' || at === '[')) {
      if (step !== '') steps.push(step)
      step = at === '[' ? '[' : ''
    } else step += at
  }
  if (step !== '') steps.push(step)
  if (quoted || depth !== 0 || steps.length === 0) throw malformed(where, 'the path cannot be read')
  return steps
}

export function malformed(where: string, what: string): Fault {
  return new Fault('PATCH_MALFORMED', where, what, 'See "FHIRPath Patch" (hl7.org/fhir/R4/fhirpatch.html).')
}
