import type { Resource } from './resource.ts'

/** Extension by which an entry names the requests to amend it: whoever reads the entry finds what was said about it. */
const DISPUTE = 'urn:garrod:amendment'

interface Extension {
  readonly url?: string
  readonly valueReference?: { readonly reference?: string }
}

const extensionsOf = (resource: Resource | undefined): readonly Extension[] =>
  Array.isArray(resource?.['extension']) ? (resource['extension'] as readonly Extension[]) : []

/** Tasks that say what the person wanted changed in this entry, and what was answered. */
export function disputesOf(resource: Resource): readonly string[] {
  return extensionsOf(resource).flatMap((one) =>
    one.url === DISPUTE && one.valueReference?.reference !== undefined ? [one.valueReference.reference] : [],
  )
}

/** The entry, naming this Task too. */
export function disputed(resource: Resource, task: string): Resource {
  if (disputesOf(resource).includes(task)) return resource
  return {
    ...resource,
    extension: [...extensionsOf(resource), { url: DISPUTE, valueReference: { reference: task } }],
  }
}

/** A newer version of an entry keeps what the person said about the older one. */
export function keepingDisputes(resource: Resource, before: Resource | undefined): Resource {
  return before === undefined ? resource : disputesOf(before).reduce(disputed, resource)
}
