/** What the tumour's cells are at one place. */
export interface Locus {
  /** Share of cells that are tumour, 0..1, above 0. */
  readonly purity: number
  /** Copies in a tumour cell. */
  readonly total: number
  /** Copies of the rarer allele; undefined: alleles were not told apart. */
  readonly minor: number | undefined
}

/** Copies of the place per cell of the specimen, tumour and normal cells together. */
function copiesPerCell({ purity, total }: Locus): number {
  return purity * total + 2 * (1 - purity)
}

/** Allele fraction of a change that `cells` (0..1) of the tumour's cells have on `copies` copies each. */
export function somaticFraction(locus: Locus, copies: number, cells = 1): number {
  return (locus.purity * copies * cells) / copiesPerCell(locus)
}

/** Allele fraction of a heterozygous inherited variant of which a tumour cell has `copies`. */
export function inheritedFraction(locus: Locus, copies: number): number {
  return (locus.purity * copies + (1 - locus.purity)) / copiesPerCell(locus)
}

/** Copies of one allele that a tumour cell can have of an inherited variant: either allele may be the one that it lies on. */
export function inheritedCopies({ total, minor }: Locus): number[] {
  if (minor === undefined) return Array.from({ length: total + 1 }, (_, copies) => copies)
  return [...new Set([minor, total - minor])].sort((a, b) => a - b)
}

/** Copies that a clonal mutation can lie on: from one to all of the more frequent allele. */
export function mutatedCopies({ total, minor }: Locus): number[] {
  const most = minor === undefined ? total : total - minor
  return Array.from({ length: Math.max(0, most) }, (_, at) => at + 1)
}

/** Share of the tumour's cells for an allele fraction, if the change lies on `copies` of each such cell; may exceed 1. */
export function cellFractionOf(locus: Locus, fraction: number, copies: number): number {
  return (fraction * copiesPerCell(locus)) / (locus.purity * copies)
}
