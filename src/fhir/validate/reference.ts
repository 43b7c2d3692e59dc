import { isObject, type JsonObject } from './json.ts'

/** Finds what a reference names: inside the resource, inside the bundle, or where the caller looks. */
export interface Resolver {
  /** The target, or undefined when it is not at hand. */
  readonly target: (reference: string) => JsonObject | undefined
  /** The target's type, which a relative or absolute URL tells without the target. */
  readonly type: (reference: string) => string | undefined
  /** Whether every target lies in the same bundle, so that a urn: that does not resolve is wrong. */
  readonly inBundle: boolean
}

interface Surroundings {
  readonly container: JsonObject
  readonly bundle: BundleIndex | undefined
  readonly elsewhere: ((reference: string) => JsonObject | undefined) | undefined
  readonly isResourceType: (name: string) => boolean
}

export function resolverOf({ container, bundle, elsewhere, isResourceType }: Surroundings): Resolver {
  const target = (reference: string): JsonObject | undefined => {
    if (reference.startsWith('#')) return contained(container, reference.slice(1))
    return bundle?.find(reference) ?? elsewhere?.(reference)
  }
  return {
    target,
    type: (reference) => {
      const found = target(reference)
      if (found !== undefined) return String(found['resourceType'])
      if (reference.startsWith('#') || reference.startsWith('urn:')) return undefined
      const [, name] =
        /(?:^|\/)([A-Za-z]+)(?:\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]+)?|\?[^/]*)$/.exec(
          reference,
        ) ?? []
      return name !== undefined && isResourceType(name) ? name : undefined
    },
    inBundle: bundle !== undefined,
  }
}

function contained(container: JsonObject, id: string): JsonObject | undefined {
  if (id === '') return container
  const list = container['contained']
  const found = Array.isArray(list) ? list.find((one) => isObject(one) && one['id'] === id) : undefined
  return found as JsonObject | undefined
}

/** Resources of a bundle by fullUrl, and by "Type/id". */
export class BundleIndex {
  readonly #byUrl = new Map<string, JsonObject>()

  constructor(bundle: JsonObject) {
    const entries = Array.isArray(bundle['entry']) ? bundle['entry'] : []
    for (const entry of entries) {
      if (!isObject(entry) || !isObject(entry['resource'])) continue
      const resource = entry['resource']
      const local = `${String(resource['resourceType'])}/${String(resource['id'])}`
      if (resource['id'] !== undefined && !this.#byUrl.has(local)) this.#byUrl.set(local, resource)
      if (typeof entry['fullUrl'] === 'string') this.#byUrl.set(entry['fullUrl'], resource)
    }
  }

  /** Versioned references find the resource itself. A relative reference is looked up by type and id. */
  find(reference: string): JsonObject | undefined {
    return this.#byUrl.get(reference) ?? this.#byUrl.get(reference.replace(/\/_history\/[^/]*$/, ''))
  }
}
