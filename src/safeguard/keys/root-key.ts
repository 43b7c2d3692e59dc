import { createHash, randomBytes, scryptSync } from 'node:crypto'
import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../terms/fault.ts'
import { flushFolder, makeKeyFolder, writeNew } from './durable-file.ts'
import { open, seal } from './sealed-bytes.ts'

/**
 * The key above all others. This is what a key management service or a hardware module implements: it wraps and
 * unwraps 32 bytes and never hands out its own key.
 */
export interface RootKey {
  /** The same for the same key; tells nothing about it. */
  readonly id: string
  readonly source: string
  wrap(key: Uint8Array, context: string): Promise<Buffer>
  /** Undefined when the bytes were not wrapped by this key in this context. */
  unwrap(wrapped: Uint8Array, context: string): Promise<Buffer | undefined>
  close(): void
}

/** A root key of 32 bytes in this process's memory. The bytes are the function's from here on. */
export function rootKeyOf(key: Buffer, source: string): RootKey {
  if (key.length !== 32) throw new RangeError(`a root key has 32 bytes, not ${key.length}`)
  return {
    id: createHash('sha256').update('garrod root key id\0').update(key).digest('hex').slice(0, 16),
    source,
    wrap: async (inner, context) => seal(key, 0, `garrod root\0${context}`, inner),
    unwrap: async (wrapped, context) => open(key, `garrod root\0${context}`, wrapped),
    close: () => void key.fill(0),
  }
}

/** Reads 32 bytes written as they are, as 64 hexadecimal digits, or as base64. Throws KEYS_MISSING, KEYS_MALFORMED. */
export async function rootKeyInFile(path: string): Promise<RootKey> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(
      'KEYS_MISSING',
      path,
      `the file of the root key cannot be read (${error.code})`,
      'Mount the disk that holds it, or name its place with GARROD_ROOT_KEY_FILE. A new installation makes one with: openssl rand -hex 32 > FILE.',
    )
  })
  const text = bytes.length === 32 ? '' : bytes.toString('latin1').trim()
  const key =
    bytes.length === 32
      ? bytes
      : /^[0-9a-fA-F]{64}$/.test(text)
        ? Buffer.from(text, 'hex')
        : Buffer.from(text, 'base64')
  if (key.length === 32) return rootKeyOf(key, `file ${path}`)
  throw new Fault(
    'KEYS_MALFORMED',
    path,
    'the file of the root key does not hold 32 bytes',
    'Write 64 hexadecimal digits, as "openssl rand -hex 32" prints them. If this file held the key before, restore it from its copy.',
  )
}

/** Cost of one guess at the passphrase: 128 MiB and some tenths of a second (OWASP's least for scrypt). */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 } as const

/** A root key derived by scrypt (RFC 7914) with a salt that lies in the key folder. Throws KEYS_PASSPHRASE_SHORT. */
export async function rootKeyFromPassphrase(passphrase: string, folder: string): Promise<RootKey> {
  if ([...passphrase].length < 15) {
    throw new Fault(
      'KEYS_PASSPHRASE_SHORT',
      'GARROD_ROOT_PASSPHRASE',
      'the passphrase of the root key has fewer than 15 characters',
      'Use six or more random words, or a key file instead.',
    )
  }
  await makeKeyFolder(folder)
  const path = join(folder, 'passphrase.salt')
  await writeNew(path, Buffer.from(`${randomBytes(16).toString('hex')}\n`))
  const salt = Buffer.from((await readFile(path, 'latin1')).trim(), 'hex')
  return rootKeyOf(scryptSync(passphrase.normalize('NFKC'), salt, 32, SCRYPT), 'passphrase')
}

const OWN = 'root.key'
const RETIRED = /^retired-[0-9a-f]{16}\.key$/

/** The root key that Garrod made in the key folder, made now where there is none and `make` says so. */
export async function ownRootKey(folder: string, make: boolean): Promise<RootKey> {
  const path = join(folder, OWN)
  if (make) {
    await makeKeyFolder(folder)
    await writeNew(path, hexLine(randomBytes(32)))
  }
  return rootKeyInFile(path)
}

/** Root keys in the folder that were replaced: backups made before may need them. */
export async function retiredRootKeys(folder: string): Promise<readonly RootKey[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => RETIRED.test(name)).sort()
  return Promise.all(names.map((name) => rootKeyInFile(join(folder, name))))
}

/** Makes a new root key in the folder; the one before stays as "retired-<id>.key". */
export async function replaceOwnRootKey(folder: string, before: RootKey): Promise<RootKey> {
  const path = join(folder, OWN)
  await writeNew(join(folder, `retired-${before.id}.key`), await readFile(path))
  const draft = join(folder, `${OWN}.next-${process.pid}`)
  await writeNew(draft, hexLine(randomBytes(32)))
  await rename(draft, path)
  await flushFolder(folder)
  return rootKeyInFile(path)
}

function hexLine(key: Buffer): Buffer {
  return Buffer.from(`${key.toString('hex')}\n`)
}
