import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql'
import type { ElementShape } from '../../knowledge/fhir/search-parameter.ts'
import type { Resource } from '../../record/resource.ts'
import { referenceTarget } from '../search/reference-target.ts'
import type { SearchIndex } from '../search/search-index.ts'
import type { GraphqlData } from './graphql-data.ts'
import { filtered, listArguments } from './list-filter.ts'

type Json = Record<string, unknown>
type Fields = GraphQLFieldConfigMap<unknown, GraphqlData>

const SCALARS: Readonly<Record<string, GraphQLOutputType>> = {
  boolean: GraphQLBoolean,
  integer: GraphQLInt,
  positiveInt: GraphQLInt,
  unsignedInt: GraphQLInt,
  decimal: GraphQLFloat,
}

/** A contained resource, whole: its type is known only when it is read. */
const AnyResource = new GraphQLScalarType({ name: 'AnyResource', description: 'A resource as JSON.' })

/**
 * The GraphQL schema of the types that are kept (FHIR R4, "graphql"): `Patient(id)`, `PatientList(search parameters)`,
 * `resource` of a reference, and lists of resources that refer to one (`ObservationList(_reference: subject)`).
 * Search parameters have "_" for "-". Made of the element table, so that it never differs from what is kept.
 */
export function graphqlSchema(index: SearchIndex, base: string): GraphQLSchema {
  return new SchemaMaker(index, base).schema()
}

class SchemaMaker {
  readonly #index: SearchIndex
  readonly #base: string
  readonly #types = new Map<string, GraphQLObjectType>()
  /** Children by the path of their parent: made in one pass over the element table. */
  readonly #children = new Map<string, [name: string, shape: ElementShape][]>()
  #resource: GraphQLUnionType | undefined

  constructor(index: SearchIndex, base: string) {
    this.#index = index
    this.#base = base
    for (const [path, shape] of index.facts.elements) {
      const dot = path.lastIndexOf('.')
      const parent = path.slice(0, dot)
      const known = this.#children.get(parent) ?? []
      known.push([path.slice(dot + 1), shape])
      this.#children.set(parent, known)
    }
  }

  schema(): GraphQLSchema {
    const fields: Fields = {}
    for (const type of this.#index.types) {
      fields[type] = {
        type: this.#object(type),
        args: { id: { type: new GraphQLNonNull(GraphQLID) } },
        resolve: (_root, args: Json, data) => data.read({ type, id: String(args['id']) }),
      }
      fields[`${type}List`] = this.#search(type)
    }
    return new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) })
  }

  /** `TypeList(parameters)`; below a resource `_reference` says by which parameter it is referred to. */
  #search(type: string, below?: string): GraphQLFieldConfig<unknown, GraphqlData> {
    const args: GraphQLFieldConfigArgumentMap = {}
    const codes = new Map<string, string>()
    const known = [...this.#index.parameters(type).keys(), '_id', '_lastUpdated', '_sort', '_count']
    for (const code of known) {
      const name = code.replaceAll('-', '_')
      codes.set(name, code)
      args[name] = { type: new GraphQLList(GraphQLString) }
    }
    if (below !== undefined) args['_reference'] = { type: new GraphQLNonNull(GraphQLString) }
    return {
      type: new GraphQLList(this.#object(type)),
      args,
      resolve: (parent, given: Json, data) => {
        const parameters = Object.entries(given).flatMap(([name, values]) =>
          name === '_reference' || values === null
            ? []
            : (values as string[]).map((value) => [codes.get(name)!, value] as const),
        )
        if (below === undefined) return data.search(type, parameters)
        const { id } = parent as Resource
        const reference = String(given['_reference']).replaceAll('_', '-')
        return data.search(type, [...parameters, [reference, `${below}/${id}`]])
      },
    }
  }

  #object(path: string): GraphQLObjectType {
    const known = this.#types.get(path)
    if (known !== undefined) return known
    const made = new GraphQLObjectType({
      name: path.replaceAll('.', '_'),
      fields: () => this.#fields(path),
      // Only the union of resources asks; every other place has one type.
      isTypeOf: this.#index.serves(path) ? (value) => (value as Resource).resourceType === path : undefined,
    })
    this.#types.set(path, made)
    return made
  }

  #fields(path: string): Fields {
    const fields: Fields = {}
    const isResource = this.#index.serves(path)
    if (isResource) fields['resourceType'] = { type: GraphQLString }
    for (const [name, shape] of this.#children.get(path) ?? []) {
      if (!shape.choice) fields[name] = this.#field(path, name, shape, shape.types[0]!)
      else {
        for (const type of shape.types) {
          const property = `${name}${type[0]!.toUpperCase()}${type.slice(1)}`
          fields[property] = this.#field(path, name, shape, type)
        }
      }
    }
    if (path === 'Reference') fields['resource'] = this.#target()
    if (isResource) {
      for (const type of this.#referring(path)) fields[`${type}List`] = this.#search(type, path)
    }
    return fields
  }

  #field(
    parent: string,
    name: string,
    shape: ElementShape,
    type: string,
  ): GraphQLFieldConfig<unknown, GraphqlData> {
    const output = this.#output(`${parent}.${name}`, type)
    if (!shape.list) return { type: output }
    const inner = type.startsWith('@')
      ? type.slice(1)
      : /^(Backbone)?Element$/.test(type)
        ? `${parent}.${name}`
        : type
    const args = output instanceof GraphQLObjectType ? listArguments(this.#children.get(inner) ?? []) : {}
    return {
      type: new GraphQLList(output),
      args,
      resolve: (node, given: Json, _data, { fieldName }) => filtered((node as Json)[fieldName], given),
    }
  }

  #output(path: string, type: string): GraphQLOutputType {
    if (type.startsWith('@')) return this.#object(type.slice(1))
    if (type === 'BackboneElement' || type === 'Element') return this.#object(path)
    if (type === 'Resource') return AnyResource
    return this.#children.has(type) ? this.#object(type) : (SCALARS[type] ?? GraphQLString)
  }

  /** What a reference leads to, when it is kept here and of the asked type. */
  #target(): GraphQLFieldConfig<unknown, GraphqlData> {
    this.#resource ??= new GraphQLUnionType({
      name: 'Resource',
      types: this.#index.types.map((type) => this.#object(type)),
      resolveType: (value) => (value as Resource).resourceType,
    })
    return {
      type: this.#resource,
      args: { type: { type: GraphQLString }, optional: { type: GraphQLBoolean } },
      resolve: (node, { type }: Json, data) => {
        const { reference } = node as { reference?: unknown }
        const target = typeof reference === 'string' ? referenceTarget(reference, this.#base) : undefined
        if (target?.kind !== 'local' || (type !== undefined && type !== null && type !== target.type))
          return undefined
        return data.read({ type: target.type, id: target.id })
      },
    }
  }

  /** Types that may refer to this one. */
  #referring(type: string): readonly string[] {
    return this.#index.types.filter((other) =>
      [...this.#index.parameters(other).values()].some(
        (one) => one.type === 'reference' && one.targets.includes(type),
      ),
    )
  }
}
