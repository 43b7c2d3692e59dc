import { timingSafeEqual } from 'node:crypto'
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { CONTEXT_SCOPES } from '../../../safeguard/login/registered-scope.ts'
import { digestOf } from '../../../store/login/digest.ts'
import type { Services } from '../../http/services.ts'
import { messagePage } from '../pages/message-page.ts'
import { storeAdapter } from './adapter.ts'
import { scopesFor } from './granted-scopes.ts'
import { everyTimeAnew } from './interaction-policy.ts'
import { LAUNCH, LAUNCH_CONTEXT, type Launch, type LaunchContext } from './launch-context.ts'
import type { SigningKeys } from './signing-keys.ts'
import { smartParameters } from './token-response.ts'

/** Address of the FHIR server below the public address: issuer of launches, audience of tokens. */
export const FHIR_BASE = '/fhir/R4'
export const OIDC_BASE = '/oidc'

/** Lifetimes, seconds. */
const ACCESS_TOKEN_LIFE = 15 * 60
/** Of a grant and all that comes of it: then the user is asked again. */
export const GRANT_LIFE = 14 * 86_400
/** Seconds that a client's clock may differ. */
const CLOCK_SKEW = 10
const INTERACTION_LIFE = 20 * 60
/** SMART Backend Services: a client's assertion may last five minutes at most. */
const LONGEST_ASSERTION = 300

const trimmed = (url: string) => url.replace(/\/+$/, '')

/** The authorization server of SMART App Launch 2 under one public address. */
export function oidcProvider(services: Services, keys: SigningKeys, publicUrl: string): Provider {
  const fhir = `${publicUrl}${FHIR_BASE}`
  const provider = new Provider(`${publicUrl}${OIDC_BASE}`, configuration(services, keys, fhir, publicUrl))
  // The address that people see comes from the public address, not from what a proxy says: see mount.ts.
  provider.proxy = true
  provider.Client.prototype.compareClientSecret = function compare(actual: string) {
    const [right, given] = [Buffer.from(this.clientSecret ?? ''), Buffer.from(digestOf(actual))]
    return right.length === given.length && timingSafeEqual(right, given)
  }
  provider.OIDCContext.prototype.clientJwtAuthExpectedAudience = function audience() {
    return new Set([this.urlFor('token')])
  }
  provider.ReplayDetection.unique = (issuer, jti, expires) =>
    services.store.login.takeToken(
      services.tenant,
      `client ${issuer}`,
      jti,
      new Date((expires + 1) * 1000).toISOString(),
    )
  provider.use(smartParameters(services))
  provider.on('server_error', (_ctx, error) => {
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
    services.log(`bug in authorization: ${error.name} ${frames.map((line) => line.trim()).join(' ')}`)
  })
  return provider
}

function configuration(
  services: Services,
  keys: SigningKeys,
  fhir: string,
  publicUrl: string,
): Configuration {
  const { store, tenant } = services
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true } as const
  return {
    adapter: (kind: string) => storeAdapter(services, kind),
    jwks: { keys: [...keys.jwks] },
    cookies: { keys: [...keys.cookies], long: cookie, short: cookie },
    scopes: [...CONTEXT_SCOPES],
    claims: { openid: ['sub'], fhirUser: ['fhirUser'], profile: ['name'] },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS384', 'ES384'],
      idTokenSigningAlgValues: ['RS256', 'RS384', 'ES384'],
    },
    responseTypes: ['code'],
    clockTolerance: CLOCK_SKEW,
    // Addresses of keys are registered by the operator, and may well lie in the hospital's own network.
    fetch: (input, init) => {
      const { dispatcher: _, ...rest } = (init ?? {}) as RequestInit & { dispatcher?: unknown }
      return fetch(input, { ...rest, redirect: 'error' })
    },
    pkce: { required: () => true },
    ttl: {
      AccessToken: ACCESS_TOKEN_LIFE,
      ClientCredentials: ACCESS_TOKEN_LIFE,
      AuthorizationCode: 60,
      IdToken: ACCESS_TOKEN_LIFE,
      Interaction: INTERACTION_LIFE,
      Session: INTERACTION_LIFE,
      Grant: GRANT_LIFE,
      RefreshToken: GRANT_LIFE,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) =>
          client.clientAuthMethod !== 'none' && token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => fhir,
        useGrantedResource: () => true,
        getResourceServerInfo: async (ctx, resource, client) => {
          if (trimmed(resource) !== fhir) throw new errors.InvalidTarget()
          return {
            scope: await scopesFor(services, ctx, client.clientId),
            audience: fhir,
            accessTokenFormat: 'opaque',
            accessTokenTTL: ACCESS_TOKEN_LIFE,
          }
        },
      },
    },
    extraParams: {
      aud: (_ctx, value) => {
        if (value === undefined || trimmed(value) !== fhir)
          throw new errors.InvalidRequest(`aud must be ${fhir}`)
      },
      launch: (ctx, value, client) => refuseBadLaunch(services, ctx, value, client.clientId),
    },
    extraTokenClaims: async (_ctx, token) => {
      const grant = (token as { grantId?: string }).grantId
      const kept =
        grant === undefined ? undefined : await store.login.artifacts.find(tenant, LAUNCH_CONTEXT, grant)
      const context = kept?.payload as LaunchContext | undefined
      return context?.patient === undefined ? undefined : { patient: context.patient }
    },
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims, _header, client) => {
      const left = (claims['exp'] as number) - Math.floor(Date.now() / 1000)
      if (
        claims['aud'] !== ctx.oidc.urlFor('token') ||
        claims['sub'] !== client.clientId ||
        left > LONGEST_ASSERTION
      )
        throw new errors.InvalidClientAuth('the assertion lives too long, or is meant for another')
    },
    findAccount: async (_ctx, id, source) => {
      const user = await store.login.users.get(tenant, id)
      if (user === undefined || user.disabled) return undefined
      if (!(await lasts(services, (source as { grantId?: string } | undefined)?.grantId))) return undefined
      return {
        accountId: id,
        claims: () => ({
          sub: id,
          name: user.name,
          ...(user.reference === undefined ? {} : { fhirUser: `${fhir}/${user.reference}` }),
        }),
      }
    },
    loadExistingGrant: (ctx) => {
      const grant = ctx.oidc.result?.consent?.grantId
      return grant === undefined ? undefined : ctx.oidc.provider.Grant.find(grant)
    },
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (source.scopes.has('offline_access') || source.scopes.has('online_access')),
    rotateRefreshToken: true,
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => URL.canParse(uri) && new URL(uri).origin === origin),
    interactions: {
      policy: everyTimeAnew(),
      url: (_ctx, interaction) =>
        `${new URL(publicUrl).pathname.replace(/\/$/, '')}/interaction/${interaction.uid}`,
    },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = messagePage(
        'The app could not be opened',
        `${out.error}${out.error_description === undefined ? '' : `: ${out.error_description}`}`,
      )
    },
  }
}

/** Whether the session that a grant ends with goes on; true where none was granted yet. */
async function lasts({ store, tenant, now }: Services, grant: string | undefined): Promise<boolean> {
  if (grant === undefined) return true
  const kept = await store.login.artifacts.find(tenant, LAUNCH_CONTEXT, grant)
  if (kept === undefined) return false
  const { session } = kept.payload as unknown as LaunchContext
  return session === undefined || store.login.sessions.lasts(tenant, session, now().toISOString())
}

/** A launch value is one that we gave to this app, a short while ago, and has not been used. */
async function refuseBadLaunch(
  { store, tenant, now }: Services,
  ctx: KoaContextWithOIDC,
  value: string | undefined,
  client: string,
): Promise<void> {
  const wants = ((ctx.oidc.params?.['scope'] as string | undefined) ?? '').split(' ').includes('launch')
  if (value === undefined && !wants) return
  const found = value === undefined ? undefined : await store.login.artifacts.find(tenant, LAUNCH, value)
  const launch = found?.payload as Launch | undefined
  const good =
    launch !== undefined &&
    !found!.consumed &&
    launch.client === client &&
    launch.exp * 1000 > now().getTime()
  if (!good) throw new errors.InvalidRequest('the launch is not known, was used, or is too old')
}
