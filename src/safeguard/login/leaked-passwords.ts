import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Fault } from '../../terms/fault.ts'

/** A list of passwords that were leaked elsewhere, which guessers try first. */
export interface LeakedPasswords {
  holds(password: string): Promise<boolean>
}

/** A line is 40 hexadecimal digits, as a rule with ":" and how often it was seen; longer ones are not of this format. */
const LONGEST_LINE = 128
/** Bytes that are read line by line once the search is that near. */
const NEAR = 4096
/** Places looked at before a list is believed to be in order: the list is also given out by frequency. */
const PROBES = 64
const LINE = /^([0-9A-Fa-f]{40})(?::\d+)?$/

/**
 * A list in the format of Pwned Passwords (SHA-1, ordered by hash: "HASH:COUNT", one a line), which stays on disk: a
 * password is found by halving, in some forty reads of a file of any size. Nothing is asked of the network, and no
 * password leaves the process. Throws LEAKED_PASSWORDS_MISSING, _MALFORMED, _ORDER.
 */
export async function openLeakedPasswords(path: string): Promise<LeakedPasswords> {
  await withFile(path, async (file, size) => {
    let before = ''
    for (let probe = 0; probe < PROBES; probe++) {
      const at = probe === 0 ? 0 : await nextLine(file, Math.floor((size * probe) / PROBES), path)
      if (at >= size) break
      const hash = await hashAt(file, at, path)
      if (hash < before) throw unordered(path)
      before = hash
    }
  })
  return {
    holds: (password) =>
      withFile(path, async (file, size) => {
        // As it was typed, and as it is kept: of two spellings of one letter either may have leaked.
        for (const text of new Set([password, password.normalize('NFKC')])) {
          if (await isListed(file, size, sha1(text), path)) return true
        }
        return false
      }),
  }
}

/** Guessers' lists are made of SHA-1; nothing is protected by it here. */
const sha1 = (text: string) => createHash('sha1').update(text, 'utf8').digest('hex').toUpperCase()

async function isListed(file: FileHandle, size: number, wanted: string, path: string): Promise<boolean> {
  // Both are beginnings of lines: that of `from` is not after what is wanted, that of `to` is.
  let [from, to] = [0, size]
  while (to - from > NEAR) {
    const at = await nextLine(file, Math.floor((from + to) / 2), path)
    if (at >= to) break
    if ((await hashAt(file, at, path)) <= wanted) from = at
    else to = at
  }
  const lines = (await read(file, from, to - from)).split('\n')
  return lines.some((line) => line.slice(0, 40).toUpperCase() === wanted)
}

/** Where the first line after this byte begins; the size of the file after its last line. */
async function nextLine(file: FileHandle, byte: number, path: string): Promise<number> {
  const text = await read(file, byte, LONGEST_LINE)
  const end = text.indexOf('\n')
  if (end < 0 && text.length === LONGEST_LINE) throw malformed(path)
  return byte + (end < 0 ? text.length : end + 1)
}

async function hashAt(file: FileHandle, byte: number, path: string): Promise<string> {
  const [line = ''] = (await read(file, byte, LONGEST_LINE)).split('\n')
  const [, hash] = LINE.exec(line.trimEnd()) ?? []
  if (hash === undefined) throw malformed(path)
  return hash.toUpperCase()
}

async function read(file: FileHandle, from: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return buffer.toString('latin1', 0, bytesRead)
}

async function withFile<T>(path: string, work: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch(() => {
    throw missing(path)
  })
  try {
    const about = await file.stat()
    if (!about.isFile() || about.size === 0) throw missing(path)
    return await work(file, about.size)
  } finally {
    await file.close()
  }
}

function missing(path: string): Fault {
  return new Fault(
    'LEAKED_PASSWORDS_MISSING',
    path,
    'the list of leaked passwords is not there, is empty or cannot be read',
    'Correct GARROD_LEAKED_PASSWORDS, or unset it to go without a list.',
  )
}

function malformed(path: string): Fault {
  return new Fault(
    'LEAKED_PASSWORDS_MALFORMED',
    path,
    'a line of the list of leaked passwords is not a SHA-1 hash with a count',
    'Use the list of Pwned Passwords as one file of SHA-1 hashes, unpacked.',
  )
}

function unordered(path: string): Fault {
  return new Fault(
    'LEAKED_PASSWORDS_ORDER',
    path,
    'the list of leaked passwords is not ordered by hash: passwords would be looked for in vain',
    'Use the one that is ordered by hash, or sort it: LC_ALL=C sort.',
  )
}
