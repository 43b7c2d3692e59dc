import type { CallColumns } from '../record/variant-calls.ts'
import { peek, uncompressed } from './compression.ts'
import { type Content, openUpload, type Progress } from './upload.ts'
import { readAllCalls } from './vcf/all-calls.ts'
import { vcf } from './vcf/vcf.ts'

/** Most calls of one sample that are taken: an exome has 30,000, a panel fewer. A genome's stay in its file. */
export const MOST_CALLS = 1_000_000

/**
 * Every ALT allele that one sample of a VCF carries; see `readAllCalls`. Undefined for a file of another format, and for
 * one with more than MOST_CALLS.
 */
export async function readVariantCalls(
  name: string,
  content: Content,
  sample: string,
  progress?: Progress,
): Promise<CallColumns | undefined> {
  const upload = await openUpload(name, content, progress)
  const { head, all, close } = await peek(uncompressed(upload.chunks, name), 1 << 16)
  if (!vcf.sniff(head)) {
    await close()
    return undefined
  }
  return readAllCalls(name, all, sample, MOST_CALLS)
}
