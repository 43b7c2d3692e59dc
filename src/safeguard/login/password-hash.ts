import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * scrypt (RFC 7914) with N = 2^15, r = 8, p = 3: 32 MiB and about 0.2 s a guess, one of the settings that the OWASP
 * Password Storage Cheat Sheet names as equal. They stand in each hash, so that they can be raised later.
 */
const COST = { ln: 15, r: 8, p: 3 }
const BYTES = 32
const FORM = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function derive(password: string, salt: Buffer, cost: typeof COST, bytes: number): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** cost.ln, r: cost.r, p: cost.p, maxmem: 2 ** 28 }
  return new Promise((resolve, reject) =>
    // Two ways to type one letter are one password.
    scrypt(password.normalize('NFKC'), salt, bytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  )
}

const coded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** "$scrypt$ln=15,r=8,p=3$salt$hash": the PHC string form. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST, BYTES)
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${coded(salt)}$${coded(key)}`
}

/** Throws when the text is not a hash that `hashPassword` made. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt, key] = FORM.exec(hash) ?? []
  if (salt === undefined || key === undefined) throw new Error('a stored password hash cannot be read')
  const right = Buffer.from(key, 'base64')
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), cost, right.length), right)
}

let decoy: Promise<string> | undefined

/** Takes as long as `isPassword` and answers no: who guesses names cannot tell the ones there are by the time it takes. */
export async function refuseSlowly(password: string): Promise<false> {
  decoy ??= hashPassword(randomBytes(16).toString('base64'))
  await isPassword(password, await decoy)
  return false
}
