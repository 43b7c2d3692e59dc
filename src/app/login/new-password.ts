import type { LeakedPasswords } from '../../safeguard/login/leaked-passwords.ts'
import { passwordWeakness } from '../../safeguard/login/password-policy.ts'

/** Days and not weeks: a password that was told by somebody else lies in a message until it is replaced (ASVS 5.0, 6.4.1). */
const GIVEN_HOURS = 72

/** When a password that was given to somebody stops opening, ISO 8601. */
export const givenUntil = (now: Date): string =>
  new Date(now.getTime() + GIVEN_HOURS * 3_600_000).toISOString()

/** Why a new password is refused, or undefined. `leaked`: the site's list, where it has one. */
export async function whyWeak(
  password: string,
  userId: string,
  leaked: LeakedPasswords | undefined,
): Promise<string | undefined> {
  const weakness = passwordWeakness(password, userId)
  if (weakness !== undefined) return weakness
  return (await leaked?.holds(password)) === true
    ? 'it is in a list of passwords that were leaked'
    : undefined
}
