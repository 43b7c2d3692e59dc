import type { StoredResource } from '../../store/resources/resource-store.ts'
import type { FhirService } from './fhir-service.ts'

/** One entry of a searchset, its resource as JSON text. */
export interface Entry {
  readonly fullUrl: string | undefined
  readonly json: string
  readonly mode: 'match' | 'include' | 'outcome'
  /** What else is said of how it was found. */
  readonly search?: object
}

export interface Link {
  readonly relation: string
  readonly url: string
}

/** A searchset as JSON text, around resources that are sent as they are stored. */
export function searchset(
  { newId, now }: FhirService,
  entries: readonly Entry[],
  total: number | undefined,
  links: readonly Link[],
): string {
  const head = {
    resourceType: 'Bundle',
    id: newId(),
    meta: { lastUpdated: now().toISOString() },
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    link: links,
  }
  if (entries.length === 0) return JSON.stringify(head)
  const listed = entries.map(({ fullUrl, json, mode, search }) => {
    const url = fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(fullUrl)},`
    return `{${url}"resource":${json},"search":${JSON.stringify({ ...search, mode })}}`
  })
  return `${JSON.stringify(head).slice(0, -1)},"entry":[${listed.join(',')}]}`
}

export function entryOf(
  base: string,
  { type, id }: StoredResource,
  json: string,
  mode: Entry['mode'],
): Entry {
  return { fullUrl: `${base}/${type}/${id}`, json, mode }
}

/** Parameters as a query string that reads the same again. */
export function queryString(parameters: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString()
}
