/** What an EHR launch is about, until the app asks for access with it. Kept under the digest of its `launch` value. */
export const LAUNCH = 'Launch'

export interface Launch {
  readonly client: string
  readonly user: string
  readonly patient: string
  readonly encounter: string | undefined
  readonly intent: string | undefined
  /** Seconds since 1970. */
  readonly exp: number
}

/** What a grant is about: kept beside it, for every token that comes of it. */
export const LAUNCH_CONTEXT = 'LaunchContext'

export interface LaunchContext {
  readonly patient: string | undefined
  readonly encounter: string | undefined
  readonly intent: string | undefined
  /** Digest of the session that the grant ends with; undefined for offline access. */
  readonly session: string | undefined
  readonly secondFactor: boolean
  /** False when the EHR itself shows whose record is open. */
  readonly banner: boolean
}
