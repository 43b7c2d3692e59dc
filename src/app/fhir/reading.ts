import { etagOf, httpDate, isFresh } from '../../fhir/rest/etag.ts'
import { subsetOf } from '../../fhir/rest/subset.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type FhirReply, type FhirRequest, touch, type Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'

/** GET Type/id. 304 when the client has this version. Throws RESOURCE_UNKNOWN, RESOURCE_GONE. */
export async function readInteraction(work: Work, ref: ResourceRef): Promise<FhirReply> {
  const { service, context, request, trace } = work
  const stored = present(await service.store.read(context.tenant, ref, context.within), ref)
  touch(trace, [stored])
  if (isFresh(stored, request.headers['if-none-match'], request.headers['if-modified-since'])) {
    return { status: 304, headers: versionHeaders(stored), body: undefined }
  }
  return {
    status: 200,
    headers: versionHeaders(stored),
    body: shapedText(work, stored, shapeOf(work.request.query)),
  }
}

/** GET Type/id/_history/version. Throws RESOURCE_UNKNOWN, RESOURCE_GONE. */
export async function vreadInteraction(work: Work, ref: ResourceRef, version: string): Promise<FhirReply> {
  const { service, context, trace } = work
  const number = /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0
  const found = await service.store.readVersion(context.tenant, ref, number, context.within)
  const stored = present(found, { type: ref.type, id: `${ref.id}/_history/${number}` })
  touch(trace, [stored])
  return {
    status: 200,
    headers: versionHeaders(stored),
    body: shapedText(work, stored, shapeOf(work.request.query)),
  }
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

/** How much of each resource is asked for: the parameters that go with any interaction (FHIR R4, http, 3.1.0.1.1). */
export interface Shape {
  readonly summary: 'true' | 'text' | 'data' | 'false'
  readonly elements: readonly string[]
}

export function shapeOf(query: FhirRequest['query']): Shape {
  const summary = query.find(([name]) => name === '_summary')?.[1]
  const elements = query.filter(([name]) => name === '_elements').flatMap(([, value]) => value.split(','))
  const isPart = summary === 'true' || summary === 'text' || summary === 'data'
  return { summary: isPart && elements.length === 0 ? summary : 'false', elements }
}

/** A stored resource as text: what of it the caller needs, and has asked for. */
export function shapedText(
  { service, context }: Pick<Work, 'service' | 'context'>,
  { type, json: stored }: StoredResource,
  { summary, elements }: Shape,
): string {
  const json = minimum(context, type, stored!)
  if (summary === 'false' && elements.length === 0) return json
  const resource = readResourceText(json) as Resource
  return resourceText(subsetOf(resource, summary, elements, service.index.facts.elements))
}
