import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Fault } from '../../terms/fault.ts'

/**
 * A file sealed in pieces (STREAM, Hoang, Reyhanitabar, Rogaway and Vizár 2015, doi:10.1007/978-3-662-47989-6_24):
 * each piece is AES-256-GCM under the file's own key with its number and "is the last" in the nonce, so that pieces
 * cannot be altered, left out, repeated, put in another order or cut off at the end. The key seals one file once.
 * Layout: 8 bytes "garrod", 0, 1; then pieces of 64 KiB with 16 bytes of tag each, the last one shorter or empty.
 */
const MAGIC = Buffer.from('garrod\0\x01', 'latin1')
const PIECE = 1 << 16
const TAG = 16

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

function sealPiece(key: Uint8Array, number: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export async function* sealStream(key: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  yield MAGIC
  let number = 0
  for await (const piece of pieces(plain, PIECE)) {
    yield sealPiece(key, number, piece.last, piece.bytes)
    number++
  }
}

/** Throws VAULT_TAMPERED. What was given before the fault is true, but may not be all: use nothing before the end. */
export async function* openStream(
  key: Uint8Array,
  sealed: AsyncIterable<Uint8Array>,
  where: string,
): AsyncGenerator<Buffer> {
  let number = 0
  for await (const { bytes, last } of pieces(withoutMagic(sealed, where), PIECE + TAG)) {
    if (bytes.length < TAG) throw tampered(where)
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
    const plain = decipher.update(bytes.subarray(0, bytes.length - TAG))
    try {
      decipher.final()
    } catch {
      throw tampered(where)
    }
    if (plain.length > 0) yield plain
    number++
  }
}

async function* withoutMagic(sealed: AsyncIterable<Uint8Array>, where: string): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0)
  let seen = false
  for await (const chunk of sealed) {
    if (seen) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < MAGIC.length) continue
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) throw tampered(where)
    seen = true
    if (head.length > MAGIC.length) yield head.subarray(MAGIC.length)
  }
  if (!seen) throw tampered(where)
}

/** Cuts a stream into pieces of the same length; the last one, which may be empty, is told as such. */
async function* pieces(
  chunks: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly last: boolean }> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    size += chunk.length
    // A whole piece is given only when something follows it: until then it may be the last.
    if (size <= length) continue
    const joined = held.length === 1 ? chunk : Buffer.concat(held)
    let at = 0
    for (; joined.length - at > length; at += length) {
      yield { bytes: joined.subarray(at, at + length), last: false }
    }
    held = [joined.subarray(at)]
    size = joined.length - at
  }
  yield { bytes: Buffer.concat(held), last: true }
}

function tampered(where: string): Fault {
  return new Fault(
    'VAULT_TAMPERED',
    where,
    'the sealed file is not the one that was stored: it was altered, exchanged or cut',
    'Restore the file from a backup; nothing of it was used.',
  )
}
