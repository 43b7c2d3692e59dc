import type { SearchIndex } from '../../fhir/search/search-index.ts'
import { searchRequest } from '../../fhir/search/search-request.ts'
import type { Resource } from '../../record/resource.ts'
import type { Criterion } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'

/** Which addresses may be notified: a client must not make Garrod send data about people anywhere else. */
export type MayNotify = (endpoint: string) => boolean

/** A Subscription that is served: rest-hook, as FHIR R4 has it. */
interface RestHook {
  readonly id: string
  readonly type: string
  readonly criteria: readonly Criterion[]
  readonly endpoint: string
  /** Undefined: the endpoint is told that there is something, and nothing of what it is. */
  readonly payload: string | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Headers that a subscriber may not set: they say how the request is sent. */
const REFUSED_HEADERS = /^(host|content-length|transfer-encoding|connection|upgrade|te|trailer)$/i

/** Reads a Subscription. Throws SUBSCRIPTION_REFUSED, naming the element, for what is not served here. */
export function restHook(
  resource: Resource,
  {
    index,
    base,
    now,
    allows,
  }: { index: SearchIndex; base: string; now: number; allows: (endpoint: string) => boolean },
): RestHook {
  const channel = (resource['channel'] ?? {}) as Record<string, unknown>
  const criteria = resource['criteria']
  if (channel['type'] !== 'rest-hook')
    throw refused('Subscription.channel.type', 'only rest-hook is served', 'Use a rest-hook.')
  const endpoint = channel['endpoint']
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || !allows(endpoint)) {
    throw refused(
      'Subscription.channel.endpoint',
      'this address is not one that Garrod may notify',
      'Ask the administrator to allow it (garrod serve --notify URL).',
    )
  }
  const payload = channel['payload']
  if (payload !== undefined && payload !== 'application/fhir+json' && payload !== 'application/json')
    throw refused('Subscription.channel.payload', 'only JSON is sent', 'Use application/fhir+json, or none.')
  if (typeof criteria !== 'string')
    throw refused('Subscription.criteria', 'there is none', 'Write Observation?code=…')
  const [type = '', query = ''] = criteria.split('?', 2)
  if (!index.serves(type))
    throw refused('Subscription.criteria', 'it names no type that is kept here', 'See /metadata.')
  const read = searchRequest(type, [...new URLSearchParams(query)], { index, base, now })
  if (read.ignored.length > 0) {
    throw refused(
      'Subscription.criteria',
      `"${read.ignored[0]!.slice(0, 40)}" cannot be searched`,
      'See /metadata.',
    )
  }
  return {
    id: resource.id!,
    type,
    criteria: read.criteria,
    endpoint: endpoint.replace(/\/+$/, ''),
    payload: typeof payload === 'string' ? payload : undefined,
    headers: headersOf(channel['header']),
  }
}

function headersOf(value: unknown): readonly (readonly [string, string])[] {
  const lines: readonly unknown[] = Array.isArray(value) ? value : []
  return lines.map((line) => {
    const match = typeof line === 'string' ? /^([A-Za-z0-9-]+):\s*([^\r\n]*)$/.exec(line) : null
    if (match === null || REFUSED_HEADERS.test(match[1]!))
      throw refused(
        'Subscription.channel.header',
        'it is not a header that can be sent',
        'Write "Authorization: Bearer …".',
      )
    return [match[1]!, match[2]!] as const
  })
}

function refused(where: string, what: string, mend: string): Fault {
  return new Fault('SUBSCRIPTION_REFUSED', where, what, mend)
}
