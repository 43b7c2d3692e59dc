/**
 * The page's session, under /api/session. The page imports this file as types only.
 *
 *   GET    /api/session                 SessionReply; 401 when nobody is signed in
 *   DELETE /api/session                 signs out
 *   POST   /api/session/password        { password, newPassword }; ends every session
 *   POST   /api/session/second-factor   { password } -> SecondFactorReply; proved with PUT
 *   PUT    /api/session/second-factor   { code }
 *   DELETE /api/session/second-factor   { password }
 *   GET    /api/sessions                SessionsReply: where one is signed in
 *   POST   /api/sessions/end            { password, session? }; without a session, every other one
 *   GET    /api/apps                    AppsReply
 *   POST   /api/launch                  LaunchRequest -> LaunchReply
 *
 * Every change carries the header "x-csrf-token" with the token that the session reply gave.
 */
export interface SessionReply {
  /** "local": a demonstration on this machine; nobody is signed in. */
  readonly kind: 'user' | 'patient' | 'client' | 'local'
  readonly id: string
  readonly name: string | undefined
  readonly roles: readonly string[]
  readonly secondFactor: boolean
  readonly csrf: string | undefined
  /** Seconds without a request after which one signs in again. */
  readonly idleSeconds: number | undefined
}

/** Sessions of one's own account; an id opens nothing. */
export interface SessionsReply {
  readonly sessions: readonly {
    readonly id: string
    /** The one that asks. */
    readonly current: boolean
    readonly secondFactor: boolean
    /** ISO 8601 instants. */
    readonly startedAt: string
    readonly seenAt: string
    readonly expiresAt: string
  }[]
}

export interface SecondFactorReply {
  /** Base32, to type into an authenticator app. */
  readonly secret: string
  /** otpauth:// address, for a QR code. */
  readonly uri: string
}

/** Apps that open with a person's record. */
export interface AppsReply {
  readonly apps: readonly { readonly id: string; readonly name: string }[]
}

export interface LaunchReply {
  /** Send the browser there: the app's launch address with `iss` and `launch`. */
  readonly url: string
}
