import { Fault } from '../../terms/fault.ts'

/** Version as a weak entity tag: W/"3". */
export function etagOf(version: number): string {
  return `W/"${version}"`
}

/** The version that If-Match names; undefined without one or for "*". Throws PRECONDITION_MALFORMED on several. */
export function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const version = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(ifMatch)?.[1]
  if (version === undefined) {
    throw new Fault(
      'PRECONDITION_MALFORMED',
      'if-match',
      'this is not the tag of one version',
      'Send the ETag as it was received: W/"3".',
    )
  }
  return Number(version)
}

/**
 * Whether what the client has is still what would be sent: If-None-Match by version, else If-Modified-Since by second
 * (RFC 9110, 13.1.2 and 13.1.3).
 */
export function isFresh(
  stored: { readonly version: number; readonly lastUpdated: string },
  ifNoneMatch: string | undefined,
  ifModifiedSince: string | undefined,
): boolean {
  if (ifNoneMatch !== undefined) {
    const tags = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''))
    return tags.includes('*') || tags.includes(`"${stored.version}"`)
  }
  if (ifModifiedSince === undefined) return false
  const since = Date.parse(ifModifiedSince)
  return Number.isFinite(since) && Math.floor(Date.parse(stored.lastUpdated) / 1000) * 1000 <= since
}

/** An instant as HTTP writes it, to the second. */
export function httpDate(instant: string): string {
  return new Date(instant).toUTCString()
}
