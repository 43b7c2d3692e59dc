import { execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'
import type { GraphqlData } from '../../fhir/graphql/graphql-data.ts'
import { MOST_LOOKUPS, QUERY_LONGEST, refuseCostly, tooCostly } from '../../fhir/graphql/query-limits.ts'
import { graphqlSchema } from '../../fhir/graphql/schema.ts'
import { searchRequest } from '../../fhir/search/search-request.ts'
import type { Resource } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import { type FhirReply, type FhirService, permitted, touch, type Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'

const schemas = new WeakMap<FhirService, GraphQLSchema>()

/**
 * $graphql on the whole server: GET with "query", or POST of JSON with query, variables and operationName. Every search
 * and read in it is permitted as the same interaction alone would be. Throws GRAPHQL_MALFORMED, QUERY_TOO_COSTLY.
 */
export async function graphqlInteraction(work: Work): Promise<FhirReply> {
  const { service } = work
  const { query, variables, operationName } = askedOf(work)
  if (query.length > QUERY_LONGEST) throw tooCostly(`it is longer than ${QUERY_LONGEST} characters`)
  const document = parsed(query)
  refuseCostly(document)
  let schema = schemas.get(service)
  if (schema === undefined) {
    schema = graphqlSchema(service.index, service.base())
    schemas.set(service, schema)
  }
  const errors = validate(schema, document)
  if (errors.length > 0) return answer(400, { errors: errors.map(told) })
  const result = await execute({
    schema,
    document,
    contextValue: dataOf(work),
    ...(variables === undefined ? {} : { variableValues: variables }),
    ...(operationName === undefined ? {} : { operationName }),
  })
  for (const { originalError } of result.errors ?? []) {
    if (originalError !== undefined && !(originalError instanceof Fault)) {
      service.log(`bug in a GraphQL query: ${originalError.name}`)
    }
  }
  return answer(200, {
    ...(result.errors === undefined ? {} : { errors: result.errors.map(told) }),
    ...(result.data === undefined ? {} : { data: result.data }),
  })
}

/** Reads and searches as far as the caller may see, counted. */
function dataOf(work: Work): GraphqlData {
  const { service, trace } = work
  let lookups = 0
  const count = () => {
    lookups++
    if (lookups > MOST_LOOKUPS) throw tooCostly(`it needs more than ${MOST_LOOKUPS} searches and reads`)
  }
  return {
    async read(ref) {
      count()
      if (!service.index.serves(ref.type)) return undefined
      const { context } = await permitted(work, { interaction: 'read', type: ref.type })
      const stored = await service.store.read(context.tenant, ref, context.within)
      if (stored === undefined || stored.deleted) return undefined
      touch(trace, [stored])
      return JSON.parse(minimum(context, stored.type, stored.json!)) as Resource
    },
    async search(type, parameters) {
      count()
      const { context } = await permitted(work, { interaction: 'search-type', type })
      const reading = { index: service.index, base: service.base(), now: service.now().getTime() }
      const { criteria, sort, count: size, patient, ignored } = searchRequest(type, parameters, reading)
      if (ignored.length > 0) {
        throw new Fault(
          'SEARCH_PARAMETER_UNKNOWN',
          type,
          'there is no such search parameter',
          'See /metadata.',
        )
      }
      const page = await service.store.search(context.tenant, {
        ...{ type, criteria, sort, count: Math.max(1, size), after: undefined, total: false },
        within: context.within,
        ...(patient === undefined ? {} : { patient }),
      })
      touch(trace, page.resources)
      trace.count = (trace.count ?? 0) + page.resources.length
      return page.resources.map((one) => JSON.parse(minimum(context, one.type, one.json!)) as Resource)
    },
  }
}

interface Asked {
  readonly query: string
  readonly variables: Record<string, unknown> | undefined
  readonly operationName: string | undefined
}

function askedOf({ request }: Work): Asked {
  const body = (request.bodyType === 'json' ? request.body : undefined) as Record<string, unknown> | undefined
  const named = (name: string) => request.query.find(([one]) => one === name)?.[1]
  const query = body?.['query'] ?? named('query')
  const variables = body?.['variables']
  if (typeof query !== 'string' || query === '') throw malformed('there is no query')
  if (variables !== undefined && variables !== null && typeof variables !== 'object') {
    throw malformed('the variables are not an object')
  }
  const operationName = body?.['operationName'] ?? named('operationName')
  return {
    query,
    variables: (variables ?? undefined) as Asked['variables'],
    operationName: typeof operationName === 'string' ? operationName : undefined,
  }
}

function parsed(query: string): ReturnType<typeof parse> {
  try {
    return parse(query, { maxTokens: 10_000 })
  } catch (error) {
    throw malformed(error instanceof GraphQLError ? error.message : 'the query cannot be read')
  }
}

/** An error as GraphQL tells it; a bug tells nothing of itself. */
function told(error: GraphQLError): {
  message: string
  path?: readonly (string | number)[]
  extensions?: object
} {
  const { originalError, path } = error
  const at = path === undefined ? {} : { path }
  if (originalError instanceof Fault) {
    const { code, what, mend } = originalError
    return { message: `${what}. ${mend}`, ...at, extensions: { code } }
  }
  return originalError === undefined
    ? { message: error.message, ...at }
    : { message: 'Internal error', ...at }
}

function answer(status: number, body: unknown): FhirReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}

function malformed(what: string): Fault {
  return new Fault(
    'GRAPHQL_MALFORMED',
    'query',
    what,
    'Send {"query": "…"}; the schema can be asked for with introspection.',
  )
}
