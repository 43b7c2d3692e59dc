import { createHash } from 'node:crypto'
import type { BundleEntry, Reference, Resource } from './resource.ts'

/** Name space of Garrod's resource ids (RFC 9562 section 6.5: any UUID, fixed once). */
const NAMESPACE = Buffer.from('6f1e3c0a7d5b4a8e9c2d84f0b3a16e57', 'hex')

/** UUID version 5 (RFC 9562 section 5.5) of a text: the same content has the same id on every machine. */
export function contentUuid(text: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(text).digest().subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * The resources of one bundle, in the order they were added. The id of each follows from its content, references
 * included, so a resource must be added after those it refers to; adding the same content twice keeps one.
 */
export class Entries {
  readonly #resources = new Map<string, Resource>()

  /** Adds the resource and answers with a reference to it. */
  add(resource: Resource, display?: string): Reference {
    const id = contentUuid(JSON.stringify(resource))
    if (!this.#resources.has(id)) this.#resources.set(id, identified(resource, id))
    const reference = `urn:uuid:${id}`
    return display === undefined ? { reference } : { reference, display }
  }

  /** A plain set of resources, to be read. */
  collection(): BundleEntry[] {
    return [...this.#resources].map(([id, resource]) => ({ fullUrl: `urn:uuid:${id}`, resource }))
  }

  /**
   * The same to be POSTed to a FHIR server. Each is created unless the server has it already (by identifier), so
   * sending twice is harmless, and a Patient that the server knows is never overwritten.
   */
  transaction(): BundleEntry[] {
    return [...this.#resources].map(([id, resource]) => {
      const first = 'identifier' in resource ? resource.identifier?.[0] : undefined
      const request = { method: 'POST', url: resource.resourceType } as const
      const { id: _given, ...unnamed } = resource
      return {
        fullUrl: `urn:uuid:${id}`,
        resource: unnamed,
        request:
          first === undefined
            ? request
            : {
                ...request,
                ifNoneExist: `identifier=${encodeURIComponent(`${first.system}|${first.value}`)}`,
              },
      }
    })
  }
}

function identified(resource: Resource, id: string): Resource {
  if (resource.resourceType === 'Patient' || resource.resourceType === 'Provenance')
    return { ...resource, id }
  return { ...resource, id, identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }] }
}
