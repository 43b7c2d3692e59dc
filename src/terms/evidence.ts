/** One fact pack that an answer rests on, as "cpic@2024-01". */
export interface PackRef {
  readonly id: string
  readonly version: string
}

export function packRefText(ref: PackRef): string {
  return `${ref.id}@${ref.version}`
}

/** Where a statement can be looked up. */
export interface Citation {
  /** Publisher's short name, e.g. "CPIC", "DPWG", "FDA". */
  readonly source: string
  /** Title in our own words, e.g. "CPIC guideline for clopidogrel and CYP2C19". */
  readonly title: string
  /** The publisher's own version or date of the guideline, as it prints it. */
  readonly version: string
  readonly url: string | undefined
  readonly pmids: readonly string[]
  /** The fact pack that carried it here. */
  readonly pack: PackRef
}
