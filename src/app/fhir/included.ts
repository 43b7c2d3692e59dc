import { includedRefs } from '../../fhir/search/include.ts'
import { anyOf } from '../../fhir/search/parameter-criteria.ts'
import type { SearchRequest } from '../../fhir/search/search-request.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { FhirContext, FhirService } from './fhir-service.ts'

/** Most resources that _include and _revinclude add to one page. */
const MOST = 2000
/** Rounds of ":iterate". */
const ROUNDS = 3

/**
 * What _include and _revinclude add to a page: asked of the store under the same restriction as the search itself, so
 * that nothing is seen by inclusion that could not be searched. Throws QUERY_TOO_COSTLY rather than leave some out.
 */
export async function included(
  service: FhirService,
  context: FhirContext,
  request: SearchRequest,
  matches: readonly StoredResource[],
): Promise<readonly StoredResource[]> {
  const seen = new Set(matches.map(nameOf))
  const found: StoredResource[] = []
  let front = matches
  for (let round = 0; round < ROUNDS && front.length > 0; round++) {
    const steps = request.includes.filter((one) => round === 0 || one.iterate)
    if (steps.length === 0) break
    const next: StoredResource[] = []
    const refs = new Map<string, ResourceRef>()
    const parsed = front.map((one) => JSON.parse(one.json!) as Resource)
    for (const step of steps) {
      if (step.reverse) next.push(...(await referring(service, context, step, front)))
      else {
        for (const resource of parsed) {
          for (const ref of includedRefs(resource, step, service.index, service.base()))
            refs.set(nameOf(ref), ref)
        }
      }
    }
    const wanted = [...refs.values()].filter((ref) => !seen.has(nameOf(ref)))
    if (wanted.length > 0)
      next.push(...(await service.store.readMany(context.tenant, wanted, context.within)))
    front = []
    const fresh: StoredResource[] = []
    for (const one of next) {
      if (one.deleted || seen.has(nameOf(one))) continue
      seen.add(nameOf(one))
      fresh.push(one)
    }
    found.push(...fresh)
    front = fresh
    if (found.length > MOST) throw tooMany()
  }
  return found
}

async function referring(
  service: FhirService,
  context: FhirContext,
  step: SearchRequest['includes'][number],
  front: readonly StoredResource[],
): Promise<readonly StoredResource[]> {
  const targets = service.index.parameter(step.type, step.param)?.targets ?? []
  const values = front
    .filter(({ type }) => (step.target === undefined ? targets.includes(type) : type === step.target))
    .map(({ type, id }) => ({ type, id }))
  if (values.length === 0) return []
  const page = await service.store.search(context.tenant, {
    type: step.type,
    criteria: anyOf([[{ kind: 'reference', param: step.param, values }]]),
    sort: [],
    count: MOST,
    after: undefined,
    total: false,
    within: context.within,
  })
  if (page.next !== undefined) throw tooMany()
  return page.resources
}

function nameOf({ type, id }: ResourceRef): string {
  return `${type}/${id}`
}

function tooMany(): Fault {
  return new Fault(
    'QUERY_TOO_COSTLY',
    '_include',
    `more than ${MOST} resources would be added to one page`,
    'Ask for fewer matches with _count, or search the referring resources themselves.',
  )
}
