import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import type { CdsClient } from '../../store/login/login-store.ts'
import type { Services } from '../http/services.ts'

/** Seconds that clocks of two hospitals' servers may differ. */
const SKEW = 60
/** Longest life of a token, seconds: its id is remembered until its end. */
const LONGEST_LIFE = 3600
const ALGORITHMS = ['ES384', 'RS384']

/** Key sets in use, by their address or their text: reading a key takes as long as checking a signature. */
const inUse = new Map<string, JWTVerifyGetKey>()

/** Keys that were registered; or those at the one address, asked for again when a token names one that is not there. */
function keysOf({ jwks, jku }: CdsClient): JWTVerifyGetKey | undefined {
  const name = jwks === undefined ? jku : JSON.stringify(jwks)
  if (name === undefined) return undefined
  let keys = inUse.get(name)
  if (keys === undefined) {
    keys =
      jwks === undefined
        ? createRemoteJWKSet(new URL(name), {
            timeoutDuration: 3000,
            cooldownDuration: 30_000,
            cacheMaxAge: 600_000,
          })
        : createLocalJWKSet(jwks as unknown as JSONWebKeySet)
    inUse.set(name, keys)
  }
  return keys
}

/**
 * The EHR that a CDS Hooks token proves, or undefined: the caller learns nothing of why (CDS Hooks 2.0, "Trusting CDS
 * Clients"). The issuer and its key address must be registered; `endpoint` must be the audience to the letter; a token
 * opens once.
 */
export async function cdsClientOf(
  services: Services,
  token: string,
  endpoint: string,
): Promise<CdsClient | undefined> {
  const { store, tenant } = services
  const now = services.now()
  try {
    const header = decodeProtectedHeader(token)
    const { iss } = decodeJwt(token)
    if (iss === undefined) return undefined
    const client = await store.login.cdsClients.get(tenant, iss)
    if (client === undefined) return undefined
    if (header['jku'] !== undefined && client.jku !== undefined && header['jku'] !== client.jku)
      return undefined
    const keys = keysOf(client)
    if (keys === undefined) return undefined
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer: iss,
      audience: endpoint,
      currentDate: now,
      clockTolerance: SKEW,
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'jti'],
    })
    const seconds = Math.floor(now.getTime() / 1000)
    if (payload.aud !== endpoint || payload.iat! > seconds + SKEW) return undefined
    if (payload.exp! > seconds + LONGEST_LIFE || payload.exp! <= payload.iat!) return undefined
    if (!isTenant(client, payload['tenant'])) return undefined
    if (typeof payload.jti !== 'string' || payload.jti === '') return undefined
    const forgotten = new Date((payload.exp! + SKEW + 1) * 1000).toISOString()
    return (await store.login.takeToken(tenant, `cds ${iss}`, payload.jti, forgotten)) ? client : undefined
  } catch (error) {
    if (isJose(error)) return undefined
    throw error
  }
}

function isTenant({ ehrTenants }: CdsClient, claimed: unknown): boolean {
  return ehrTenants.length === 0 || (typeof claimed === 'string' && ehrTenants.includes(claimed))
}

/** What jose throws of a token, or of keys that cannot be fetched; a fault of the database is thrown on. */
function isJose(error: unknown): boolean {
  const { code, name } = error as { code?: string; name?: string }
  return (code ?? '').startsWith('ERR_J') || name === 'TypeError' || name === 'SyntaxError'
}
