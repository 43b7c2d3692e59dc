/** Version of the Beacon specification that is answered by. */
export const API_VERSION = 'v2.1.0'

export type Granularity = 'boolean' | 'count' | 'record'
export const GRANULARITIES: readonly Granularity[] = ['boolean', 'count', 'record']

export type EntryType = 'genomicVariant' | 'individual' | 'biosample' | 'dataset' | 'cohort'

const SCHEMAS: Readonly<Record<EntryType, string>> = {
  genomicVariant: 'genomicVariations',
  individual: 'individuals',
  biosample: 'biosamples',
  dataset: 'datasets',
  cohort: 'cohorts',
}

/** Address of the default schema of an entry type. */
export function schemaOf(type: EntryType): string {
  return `https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/models/json/beacon-v2-default-model/${SCHEMAS[type]}/defaultSchema.json`
}

/** What was asked, as it is given back. */
export interface ReceivedRequest {
  readonly apiVersion: string
  readonly requestedSchemas: readonly { readonly entityType?: string; readonly schema?: string }[]
  readonly filters: readonly string[]
  readonly requestParameters: Readonly<Record<string, unknown>>
  readonly includeResultsetResponses: 'ALL' | 'HIT' | 'MISS' | 'NONE'
  readonly pagination: { readonly skip: number; readonly limit: number }
  readonly requestedGranularity: Granularity
  readonly testMode: boolean
}

/** Where nothing could be read of a request. */
export const NOTHING_RECEIVED: ReceivedRequest = {
  apiVersion: API_VERSION,
  requestedSchemas: [],
  filters: [],
  requestParameters: {},
  includeResultsetResponses: 'HIT',
  pagination: { skip: 0, limit: 10 },
  requestedGranularity: 'boolean',
  testMode: false,
}

/** What is answered, already limited to what the caller may be told. */
export interface Found {
  readonly exists: boolean
  /** A count that may be told; undefined: it may not. */
  readonly total: number | undefined
  /** Records of this page; undefined below the granularity "record". */
  readonly results: readonly object[] | undefined
}

function meta(beacon: string, type: EntryType, received: ReceivedRequest, returned: Granularity) {
  return {
    beaconId: beacon,
    apiVersion: API_VERSION,
    returnedSchemas: [{ entityType: type, schema: schemaOf(type) }],
    returnedGranularity: returned,
    receivedRequestSummary: received,
    testMode: received.testMode,
  }
}

/** A boolean, count or resultset response (Beacon v2 framework), by what was found. */
export function answerOf(beacon: string, type: EntryType, received: ReceivedRequest, found: Found): object {
  const { exists, total, results } = found
  if (results !== undefined) {
    const set = { id: 'garrod', setType: 'dataset', exists, resultsCount: total ?? 0, results }
    const include = received.includeResultsetResponses
    const shown = include === 'ALL' || (include === 'HIT' && exists) || (include === 'MISS' && !exists)
    return {
      meta: meta(beacon, type, received, 'record'),
      responseSummary: { exists, numTotalResults: total ?? 0 },
      response: { resultSets: shown ? [set] : [] },
    }
  }
  if (total !== undefined) {
    return {
      meta: meta(beacon, type, received, 'count'),
      responseSummary: { exists, numTotalResults: total },
      info: { counts: 'rounded down to a multiple of 20' },
    }
  }
  return { meta: meta(beacon, type, received, 'boolean'), responseSummary: { exists } }
}

export function collectionsOf(
  beacon: string,
  type: EntryType,
  received: ReceivedRequest,
  collections: readonly object[],
): object {
  return {
    meta: meta(beacon, type, received, 'record'),
    responseSummary: { exists: collections.length > 0, numTotalResults: collections.length },
    response: { collections },
  }
}

export function errorOf(
  beacon: string,
  type: EntryType,
  received: ReceivedRequest,
  status: number,
  words: string,
) {
  return {
    meta: meta(beacon, type, received, 'boolean'),
    error: { errorCode: status, errorMessage: words },
  }
}

/** An informational response: info, configuration, map … */
export function informationOf(beacon: string, response: object): object {
  return { meta: { beaconId: beacon, apiVersion: API_VERSION, returnedSchemas: [] }, response }
}
