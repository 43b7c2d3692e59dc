/** How a server knows who calls. Chosen at start; never by a request. */
export type Entry = LocalEntry | LoginEntry

/** A demonstration on this machine alone: whoever calls is let in as "local". */
export interface LocalEntry {
  readonly kind: 'local'
}

/** Whoever calls signs in on the page, or proves itself by a token. */
export interface LoginEntry {
  readonly kind: 'login'
  /** CDS Hooks calls without a token are let in: for an EHR that sends none, behind a network that keeps others out. */
  readonly cdsOpen: boolean
  readonly session: SessionLimits
  /** Origins of EHRs that may show the page in a frame. */
  readonly frames: readonly string[]
  /** Everybody signs in with a second factor, which the first sign-in sets up. */
  readonly secondFactorForAll?: boolean
  /** Undefined: USUAL_RATES. */
  readonly rates?: RequestRates
}

/** Requests a second, averaged over ten seconds, of one caller at one server; 0: any number. */
export interface RequestRates {
  readonly user: number
  readonly client: number
}

/** Far above what people and their pages do, and above what an EHR asks while it signs orders. */
export const USUAL_RATES: RequestRates = { user: 50, client: 5000 }

export interface SessionLimits {
  /** Seconds without a request after which one signs in again (HIPAA 164.312(a)(2)(iii), automatic logoff). */
  readonly idleSeconds: number
  /** Seconds after which one signs in again in any case. */
  readonly absoluteSeconds: number
}

/** A break in the work ends a session; so does the end of a shift. */
export const SESSION_LIMITS: SessionLimits = { idleSeconds: 30 * 60, absoluteSeconds: 12 * 3600 }
