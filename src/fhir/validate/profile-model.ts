import type { Constraint, FhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import type { Binding, ElementRow, Slicing, TypeRef, ValueRule } from '../../knowledge/fhir/element.ts'

/** What a profile demands of one element, beyond its type. */
export interface ProfileNode {
  /** Element id, for words: "component:gene-studied.value[x]". */
  readonly id: string
  /** Element name below its parent: "component", "value[x]". */
  readonly name: string
  readonly slice: string | undefined
  min: number
  max: number
  types: readonly TypeRef[] | undefined
  binding: Binding | undefined
  value: ValueRule | undefined
  constraints: readonly Constraint[]
  slicing: Slicing | undefined
  readonly children: Map<string, ProfileNode>
  readonly slices: ProfileNode[]
}

export interface ProfileModel {
  readonly url: string
  readonly type: string
  readonly base: string
  readonly root: ProfileNode
}

/** Trees of profiles, made when first asked for. */
export class ProfileModels {
  readonly #definitions: FhirDefinitions
  readonly #models = new Map<string, ProfileModel | undefined>()

  constructor(definitions: FhirDefinitions) {
    this.#definitions = definitions
  }

  of(canonical: string): ProfileModel | undefined {
    if (this.#models.has(canonical)) return this.#models.get(canonical)
    const table = this.#definitions.profile(canonical)
    const model =
      table === undefined
        ? undefined
        : { url: table.url, type: table.type, base: table.base, root: treeOf(table.rows, table.constraint) }
    this.#models.set(canonical, model)
    return model
  }

  /** Whether a profile is, or is derived from, another. */
  derives(canonical: string, ancestor: string): boolean {
    const seen = new Set<string>()
    for (
      let model = this.of(canonical);
      model !== undefined && !seen.has(model.url);
      model = this.of(model.base)
    ) {
      if (model.url === ancestor) return true
      seen.add(model.url)
    }
    return false
  }
}

function treeOf(
  rows: readonly ElementRow[],
  constraint: (key: string) => Constraint | undefined,
): ProfileNode {
  const root = emptyNode('', '', undefined)
  for (const row of rows) {
    let node = root
    let id = ''
    for (const word of row.path === '' ? [] : row.path.split('.')) {
      const [name = '', slice] = word.split(':')
      const above = id === '' ? '' : `${id}.`
      let child = node.children.get(name)
      if (child === undefined) {
        child = emptyNode(above + name, name, undefined)
        node.children.set(name, child)
      }
      id = above + word
      // "a/b" is a slice of slice "a".
      for (const part of slice?.split('/') ?? []) {
        const known = child.slices.find((one) => one.slice === part)
        const next: ProfileNode = known ?? emptyNode(id, name, part)
        if (known === undefined) child.slices.push(next)
        child = next
      }
      node = child
    }
    node.min = row.min
    node.max = row.max
    node.types = row.types
    node.binding = row.binding
    node.value = row.value
    node.slicing = row.slicing
    node.constraints = row.constraints.flatMap((key) => constraint(key) ?? [])
  }
  return root
}

function emptyNode(id: string, name: string, slice: string | undefined): ProfileNode {
  return {
    id,
    name,
    slice,
    min: 0,
    max: Number.POSITIVE_INFINITY,
    types: undefined,
    binding: undefined,
    value: undefined,
    constraints: [],
    slicing: undefined,
    children: new Map(),
    slices: [],
  }
}
