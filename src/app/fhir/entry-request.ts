import { type BundleEntry, malformed } from '../../fhir/rest/bundle-entry.ts'
import type { FhirRequest } from './fhir-service.ts'

/** An entry as a request of its own. */
export function requestOf(entry: BundleEntry, outer: FhirRequest): FhirRequest {
  return {
    method: entry.method,
    path: entry.path,
    query: entry.query,
    headers: {
      prefer: outer.headers['prefer'],
      'if-match': entry.ifMatch,
      'if-none-match': entry.ifNoneMatch,
      'if-modified-since': entry.ifModifiedSince,
      'if-none-exist': entry.ifNoneExist,
    },
    body: entry.resource,
    bodyType: entry.resource === undefined ? 'none' : 'json',
  }
}

/** A patch in a bundle is a Parameters resource, or a Binary that holds a JSON Patch. Throws BUNDLE_MALFORMED. */
export function patchBody({ at, resource }: BundleEntry): unknown {
  if (resource?.resourceType === 'Parameters') return resource
  if (resource?.resourceType === 'Binary' && typeof resource['data'] === 'string') {
    try {
      return JSON.parse(Buffer.from(resource['data'], 'base64').toString('utf8'))
    } catch {
      throw malformed(`Bundle.entry[${at}].resource.data`, 'it is not a JSON Patch')
    }
  }
  throw malformed(`Bundle.entry[${at}].resource`, 'a patch is a Parameters or a Binary resource')
}
