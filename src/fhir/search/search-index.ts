import type { SearchFacts, SearchParameter } from '../../knowledge/fhir/search-parameter.ts'
import { type Resource, tokenOf } from '../../record/resource.ts'
import type { CompositeInterval, IndexEntry } from '../../record/resource-query.ts'
import { compileExpression, type Path, walk } from './expression-path.ts'
import { intervalOf, measuresOf, putReference, textsOf, tokensOf, typedIdentifiers } from './index-value.ts'

/** A search parameter of one type, ready to run. */
export interface CompiledParameter extends SearchParameter {
  readonly paths: readonly Path[]
  /** Tells who somebody is: kept as digests only. */
  readonly identity: boolean
  readonly parts: readonly CompiledPart[]
  /** Answered from these instead of an index of its own: "combo-code" is "code" or "component-code". */
  readonly either: readonly string[]
}

interface CompiledPart {
  readonly code: string
  readonly type: SearchParameter['type']
  readonly paths: readonly Path[]
}

/** Widest span a date can have (ECMAScript): stands for an open end inside a composite. */
const EVER = 8.64e15

/** Every search parameter of every served type, compiled once; makes the index entries of a resource. */
export class SearchIndex {
  readonly facts: SearchFacts
  readonly #byType = new Map<string, ReadonlyMap<string, CompiledParameter>>()

  constructor(facts: SearchFacts) {
    this.facts = facts
  }

  /** Resource types that are kept, in alphabetical order. */
  get types(): readonly string[] {
    return [...new Set(this.facts.parameters.map((one) => one.base))]
      .filter((one) => one !== 'Resource')
      .sort()
  }

  serves(type: string): boolean {
    return this.parameters(type).size > 0
  }

  /** Parameters of one type by code; empty when the type is not served. */
  parameters(type: string): ReadonlyMap<string, CompiledParameter> {
    const known = this.#byType.get(type)
    if (known !== undefined) return known
    const made = this.#compile(type)
    this.#byType.set(type, made)
    return made
  }

  parameter(type: string, code: string): CompiledParameter | undefined {
    return this.parameters(type).get(code)
  }

  #compile(type: string): ReadonlyMap<string, CompiledParameter> {
    const own = this.facts.parameters.filter((one) => one.base === type)
    if (own.length === 0) return new Map()
    const all = [...this.facts.parameters.filter((one) => one.base === 'Resource'), ...own]
    // Free text about a person may hold a name, so that it is kept the way names are.
    const personal = this.facts.patientCompartment.has(type) || type.startsWith('Practitioner')
    const { elements } = this.facts
    return new Map(
      all.map((one) => {
        const paths = compileExpression(one.expression.replace(/\bResource\b/, type), elements)
        const parts = one.components.map((part) => ({
          code: part.code,
          type: part.type,
          paths: paths.flatMap((path) => compileExpression(part.expression, elements, path.ends[0])),
        }))
        const secret = (path: Path) => path.ends.some((end) => end === 'Identifier' || end === 'ContactPoint')
        const identity = one.type === 'string' ? personal : one.type === 'token' && paths.some(secret)
        return [one.code, { ...one, paths, parts, identity, either: eitherOf(one.code, own) }]
      }),
    )
  }

  /**
   * What a resource is found under. `base` is this server's own address: absolute references below it are local.
   * _id and _lastUpdated are the store's own and not among them.
   */
  entries(resource: Resource, base: string): readonly IndexEntry[] {
    const found: IndexEntry[] = []
    for (const parameter of this.parameters(resource.resourceType).values()) {
      if (parameter.either.length > 0) continue
      if (parameter.type === 'composite') putComposite(parameter, resource, this.facts, found)
      else {
        for (const path of parameter.paths) {
          walk(path, resource, (value, type) => putValue(parameter, path, value, type, base, found))
        }
      }
    }
    return found
  }
}

function putValue(
  { code: param, type: kind, identity }: CompiledParameter,
  path: Path,
  value: unknown,
  type: string,
  base: string,
  found: IndexEntry[],
): void {
  switch (kind) {
    case 'token':
      for (const { system, code } of tokensOf(value, type, path.system)) {
        found.push({ kind, param, system, code, ...(identity ? { identity } : {}) })
      }
      if (type !== 'Identifier') return
      for (const { system, code } of typedIdentifiers(value)) {
        found.push({ kind, param: `${param}:of-type`, system, code, identity: true })
      }
      return
    case 'string':
      for (const text of textsOf(value, type)) found.push({ kind, param, text, identity })
      return
    case 'reference':
      putReference(param, value, base, (entry) => found.push(entry))
      return
    case 'uri':
      if (typeof value === 'string') found.push({ kind, param, uri: value })
      return
    case 'date': {
      const interval = intervalOf(value, type)
      if (interval !== undefined) found.push({ kind, param, ...interval })
      return
    }
    case 'quantity':
      for (const measure of measuresOf(value, type)) found.push({ kind, param, ...measure })
      return
    case 'number':
      if (typeof value === 'number') found.push({ kind, param, low: value, high: value })
  }
}

/** One entry for each combination of the parts' values, within one element. */
function putComposite(
  parameter: CompiledParameter,
  resource: Resource,
  facts: SearchFacts,
  found: IndexEntry[],
): void {
  const put = (node: unknown) => {
    const values = parameter.parts.map((part) => partValues(part, node))
    for (const parts of combinations(values)) {
      const interval = parts.find((one) => one.interval !== undefined)?.interval
      const text = parts.find((one) => one.text !== undefined)?.text
      const written = parts.map((one) => one.token ?? '')
      if (text !== undefined) {
        // A text is found by its beginning, under the parameter's name and the code it belongs to.
        const [token] = written
        const identity = facts.patientCompartment.has(resource.resourceType)
        for (const param of stringParams(parameter.code, token!))
          found.push({ kind: 'string', param, text, identity })
      } else {
        found.push({
          kind: 'composite',
          param: parameter.code,
          parts: written,
          ...(interval === undefined ? {} : { interval }),
        })
      }
    }
  }
  for (const path of parameter.paths) {
    if (path.steps.length === 0) put(resource)
    else walk(path, resource, put)
  }
}

/** Names under which the text part of a composite lies: with the system of its code, and with any. */
export function stringParams(code: string, token: string): readonly string[] {
  return [`${code}$${token}`, `${code}$${token.slice(token.indexOf('|') + 1)}`]
}

interface PartValue {
  readonly token?: string
  readonly interval?: CompositeInterval
  readonly text?: string
}

function partValues(part: CompiledPart, node: unknown): readonly PartValue[] {
  const values: PartValue[] = []
  for (const path of part.paths) {
    walk(path, node, (value, type) => {
      if (part.type === 'token') {
        for (const { system, code } of tokensOf(value, type, path.system))
          values.push({ token: tokenOf(system, code) })
      } else if (part.type === 'reference') {
        putReference('', value, '', (entry) => {
          if (entry.kind === 'reference')
            values.push({ token: tokenOf(undefined, `${entry.type}/${entry.id}`) })
        })
      } else if (part.type === 'string') {
        for (const text of textsOf(value, type)) values.push({ text })
      } else if (part.type === 'date') {
        const interval = intervalOf(value, type)
        if (interval !== undefined) {
          values.push({ interval: { of: 'date', low: interval.low ?? -EVER, high: interval.high ?? EVER } })
        }
      } else {
        for (const { low, high, system, code } of measuresOf(value, type)) {
          // A unit is asked for with its system, or by its code alone.
          const units = code === undefined ? [tokenOf(system, code)] : [tokenOf(system, code), code]
          for (const unit of units) values.push({ interval: { of: 'number', low, high, unit } })
        }
      }
    })
  }
  return values
}

function combinations(values: readonly (readonly PartValue[])[]): readonly (readonly PartValue[])[] {
  return values.reduce<readonly (readonly PartValue[])[]>(
    (made, next) => made.flatMap((one) => next.map((value) => [...one, value])),
    [[]],
  )
}

/** R4's "combo-" parameters say nothing that two others do not say already. */
function eitherOf(code: string, own: readonly SearchParameter[]): readonly string[] {
  if (!code.startsWith('combo-')) return []
  const rest = code.slice('combo-'.length)
  const both = [rest, `component-${rest}`]
  return both.every((name) => own.some((one) => one.code === name)) ? both : []
}
