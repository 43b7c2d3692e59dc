import type { Resource } from '../../record/resource.ts'
import { spelledAs } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'

export type BundleMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One entry of a transaction or batch, its request taken apart. */
export interface BundleEntry {
  /** Place in the bundle as sent. */
  readonly at: number
  readonly fullUrl: string | undefined
  readonly resource: Resource | undefined
  readonly method: BundleMethod
  /** Decoded path segments below the FHIR root. */
  readonly path: readonly string[]
  readonly query: readonly (readonly [string, string])[]
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
  readonly ifModifiedSince: string | undefined
  readonly ifNoneExist: string | undefined
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
/** Most entries of one bundle. */
const BUNDLE_LARGEST = 5000

/** Reads the entries of a Bundle. Throws BUNDLE_MALFORMED, QUERY_TOO_COSTLY. `base` is this server's own address. */
export function bundleEntries(bundle: Resource, base: string): readonly BundleEntry[] {
  return rawEntries(bundle).map((one, at) => bundleEntry(one, at, base))
}

/** The entries of a Bundle as they were sent. Throws BUNDLE_MALFORMED, QUERY_TOO_COSTLY. */
export function rawEntries(bundle: Resource): readonly unknown[] {
  const list = bundle['entry'] ?? []
  if (!Array.isArray(list)) throw malformed('Bundle.entry', 'it is not a list')
  if (list.length > BUNDLE_LARGEST) {
    throw new Fault(
      'QUERY_TOO_COSTLY',
      'Bundle.entry',
      `the bundle has more than ${BUNDLE_LARGEST} entries`,
      'Send it in several bundles.',
    )
  }
  return list
}

/** Reads one entry, the `at`-th of its bundle. Throws BUNDLE_MALFORMED. */
export function bundleEntry(one: unknown, at: number, base: string): BundleEntry {
  const where = `Bundle.entry[${at}]`
  const { fullUrl, resource, request } = (one ?? {}) as Record<string, unknown>
  const { method, url, ...conditions } = (request ?? {}) as Record<string, unknown>
  if (typeof method !== 'string' || !METHODS.includes(method)) {
    throw malformed(`${where}.request.method`, 'it is not GET, HEAD, POST, PUT, PATCH or DELETE')
  }
  if (typeof url !== 'string') throw malformed(`${where}.request.url`, 'it is missing')
  const own = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url.replace(/^\//, '')
  const mark = own.indexOf('?')
  const path = mark < 0 ? own : own.slice(0, mark)
  const takesResource = method === 'POST' || method === 'PUT' || method === 'PATCH'
  if (takesResource && (typeof resource !== 'object' || resource === null)) {
    throw malformed(`${where}.resource`, 'it is missing')
  }
  return {
    at,
    fullUrl: text(fullUrl),
    resource: resource as Resource | undefined,
    method: method as BundleMethod,
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: mark < 0 ? [] : [...new URLSearchParams(own.slice(mark + 1))],
    ifMatch: text(conditions['ifMatch']),
    ifNoneMatch: text(conditions['ifNoneMatch']),
    ifModifiedSince: text(conditions['ifModifiedSince']),
    ifNoneExist: text(conditions['ifNoneExist']),
  }
}

/** An address on a FHIR server: its root, and "Type/id" (FHIR R4, "references", the pattern of RESTful addresses). */
const RESTFUL = /^(https?:\/\/.+)\/([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/
const RELATIVE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/

/** What an entry whose fullUrl is given means by an address; undefined for what is not an entry. */
export type AddressBook = (fullUrl: string | undefined) => (written: string) => string | undefined

/**
 * `addresses` leads from the fullUrl of each entry to its address here. A relative reference is one below the root of the
 * fullUrl of the entry that holds it (FHIR R4, "bundle", references); an entry whose fullUrl has no root means the only
 * entry that is called so anywhere.
 */
export function addressBook(addresses: ReadonlyMap<string, string>): AddressBook {
  const called = Map.groupBy(addresses, ([fullUrl]) => RESTFUL.exec(fullUrl)?.[2])
  return (fullUrl) => {
    const root = RESTFUL.exec(fullUrl ?? '')?.[1]
    return (written) => {
      const found = addresses.get(written)
      if (found !== undefined || !RELATIVE.test(written)) return found
      if (root !== undefined) return addresses.get(`${root}/${written}`)
      const alike = called.get(written)
      return alike?.length === 1 ? alike[0]![1] : undefined
    }
  }
}

/** JSON properties whose whole value may be the address of another entry. */
const ADDRESSES = new Set([
  'reference',
  'url',
  'uri',
  'valueUri',
  'valueUrl',
  'valueUuid',
  'valueOid',
  'valueCanonical',
])

/**
 * A copy of a resource in which addresses of entries are replaced by those they get on this server, in references,
 * in uris and in the links of the narrative (FHIR R4, "transaction"). `addressOf` gives undefined for what stays.
 */
export function rewritten(resource: Resource, addressOf: (written: string) => string | undefined): Resource {
  const change = (value: unknown, property: string): unknown => {
    if (typeof value === 'string') {
      if (ADDRESSES.has(property)) return addressOf(value) ?? value
      return property === 'div' ? rewrittenNarrative(value, addressOf) : value
    }
    if (Array.isArray(value)) return value.map((one) => change(one, property))
    if (typeof value !== 'object' || value === null) return value
    return spelledAs(
      value,
      Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one, key)])),
    )
  }
  return change(resource, '') as Resource
}

function rewrittenNarrative(div: string, addressOf: (written: string) => string | undefined): string {
  return div.replace(/\b(href|src)="([^"]*)"/g, (whole, name: string, url: string) => {
    const address = addressOf(url)
    return address === undefined ? whole : `${name}="${address}"`
  })
}

/** References of a resource that are searches: "Patient?identifier=system|value". */
export function conditionalReferences(resource: Resource): readonly string[] {
  const found = new Set<string>()
  const look = (value: unknown, property: string): void => {
    if (typeof value === 'string') {
      if (property === 'reference' && /^[A-Z][A-Za-z]+\?/.test(value)) found.add(value)
    } else if (Array.isArray(value)) for (const one of value) look(one, property)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) look(one, key)
    }
  }
  look(resource, '')
  return [...found]
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function malformed(where: string, what: string): Fault {
  return new Fault(
    'BUNDLE_MALFORMED',
    where,
    what,
    'See "transaction" (hl7.org/fhir/R4/http.html#transaction).',
  )
}
