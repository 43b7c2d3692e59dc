import { etagOf, isFresh, versionOf } from '../../fhir/rest/etag.ts'
import { applyFhirPathPatch } from '../../fhir/rest/fhirpath-patch.ts'
import { applyJsonPatch } from '../../fhir/rest/json-patch.ts'
import { doneOutcome, type OperationOutcome } from '../../fhir/rest/outcome.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import type { ResourceChange, ResourceWrite, StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { announce } from './announce.ts'
import { type FhirReply, type FhirRequest, touch, type Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'
import { oneByOne } from './new-person.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { present, unknownResource, versionHeaders } from './reading.ts'
import { matchesOf } from './searching.ts'
import { type Change, writesOf } from './write-plan.ts'

/** POST Type; with If-None-Exist only when nothing matches. Throws CONDITION_AMBIGUOUS and what writesOf throws. */
export async function createInteraction(work: Work, type: string): Promise<FhirReply> {
  const condition = work.request.headers['if-none-exist']
  const resource = resourceOf(work.request.body, type)
  if (condition === undefined) return create(work, type, work.service.newId(), resource)
  return oneAtATime(work.context.tenant, async () => {
    const [first, second] = await matchesOf(work, type, parametersOf(condition))
    if (second !== undefined) throw ambiguous(type)
    if (first === undefined) return create(work, type, work.service.newId(), resource)
    const stored = await work.service.store.read(work.context.tenant, first, work.context.within)
    const there = present(stored, first)
    touch(work.trace, [there])
    return answer(work, 200, there, minimum(work.context, type, there.json!))
  })
}

function create(work: Work, type: string, id: string, resource: Resource): Promise<FhirReply> {
  return commit(work, {
    interaction: 'create',
    action: 'create',
    type,
    id,
    resource,
    expected: undefined,
    compartment: undefined,
  })
}

/**
 * PUT Type/id: creates or updates. If-Match refuses unless the version is the newest, If-None-Match: * when there is one.
 * Throws PRECONDITION_FAILED, REQUEST_MALFORMED when the id of the body is another.
 */
export async function updateInteraction(work: Work, { type, id }: ResourceRef): Promise<FhirReply> {
  const resource = resourceOf(work.request.body, type)
  if (resource.id !== id) {
    throw new Fault(
      'REQUEST_MALFORMED',
      `${type}/${id}`,
      'the resource does not have the id of the address',
      'Send the same id in both.',
    )
  }
  const current = await currentOf(work, { type, id })
  return update(work, { type, id }, resource, current)
}

function update(
  work: Work,
  { type, id }: ResourceRef,
  resource: Resource,
  current: StoredResource | undefined,
): Promise<FhirReply> {
  checkId(id)
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = work.request.headers
  const expected = expectedVersion({ ifMatch, ifNoneMatch }, current, { type, id })
  const change: Change = {
    interaction: 'update',
    action: 'put',
    type,
    id,
    resource: { ...resource, id },
    expected,
    compartment: current?.compartment,
  }
  return commit(work, change)
}

/** PUT Type?condition (FHIR R4, "conditional update"). Throws CONDITION_AMBIGUOUS. */
export async function conditionalUpdate(work: Work, type: string): Promise<FhirReply> {
  const resource = resourceOf(work.request.body, type)
  return oneAtATime(work.context.tenant, async () => {
    const [first, second] = await matchesOf(work, type, work.request.query)
    if (second !== undefined) throw ambiguous(type)
    const id = first?.id ?? resource.id
    if (id === undefined) return create(work, type, work.service.newId(), resource)
    if (first !== undefined && resource.id !== undefined && resource.id !== first.id) {
      throw new Fault(
        'REQUEST_MALFORMED',
        type,
        'the resource that meets the condition has another id than the one sent',
        'Leave the id out, or send that of the resource.',
      )
    }
    const current = await currentOf(work, { type, id })
    if (first === undefined) refuseOther(current)
    return update(work, { type, id }, resource, current)
  })
}

/**
 * Nothing meets the condition of an update, and the id that was sent is that of another resource: writing there would
 * replace what the condition does not mean. R4 leaves it open, R5 says 409. Throws RESOURCE_EXISTS.
 */
export function refuseOther(current: StoredResource | undefined): void {
  if (current === undefined || current.deleted) return
  throw new Fault(
    'RESOURCE_EXISTS',
    `${current.type}/${current.id}`,
    'nothing meets the condition, and the id that was sent is that of another resource',
    'Leave the id out to create a resource, or PUT to the address of the one that is there.',
  )
}

/** The version that a write must find: as If-Match and If-None-Match say, 0 for none. Throws PRECONDITION_FAILED. */
export function expectedVersion(
  {
    ifMatch,
    ifNoneMatch,
  }: { readonly ifMatch: string | undefined; readonly ifNoneMatch: string | undefined },
  current: StoredResource | undefined,
  { type, id }: ResourceRef,
): number | undefined {
  const expected = versionOf(ifMatch)
  if (ifNoneMatch === undefined) return expected
  if (current !== undefined && !current.deleted && isFresh(current, ifNoneMatch, undefined)) {
    throw new Fault(
      'PRECONDITION_FAILED',
      `${type}/${id}`,
      'the resource is there, and If-None-Match says that it must not be',
      'Leave If-None-Match out to change it, or send the resource under another id.',
    )
  }
  return ifNoneMatch.trim() === '*' ? (current?.version ?? 0) : expected
}

/** Retries of a patch that somebody else's change overtook, when the client named no version. */
const PATCH_TRIES = 4

/** PATCH Type/id: JSON Patch, or FHIRPath Patch in a Parameters resource. */
export async function patchInteraction(work: Work, ref: ResourceRef): Promise<FhirReply> {
  const asked = versionOf(work.request.headers['if-match'])
  for (let tries = 1; ; tries++) {
    const current = await currentOf(work, ref)
    const stored = present(current, ref)
    if (asked !== undefined && asked !== stored.version) throw preconditionFailed(ref)
    const patched = patchedOf(work, stored)
    try {
      return await commit(work, {
        ...ref,
        interaction: 'patch',
        action: 'put',
        resource: patched,
        expected: stored.version,
        compartment: stored.compartment,
      })
    } catch (error) {
      const overtaken =
        error instanceof Fault && (error.code === 'RECORD_CHANGED' || error.code === 'PRECONDITION_FAILED')
      if (!overtaken || asked !== undefined || tries === PATCH_TRIES) throw error
    }
  }
}

/** PATCH Type?condition. Throws CONDITION_UNMET, CONDITION_AMBIGUOUS. */
export async function conditionalPatch(work: Work, type: string): Promise<FhirReply> {
  const [first, second] = await matchesOf(work, type, work.request.query)
  if (second !== undefined) throw ambiguous(type)
  if (first === undefined) throw unknownResource(type)
  return patchInteraction(work, { type, id: first.id })
}

/** The resource after the patch of the request. Throws PATCH_MALFORMED, PATCH_REFUSED. */
export function patchedOf({ service, request }: Work, stored: StoredResource): Resource {
  const before = readResourceText(stored.json!) as Resource
  const { body } = request
  const isParameters = (body as { resourceType?: unknown } | null)?.resourceType === 'Parameters'
  const after = (
    isParameters
      ? applyFhirPathPatch(before as Record<string, unknown>, body, service.index.facts.elements)
      : applyJsonPatch(before, body)
  ) as Partial<Resource> | null
  if (after?.resourceType !== stored.type || after.id !== stored.id) {
    throw new Fault(
      'PATCH_REFUSED',
      `${stored.type}/${stored.id}`,
      'a patch cannot change the type or the id of a resource',
      'Leave resourceType and id as they are.',
    )
  }
  return after as Resource
}

/** DELETE Type/id. What is not there is as good as deleted (FHIR R4, "delete"). */
export async function deleteInteraction(work: Work, ref: ResourceRef): Promise<FhirReply> {
  const current = await currentOf(work, ref)
  const asked = versionOf(work.request.headers['if-match'])
  if (current === undefined || current.deleted) {
    if (asked !== undefined) throw preconditionFailed(ref)
    return {
      status: 204,
      headers: current === undefined ? {} : { etag: etagOf(current.version) },
      body: undefined,
    }
  }
  return commit(work, {
    ...ref,
    interaction: 'delete',
    action: 'delete',
    resource: undefined,
    expected: asked,
    compartment: current.compartment,
  })
}

/** DELETE Type?condition: at most one. Throws CONDITION_AMBIGUOUS. */
export async function conditionalDelete(work: Work, type: string): Promise<FhirReply> {
  const [first, second] = await matchesOf(work, type, work.request.query)
  if (second !== undefined) throw ambiguous(type)
  if (first === undefined) {
    return { status: 204, headers: {}, body: undefined }
  }
  return deleteInteraction(work, { type, id: first.id })
}

/**
 * The newest version, a tombstone included. A resource that the caller may not see is not there for them, and its id is
 * nevertheless taken. Throws RESOURCE_UNKNOWN.
 */
async function currentOf({ service, context }: Work, ref: ResourceRef): Promise<StoredResource | undefined> {
  const seen = await service.store.read(context.tenant, ref, context.within)
  if (seen !== undefined) return seen
  const hidden = await service.store.read(context.tenant, ref, UNRESTRICTED)
  if (hidden === undefined) return undefined
  // Somebody may have created it between the two looks.
  const meanwhile = await service.store.read(context.tenant, ref, context.within)
  if (meanwhile === undefined) throw unknownResource(`${ref.type}/${ref.id}`)
  return meanwhile
}

async function commit(work: Work, change: Change): Promise<FhirReply> {
  const { service, context, trace } = work
  let write: ResourceWrite | undefined
  let result: ResourceChange
  try {
    const changes = await oneByOne(context.tenant, [change.resource], async () => {
      ;[write] = await writesOf(service, context, [change])
      return service.store.commit(context.tenant, [write!], context.act)
    })
    result = changes[0]!
    touch(trace, changes)
    await announce(work, changes)
  } catch (error) {
    if (error instanceof Fault && error.code === 'RECORD_CHANGED' && change.expected !== undefined) {
      throw preconditionFailed(change)
    }
    throw error
  }
  if (write!.json === undefined) {
    return { status: 204, headers: { etag: etagOf(result.version) }, body: undefined }
  }
  return answer(work, result.action === 'created' ? 201 : 200, result, stampedJson(write!.json, result))
}

/** The resource as the store keeps it: with the version and the time it was given. */
export function stampedJson(json: string, { version, lastUpdated }: ResourceChange): string {
  const { resourceType, id, meta, ...rest } = readResourceText(json) as Resource
  return resourceText({
    resourceType,
    id,
    meta: { ...meta, versionId: String(version), lastUpdated },
    ...rest,
  })
}

/** What the client prefers to get back: the resource (default), an outcome, or nothing. */
function answer(
  { service, request }: Work,
  status: number,
  stored: {
    readonly type: string
    readonly id: string
    readonly version: number
    readonly lastUpdated: string
  },
  json: string,
): FhirReply {
  const { type, id, version } = stored
  const place = `${service.base()}/${type}/${id}/_history/${version}`
  const headers = { ...versionHeaders(stored), location: place, 'content-location': place }
  const preferred = preferredReturn(request)
  if (preferred === 'minimal') return { status, headers, body: undefined }
  if (preferred !== 'OperationOutcome') return { status, headers, body: json }
  return { status, headers, body: JSON.stringify(writtenOutcome(status === 201)) }
}

/** What "Prefer: return=…" asks for (FHIR R4, "create/update/patch/transaction"). */
export function preferredReturn({
  headers,
}: FhirRequest): 'minimal' | 'representation' | 'OperationOutcome' | undefined {
  const asked = /\breturn\s*=\s*"?(minimal|representation|OperationOutcome)\b/.exec(headers['prefer'] ?? '')
  return asked?.[1] as ReturnType<typeof preferredReturn>
}

export function writtenOutcome(created: boolean): OperationOutcome {
  return doneOutcome(created ? 'The resource was created.' : 'The resource is stored.')
}

/** The resource in a body. Throws REQUEST_MALFORMED when it is none, or of another type than the address. */
function resourceOf(body: unknown, type: string): Resource {
  const found = (body ?? {}) as Partial<Resource>
  if (typeof found !== 'object' || Array.isArray(found) || found.resourceType !== type) {
    throw new Fault(
      'REQUEST_MALFORMED',
      'body',
      `the body is not a ${type} resource`,
      'Send the resource as JSON, to the address of its type.',
    )
  }
  return found as Resource
}

export function parametersOf(query: string): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(query.replace(/^[^?]*\?/, '').replace(/^\?/, ''))]
}

function checkId(id: string): void {
  if (/^[A-Za-z0-9.-]{1,64}$/.test(id)) return
  throw new Fault('ID_MALFORMED', 'id', 'this is not an id', 'Use 1 to 64 letters, digits, dots and hyphens.')
}

export function ambiguous(where: string): Fault {
  return new Fault(
    'CONDITION_AMBIGUOUS',
    where,
    'more than one resource meets the condition',
    'Make the condition narrower, or name the resource by its id.',
  )
}

function preconditionFailed({ type, id }: ResourceRef): Fault {
  return new Fault(
    'PRECONDITION_FAILED',
    `${type}/${id}`,
    'the resource is not at the version that If-Match names',
    'Read it again, look at the change, and repeat yours if it still holds.',
  )
}
