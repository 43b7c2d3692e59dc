import type { Named } from '../../fhir/search/chained-criteria.ts'
import { dateInterval } from '../../fhir/search/date-interval.ts'
import type { SearchIndex } from '../../fhir/search/search-index.ts'
import { searchRequest } from '../../fhir/search/search-request.ts'
import type { Criterion } from '../../record/resource-query.ts'
import type { Caller } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'
import { jsonBody } from '../fhir/fhir-body.ts'

/** What a bulk export is of (FHIR Bulk Data Access 2.0): everything, everybody's record, or the records of a Group. */
export interface ExportRequest {
  readonly url: string
  readonly caller: Caller
  readonly of: 'system' | 'patients' | 'group'
  readonly group: string | undefined
  readonly types: readonly string[]
  /** ISO 8601 instant at or after which a resource was written. */
  readonly since: string | undefined
  /** Alternatives of criteria by type; a resource that meets one of them is exported. */
  readonly filters: Readonly<Record<string, readonly (readonly Criterion[])[]>>
}

const FORMATS = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson'])
const KNOWN = new Set(['_outputFormat', '_since', '_type', '_typeFilter'])

/** Always refused: whoever names patients and gets everybody was not understood. */
const NARROWING = new Set(['patient'])

/** The parameters in the body of a POST, each with its value as a query would have it. Throws REQUEST_MALFORMED. */
export function kickOffParameters(body: string): readonly Named[] {
  const sent = jsonBody(body.trim()) as { resourceType?: unknown; parameter?: unknown } | null | undefined
  if (sent === undefined) return []
  const { resourceType, parameter = [] } = sent ?? {}
  if (resourceType !== 'Parameters' || !Array.isArray(parameter)) {
    throw new Fault(
      'REQUEST_MALFORMED',
      'body',
      'the body is not a Parameters resource',
      'Send Parameters, or no body.',
    )
  }
  return (parameter as readonly (Record<string, unknown> | null)[]).map((one) => {
    const [, value] = Object.entries(one ?? {}).find(([name]) => name.startsWith('value')) ?? []
    return [String(one?.['name'] ?? ''), typeof value === 'string' ? value : '']
  })
}

/**
 * Reads the parameters of a kick-off. Throws EXPORT_FORMAT, EXPORT_PARAMETER, TYPE_UNKNOWN and the faults of searches; a
 * parameter that is not known is refused unless handling is lenient.
 */
export function exportParameters(
  parameters: readonly Named[],
  index: SearchIndex,
  { base, now, lenient, of }: { base: string; now: number; lenient: boolean; of: ExportRequest['of'] },
): Pick<ExportRequest, 'types' | 'since' | 'filters'> {
  const all = (name: string) => parameters.filter(([one]) => one === name).map(([, value]) => value)
  const strange = parameters.filter(([name]) => !KNOWN.has(name) && name !== '_format')
  const refused = lenient ? strange.find(([name]) => NARROWING.has(name)) : strange[0]
  if (refused !== undefined) {
    throw new Fault(
      'EXPORT_PARAMETER',
      refused[0].slice(0, 64),
      'this parameter is not offered',
      'Use _outputFormat, _since, _type and _typeFilter, or "Prefer: handling=lenient".',
    )
  }
  const format = all('_outputFormat').find((one) => !FORMATS.has(one))
  if (format !== undefined) {
    throw new Fault(
      'EXPORT_FORMAT',
      '_outputFormat',
      'only NDJSON is written',
      'Ask for application/fhir+ndjson.',
    )
  }
  const inRecords = (type: string) => type === 'Patient' || index.facts.patientCompartment.has(type)
  const offered = index.types.filter((type) => type !== 'AuditEvent' && (of === 'system' || inRecords(type)))
  const wanted = all('_type').flatMap((one) => one.split(','))
  for (const type of wanted) {
    if (offered.includes(type)) continue
    throw new Fault('TYPE_UNKNOWN', '_type', `"${type.slice(0, 64)}" is not exported here`, 'See /metadata.')
  }
  const filters: Record<string, (readonly Criterion[])[]> = {}
  for (const filter of all('_typeFilter')) {
    const mark = filter.indexOf('?')
    const type = mark < 0 ? filter : filter.slice(0, mark)
    if (!offered.includes(type)) {
      throw new Fault(
        'TYPE_UNKNOWN',
        '_typeFilter',
        `"${type.slice(0, 64)}" is not exported here`,
        'See /metadata.',
      )
    }
    const query = [...new URLSearchParams(mark < 0 ? '' : filter.slice(mark + 1))]
    const read = searchRequest(type, query, { index, base, now })
    if (read.ignored.length > 0) {
      throw new Fault(
        'SEARCH_PARAMETER_UNKNOWN',
        `_typeFilter=${type}?${read.ignored.join('&').slice(0, 100)}`,
        'a filter that is left out would export more than was asked for',
        'See /metadata for what can be searched.',
      )
    }
    filters[type] = [...(filters[type] ?? []), read.criteria]
  }
  return {
    types: wanted.length > 0 ? offered.filter((type) => wanted.includes(type)) : offered,
    since: sinceOf(all('_since')[0]),
    filters,
  }
}

function sinceOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const interval = dateInterval(text)
  if (interval === undefined)
    throw new Fault('EXPORT_SINCE_MALFORMED', '_since', 'it is not an instant', 'Write 2026-11-01T00:00:00Z.')
  return new Date(interval.low).toISOString()
}
