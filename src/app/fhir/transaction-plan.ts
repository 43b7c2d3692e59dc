import { type BundleEntry, conditionalReferences, malformed } from '../../fhir/rest/bundle-entry.ts'
import type { ResourceRef } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { type Interaction, permitted, type Work } from './fhir-service.ts'
import { unknownResource } from './reading.ts'
import { matchesOf } from './searching.ts'
import { EntryFault } from './write-plan.ts'
import { ambiguous, parametersOf } from './writing.ts'

/** An entry that changes something, with the resource it is about. */
export interface Planned {
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

/**
 * Which resource each changing entry of a transaction is about. Throws, naming the entry, BUNDLE_MALFORMED, RESOURCE_TWICE,
 * CONDITION_AMBIGUOUS, RESOURCE_UNKNOWN and ACCESS_DENIED.
 */
export async function planned(work: Work, entries: readonly BundleEntry[]): Promise<readonly Planned[]> {
  const writes = entries.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
  const all: Planned[] = []
  for (const entry of writes) all.push(await inEntry(entry, () => planOne(work, entry)))
  refuseTwice(all)
  refuseAlike(all)
  return all
}

/** Which resource an entry is about. Conditions are looked up in the record as it was before. */
async function planOne(outer: Work, entry: BundleEntry): Promise<Planned> {
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
export async function addressesOf(
  work: Work,
  planned: readonly Planned[],
): Promise<ReadonlyMap<string, string>> {
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

/** What goes wrong in `work` is of this entry. */
export async function inEntry<T>(entry: BundleEntry, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Fault && !(error instanceof EntryFault) ? new EntryFault(entry.at, error) : error
  }
}

/** Whether what an entry is about is looked up first. */
export function isConditional({ method, path, ifNoneExist }: BundleEntry): boolean {
  if (ifNoneExist !== undefined) return true
  return (method === 'PUT' || method === 'DELETE' || method === 'PATCH') && path.length === 1
}

function unmet(type: string): Fault {
  return new Fault(
    'CONDITION_UNMET',
    type,
    'a reference in the form of a search finds nothing',
    'Create the resource first, or refer to it by its id.',
  )
}

export function nameOf({ type, id }: ResourceRef): string {
  return `${type}/${id}`
}
