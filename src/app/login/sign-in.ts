import { randomBytes } from 'node:crypto'
import { hashPassword, isPassword, refuseSlowly } from '../../safeguard/login/password-hash.ts'
import { matchingStep } from '../../safeguard/login/totp.ts'
import type { BackOff, Credentials } from '../../store/login/login-store.ts'
import type { Services } from '../http/services.ts'
import type { LoginEntry } from './entry.ts'
import { loginAudited } from './login-audit.ts'
import { whyWeak } from './new-password.ts'

/** Five free failures, then 30 s, 1 min, 2 min … up to a quarter of an hour: a guesser gets about 100 guesses a day. */
export const BACK_OFF: BackOff = { free: 5, firstSeconds: 30, mostSeconds: 900 }

interface SignInForm {
  readonly user: string
  readonly password: string
  /** Of the authenticator program. */
  readonly code?: string | undefined
  readonly newPassword?: string | undefined
}

export type SignedIn =
  | { readonly kind: 'in'; readonly token: string }
  /** Never says which part was wrong, or whether the name exists. */
  | { readonly kind: 'refused' }
  /** The password was right, and was given too long ago. */
  | { readonly kind: 'given-ended' }
  | { readonly kind: 'code-needed' }
  /** Everybody needs a second factor here, and this user has none yet: the secret, and whether a code was wrong. */
  | {
      readonly kind: 'second-factor-needed'
      readonly secret: Uint8Array
      readonly wrong: boolean
      readonly newPassword: boolean
    }
  | { readonly kind: 'new-password-needed'; readonly because: string | undefined }

/** Names as they are kept: lower case. */
export const userName = (typed: string) => typed.trim().toLowerCase()

/** Checks what was typed and starts a session. `address` is the caller's, for the audit log. */
export async function signIn(
  services: Services,
  entry: LoginEntry,
  form: SignInForm,
  address: string,
): Promise<SignedIn> {
  const { store, tenant } = services
  const now = services.now()
  const id = userName(form.user)
  const users = store.login.users
  const found = await users.attempt(tenant, id, now.toISOString(), BACK_OFF)
  const right =
    found === undefined ? await refuseSlowly(form.password) : await isPassword(form.password, found.password)
  const result: SignedIn =
    found === undefined || !right ? { kind: 'refused' } : await afterPassword(services, entry, found, form)
  if (result.kind === 'in' || result.kind === 'refused' || result.kind === 'given-ended') {
    // A name that nobody has is not written down: people type passwords into the wrong field.
    await loginAudited(services, 'sign-in', result.kind === 'in', found && `user/${id}`, address)
  }
  return result
}

async function afterPassword(
  services: Services,
  entry: LoginEntry,
  user: Credentials,
  { code, newPassword }: SignInForm,
): Promise<SignedIn> {
  const { store, tenant } = services
  const users = store.login.users
  const now = services.now()
  let step: number | undefined
  if (user.secondFactor) {
    if (code === undefined || code.trim() === '') return { kind: 'code-needed' }
    step = matchingStep(user.totp!, code, now, user.totpStep)
    if (step === undefined) return { kind: 'refused' }
  }
  if (user.mustChange && user.givenUntil !== undefined && Date.parse(user.givenUntil) <= now.getTime())
    return { kind: 'given-ended' }
  if (!user.secondFactor && entry.secondFactorForAll === true) {
    const asked = await setUp(services, user, code)
    if (typeof asked !== 'number') return asked
    step = asked
  }
  if (user.mustChange) {
    const because = await whyNotNew(services, user, newPassword)
    if (because !== 'none') return { kind: 'new-password-needed', because }
  }
  // A code opens once; it is not used up by an attempt that only lacked a new password.
  if (step !== undefined && !(await users.takeStep(tenant, user.id, step))) return { kind: 'refused' }
  if (user.mustChange) await users.setPassword(tenant, user.id, await hashPassword(newPassword!), false)
  await users.succeeded(tenant, user.id)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + entry.session.absoluteSeconds * 1000).toISOString()
  await store.login.sessions.start(
    tenant,
    { token, user: user.id, secondFactor: step !== undefined, expiresAt },
    now.toISOString(),
  )
  return { kind: 'in', token }
}

/** The step whose code proves the factor that is being set up; else what is to be shown for it. */
async function setUp(
  { store, tenant, now }: Services,
  { id, totp, totpStep, mustChange }: Credentials,
  code: string | undefined,
): Promise<number | Extract<SignedIn, { kind: 'second-factor-needed' }>> {
  const needed = { kind: 'second-factor-needed', newPassword: mustChange } as const
  if (totp === undefined || code === undefined || code.trim() === '') {
    // A secret that was shown and not proved is not shown again.
    const secret = randomBytes(20)
    await store.login.users.setSecondFactor(tenant, id, secret)
    return { ...needed, secret, wrong: false }
  }
  return matchingStep(totp, code, now(), totpStep) ?? { ...needed, secret: totp, wrong: true }
}

/** "none" when the new password can be taken. */
async function whyNotNew(
  { leaked }: Services,
  user: Credentials,
  given: string | undefined,
): Promise<string | undefined> {
  if (given === undefined || given === '') return undefined
  if (await isPassword(given, user.password)) return 'it is the one you were given'
  return (await whyWeak(given, user.id, leaked)) ?? 'none'
}
