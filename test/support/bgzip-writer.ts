import { crc32, deflateRawSync, type ZlibOptions } from 'node:zlib'

/** The empty block that ends a bgzip file (SAM/BAM specification v1, section 4.1.2). */
export const BGZIP_END = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')

/** One block of a bgzip file; at most 65,280 bytes of text fit. */
export function bgzipBlock(text: Uint8Array, how: ZlibOptions = { level: 6 }): Buffer {
  const data = deflateRawSync(text, how)
  const head = Buffer.from('1f8b08040000000000ff060042430200', 'hex')
  const block = Buffer.alloc(head.length + 2 + data.length + 8)
  head.copy(block)
  block.writeUInt16LE(block.length - 1, 16)
  data.copy(block, 18)
  block.writeUInt32LE(crc32(text), block.length - 8)
  block.writeUInt32LE(text.length, block.length - 4)
  return block
}

/** Text as a bgzip file with blocks of the given size. */
export function bgzip(text: string | Uint8Array, blockSize = 65280): Buffer {
  const bytes = Buffer.from(text as string)
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += blockSize)
    blocks.push(bgzipBlock(bytes.subarray(at, at + blockSize)))
  return Buffer.concat([...blocks, BGZIP_END])
}
