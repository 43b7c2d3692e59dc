import type { TenantId } from '../../terms/ids.ts'

/** Who registers somebody or something, and when (ISO 8601 instant). */
interface Act {
  readonly at: string
  readonly by: string
}

/** Somebody who signs in. Roles and the reference are checked by whoever adds them. */
export interface User {
  /** The name they sign in with, lower case. */
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  /** "Practitioner/…" or "Patient/…" that the user is. */
  readonly reference: string | undefined
  /** "Organization/…" that they work for. */
  readonly organization?: string | undefined
  /** The password was given to them and must be replaced at the next sign-in. */
  readonly mustChange: boolean
  /** ISO 8601 instant from which a password that was given opens no more. */
  readonly givenUntil?: string | undefined
  /** A second factor was set up and proved. */
  readonly secondFactor: boolean
  readonly disabled: boolean
  /** ISO 8601 instant until which no attempt is taken. */
  readonly lockedUntil: string | undefined
  readonly addedAt: string
}

/** What sign-in compares with. */
export interface Credentials extends User {
  /** Password hash with its parameters. */
  readonly password: string
  /** Shared secret of the second factor, set up or being set up. */
  readonly totp: Buffer | undefined
  /** Number of the last 30-second step whose code was used. */
  readonly totpStep: number
}

/** How attempts are slowed down: after `free` failures in a row the next is taken `first` seconds later, then twice that … */
export interface BackOff {
  readonly free: number
  readonly firstSeconds: number
  readonly mostSeconds: number
}

export interface Users {
  /** Throws USER_EXISTS. */
  add(
    tenant: TenantId,
    user: Pick<User, 'id' | 'name' | 'roles' | 'reference' | 'organization' | 'mustChange' | 'givenUntil'>,
    password: string,
    act: Act,
  ): Promise<void>
  get(tenant: TenantId, id: string): Promise<User | undefined>
  list(tenant: TenantId): Promise<readonly User[]>
  /** Throws USER_UNKNOWN. Disabling ends every session and token of the user. */
  change(
    tenant: TenantId,
    id: string,
    change: Partial<Pick<User, 'name' | 'roles' | 'reference' | 'organization' | 'disabled'>>,
  ): Promise<void>
  /**
   * A new password; ends every session and token, and lifts a lock. `givenUntil` is for one that must be changed.
   * Throws USER_UNKNOWN.
   */
  setPassword(
    tenant: TenantId,
    id: string,
    password: string,
    mustChange: boolean,
    givenUntil?: string,
  ): Promise<void>
  /** Sets a second factor up (to be proved), or takes it away. Throws USER_UNKNOWN. */
  setSecondFactor(tenant: TenantId, id: string, secret: Buffer | undefined): Promise<void>
  /**
   * Counts an attempt as failed before it is judged, so that a thousand at once are not free. Undefined when there is no
   * such user, or the user is disabled, or locked at this instant.
   */
  attempt(tenant: TenantId, id: string, at: string, backOff: BackOff): Promise<Credentials | undefined>
  /** What sign-in compares with, without counting an attempt. */
  credentials(tenant: TenantId, id: string): Promise<Credentials | undefined>
  /** The attempt was right after all. */
  succeeded(tenant: TenantId, id: string): Promise<void>
  /** Uses up the code of one step; false when that step or a later one was used before. Turns the factor on. */
  takeStep(tenant: TenantId, id: string, step: number): Promise<boolean>
}

export interface Session {
  /** Digest of the token that the browser holds. */
  readonly digest: string
  readonly user: User
  readonly secondFactor: boolean
  readonly startedAt: string
  readonly seenAt: string
  readonly expiresAt: string
}

export interface Sessions {
  start(
    tenant: TenantId,
    session: {
      readonly token: string
      readonly user: string
      readonly secondFactor: boolean
      readonly expiresAt: string
    },
    at: string,
  ): Promise<void>
  /** The session, when it is neither idle for longer than told nor past its end, and its user is not disabled. Notes that it was seen. */
  find(tenant: TenantId, token: string, at: string, idleSeconds: number): Promise<Session | undefined>
  /** Whether the session of this digest has not ended: an app's token lasts no longer than it. */
  lasts(tenant: TenantId, digest: string, at: string): Promise<boolean>
  end(tenant: TenantId, token: string): Promise<void>
  /** The sessions of a user that have not ended and are not idle for longer than told, the last seen first. */
  ofUser(
    tenant: TenantId,
    user: string,
    at: string,
    idleSeconds: number,
  ): Promise<readonly Omit<Session, 'user'>[]>
  /** Ends the session of this digest, if it is this user's. */
  endOf(tenant: TenantId, user: string, digest: string): Promise<void>
}

/** A program that asks for access tokens (SMART App Launch 2, Backend Services). */
export interface Client {
  readonly id: string
  readonly name: string
  /** public: no credential, PKCE alone; secret: a shared secret; key: signs with a private key. */
  readonly kind: 'public' | 'secret' | 'key'
  readonly redirectUris: readonly string[]
  /** Scopes that it may be given, separated by spaces. */
  readonly scopes: string
  /** What it acts as when it acts for itself (client credentials). */
  readonly roles: readonly string[]
  /** "Organization/…" that it acts for. */
  readonly organization?: string | undefined
  /** Where an EHR launch sends the browser. */
  readonly launchUrl: string | undefined
  readonly secretDigest: string | undefined
  readonly jwks: Readonly<Record<string, unknown>> | undefined
  readonly jwksUri: string | undefined
  /** Users are asked before it gets access; false where the organisation has decided for them. */
  readonly asks: boolean
}

export interface Clients {
  /** Throws CLIENT_EXISTS. */
  add(tenant: TenantId, client: Client, act: Act): Promise<void>
  get(tenant: TenantId, id: string): Promise<Client | undefined>
  list(tenant: TenantId): Promise<readonly Client[]>
  /** Removes it with every token it has. Throws CLIENT_UNKNOWN. */
  remove(tenant: TenantId, id: string): Promise<void>
}

/** An EHR whose CDS Hooks calls are believed (CDS Hooks 2.0, "Trusting CDS Clients"). */
export interface CdsClient {
  /** `iss` of its tokens. */
  readonly issuer: string
  readonly name: string
  /** The one address its keys may be fetched from; the `jku` of a token must be this. */
  readonly jku: string | undefined
  /** Its keys, where they are not fetched. */
  readonly jwks: Readonly<Record<string, unknown>> | undefined
  /** `tenant` claims that are let in; empty: any, or none. */
  readonly ehrTenants: readonly string[]
}

export interface CdsClients {
  /** Throws CLIENT_EXISTS. */
  add(tenant: TenantId, client: CdsClient, act: Act): Promise<void>
  get(tenant: TenantId, issuer: string): Promise<CdsClient | undefined>
  list(tenant: TenantId): Promise<readonly CdsClient[]>
  /** Throws CLIENT_UNKNOWN. */
  remove(tenant: TenantId, issuer: string): Promise<void>
}

/** What the authorization server remembers: codes, tokens, grants, launches. Ids are kept as digests. */
export interface Artifact {
  readonly payload: Readonly<Record<string, unknown>>
  readonly consumed: boolean
}

export interface ArtifactLinks {
  readonly grant?: string | undefined
  readonly uid?: string | undefined
  readonly user?: string | undefined
  readonly client?: string | undefined
}

export interface Artifacts {
  /** Replaces what is there under the id. */
  put(
    tenant: TenantId,
    kind: string,
    id: string,
    payload: Readonly<Record<string, unknown>>,
    links: ArtifactLinks,
    expiresAt: string,
  ): Promise<void>
  /** Also what has expired but is not yet deleted: the caller looks at the time in the payload. */
  find(tenant: TenantId, kind: string, id: string): Promise<Artifact | undefined>
  findByUid(tenant: TenantId, kind: string, uid: string): Promise<Artifact | undefined>
  /** True for the first call alone, also when two come at once. */
  consume(tenant: TenantId, kind: string, id: string, at: string): Promise<boolean>
  destroy(tenant: TenantId, kind: string, id: string): Promise<void>
  destroyGrant(tenant: TenantId, kind: string, grant: string): Promise<void>
}

/** A private key, sealed at rest. */
export interface StoredKey {
  readonly kid: string
  /** "ES384", "RS384", "cookie". */
  readonly purpose: string
  readonly secret: Buffer
  readonly madeAt: string
}

export interface LoginStore {
  readonly users: Users
  readonly sessions: Sessions
  readonly clients: Clients
  readonly cdsClients: CdsClients
  readonly artifacts: Artifacts
  /** Notes that a token was used; false when it was used before. Only one of two calls at once gets true. */
  takeToken(tenant: TenantId, issuer: string, token: string, expiresAt: string): Promise<boolean>
  keys(tenant: TenantId): Promise<readonly StoredKey[]>
  /** Keeps a key unless one of its purpose was made at or after `unlessSince`: of two servers that start at once, one makes it. */
  addKey(tenant: TenantId, key: StoredKey, unlessSince: string): Promise<void>
  removeKey(tenant: TenantId, kid: string): Promise<void>
  /** Deletes what has expired. */
  purge(tenant: TenantId, at: string): Promise<void>
}
