import type { OperationOutcome } from '../../fhir/rest/outcome.ts'
import type { FhirReply, FhirService } from './fhir-service.ts'

/** Bundle.entry of a response. */
export interface EntryReply {
  readonly status: string
  readonly location?: string
  readonly etag?: string
  readonly lastModified?: string
  readonly fullUrl?: string
  /** The resource as JSON text; made only when it is sent. */
  readonly resource?: () => string
  readonly outcome?: OperationOutcome
}

/** What an entry answers that was done as a request of its own. */
export function entryResponse({ status, headers, body }: FhirReply): EntryReply {
  const modified = headers['last-modified']
  return {
    status: String(status),
    ...(headers['location'] === undefined ? {} : { location: headers['location'] }),
    ...(headers['etag'] === undefined ? {} : { etag: headers['etag'] }),
    ...(modified === undefined ? {} : { lastModified: new Date(modified).toISOString() }),
    ...(body === undefined ? {} : { resource: () => body }),
  }
}

/** A Bundle of responses as JSON text, in the order of the requests. */
export function responseBundle(
  { newId }: FhirService,
  type: 'transaction-response' | 'batch-response',
  replies: readonly EntryReply[],
): string {
  const head = JSON.stringify({ resourceType: 'Bundle', id: newId(), type })
  if (replies.length === 0) return head
  const entries = replies.map(({ resource, fullUrl, ...response }) => {
    const url = fullUrl === undefined || resource === undefined ? '' : `"fullUrl":${JSON.stringify(fullUrl)},`
    const body = resource === undefined ? '' : `"resource":${resource()},`
    return `{${url}${body}"response":${JSON.stringify(response)}}`
  })
  return `${head.slice(0, -1)},"entry":[${entries.join(',')}]}`
}
