import type { VariantOrigin } from '../../finding/tumor-scores.ts'
import { cellFractionOf, type Locus, mutatedCopies } from './expected-fraction.ts'

/** An interval wider than this does not tell a clone from a subclone. */
const TOO_WIDE = 0.6

/**
 * Share of the tumour's cells that carry a somatic change, with the 95 % interval that the reads allow (Wilson 1927). The multiplicity is the
 * whole number of copies nearest to what the reads show, at least one.
 */
export function cellFraction(
  locus: Locus,
  reads: { readonly carrying: number; readonly depth: number },
): VariantOrigin['cellFraction'] {
  const most = Math.max(0, ...mutatedCopies(locus))
  if (most === 0) return undefined
  const fraction = reads.carrying / reads.depth
  const multiplicity = Math.min(most, Math.max(1, Math.round(cellFractionOf(locus, fraction, 1))))
  const [low, high] = wilson(reads.carrying, reads.depth).map((one) =>
    cellFractionOf(locus, one, multiplicity),
  ) as [number, number]
  return {
    value: Math.min(1, cellFractionOf(locus, fraction, multiplicity)),
    low: Math.min(1, low),
    high: Math.min(1, high),
    multiplicity,
    clonal: high < 1 ? false : Math.min(1, high) - low > TOO_WIDE ? undefined : true,
  }
}

function wilson(carrying: number, depth: number): [number, number] {
  const z = 1.959963984540054
  const share = carrying / depth
  const middle = share + (z * z) / (2 * depth)
  const half = z * Math.sqrt((share * (1 - share)) / depth + (z * z) / (4 * depth * depth))
  const scale = 1 + (z * z) / depth
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}
