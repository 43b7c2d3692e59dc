import type { FeatureFrequency, StatedFrequency } from '../../interpret/finding/phenotype.ts'

/**
 * How often people with a disease have a feature, as it was written down and never as the calculation takes it: "44 of 60
 * described", "80–99 %", "frequency not stated"; with the narrower feature it was written of.
 */
export function frequencyWords({
  stated,
  statedFor,
}: Pick<FeatureFrequency, 'stated' | 'statedFor'>): string {
  const often = statedWords(stated)
  return statedFor === undefined ? often : `${statedFor.name}: ${often}`
}

function statedWords(stated: StatedFrequency): string {
  switch (stated.kind) {
    case 'counted':
      return `${stated.having} of ${stated.counted} described`
    case 'said':
      return `${spanWords(stated)} %`
    case 'unstated':
      return 'frequency not stated'
  }
}

/** "80–99", of a hundred; "45" where both ends are one. */
export function spanWords({ least, most }: { readonly least: number; readonly most: number }): string {
  const [from, to] = [least, most].map((share) => String(Number((share * 100).toFixed(1))))
  return from === to ? from! : `${from}–${to}`
}
