import { etagOf, httpDate, isFresh } from '../../fhir/rest/etag.ts'
import { subsetOf } from '../../fhir/rest/subset.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type FhirReply, touch, type Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'

/** GET Type/id. 304 when the client has this version. Throws RESOURCE_UNKNOWN, RESOURCE_GONE. */
export async function readInteraction(work: Work, ref: ResourceRef): Promise<FhirReply> {
  const { service, context, request, trace } = work
  const stored = present(await service.store.read(context.tenant, ref, context.within), ref)
  touch(trace, [stored])
  if (isFresh(stored, request.headers['if-none-match'], request.headers['if-modified-since'])) {
    return { status: 304, headers: versionHeaders(stored), body: undefined }
  }
  return { status: 200, headers: versionHeaders(stored), body: shaped(work, stored) }
}

/** GET Type/id/_history/version. Throws RESOURCE_UNKNOWN, RESOURCE_GONE. */
export async function vreadInteraction(work: Work, ref: ResourceRef, version: string): Promise<FhirReply> {
  const { service, context, trace } = work
  const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0
  const found = await service.store.readVersion(context.tenant, ref, number, context.within)
  const stored = present(found, { type: ref.type, id: `${ref.id}/_history/${number}` })
  touch(trace, [stored])
  return { status: 200, headers: versionHeaders(stored), body: shaped(work, stored) }
}

/** The resource, if it is there to be seen. Throws RESOURCE_UNKNOWN, RESOURCE_GONE. */
export function present(stored: StoredResource | undefined, ref: ResourceRef): StoredResource {
  const where = `${ref.type}/${ref.id}`
  if (stored === undefined) throw unknownResource(where)
  if (stored.deleted) {
    throw new Fault(
      'RESOURCE_GONE',
      where,
      'the resource was deleted',
      'Earlier versions are in its history.',
    )
  }
  return stored
}

export function unknownResource(where: string): Fault {
  return new Fault('RESOURCE_UNKNOWN', where, 'there is no such resource', 'Check the type and the id.')
}

export function versionHeaders(stored: {
  readonly version: number
  readonly lastUpdated: string
}): Record<string, string> {
  return { etag: etagOf(stored.version), 'last-modified': httpDate(stored.lastUpdated) }
}

/** A read may ask for _summary and _elements too. */
function shaped({ service, context, request }: Work, stored: StoredResource): string {
  const json = minimum(context, stored.type, stored.json!)
  const summary = request.query.find(([name]) => name === '_summary')?.[1]
  const elements = request.query
    .filter(([name]) => name === '_elements')
    .flatMap(([, value]) => value.split(','))
  if (summary !== 'true' && summary !== 'text' && summary !== 'data' && elements.length === 0) return json
  const resource = readResourceText(json) as Resource
  const kind = elements.length > 0 ? 'false' : (summary as 'true' | 'text' | 'data')
  return resourceText(subsetOf(resource, kind, elements, service.index.facts.elements))
}
