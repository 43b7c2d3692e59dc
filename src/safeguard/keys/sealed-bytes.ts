import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce: layout 1, key version, nonce, ciphertext, 128-bit tag.
 * The first five bytes and the context are authenticated. One key seals at most 2^32 times.
 */
const LAYOUT = 1
const HEAD = 5
const NONCE = 12
const TAG = 16
/** Bytes that sealing adds. */
export const OVERHEAD = HEAD + NONCE + TAG

/** Nonces are drawn many at a time: asking the system for twelve bytes costs more than sealing does. */
const pool = Buffer.alloc(NONCE * 1024)
let used = pool.length

function nonceInto(target: Buffer): void {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  pool.copy(target, HEAD, used, used + NONCE)
  used += NONCE
}

function associated(head: Uint8Array, context: string): Buffer {
  const text = Buffer.from(context, 'utf8')
  const joined = Buffer.allocUnsafe(HEAD + text.length)
  joined.set(head.subarray(0, HEAD), 0)
  text.copy(joined, HEAD)
  return joined
}

export function seal(
  key: Uint8Array | KeyObject,
  version: number,
  context: string,
  plain: string | Uint8Array,
): Buffer {
  const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain
  const sealed = Buffer.allocUnsafe(bytes.length + OVERHEAD)
  sealed[0] = LAYOUT
  sealed.writeUInt32BE(version, 1)
  nonceInto(sealed)
  const cipher = createCipheriv('aes-256-gcm', key, sealed.subarray(HEAD, HEAD + NONCE))
  cipher.setAAD(associated(sealed, context))
  cipher.update(bytes).copy(sealed, HEAD + NONCE)
  cipher.final()
  cipher.getAuthTag().copy(sealed, sealed.length - TAG)
  return sealed
}

/** Undefined when the bytes are not what was sealed under this key and context. */
export function open(key: Uint8Array | KeyObject, context: string, sealed: Uint8Array): Buffer | undefined {
  if (versionOf(sealed) === undefined) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(HEAD, HEAD + NONCE), {
    authTagLength: TAG,
  })
  decipher.setAAD(associated(sealed, context))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  const plain = decipher.update(sealed.subarray(HEAD + NONCE, sealed.length - TAG))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return plain
}

/** Version of the key that sealed the bytes; undefined for bytes that `seal` did not make. */
export function versionOf(sealed: Uint8Array): number | undefined {
  if (sealed.length < OVERHEAD || sealed[0] !== LAYOUT) return undefined
  return new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength).getUint32(1)
}
