import {
  type Binding,
  type ElementRow,
  type Slicing,
  type TypeRef,
  type ValueRule,
  writeElement,
} from '../../fhir/element.ts'
import type { ElementDefinition, StructureDefinition } from './structure-definition.ts'

/** Rows and constraints of one definition. */
export interface Table {
  readonly rows: readonly ElementRow[]
  /** [key, severity, expression, human] of the constraints that the rows name. */
  readonly constraints: readonly (readonly [string, string, string, string])[]
}

/** Gives the rows of a type by name, its inherited ones not included, and the name of its base. */
export type TypeRows = (name: string) => { rows: readonly ElementRow[]; base: string | undefined } | undefined

/** Every element has ele-1 and every extension ext-1: the validator knows them, no row repeats them. */
const EVERYWHERE = new Set(['ele-1', 'ext-1'])
const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type'
const MAX_VALUE_SET = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet'

/** The table of a type: what it states beyond the type it specialises. */
export function typeTable(definition: StructureDefinition, types: TypeRows): Table {
  const elements = definition.snapshot?.element ?? []
  const rows = elements.map(rowOf)
  const places = new Places(types)
  const base = definition.baseDefinition?.split('/').at(-1)
  const inherited = (row: ElementRow, at: number) => {
    if (at === 0 || base === undefined) return undefined
    const name = lastWord(row.path)
    const parent = row.path.slice(0, -name.length - 1)
    if (parent === '') return places.row(base, name)
    const backbone = rows.find((one) => one.path === parent)?.types?.[0]?.code
    return backbone === undefined ? undefined : places.row(backbone, name)
  }
  const [root, ...rest] = rows
  const above = base === undefined ? [] : places.rootConstraints(base)
  const head: ElementRow = {
    ...root!,
    types: [definition.kind, base ?? '-', ...(definition.abstract ? ['abstract'] : [])].map(plainType),
    constraints: root!.constraints.filter((key) => !above.includes(key)),
  }
  const own = rest.filter((row, i) => {
    const same = inherited(row, i + 1)
    return (
      same === undefined || writeElement('', { ...same, path: '' }) !== writeElement('', { ...row, path: '' })
    )
  })
  return { rows: [head, ...own], constraints: constraintsOf(elements, [head, ...own]) }
}

/** The table of a profile: what it demands beyond its type. Rows come in the order of the snapshot. */
export function profileTable(definition: StructureDefinition, types: TypeRows): Table {
  const elements = definition.snapshot?.element ?? []
  const places = new Places(types)
  const rows: ElementRow[] = []
  for (const element of elements) {
    const row = rowOf(element)
    const base = row.path === '' ? undefined : places.find(definition.type, row.path)
    const sliced = lastWord(row.path).includes(':')
    const said = row.path === '' ? { ...row, types: undefined, min: 0, max: 1 } : beyond(row, base, sliced)
    const above = row.path === '' ? places.rootConstraints(definition.type) : (base?.constraints ?? [])
    const own = { ...said, constraints: row.constraints.filter((key) => !above.includes(key)) }
    if (sliced || row.path === '' || base === undefined || saysMore(own, base)) rows.push(own)
  }
  return { rows, constraints: constraintsOf(elements, rows) }
}

/** A slice is its own row even where it says nothing: its name and its card count. */
function saysMore(row: ElementRow, base: ElementRow): boolean {
  return (
    row.min !== base.min ||
    row.max !== base.max ||
    row.types !== undefined ||
    row.binding !== undefined ||
    row.value !== undefined ||
    row.slicing !== undefined ||
    row.constraints.length > 0
  )
}

function beyond(row: ElementRow, base: ElementRow | undefined, sliced: boolean): ElementRow {
  const same = <T>(one: T, other: T) => JSON.stringify(one) === JSON.stringify(other)
  return {
    ...row,
    isSummary: false,
    isModifier: false,
    types: base !== undefined && same(row.types, base.types) ? undefined : row.types,
    binding: base !== undefined && same(row.binding, base.binding) ? undefined : row.binding,
    value: base !== undefined && same(row.value, base.value) ? undefined : row.value,
    slicing: !sliced && base !== undefined && same(row.slicing, base.slicing) ? undefined : row.slicing,
  }
}

/** Finds the row that a type states for a place, through inheritance and through the types of elements. */
class Places {
  readonly #types: TypeRows
  constructor(types: TypeRows) {
    this.#types = types
  }

  row(type: string, path: string): ElementRow | undefined {
    for (let name: string | undefined = type; name !== undefined; ) {
      const found = this.#types(name)
      const row = found?.rows.find((one) => one.path === path)
      if (row !== undefined) return row
      name = found?.base
    }
    return undefined
  }

  rootConstraints(type: string): string[] {
    const keys: string[] = []
    for (let name: string | undefined = type; name !== undefined; ) {
      const found = this.#types(name)
      keys.push(...(found?.rows[0]?.constraints ?? []))
      name = found?.base
    }
    return keys
  }

  /** The row at "component:x.value[x].coding" of Observation; undefined where the way leads through a choice. */
  find(type: string, id: string): ElementRow | undefined {
    const words = id.split('.').map((word) => word.replace(/:.*$/, ''))
    let owner = type
    let path = ''
    let row: ElementRow | undefined
    for (const word of words) {
      path = path === '' ? word : `${path}.${word}`
      let next = this.row(owner, path)
      if (next === undefined && row !== undefined) {
        const code = row.types?.length === 1 ? row.types[0]!.code : undefined
        if (row.sameAs !== undefined) path = `${row.sameAs}.${word}`
        else if (code === undefined) return undefined
        else [owner, path] = [code, word]
        next = this.row(owner, path)
        if (next === undefined && row.sameAs !== undefined) next = this.row('BackboneElement', word)
      }
      if (next === undefined) return undefined
      // A backbone inherits id, extension and modifierExtension, and keeps its own place.
      row = next
    }
    return row
  }
}

function rowOf(element: ElementDefinition): ElementRow {
  const path = element.id.includes('.') ? element.id.slice(element.id.indexOf('.') + 1) : ''
  return {
    path,
    min: element.min ?? 0,
    max: element.max === undefined || element.max === '*' ? Number.POSITIVE_INFINITY : Number(element.max),
    types: element.type?.every((type) => typeOf(type) !== undefined)
      ? element.type.map((type) => typeOf(type)!)
      : undefined,
    sameAs: element.contentReference?.slice(element.contentReference.indexOf('.') + 1),
    binding: bindingOf(element.binding),
    value: ruleOf(element),
    slicing: slicingOf(element.slicing),
    constraints: (element.constraint ?? []).map((one) => one.key).filter((key) => !EVERYWHERE.has(key)),
    isSummary: element.isSummary ?? false,
    isModifier: element.isModifier ?? false,
  }
}

const plainType = (code: string): TypeRef => ({ code, profiles: [], targets: [] })

/**
 * Ids and urls are typed by FHIRPath in snapshots, with the FHIR type in an extension that guides may leave out: then
 * the element has the type that its base says, here undefined.
 */
function typeOf(type: NonNullable<ElementDefinition['type']>[number]): TypeRef | undefined {
  let code = type.code
  if (code.startsWith('http://hl7.org/fhirpath/')) {
    const stated = type.extension?.find((one) => one.url === FHIR_TYPE)
    if (stated?.valueUrl === undefined) return undefined
    code = stated.valueUrl
  }
  return { code, profiles: type.profile ?? [], targets: type.targetProfile ?? [] }
}

function bindingOf(binding: ElementDefinition['binding']): Binding | undefined {
  if (binding?.valueSet === undefined || binding.strength === 'example') return undefined
  const most = binding.extension?.find((one) => one.url === MAX_VALUE_SET) as
    | { valueCanonical?: string; valueUri?: string }
    | undefined
  const outermost = most?.valueCanonical ?? most?.valueUri
  return {
    strength: binding.strength as Binding['strength'],
    valueSet: withoutVersion(binding.valueSet),
    outermost: outermost === undefined ? undefined : withoutVersion(outermost),
  }
}

/** Extensions are told apart by their url everywhere, so open slicing by url is not repeated where no slice follows. */
function slicingOf(slicing: ElementDefinition['slicing']): Slicing | undefined {
  if (slicing === undefined) return undefined
  const discriminators = (slicing.discriminator ?? []).map(({ type, path }) => ({ type, path }))
  const [only] = discriminators
  if (
    slicing.rules === 'open' &&
    discriminators.length === 1 &&
    only?.type === 'value' &&
    only.path === 'url'
  )
    return undefined
  return { rules: slicing.rules as Slicing['rules'], ordered: slicing.ordered ?? false, discriminators }
}

function ruleOf(element: ElementDefinition): ValueRule | undefined {
  const rule: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(element)) {
    const [, kind] = /^(fixed|pattern|minValue|maxValue)[A-Z]/.exec(key) ?? []
    if (kind !== undefined) rule[kind] = value
  }
  if (element.maxLength !== undefined) rule['maxLength'] = element.maxLength
  return Object.keys(rule).length === 0 ? undefined : rule
}

function constraintsOf(
  elements: readonly ElementDefinition[],
  rows: readonly ElementRow[],
): [string, string, string, string][] {
  const named = new Set(rows.flatMap((row) => row.constraints))
  const found = new Map<string, [string, string, string, string]>()
  for (const one of elements.flatMap((element) => element.constraint ?? [])) {
    if (one.expression !== undefined && named.has(one.key) && !found.has(one.key))
      found.set(one.key, [one.key, one.severity, one.expression, one.human])
  }
  return [...found.values()].map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim()) as typeof row)
}

function withoutVersion(canonical: string): string {
  const bar = canonical.indexOf('|')
  return bar < 0 ? canonical : canonical.slice(0, bar)
}

function lastWord(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
