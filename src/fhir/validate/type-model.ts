import type { Constraint, FhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import type { Binding, ElementRow, TypeRef, ValueRule } from '../../knowledge/fhir/element.ts'

/** A type or a group of elements, ready to be held against JSON. */
export interface TypeModel {
  /** "Observation", "CodeableConcept", "Observation.component". */
  readonly name: string
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'group'
  /** By JSON key; a choice has one key per type, and each primitive a second one with "_" in front. */
  readonly properties: ReadonlyMap<string, Property>
  /** By element name: "status", "value[x]". */
  readonly elements: ReadonlyMap<string, ElementModel>
  readonly required: readonly ElementModel[]
  readonly choices: readonly ElementModel[]
  readonly constraints: readonly Constraint[]
}

export interface ElementModel {
  /** "value[x]" for a choice. */
  readonly name: string
  /** As FHIRPath names it: "value". */
  readonly step: string
  readonly choice: boolean
  readonly min: number
  readonly max: number
  /** Held in a JSON array. */
  readonly list: boolean
  readonly types: readonly TypeRef[]
  readonly keys: readonly (readonly [key: string, type: TypeRef])[]
  readonly binding: Binding | undefined
  readonly value: ValueRule | undefined
  readonly constraints: readonly Constraint[]
  readonly isSummary: boolean
  readonly isModifier: boolean
  /** Elements inside a value of this type; undefined for a primitive, and for Resource, whose type the value says. */
  readonly content: (type: string) => TypeModel | undefined
}

export interface Property {
  readonly key: string
  readonly element: ElementModel
  readonly type: TypeRef
  readonly primitive: boolean
  /** Key of the value that this "_" key holds id and extensions of. */
  readonly companionOf: string | undefined
}

/** Models of types, made when first asked for. */
export class TypeModels {
  readonly definitions: FhirDefinitions
  readonly #models = new Map<string, TypeModel | undefined>()

  constructor(definitions: FhirDefinitions) {
    this.definitions = definitions
  }

  /** A type by its name; undefined when R4 has none. */
  of(name: string): TypeModel | undefined {
    if (this.#models.has(name)) return this.#models.get(name)
    const table = this.definitions.type(name)
    const model = table === undefined ? undefined : this.#make(name, table.kind, name, '')
    this.#models.set(name, model)
    return model
  }

  isResource(name: string): boolean {
    const table = this.definitions.type(name)
    return table?.kind === 'resource' && !table.abstract
  }

  isPrimitive(name: string): boolean {
    return this.definitions.type(name)?.kind === 'primitive-type'
  }

  /** Whether `name` is `ancestor` or specialises it. */
  isA(name: string, ancestor: string): boolean {
    for (let one: string | undefined = name; one !== undefined; one = this.definitions.type(one)?.base)
      if (one === ancestor) return true
    return false
  }

  /** The elements of a group of a type, "Observation" and "component"; `base` is the type of the group element. */
  #group(owner: string, path: string, base: string): TypeModel {
    const name = `${owner}.${path}`
    const known = this.#models.get(name)
    if (known !== undefined) return known
    const model = this.#make(name, 'group', owner, path, base)
    this.#models.set(name, model)
    return model
  }

  #make(name: string, kind: TypeModel['kind'], owner: string, path: string, base?: string): TypeModel {
    const elements = new Map<string, ElementModel>()
    const constraints: Constraint[] = []
    const takeAll = (type: string, under: string) => {
      const table = this.definitions.type(type)
      if (table === undefined) return
      if (under === '' && table.base !== undefined) takeAll(table.base, '')
      if (under !== '' && base !== undefined) takeAll(base, '')
      for (const row of table.rows) {
        if (row.path === '' && under === '')
          constraints.push(...row.constraints.flatMap((key) => table.constraint(key) ?? []))
        const child = childOf(row.path, under)
        if (child !== undefined) elements.set(child, this.#element(child, row, type, table.constraint))
      }
    }
    takeAll(owner, path)
    const list = [...elements.values()]
    const properties = new Map<string, Property>()
    for (const element of list)
      for (const [key, type] of element.keys) {
        const primitive = this.isPrimitive(type.code)
        properties.set(key, { key, element, type, primitive, companionOf: undefined })
        if (primitive)
          properties.set(`_${key}`, { key: `_${key}`, element, type, primitive, companionOf: key })
      }
    return {
      name,
      kind,
      properties,
      elements,
      required: list.filter((one) => one.min > 0),
      choices: list.filter((one) => one.choice),
      constraints,
    }
  }

  #element(
    name: string,
    row: ElementRow,
    owner: string,
    constraint: (key: string) => Constraint | undefined,
  ): ElementModel {
    const choice = name.endsWith('[x]')
    const step = choice ? name.slice(0, -3) : name
    const isGroup = (code: string) => code === 'BackboneElement' || code === 'Element'
    const types = row.types ?? [
      { code: row.sameAs === undefined ? 'Element' : 'BackboneElement', profiles: [], targets: [] },
    ]
    const fixedTypes = types.map((type) =>
      owner === 'Resource' && name === 'id' ? { ...type, code: 'id' } : type,
    )
    return {
      name,
      step,
      choice,
      min: row.min,
      max: row.max,
      list: row.max > 1,
      types: fixedTypes,
      keys: choice
        ? fixedTypes.map((type) => [step + capital(type.code), type] as const)
        : [[name, fixedTypes[0]!] as const],
      binding: row.binding,
      value: row.value,
      constraints: row.constraints.flatMap((key) => constraint(key) ?? []),
      isSummary: row.isSummary,
      isModifier: row.isModifier,
      content: (type) => {
        if (isGroup(type)) return this.#group(owner, row.sameAs ?? row.path, type)
        return type === 'Resource' || this.isPrimitive(type) ? undefined : this.of(type)
      },
    }
  }
}

/** Name of the element when `path` is a child of `under`. */
function childOf(path: string, under: string): string | undefined {
  if (path === '') return undefined
  const rest = under === '' ? path : path.startsWith(`${under}.`) ? path.slice(under.length + 1) : undefined
  return rest === undefined || rest.includes('.') ? undefined : rest
}

function capital(code: string): string {
  return code[0]!.toUpperCase() + code.slice(1)
}
