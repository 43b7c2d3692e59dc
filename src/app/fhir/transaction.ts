import {
  type AddressBook,
  addressBook,
  type BundleEntry,
  bundleEntries,
  conditionalReferences,
  malformed,
  rewritten,
} from '../../fhir/rest/bundle-entry.ts'
import { etagOf } from '../../fhir/rest/etag.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import type { ResourceChange, StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { announce } from './announce.ts'
import { type EntryReply, entryResponse, responseBundle } from './bundle-response.ts'
import {
  type FhirReply,
  type FhirRequest,
  type Interaction,
  permitted,
  touch,
  type Work,
} from './fhir-service.ts'
import { oneByOne } from './new-person.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { present, unknownResource } from './reading.ts'
import { matchesOf } from './searching.ts'
import { type Change, EntryFault, writesOf } from './write-plan.ts'
import {
  ambiguous,
  expectedVersion,
  parametersOf,
  patchedOf,
  preferredReturn,
  refuseOther,
  stampedJson,
  writtenOutcome,
} from './writing.ts'

/** An entry that changes something, with the resource it is about. */
interface Planned {
  readonly entry: BundleEntry
  readonly ref: ResourceRef
  /** "match": a conditional create found this resource and changes nothing. "nothing": there is nothing to delete. */
  readonly kind: 'create' | 'put' | 'patch' | 'delete' | 'match' | 'nothing'
  /** Nothing met the condition of a conditional update. */
  readonly unmatched?: true
  /** What the caller may see when doing this. */
  readonly within: Restriction
}

const INTERACTIONS: Partial<Record<BundleEntry['method'], Interaction>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

/** Reads of a transaction are done as requests of their own, after the commit. */
type Dispatch = (request: FhirRequest) => Promise<FhirReply>

/**
 * POST of a Bundle of type transaction: all entries or none, in one commit. Deletes, creates, updates and patches are
 * one change of the record; reads see its result (FHIR R4, "transaction", processing rules).
 */
export async function transactionInteraction(
  work: Work,
  bundle: Resource,
  dispatch: Dispatch,
): Promise<FhirReply> {
  const { service, context } = work
  const entries = bundleEntries(bundle, service.base())
  const conditional = entries.some((one) => one.ifNoneExist !== undefined || isConditional(one))
  const run = () => runTransaction(work, entries, dispatch)
  return conditional ? oneAtATime(context.tenant, run) : run()
}

async function runTransaction(
  work: Work,
  entries: readonly BundleEntry[],
  dispatch: Dispatch,
): Promise<FhirReply> {
  const { service, trace } = work
  const writes = entries.filter((one) => one.method !== 'GET' && one.method !== 'HEAD')
  const planned: Planned[] = []
  for (const entry of writes) planned.push(await inEntry(entry, () => plan(work, entry)))
  refuseTwice(planned)
  refuseAlike(planned)
  const book = addressBook(await addressesOf(work, planned))
  const stored = await storedOf(work, planned)
  const changes: Change[] = []
  const changing: Planned[] = []
  for (const one of planned) {
    const change = await inEntry(one.entry, () => changeOf(work, one, stored, book))
    if (change === undefined) continue
    changes.push(change)
    changing.push(one)
  }
  const made = await commitAll(work, changes, changing)
  touch(
    trace,
    [...made.values()].map(({ change }) => change),
  )
  const replies = new Map<number, EntryReply>()
  for (const one of planned) {
    const result = made.get(one.entry.at)
    replies.set(
      one.entry.at,
      result === undefined ? unchangedReply(work, one, stored) : changedReply(work, one, result),
    )
  }
  for (const entry of entries) {
    if (replies.has(entry.at)) continue
    replies.set(entry.at, entryResponse(await inEntry(entry, () => dispatch(requestOf(entry, work.request)))))
  }
  const body = responseBundle(
    service,
    'transaction-response',
    entries.map((one) => replies.get(one.at)!),
  )
  return { status: 200, headers: {}, body }
}

/** Which resource an entry is about. Conditions are looked up in the record as it was before. */
async function plan(outer: Work, entry: BundleEntry): Promise<Planned> {
  const { service } = outer
  const [type, id, ...more] = entry.path
  if (type === undefined || !service.index.serves(type) || more.length > 0) {
    throw malformed(`Bundle.entry[${entry.at}].request.url`, 'it is not the address of a resource kept here')
  }
  const interaction = INTERACTIONS[entry.method] ?? 'update'
  const work = await permitted(outer, { interaction, type })
  const { within } = work.context
  const named = (kind: Planned['kind'], ref: string): Planned => ({
    entry,
    kind,
    within,
    ref: { type, id: ref },
  })
  if (entry.method === 'POST') {
    if (id !== undefined)
      throw malformed(`Bundle.entry[${entry.at}].request.url`, 'a POST names a type alone')
    if (entry.ifNoneExist === undefined) return named('create', service.newId())
    const [first, second] = await matchesOf(work, type, parametersOf(entry.ifNoneExist))
    if (second !== undefined) throw ambiguous(type)
    return first === undefined ? named('create', service.newId()) : named('match', first.id)
  }
  const kind = entry.method === 'PUT' ? 'put' : entry.method === 'PATCH' ? 'patch' : 'delete'
  if (id !== undefined) return named(kind, id)
  const [first, second] = await matchesOf(work, type, entry.query)
  if (second !== undefined) throw ambiguous(type)
  if (first !== undefined) return named(kind, first.id)
  if (kind === 'patch') throw unknownResource(type)
  if (kind === 'delete') return named('nothing', '')
  return { ...named('put', entry.resource?.id ?? service.newId()), unmatched: true }
}

/** Two entries under one address, and two creates of what meets one condition: a reference would mean either. */
function refuseAlike(planned: readonly Planned[]): void {
  const addresses = new Set<string>()
  const conditions = new Set<string>()
  for (const { entry, kind, ref } of planned) {
    const condition = kind === 'create' && entry.ifNoneExist !== undefined
    const key = `${ref.type}?${entry.ifNoneExist}`
    if (entry.fullUrl !== undefined && addresses.has(entry.fullUrl))
      throw malformed(`Bundle.entry[${entry.at}].fullUrl`, 'another entry has the same address')
    if (condition && conditions.has(key))
      throw malformed(`Bundle.entry[${entry.at}].request.ifNoneExist`, 'another entry has the same condition')
    if (entry.fullUrl !== undefined) addresses.add(entry.fullUrl)
    if (condition) conditions.add(key)
  }
}

/** From what entries call each other to what they are called here. Throws CONDITION_UNMET, CONDITION_AMBIGUOUS. */
async function addressesOf(work: Work, planned: readonly Planned[]): Promise<ReadonlyMap<string, string>> {
  const addresses = new Map<string, string>()
  for (const { entry, ref, kind } of planned) {
    if (entry.fullUrl === undefined || kind === 'nothing' || kind === 'delete') continue
    addresses.set(entry.fullUrl, `${ref.type}/${ref.id}`)
  }
  for (const { entry } of planned) {
    for (const reference of entry.resource === undefined ? [] : conditionalReferences(entry.resource)) {
      if (addresses.has(reference)) continue
      const found = await inEntry(entry, async () => {
        const [type] = reference.split('?')
        const searching = await permitted(work, { interaction: 'search-type', type })
        const [first, second] = await matchesOf(searching, type!, parametersOf(reference))
        if (second !== undefined) throw ambiguous(type!)
        if (first === undefined) throw unmet(type!)
        return first
      })
      addresses.set(reference, `${found.type}/${found.id}`)
    }
  }
  return addresses
}

/** What is there already of what the entries name; what the caller may not see refuses the bundle. */
async function storedOf(
  { service, context }: Work,
  planned: readonly Planned[],
): Promise<ReadonlyMap<string, StoredResource>> {
  const refs = planned.filter(({ kind }) => kind !== 'create' && kind !== 'nothing').map(({ ref }) => ref)
  if (refs.length === 0) return new Map()
  const all = await service.store.readMany(context.tenant, refs, UNRESTRICTED)
  for (const [within, asked] of Map.groupBy(planned, (one) => one.within)) {
    const theirs = new Set(asked.map(({ ref }) => nameOf(ref)))
    const there = all.filter((one) => theirs.has(nameOf(one)))
    if (there.length === 0) continue
    const seen = new Set((await service.store.readMany(context.tenant, there, within)).map(nameOf))
    const hidden = there.find((one) => !seen.has(nameOf(one)))
    if (hidden !== undefined) throw unknownResource(nameOf(hidden))
  }
  return new Map(all.map((one) => [nameOf(one), one]))
}

function changeOf(
  work: Work,
  { entry, ref, kind, unmatched }: Planned,
  stored: ReadonlyMap<string, StoredResource>,
  book: AddressBook,
): Change | undefined {
  const current = stored.get(nameOf(ref))
  if (unmatched) refuseOther(current)
  const expected = expectedVersion(entry, current, ref)
  const place = { ...ref, expected, compartment: current?.compartment }
  const written = (resource: Resource) => ({ ...rewritten(resource, book(entry.fullUrl)), id: ref.id })
  switch (kind) {
    case 'create':
      return { ...place, interaction: 'create', action: 'create', resource: written(typed(entry, ref)) }
    case 'put': {
      const resource = typed(entry, ref)
      if (entry.path[1] !== undefined && resource.id !== undefined && resource.id !== ref.id) {
        throw malformed(`Bundle.entry[${entry.at}].resource.id`, 'it is not the id of the address')
      }
      return { ...place, interaction: 'update', action: 'put', resource: written(resource) }
    }
    case 'patch': {
      const there = present(current, ref)
      const request = requestOf(entry, work.request)
      const patched = patchedOf({ ...work, request: { ...request, body: patchBody(entry) } }, there)
      return {
        ...place,
        expected: expected ?? there.version,
        interaction: 'patch',
        action: 'put',
        resource: written(patched),
      }
    }
    case 'delete':
      if (current === undefined || current.deleted) return undefined
      return { ...place, interaction: 'delete', action: 'delete', resource: undefined }
    default:
      return undefined
  }
}

/** Throws BUNDLE_MALFORMED when the resource is of another type than its address. */
function typed({ at, resource }: BundleEntry, { type }: ResourceRef): Resource {
  if (resource?.resourceType === type) return resource
  throw malformed(`Bundle.entry[${at}].resource`, 'it is of another type than the address')
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

interface Made {
  readonly change: ResourceChange
  readonly json: string | undefined
}

async function commitAll(
  work: Work,
  changes: readonly Change[],
  planned: readonly Planned[],
): Promise<ReadonlyMap<number, Made>> {
  const { service, context } = work
  if (changes.length === 0) return new Map()
  try {
    const resources = changes.map((one) => one.resource)
    const { writes, results } = await oneByOne(context.tenant, resources, async () => {
      const planned = await writesOf(service, context, changes)
      return { writes: planned, results: await service.store.commit(context.tenant, planned, context.act) }
    })
    await announce(work, results)
    return new Map(results.map((change, n) => [planned[n]!.entry.at, { change, json: writes[n]!.json }]))
  } catch (error) {
    if (error instanceof EntryFault) throw new EntryFault(planned[error.entry]!.entry.at, error.inner)
    if (!(error instanceof Fault)) throw error
    const at = planned.findIndex(({ ref }) => error.where === nameOf(ref))
    const inner =
      error.code === 'RECORD_CHANGED' && at >= 0 && changes[at]?.expected !== undefined
        ? new Fault('PRECONDITION_FAILED', error.where, error.what, error.mend)
        : error
    throw at < 0 ? inner : new EntryFault(planned[at]!.entry.at, inner)
  }
}

function changedReply(
  { service, request }: Work,
  { ref, kind }: Planned,
  { change, json }: Made,
): EntryReply {
  const { version, lastUpdated } = change
  if (kind === 'delete') return { status: '204', etag: etagOf(version), lastModified: lastUpdated }
  const created = change.action === 'created'
  const preferred = preferredReturn(request)
  return {
    status: created ? '201' : '200',
    location: `${service.base()}/${ref.type}/${ref.id}/_history/${version}`,
    etag: etagOf(version),
    lastModified: lastUpdated,
    ...(preferred === 'OperationOutcome' ? { outcome: writtenOutcome(created) } : {}),
    ...(json === undefined || preferred === 'minimal' || preferred === 'OperationOutcome'
      ? {}
      : { resource: () => stampedJson(json, change), fullUrl: `${service.base()}/${ref.type}/${ref.id}` }),
  }
}

function unchangedReply(
  { service }: Work,
  { ref, kind }: Planned,
  stored: ReadonlyMap<string, StoredResource>,
): EntryReply {
  const there = stored.get(nameOf(ref))
  if (kind !== 'match' || there === undefined) return { status: '204' }
  return {
    status: '200',
    location: `${service.base()}/${ref.type}/${ref.id}/_history/${there.version}`,
    etag: etagOf(there.version),
    lastModified: there.lastUpdated,
  }
}

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

function isConditional({ method, path }: BundleEntry): boolean {
  return (method === 'PUT' || method === 'DELETE' || method === 'PATCH') && path.length === 1
}

function refuseTwice(planned: readonly Planned[]): void {
  const seen = new Set<string>()
  for (const { entry, ref, kind } of planned) {
    if (kind === 'nothing' || kind === 'match') continue
    if (seen.has(nameOf(ref))) {
      const fault = new Fault(
        'RESOURCE_TWICE',
        nameOf(ref),
        'two entries change the same resource',
        'Send one entry for each.',
      )
      throw new EntryFault(entry.at, fault)
    }
    seen.add(nameOf(ref))
  }
}

async function inEntry<T>(entry: BundleEntry, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Fault && !(error instanceof EntryFault) ? new EntryFault(entry.at, error) : error
  }
}

function unmet(type: string): Fault {
  return new Fault(
    'CONDITION_UNMET',
    type,
    'a reference in the form of a search finds nothing',
    'Create the resource first, or refer to it by its id.',
  )
}

function nameOf({ type, id }: ResourceRef): string {
  return `${type}/${id}`
}
