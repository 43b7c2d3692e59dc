import type { ElementShape } from '../../knowledge/fhir/search-parameter.ts'
import { Fault } from '../../terms/fault.ts'

/** One way from a node to its children: a JSON property and the FHIR type of what lies there. */
interface Property {
  readonly name: string
  readonly type: string
}

interface Step {
  readonly properties: readonly Property[]
  /** Keeps only references to this type: `.where(resolve() is Patient)`. */
  readonly resolvesTo?: string
  /** Keeps only objects whose property has this value: `.where(system='phone')`. */
  readonly where?: { readonly property: string; readonly value: string }
}

/** A compiled path: from a resource (or an element of it) to the values it leads to. */
export interface Path {
  readonly steps: readonly Step[]
  /** `X.exists() and X != false`: true or false instead of the values themselves. */
  readonly presence: boolean
  /** FHIR types that the end can have; a nested element is named by its path. */
  readonly ends: readonly string[]
  /** Code system of a plain code at the end. */
  readonly system: string | undefined
}

/** Called with each value, its FHIR type, and the object and property that hold it. */
type Visit = (value: unknown, type: string, holder: Record<string, unknown>, property: string) => void

type Elements = ReadonlyMap<string, ElementShape>

/**
 * Compiles the FHIRPath of a search parameter to plain property walks. Understood is what the parameters of R4 are
 * written in: paths, `ofType(X)`, `as X`, `.where(resolve() is X)`, `.where(p='v')`, `X.exists() and X != false`,
 * unions. Throws SEARCH_EXPRESSION_UNREADABLE on anything else: an index built from a guess would hide results.
 *
 * `start` is the element path that an expression without a leading type name begins at.
 */
export function compileExpression(expression: string, elements: Elements, start?: string): readonly Path[] {
  return termsOf(expression).map((term) => compileTerm(term, expression, elements, start))
}

/** Walks a compiled path. */
export function walk(path: Path, node: unknown, visit: Visit): void {
  if (!path.presence) {
    step(path.steps, 0, node, visit)
    return
  }
  let present = false
  step(path.steps, 0, node, (value) => {
    if (value !== false) present = true
  })
  visit(present, 'boolean', {}, '')
}

function step(steps: readonly Step[], at: number, node: unknown, visit: Visit): void {
  const here = steps[at]
  if (here === undefined || typeof node !== 'object' || node === null) return
  const holder = node as Record<string, unknown>
  const last = at === steps.length - 1
  for (const { name, type } of here.properties) {
    const found = holder[name]
    if (found === undefined || found === null) continue
    for (const value of Array.isArray(found) ? found : [found]) {
      if (value === null || !keeps(here, value)) continue
      if (last) visit(value, type, holder, name)
      else step(steps, at + 1, value, visit)
    }
  }
}

function keeps(at: Step, value: unknown): boolean {
  if (at.where !== undefined) {
    return (value as Record<string, unknown>)[at.where.property] === at.where.value
  }
  if (at.resolvesTo === undefined) return true
  const { reference, type } = value as { reference?: unknown; type?: unknown }
  if (typeof reference === 'string') {
    const named = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(
      reference,
    )
    return named?.[1] === at.resolvesTo
  }
  return type === at.resolvesTo
}

function compileTerm(written: string, whole: string, elements: Elements, start: string | undefined): Path {
  const existing = /^(\S+)\.exists\(\) and (\S+) != false$/.exec(written)
  const presence = existing !== null && existing[1] === existing[2]
  const parts = partsOf(presence ? existing[1]! : written, whole)
  const type = start ?? parts.shift()
  if (type === undefined || !/^[A-Z]/.test(type)) throw unreadable(whole)
  const steps: Step[] = []
  let ends: readonly string[] = [type]
  let system: string | undefined
  for (const part of parts) {
    const call = /^(ofType|as|where)\((.*)\)$/s.exec(part)
    if (call === null) {
      // After a choice that was not narrowed, the children of its types differ.
      const at = ends.length === 1 ? `${ends[0]}.${part}` : ''
      const shape = elements.get(at)
      if (shape === undefined) throw unreadable(whole)
      steps.push({ properties: propertiesOf(part, shape) })
      ends = shape.types.map((one) => (isNested(one) ? at : one.replace('@', '')))
      system = shape.system
      continue
    }
    const last = steps.pop()
    if (last === undefined) throw unreadable(whole)
    const narrowed = call[1] === 'where' ? filtered(last, call[2]!, whole) : typed(last, call[2]!)
    if (call[1] !== 'where') ends = narrowed.properties.map((one) => one.type)
    steps.push(narrowed)
  }
  return { steps, presence, ends: presence ? ['boolean'] : ends, system }
}

function filtered(last: Step, argument: string, whole: string): Step {
  const resolves = /^resolve\(\) is ([A-Z][A-Za-z]+)$/.exec(argument)
  if (resolves !== null) return { ...last, resolvesTo: resolves[1]! }
  const equals = /^([a-z][A-Za-z]*)='([^']*)'$/.exec(argument)
  if (equals !== null) return { ...last, where: { property: equals[1]!, value: equals[2]! } }
  throw unreadable(whole)
}

/** R4 writes ofType(DateTime) in one place where it means dateTime. */
function typed(last: Step, type: string): Step {
  const wanted = type.toLowerCase()
  return { ...last, properties: last.properties.filter((one) => one.type.toLowerCase() === wanted) }
}

function isNested(type: string): boolean {
  return type === 'BackboneElement' || type === 'Element'
}

/** `value` of Observation becomes valueQuantity, valueCodeableConcept …; every other element is itself. */
function propertiesOf(part: string, shape: ElementShape): readonly Property[] {
  if (!shape.choice) return [{ name: part, type: shape.types[0]! }]
  return shape.types.map((type) => ({ name: `${part}${type[0]!.toUpperCase()}${type.slice(1)}`, type }))
}

/** `(A.b as C)` and `(A.b.ofType(C)).d` become A, b, ofType(C), d. */
function partsOf(term: string, whole: string): string[] {
  let text = term.trim()
  const asType = /^\((.+) as ([A-Za-z]+)\)(.*)$/s.exec(text)
  if (asType !== null) text = `(${asType[1]}.as(${asType[2]}))${asType[3]}`
  if (text.startsWith('(')) {
    const close = closing(text, 0)
    if (close < 0) throw unreadable(whole)
    text = text.slice(1, close) + text.slice(close + 1)
  }
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    const at = text[i]
    if (at === '(') depth++
    else if (at === ')') depth--
    else if (at === undefined || (at === '.' && depth === 0)) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  if (depth !== 0 || parts.some((part) => !/^[A-Za-z]+(\(.*\))?$/s.test(part))) throw unreadable(whole)
  return parts
}

function closing(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return i
  }
  return -1
}

function termsOf(expression: string): string[] {
  const terms: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i <= expression.length; i++) {
    const at = expression[i]
    if (at === '(') depth++
    else if (at === ')') depth--
    else if (at === undefined || (at === '|' && depth === 0)) {
      terms.push(expression.slice(from, i).trim())
      from = i + 1
    }
  }
  return terms
}

function unreadable(expression: string): Fault {
  return new Fault(
    'SEARCH_EXPRESSION_UNREADABLE',
    expression,
    'this search parameter is written in more FHIRPath than the index understands',
    "Write it with paths, ofType(), where(resolve() is Type) and where(name='value').",
  )
}
