import type { MemberCall } from '../../../record/family-variant.ts'

/** When a genotype is relied upon. */
export interface CallRules {
  /** Reads. */
  readonly minDepth: number
  /** Phred. */
  readonly minQuality: number
  /** Share of the reads with the variant in a heterozygous call, [from, to]. */
  readonly balance: readonly [number, number]
}

export const CALL_RULES: CallRules = { minDepth: 10, minQuality: 20, balance: [0.2, 0.8] }

/** carries, does not, or why it is not known. */
export type Carried = 'yes' | 'no' | 'unsure' | 'not-called'

/**
 * Whether a sample carries the variant. unsure: called, but with few reads, low quality, or reads that contradict the genotype.
 * A missing genotype is never a reference genotype, nor is one called without a single read. Where a file gives no reads and no
 * quality, the genotype is taken as it is; where it gives them and this sample alone has none, it is not.
 */
export function carried(call: MemberCall | undefined, rules: CallRules): Carried {
  if (call === undefined || !call.complete || call.called === 0) return 'not-called'
  const { depth, quality, copies, called, referenceReads, alternateReads } = call
  if (depth === 0 && copies === 0) return 'not-called'
  if (call.unsupported) return 'unsure'
  if (depth !== undefined && depth < rules.minDepth) return 'unsure'
  if (quality !== undefined && quality < rules.minQuality) return 'unsure'
  if (referenceReads !== undefined && alternateReads !== undefined) {
    const all = referenceReads + alternateReads
    const share = all === 0 ? 0 : alternateReads / all
    if (copies === 0 && alternateReads > 1 && share > 0.05) return 'unsure'
    if (copies === 1 && called === 2 && call.genotype.includes('0')) {
      if (share < rules.balance[0] || share > rules.balance[1]) return 'unsure'
    }
    // On all copies, and yet with many reads of the reference. A lower end of 0 says that any share is possible.
    if (copies > 0 && copies === called && rules.balance[0] > 0 && share < rules.balance[1]) return 'unsure'
  }
  return copies > 0 ? 'yes' : 'no'
}

/** Whether the caller kept the site; "." says that it applied no filter. */
export function passes(filter: string): boolean {
  return filter === 'PASS' || filter === '.'
}
