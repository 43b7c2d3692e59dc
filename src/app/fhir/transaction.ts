import {
  type AddressBook,
  addressBook,
  type BundleEntry,
  bundleEntries,
  malformed,
  rewritten,
} from '../../fhir/rest/bundle-entry.ts'
import { etagOf } from '../../fhir/rest/etag.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { ResourceChange, StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { announce } from './announce.ts'
import { type EntryReply, entryResponse, responseBundle } from './bundle-response.ts'
import { patchBody, requestOf } from './entry-request.ts'
import { type FhirReply, type FhirRequest, touch, type Work } from './fhir-service.ts'
import { oneByOne } from './new-person.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { present, unknownResource } from './reading.ts'
import { addressesOf, inEntry, isConditional, nameOf, type Planned, planned } from './transaction-plan.ts'
import { type Change, EntryFault, writesOf } from './write-plan.ts'
import {
  expectedVersion,
  patchedOf,
  preferredReturn,
  refuseOther,
  stampedJson,
  writtenOutcome,
} from './writing.ts'

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
  const conditional = entries.some(isConditional)
  const run = () => runTransaction(work, entries, dispatch)
  return conditional ? oneAtATime(context.tenant, run) : run()
}

async function runTransaction(
  work: Work,
  entries: readonly BundleEntry[],
  dispatch: Dispatch,
): Promise<FhirReply> {
  const { service, trace } = work
  const plan = await planned(work, entries)
  const book = addressBook(await addressesOf(work, plan))
  const stored = await storedOf(work, plan)
  const changes: Change[] = []
  const changing: Planned[] = []
  for (const one of plan) {
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
  for (const one of plan) {
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
