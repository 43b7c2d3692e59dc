import type { CopyNumberSegment } from '../../../record/tumor-profile.ts'
import { wholeOf } from '../words/number-text.ts'
import type { Field } from './somatic-reads.ts'

const COPIES = /^(CNV|DUP|DEL)$/

/**
 * A stretch whose copies the caller counted (FORMAT CN; MCN of the rarer allele), as DRAGEN and CNVkit write it: by the place before it, END, and a symbolic
 * allele or none where nothing changed. [start, end], 1-based. undefined: no copies are told.
 */
export function copySegmentOf(
  chromosome: string,
  position: number,
  alt: string,
  info: Field,
  sample: Field,
): CopyNumberSegment | undefined {
  if (!COPIES.test(info('SVTYPE') ?? '') || !/^(\.|<[^>]*>(,<[^>]*>)*)$/.test(alt)) return undefined
  const [end, total, minor] = [wholeOf(info('END')), wholeOf(sample('CN')), wholeOf(sample('MCN'))]
  if (end === undefined || total === undefined || end <= position) return undefined
  return { chromosome: chromosome.slice(3), start: position + 1, end, total, minor }
}
