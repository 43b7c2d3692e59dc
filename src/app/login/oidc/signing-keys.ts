import { generateKeyPair as generate, randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { exportJWK, type JWK } from 'jose'
import type { LoginStore } from '../../../store/login/login-store.ts'
import type { TenantId } from '../../../terms/ids.ts'

const generateKeyPair = promisify(generate)

const DAY = 86_400_000
/** A key signs for a quarter of a year, and is published a month longer: what it signed has ended by then. */
const SIGNS_DAYS = 90
const PUBLISHED_DAYS = 120

export interface SigningKeys {
  /** Newest first of each algorithm. */
  readonly jwks: readonly JWK[]
  /** Secrets that sign cookies, newest first. */
  readonly cookies: readonly string[]
  /** Changes whenever a key is made or dropped. */
  readonly version: string
}

const MAKERS: Readonly<Record<string, () => Promise<Buffer>>> = {
  RS384: async () => {
    const { privateKey } = await generateKeyPair('rsa', { modulusLength: 3072 })
    return Buffer.from(JSON.stringify(await exportJWK(privateKey)))
  },
  ES384: async () => {
    const { privateKey } = await generateKeyPair('ec', { namedCurve: 'P-384' })
    return Buffer.from(JSON.stringify(await exportJWK(privateKey)))
  },
  cookie: async () => Buffer.from(randomBytes(32).toString('base64url')),
}

/** The keys in force. Makes those that are missing or have signed long enough; deletes those long past. */
export async function signingKeys(store: LoginStore, tenant: TenantId, now: Date): Promise<SigningKeys> {
  const fresh = new Date(now.getTime() - SIGNS_DAYS * DAY).toISOString()
  const past = new Date(now.getTime() - PUBLISHED_DAYS * DAY).toISOString()
  const before = await store.keys(tenant)
  for (const [purpose, make] of Object.entries(MAKERS)) {
    if (before.some((key) => key.purpose === purpose && key.madeAt >= fresh)) continue
    const key = { kid: randomUUID(), purpose, secret: await make(), madeAt: now.toISOString() }
    await store.addKey(tenant, key, fresh)
  }
  for (const key of before) if (key.madeAt < past) await store.removeKey(tenant, key.kid)
  const keys = (await store.keys(tenant)).filter((key) => key.madeAt >= past)
  return {
    jwks: keys
      .filter((key) => key.purpose !== 'cookie')
      .map((key) => ({ ...(JSON.parse(key.secret.toString()) as JWK), kid: key.kid, use: 'sig' })),
    cookies: keys.filter((key) => key.purpose === 'cookie').map((key) => key.secret.toString()),
    version: keys.map((key) => key.kid).join(' '),
  }
}
