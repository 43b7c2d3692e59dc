import type { MissingPosition, PgxFinding } from '../../interpret/finding.ts'
import { gapWords } from '../../terms/gap-words.ts'

/** Positions named before the rest is only counted. */
const NAMED = 3

/** Whether anything was concluded about the gene. */
export function isCalled(finding: PgxFinding | undefined): finding is PgxFinding {
  return finding !== undefined && (finding.lookup.length > 0 || finding.markers.length > 0)
}

/**
 * Why a gene could not be used, in one line: "CYP2C9: rs1799853 not in the file". A gene with positions that were seen
 * but fit nothing says so.
 */
export function whyUnknown(gene: string, finding: PgxFinding | undefined): string {
  const doubts = finding?.doubts.join('; ')
  if (finding === undefined || (finding.positions.defined === 0 && finding.missing.length === 0)) {
    return `${gene}: ${doubts || 'not tested'}`
  }
  if (finding.positions.seen === 0) {
    const reasons = new Set(finding.missing.map((one) => gapWords(one.because)))
    const [only] = reasons
    const why =
      reasons.size === 1 && finding.missing.length > 1
        ? `each ${only}`
        : listPositions(finding.missing, finding.missing.length)
    const what =
      finding.positions.defined === 1
        ? 'its position is not known'
        : `none of its ${finding.positions.defined} positions is known`
    return `${gene}: ${what}${why === '' ? '' : ` (${why})`}`
  }
  if (doubts) return `${gene}: ${doubts}`
  if (finding.missing.length > 0) return `${gene}: ${listPositions(finding.missing, finding.missing.length)}`
  return `${gene}: the genotype fits no known pair of alleles`
}

/** " (rs1799853 not in the file)" for the missing positions that define some of these alleles; empty when none is missing. */
export function missingPositions(finding: PgxFinding | undefined, alleles?: readonly string[]): string {
  const missing = (finding?.missing ?? []).filter(
    (one) => alleles === undefined || one.alleles.some((allele) => alleles.includes(allele)),
  )
  return missing.length === 0 ? '' : ` (${listPositions(missing, missing.length)})`
}

function listPositions(missing: readonly MissingPosition[], count: number): string {
  const named = missing
    .slice(0, NAMED)
    .map((one) => `${one.rsid ?? one.locus} ${gapWords(one.because)}`)
    .join('; ')
  return count > NAMED ? `${named}; and ${count - NAMED} more positions` : named
}
