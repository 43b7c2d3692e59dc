import type { ElementShape } from '../../knowledge/fhir/search-parameter.ts'
import { putSpelled, resourceCopy, spellingOf } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'
import { childShape, type Located, locate, malformed, spellings, typeBelow } from './patch-path.ts'

type Json = Record<string, unknown>
type Elements = ReadonlyMap<string, ElementShape>

interface Part {
  readonly name?: string
  readonly part?: readonly Part[]
  readonly [value: string]: unknown
}

/**
 * Applies a FHIRPath Patch (FHIR R4, "fhirpatch") to a copy of a resource: add, insert, delete, replace and move.
 * An element that repeats is added to, never overwritten. All operations or none.
 * Throws PATCH_MALFORMED, and PATCH_REFUSED when a path finds nothing or too much.
 */
export function applyFhirPathPatch(resource: Json, parameters: unknown, elements: Elements): Json {
  const copy = resourceCopy(resource)
  const { parameter } = (parameters ?? {}) as { parameter?: unknown }
  if (!Array.isArray(parameter)) throw malformed('Parameters', 'there are no operations')
  for (const [at, one] of (parameter as readonly Part[]).entries()) {
    const where = `Parameters.parameter[${at}]`
    if (one.name !== 'operation' || !Array.isArray(one.part))
      throw malformed(where, 'this is not an operation')
    apply(copy, one.part, elements, where)
  }
  return copy
}

function apply(resource: Json, parts: readonly Part[], elements: Elements, where: string): void {
  const type = textOf(parts, 'type', where)
  const found = locate(resource, textOf(parts, 'path', where), elements, where)
  switch (type) {
    case 'add':
      add(single(found, where), parts, elements, where)
      return
    case 'insert': {
      const list = listOf(found, where)
      const index = numberOf(parts, 'index', where)
      if (index > list.length) throw refused(where, 'the list has no such place')
      list.splice(index, 0, givenValue(parts, where).value)
      return
    }
    case 'delete':
      // R4: deleting what is not there is no error.
      if (found.length > 0) remove(single(found, where))
      return
    case 'replace':
      replace(single(found, where), givenValue(parts, where))
      return
    case 'move': {
      const list = listOf(found, where)
      const source = numberOf(parts, 'source', where)
      const destination = numberOf(parts, 'destination', where)
      if (source >= list.length || destination >= list.length)
        throw refused(where, 'the list has no such place')
      list.splice(destination, 0, ...list.splice(source, 1))
      return
    }
    default:
      throw malformed(where, 'the type is not add, insert, delete, replace or move')
  }
}

function add(parent: Located, parts: readonly Part[], elements: Elements, where: string): void {
  const name = textOf(parts, 'name', where)
  const shape = childShape(parent, name, elements)
  if (shape === undefined || typeof parent.value !== 'object')
    throw malformed(where, 'there is no such element there')
  const value = contentOf(parts, parent, name, shape, elements, where)
  const holder = parent.value as Json
  const way = spellings(name, shape).find((one) => !shape.choice || one.type === value.type)
  if (way === undefined) throw malformed(where, 'the element does not take a value of that type')
  if (shape.choice) for (const other of spellings(name, shape)) delete holder[other.property]
  if (shape.list)
    holder[way.property] = [...((holder[way.property] as unknown[] | undefined) ?? []), value.value]
  else putSpelled(holder, way.property, value.value, value.spelling)
}

function remove({ holder, property, index }: Located): void {
  if (index === undefined) {
    delete holder[property]
    return
  }
  const list = holder[property] as unknown[]
  list.splice(index, 1)
  // FHIR has no empty lists.
  if (list.length === 0) delete holder[property]
}

function replace({ holder, property, index, type }: Located, { value, type: given, spelling }: Value): void {
  if (index !== undefined) {
    ;(holder[property] as unknown[])[index] = value
    return
  }
  // A choice that is replaced by another type moves to another property: valueQuantity to valueString.
  const suffix = `${type[0]!.toUpperCase()}${type.slice(1)}`
  if (given !== undefined && given !== type && property.endsWith(suffix)) {
    delete holder[property]
    const now = `${property.slice(0, -suffix.length)}${given[0]!.toUpperCase()}${given.slice(1)}`
    putSpelled(holder, now, value, spelling)
  } else putSpelled(holder, property, value, spelling)
}

interface Value {
  readonly value: unknown
  readonly type: string | undefined
  /** Of a number that is not written as JavaScript writes it. */
  readonly spelling: string | undefined
}

function givenValue(parts: readonly Part[], where: string): Value {
  const part = parts.find((one) => one.name === 'value')
  const property = Object.keys(part ?? {}).find((key) => key.startsWith('value'))
  if (part === undefined || property === undefined) throw malformed(where, 'the value is missing')
  const type = property.slice('value'.length)
  // Primitive types begin with a small letter: valueString is a string, valueHumanName a HumanName.
  const primitive = typeof part[property] !== 'object'
  return {
    value: part[property],
    type: primitive ? `${type[0]!.toLowerCase()}${type.slice(1)}` : type,
    spelling: spellingOf(part, property),
  }
}

/** The value of an "add"; a nested element has no value[x] and is given in parts, one for each of its elements. */
function contentOf(
  parts: readonly Part[],
  parent: Located,
  name: string,
  shape: ElementShape,
  elements: Elements,
  where: string,
): Value {
  const given = parts.find((one) => one.name === 'value')
  if (given?.part === undefined) return givenValue(parts, where)
  const type = typeBelow(parent, name, shape.types[0]!)
  const made: Located = { holder: {}, property: '', index: undefined, value: {}, type }
  for (const part of given.part) {
    const inner = [
      { ...part, name: 'value' },
      { name: 'name', valueString: part.name ?? '' },
    ]
    add(made, inner, elements, where)
  }
  return { value: made.value, type: undefined, spelling: undefined }
}

function listOf(found: readonly Located[], where: string): unknown[] {
  const [first] = found
  const sameList = found.every((one) => one.holder === first?.holder && one.property === first.property)
  if (first === undefined || first.index === undefined || !sameList)
    throw refused(where, 'the path does not find one list')
  return first.holder[first.property] as unknown[]
}

function single(found: readonly Located[], where: string): Located {
  if (found.length === 1) return found[0]!
  throw refused(where, `the path finds ${found.length} values instead of one`)
}

function textOf(parts: readonly Part[], name: string, where: string): string {
  const part = parts.find((one) => one.name === name)
  const text = part?.['valueCode'] ?? part?.['valueString']
  if (typeof text !== 'string' || text === '') throw malformed(where, `"${name}" is missing`)
  return text
}

function numberOf(parts: readonly Part[], name: string, where: string): number {
  const number = parts.find((one) => one.name === name)?.['valueInteger']
  if (!Number.isInteger(number) || (number as number) < 0) throw malformed(where, `"${name}" is missing`)
  return number as number
}

function refused(where: string, what: string): Fault {
  return new Fault(
    'PATCH_REFUSED',
    where,
    what,
    'Read the resource again and write the patch for what it holds now.',
  )
}
