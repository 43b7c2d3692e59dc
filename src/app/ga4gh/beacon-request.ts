import * as z from 'zod'
import { API_VERSION, type ReceivedRequest } from '../../deliver/beacon/envelope.ts'
import { Fault } from '../../terms/fault.ts'
import { issueWords } from '../../terms/schema-issue.ts'

const position = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31)
const positions = z.array(position).min(1).max(2)
const bases = z
  .string()
  .regex(/^[ACGTUNRYSWKMBDHV.-]*$/i, 'is not a sequence of bases')
  .max(10_000)
const name = z.string().min(1).max(200)

const Parameters = z.strictObject({
  start: positions.optional(),
  end: positions.optional(),
  referenceName: name.optional(),
  assemblyId: name.optional(),
  referenceBases: bases.optional(),
  alternateBases: bases.optional(),
  aminoacidChange: name.optional(),
  geneId: name.optional(),
  genomicAlleleShortForm: name.optional(),
  variantType: name.optional(),
  variantMinLength: position.optional(),
  variantMaxLength: position.optional(),
})
export type VariantParameters = z.output<typeof Parameters>

const Filter = z.object({ id: name, operator: z.string().optional(), value: z.string().optional() })
const Body = z.object({
  meta: z
    .object({
      apiVersion: z.string().max(40).optional(),
      requestedSchemas: z
        .array(
          z.object({ entityType: z.string().max(100).optional(), schema: z.string().max(500).optional() }),
        )
        .max(10)
        .optional(),
    })
    .optional(),
  query: z
    .object({
      requestParameters: z.record(z.string(), z.unknown()).optional(),
      filters: z.array(Filter).max(20).optional(),
      includeResultsetResponses: z.enum(['ALL', 'HIT', 'MISS', 'NONE']).optional(),
      pagination: z
        .object({
          skip: z.number().int().min(0).max(1e6).optional(),
          limit: z.number().int().min(0).max(100).optional(),
        })
        .optional(),
      requestedGranularity: z.enum(['boolean', 'count', 'record']).optional(),
      testMode: z.boolean().optional(),
    })
    .optional(),
})

/** A Beacon question, read. */
export interface BeaconRequest {
  readonly received: ReceivedRequest
  readonly parameters: VariantParameters
  readonly filters: readonly string[]
}

const NUMBERS = new Set(['variantMinLength', 'variantMaxLength'])
const LISTS = new Set(['start', 'end'])

/** The parameters of a GET, or the body of a POST. Throws BEACON_MALFORMED. */
export function beaconRequest(query: Readonly<Record<string, unknown>>, body: unknown): BeaconRequest {
  const given = read(Body, body === undefined || body === null ? fromQuery(query) : body, 'request')
  const { requestParameters: asked = {}, filters = [], pagination, ...rest } = given.query ?? {}
  // Version 2 wraps them once more in some clients.
  const inner = (asked['g_variant'] ?? asked) as object
  const parameters = read(Parameters, inner, 'requestParameters')
  for (const one of filters) {
    if (one.value === undefined && one.operator === undefined) continue
    throw malformed('filters', 'filters with an operator and a value are not offered here')
  }
  const ids = filters.map(({ id }) => id)
  return {
    parameters,
    filters: ids,
    received: {
      apiVersion: given.meta?.apiVersion ?? API_VERSION,
      requestedSchemas: (given.meta?.requestedSchemas ?? []).map(({ entityType, schema }) => ({
        ...(entityType === undefined ? {} : { entityType }),
        ...(schema === undefined ? {} : { schema }),
      })),
      filters: ids,
      // The framework wants an object for each entry type.
      requestParameters: Object.keys(parameters).length === 0 ? {} : { g_variant: parameters },
      includeResultsetResponses: rest.includeResultsetResponses ?? 'HIT',
      pagination: { skip: pagination?.skip ?? 0, limit: pagination?.limit ?? 10 },
      requestedGranularity: rest.requestedGranularity ?? 'boolean',
      testMode: rest.testMode ?? false,
    },
  }
}

function fromQuery(query: Readonly<Record<string, unknown>>): object {
  const {
    filters,
    skip,
    limit,
    requestedGranularity,
    includeResultsetResponses,
    testMode,
    apiVersion,
    requestedSchema,
    ...others
  } = query
  const text = (value: unknown) => [value].flat().map(String).join(',')
  const number = (value: unknown) => (/^\d+$/.test(text(value)) ? Number(text(value)) : text(value))
  const parameters = Object.entries(others).map(([key, value]) => {
    if (LISTS.has(key)) return [key, text(value).split(',').map(number)]
    return [key, NUMBERS.has(key) ? number(value) : text(value)]
  })
  return {
    meta: {
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...(requestedSchema === undefined ? {} : { requestedSchemas: [{ schema: text(requestedSchema) }] }),
    },
    query: {
      requestParameters: Object.fromEntries(parameters),
      ...(filters === undefined
        ? {}
        : {
            filters: text(filters)
              .split(',')
              .map((id) => ({ id })),
          }),
      pagination: {
        ...(skip === undefined ? {} : { skip: number(skip) }),
        ...(limit === undefined ? {} : { limit: number(limit) }),
      },
      ...(requestedGranularity === undefined ? {} : { requestedGranularity }),
      ...(includeResultsetResponses === undefined ? {} : { includeResultsetResponses }),
      ...(testMode === undefined ? {} : { testMode: testMode === 'true' || testMode === true }),
    },
  }
}

function read<S extends z.ZodType>(schema: S, value: unknown, at: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw malformed([at, ...(issue?.path ?? [])].join('.'), issueWords(issue, 'not as expected'))
}

export function malformed(where: string, what: string): Fault {
  return new Fault(
    'BEACON_MALFORMED',
    where,
    what,
    'See the Beacon v2 specification, "requestParameters" and "filters".',
  )
}
