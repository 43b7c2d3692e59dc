import { Fault } from '../../terms/fault.ts'

/** Longest block and longest text of one block. Source: SAM/BAM specification v1, section 4.1. */
export const LONGEST_BLOCK = 65536

/** Bytes of a block's header with one extra field, as every writer of BGZF makes it. */
export const BLOCK_HEADER = 18

/**
 * True when the bytes open a bgzip (BGZF) file: gzip with an extra field "BC" in the first header.
 * Source: SAM/BAM specification v1, section 4.1. Needs the first 18 bytes.
 */
export function isBgzip(head: Uint8Array): boolean {
  return blockSize(head, 0) > 0
}

/** Total size of the block at `at`, from its "BC" field; -1 when this is not a bgzip block. */
export function blockSize(bytes: Uint8Array, at: number): number {
  if (bytes.length - at < BLOCK_HEADER) return -1
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8 || bytes[at + 3] !== 4) return -1
  const extra = bytes[at + 10]! + 256 * bytes[at + 11]!
  let field = at + 12
  const end = Math.min(field + extra, bytes.length)
  while (field + 6 <= end) {
    const length = bytes[field + 2]! + 256 * bytes[field + 3]!
    if (bytes[field] === 66 && bytes[field + 1] === 67 && length === 2) {
      const size = bytes[field + 4]! + 256 * bytes[field + 5]! + 1
      return size >= 12 + extra + 8 ? size : -1
    }
    field += 4 + length
  }
  return -1
}

/** Bytes of text in the whole block that ends at `end`, from its last four bytes. */
export function textSize(bytes: Uint8Array, end: number): number {
  return bytes[end - 4]! + bytes[end - 3]! * 0x100 + bytes[end - 2]! * 0x10000 + bytes[end - 1]! * 0x1000000
}

/** The empty block that ends every BGZF file. Source: SAM/BAM specification v1, section 4.1.2. */
export const END_BLOCK = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')

export function truncated(name: string, what: string): Fault {
  return new Fault(
    'TRUNCATED_GZIP',
    name,
    what,
    'The file was cut short. Copy or download it again; nothing of it was used.',
  )
}

/** `offset` and `length` in bytes of the file as it was received. */
export function damaged(name: string, offset: number, length: number): Fault {
  return new Fault(
    'DAMAGED_GZIP',
    `${name}: bytes ${offset} to ${offset + length}`,
    'a compressed block does not check (wrong header, length or CRC-32)',
    'The file was altered on its way. Copy or download it again; nothing of it was used.',
  )
}
