import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  hkdfSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../../terms/fault.ts'

/** Name of the key in signed notes. */
export const KEY_NAME = 'garrod'
/** Marks Ed25519 in signed notes (C2SP signed-note). */
const ED25519 = Buffer.from([1])
/** Bytes kept of each row's authentication code. */
const MAC_BYTES = 16

/** Signs heads of audit logs. All machines of one store share it, as they share the other keys. */
export interface AuditKey {
  /** First four bytes of SHA-256(name, newline, 0x01, public key), hexadecimal: the key hash of C2SP signed-note. */
  readonly id: string
  /** To hand to whoever checks proofs: "garrod+<key hash>+<base64 of 0x01 and the public key>" (a note verifier key). */
  readonly verifierKey: string
  sign(text: string): Buffer
  verify(text: string, signature: Uint8Array): boolean
  /** Keyed digest of a leaf in its place: without the key, a row that was rewritten cannot be given the right one. */
  mac(tenant: string, seq: number, leafHash: Uint8Array): Buffer
}

export function auditKeyOf(privateKey: KeyObject): AuditKey {
  const publicKey = createPublicKey(privateKey)
  const raw = rawPublic(publicKey)
  const hmac = hmacSha256(
    hkdfSync('sha256', privateKey.export({ format: 'der', type: 'pkcs8' }), '', 'garrod audit row', 32),
  )
  const id = keyIdOf(raw)
  return {
    id,
    verifierKey: `${KEY_NAME}+${id}+${Buffer.concat([ED25519, raw]).toString('base64')}`,
    sign: (text) => sign(null, Buffer.from(text), privateKey),
    verify: (text, signature) => verify(null, Buffer.from(text), publicKey, signature),
    mac: (tenant, seq, leafHash) =>
      hmac(Buffer.concat([Buffer.from(`${tenant}\n${seq}\n`), leafHash])).subarray(0, MAC_BYTES),
  }
}

/** Whether a signature is by the key that a verifier key names. False for a verifier key that is none. */
export function isSignedBy(verifierKey: string, text: string, signature: Uint8Array): boolean {
  const [name, id, encoded = ''] = verifierKey.split('+', 2).concat(verifierKey.split('+').slice(2).join('+'))
  const bytes = Buffer.from(encoded, 'base64')
  if (name !== KEY_NAME || bytes.length !== 33 || bytes[0] !== 1 || keyIdOf(bytes.subarray(1)) !== id)
    return false
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') },
    format: 'jwk',
  })
  return verify(null, Buffer.from(text), key, signature)
}

/**
 * The key of this installation, made at the first use: `<folder>/audit.key`, PKCS #8 in PEM, readable by its owner alone.
 * Throws AUDIT_KEY_UNUSABLE.
 */
export async function openAuditKey(folder: string): Promise<AuditKey> {
  const path = join(folder, 'audit.key')
  const pem = (await read(path)) ?? (await make(path))
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('another kind of key')
    return auditKeyOf(key)
  } catch {
    throw new Fault(
      'AUDIT_KEY_UNUSABLE',
      path,
      'the file does not hold an Ed25519 key',
      'Put the key of this installation back from where keys are kept; without it the audit log cannot go on.',
    )
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all; when another process was a moment earlier, its key is taken. */
async function make(path: string): Promise<string> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { privateKey } = generateKeyPairSync('ed25519')
  const draft = `${path}.${randomUUID()}`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    await file.sync()
  } finally {
    await file.close()
  }
  await chmod(draft, 0o600)
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  const above = await open(folder)
  await above.sync()
  await above.close()
  return readFile(path, 'utf8')
}

/** RFC 2104 by two hashes at once, three times faster than a Hmac object for texts as short as these. */
export function hmacSha256(secret: ArrayBuffer | Uint8Array): (text: Uint8Array) => Buffer {
  const block = Buffer.alloc(64)
  block.set(new Uint8Array(secret))
  const inner = block.map((byte) => byte ^ 0x36)
  const outer = block.map((byte) => byte ^ 0x5c)
  const sha256 = (a: Uint8Array, b: Uint8Array) => hash('sha256', Buffer.concat([a, b]), 'buffer')
  return (text) => sha256(outer, sha256(inner, text))
}

function rawPublic(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')
}

function keyIdOf(raw: Uint8Array): string {
  const text = Buffer.concat([Buffer.from(`${KEY_NAME}\n`), ED25519, raw])
  return hash('sha256', text, 'buffer').subarray(0, 4).toString('hex')
}
