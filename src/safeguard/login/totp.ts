import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds that one code lasts (RFC 6238, X). */
const STEP_SECONDS = 30
const DIGITS = 6
/** Steps before and after the present one that are taken: clocks of telephones differ. */
const WINDOW = 1

export type TotpHash = 'sha1' | 'sha256' | 'sha512'

/** Number of the step that an instant lies in (RFC 6238, section 4.2; T0 = 0). */
export function stepOf(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS)
}

/** The code of a step: HOTP of RFC 4226, section 5.3, with the step as counter. */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS, hash: TotpHash = 'sha1'): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac(hash, secret).update(counter).digest()
  const offset = mac.at(-1)! & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * The step whose code was typed, or undefined. Steps up to `lastUsed` are passed over: a code opens once
 * (RFC 6238, section 5.2).
 */
export function matchingStep(
  secret: Uint8Array,
  typed: string,
  at: Date,
  lastUsed: number,
): number | undefined {
  const given = Buffer.from(typed.replace(/\s/g, ''))
  let found: number | undefined
  for (let step = stepOf(at) - WINDOW; step <= stepOf(at) + WINDOW; step++) {
    const right = Buffer.from(totpCode(secret, step))
    if (given.length === right.length && timingSafeEqual(given, right) && step > lastUsed) found ??= step
  }
  return found
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, section 6, without padding: how authenticator programs take a secret. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** What a QR code for an authenticator program says (Key URI format). */
export function otpauthUri(user: string, secret: Uint8Array): string {
  const query = new URLSearchParams({
    secret: base32(secret),
    issuer: 'Garrod',
    algorithm: 'SHA1',
    digits: String(DIGITS),
    period: String(STEP_SECONDS),
  })
  return `otpauth://totp/Garrod:${encodeURIComponent(user)}?${query}`
}
