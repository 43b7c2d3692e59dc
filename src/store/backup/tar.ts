import type { FileHandle } from 'node:fs/promises'

/** POSIX.1-1988 "ustar", as every tar program reads it; sizes from 8 GiB on as GNU tar writes them. */
const BLOCK = 512
const OCTAL_LIMIT = 8 ** 11

/** A member of a tar file: where its bytes are. */
export interface TarMember {
  readonly name: string
  readonly size: number
  readonly start: number
}

/** The header of a plain file. Throws RangeError on a name that does not fit. */
export function tarHeader(name: string, size: number, seconds: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  const [prefix, base] = splitName(name)
  header.write(base, 0, 'utf8')
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  writeNumber(header, size, 124)
  writeNumber(header, seconds, 136)
  header.fill(' ', 148, 156)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(prefix, 345, 'utf8')
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** What fills a member up to whole blocks. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

/** Two empty blocks. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

/** Members in their order. Undefined when the file is no tar file, or ends before its end. */
export async function tarMembers(file: FileHandle): Promise<TarMember[] | undefined> {
  const { size: length } = await file.stat()
  const members: TarMember[] = []
  const header = Buffer.alloc(BLOCK)
  for (let at = 0; at + BLOCK <= length; ) {
    await file.read(header, 0, BLOCK, at)
    if (header.every((byte) => byte === 0)) return members
    const told = Number.parseInt(textAt(header, 148, 8), 8)
    if (told !== sumOf(header) || textAt(header, 257, 5) !== 'ustar') return undefined
    const prefix = textAt(header, 345, 155)
    const name = `${prefix === '' ? '' : `${prefix}/`}${textAt(header, 0, 100)}`
    const size = readNumber(header, 124)
    const start = at + BLOCK
    if (!Number.isSafeInteger(size) || size < 0 || start + size > length) return undefined
    members.push({ name, size, start })
    at = start + size + ((BLOCK - (size % BLOCK)) % BLOCK)
  }
  return undefined
}

function splitName(name: string): [prefix: string, base: string] {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  for (let cut = name.indexOf('/'); cut !== -1; cut = name.indexOf('/', cut + 1)) {
    const [prefix, base] = [name.slice(0, cut), name.slice(cut + 1)]
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(base) <= 100) return [prefix, base]
  }
  throw new RangeError('the name of a member is too long for a tar file')
}

function writeNumber(header: Buffer, value: number, at: number): void {
  if (value < OCTAL_LIMIT) header.write(`${value.toString(8).padStart(11, '0')}\0`, at)
  else {
    header.writeBigUInt64BE(BigInt(value), at + 4)
    header[at] = 0x80
  }
}

function readNumber(header: Buffer, at: number): number {
  if (header[at] === 0x80) return Number(header.readBigUInt64BE(at + 4))
  return Number.parseInt(textAt(header, at, 12), 8)
}

function textAt(header: Buffer, at: number, length: number): string {
  const bytes = header.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end === -1 ? length : end)
}

/** The sum of all bytes with the field of the sum as spaces. */
function sumOf(header: Buffer): number {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i]!
  return sum
}
