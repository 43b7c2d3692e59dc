import type { CallColumns } from '../record/variant-calls.ts'
import type { Chromosome } from '../terms/genome.ts'
import { peek, uncompressed } from './compression.ts'
import { type Content, openUpload, type Progress } from './upload.ts'
import { readAllCalls } from './vcf/all-calls.ts'
import { vcf } from './vcf/vcf.ts'

/** Most calls of one sample that are taken: a genome has five million, and they are in memory at once. */
const MOST_CALLS = 20_000_000

/** A stretch of a chromosome, both ends included, 1-based. */
export interface Stretch {
  readonly chromosome: Chromosome
  readonly from: number
  readonly to: number
}

/**
 * Every ALT allele that one sample of a VCF carries; see `readAllCalls`. Undefined for a file of another format, and for
 * one with more than MOST_CALLS. `near`: only of records that reach into the stretch.
 */
export async function readVariantCalls(
  name: string,
  content: Content,
  sample: string,
  progress?: Progress,
  near?: Stretch,
): Promise<CallColumns | undefined> {
  const upload = await openUpload(name, content, progress)
  const { head, all, close } = await peek(uncompressed(upload.chunks, name), 1 << 16)
  if (!vcf.sniff(head)) {
    await close()
    return undefined
  }
  return readAllCalls(name, all, sample, MOST_CALLS, near)
}
