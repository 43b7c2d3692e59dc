import { canonicalJson, sha512t24u } from '../terms/vrs/digest.ts'
import type { Resource } from './resource.ts'

/** Extension in which a resource keeps the element of a phenopacket that it was made from. */
const AS_SENT = 'urn:garrod:phenopacket-element'

interface Extension {
  readonly url: string
  readonly extension?: readonly { readonly url: string; readonly valueString?: string }[]
}

/**
 * The resource, with the element it was made from beside it: what FHIR has no place for is not lost. The element counts
 * only as long as the resource says what it said then, which a digest tells.
 */
export function keepAsSent(resource: Resource, element: unknown): Resource {
  return {
    ...resource,
    extension: [
      {
        url: AS_SENT,
        extension: [
          { url: 'json', valueString: JSON.stringify(element) },
          { url: 'digest', valueString: digestOf(resource) },
        ],
      },
    ],
  }
}

/** The element as it was sent; undefined for a resource that was not made from one, or was changed since. */
export function asSent(resource: Resource): unknown {
  const kept = ((resource['extension'] as readonly Extension[] | undefined) ?? []).find(
    ({ url }) => url === AS_SENT,
  )
  const part = (url: string) => kept?.extension?.find((one) => one.url === url)?.valueString
  const [json, digest] = [part('json'), part('digest')]
  if (json === undefined || digest !== digestOf(resource)) return undefined
  return JSON.parse(json)
}

function digestOf(resource: Resource): string {
  const { id: _id, meta: _meta, extension, ...content } = resource
  const others = ((extension as readonly Extension[] | undefined) ?? []).filter(({ url }) => url !== AS_SENT)
  return sha512t24u(canonicalJson(others.length === 0 ? content : { ...content, extension: others }))
}
