import { END_BLOCK } from '../../src/intake/bgzf/block.ts'
import { bgzipBlock } from '../../src/intake/bgzf/write.ts'

export { bgzipBlock }

/** The empty block that ends a bgzip file (SAM/BAM specification v1, section 4.1.2). */
export const BGZIP_END = END_BLOCK

/** Text as a bgzip file with blocks of the given size. */
export function bgzip(text: string | Uint8Array, blockSize = 65280): Buffer {
  const bytes = Buffer.from(text as string)
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += blockSize)
    blocks.push(bgzipBlock(bytes.subarray(at, at + blockSize)))
  return Buffer.concat([...blocks, BGZIP_END])
}
