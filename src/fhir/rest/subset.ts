import type { ElementShape } from '../../knowledge/fhir/search-parameter.ts'
import type { Coding, Resource } from '../../record/resource.ts'
import { spelledAs } from '../../record/resource-text.ts'
import type { Summary } from '../search/search-request.ts'

type Elements = ReadonlyMap<string, ElementShape>
type Json = Record<string, unknown>

/** v3-ObservationValue SUBSETTED: the resource is not whole and must not be sent back as an update. */
const SUBSETTED: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
}
const ALWAYS = new Set(['resourceType', 'id', 'meta'])

/** The part of a resource that _summary or _elements asks for (FHIR R4, "Search", summary and elements). */
export function subsetOf(
  resource: Resource,
  summary: Summary,
  wanted: readonly string[],
  elements: Elements,
): Resource {
  const { resourceType: type } = resource
  if (wanted.length > 0) {
    return tagged(
      pick(
        resource,
        (name, property) =>
          wanted.includes(name) || wanted.includes(property) || isMandatory(type, name, elements),
        elements,
      ),
    )
  }
  switch (summary) {
    case 'true':
      return tagged(summaryOf(resource, type, elements) as Resource)
    case 'text':
      return tagged(pick(resource, (name) => name === 'text' || isMandatory(type, name, elements), elements))
    case 'data': {
      const { text: _text, ...data } = resource
      return tagged(data as Resource)
    }
    default:
      return resource
  }
}

function pick(
  resource: Resource,
  keeps: (name: string, property: string) => boolean,
  elements: Elements,
): Resource {
  const { resourceType: type } = resource
  const kept = Object.entries(resource).filter(
    ([property]) => ALWAYS.has(property) || keeps(elementName(type, property, elements), property),
  )
  return spelledAs(resource, Object.fromEntries(kept)) as Resource
}

function isMandatory(type: string, name: string, elements: Elements): boolean {
  return elements.get(`${type}.${name}`)?.mandatory === true
}

/** Summary elements at every depth of the resource's own structure; data types are kept whole. */
function summaryOf(node: Json, path: string, elements: Elements): Json {
  const kept: Json = {}
  for (const [property, value] of Object.entries(node)) {
    if (!path.includes('.') && ALWAYS.has(property)) {
      kept[property] = value
      continue
    }
    const name = elementName(path, property, elements)
    const shape = elements.get(`${path}.${name}`)
    if (shape === undefined || !(shape.summary || shape.mandatory)) continue
    const nested = shape.types[0] === 'BackboneElement'
    kept[property] = nested
      ? each(value, (one) => summaryOf(one as Json, `${path}.${name}`, elements))
      : value
  }
  return spelledAs(node, kept)
}

/** The element that a JSON property belongs to: "value" of valueQuantity, "birthDate" of _birthDate. */
function elementName(path: string, property: string, elements: Elements): string {
  const name = property.replace(/^_/, '')
  if (elements.has(`${path}.${name}`)) return name
  for (let end = name.length - 1; end > 0; end--) {
    if (elements.get(`${path}.${name.slice(0, end)}`)?.choice === true) return name.slice(0, end)
  }
  return name
}

function each(value: unknown, change: (one: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : change(value)
}

function tagged(resource: Resource): Resource {
  const tag = resource.meta?.tag ?? []
  if (tag.some((one) => one.code === SUBSETTED.code)) return resource
  return { ...resource, meta: { ...resource.meta, tag: [...tag, SUBSETTED] } }
}
