import type { TargetSituation } from './option.ts'

/**
 * What was computed here of a datum that a label asks a test for; undefined: nothing, or a laboratory reported it. Computed is not
 * tested: it says whether the test is worth ordering, and neither meets nor excludes an approval.
 */
export function computedHint(missing: string, computed: TargetSituation['computed']): string | undefined {
  if (computed === undefined) return undefined
  const { burden, microsatellites, scars } = computed
  switch (missing) {
    case 'tumour mutational burden': {
      const { perMegabase, interval } = burden.counted
      if (perMegabase === undefined || burden.reported.length > 0) return undefined
      const range = interval === undefined ? '' : ` (${round(interval.low)} to ${round(interval.high)})`
      return `${round(perMegabase)}${range} mutations per megabase ${NOT_A_TEST}`
    }
    case 'microsatellite instability':
    case 'mismatch repair proteins': {
      const { advisory, facts } = microsatellites
      if (advisory === undefined || facts.length > 0) return undefined
      return advisory.looks === 'unclear' ? undefined : `the calls look ${advisory.looks}, ${NOT_A_TEST}`
    }
    case 'homologous recombination deficiency':
      if (scars.sum === undefined || scars.reported.length > 0) return undefined
      return `${scars.sum} scars of recombination ${NOT_A_TEST}`
    default:
      return undefined
  }
}

const NOT_A_TEST = 'computed here, not by an approved test'

function round(value: number): string {
  return value.toFixed(1)
}
