/** A GT value in its parts: allele indices (undefined where missing) and the "/" or "|" written before each. */
export interface GenotypeText {
  readonly alleles: readonly (number | undefined)[]
  /** As many as alleles; the first is "" unless the file writes one there (VCF 4.4). */
  readonly separators: readonly string[]
}

const KNOWN = new Map<string, GenotypeText | undefined>()

/** Undefined where the text is no genotype. */
export function parseGenotype(text: string): GenotypeText | undefined {
  // A file has few genotypes, written again and again.
  if (KNOWN.has(text)) return KNOWN.get(text)
  const genotype = parsed(text)
  if (KNOWN.size < 4096) KNOWN.set(text, genotype)
  return genotype
}

function parsed(text: string): GenotypeText | undefined {
  const alleles: (number | undefined)[] = []
  const separators: string[] = []
  for (const match of text.matchAll(/([/|]?)(\d{1,6}|\.)/gy)) {
    separators.push(match[1]!)
    alleles.push(match[2] === '.' ? undefined : Number(match[2]))
  }
  const rebuilt = separators.reduce(
    (sum, mark, i) => sum + mark.length + (alleles[i] === undefined ? 1 : 0),
    0,
  )
  if (alleles.length === 0 || text.replace(/\d+/g, '').length !== rebuilt) return undefined
  return { alleles, separators }
}

export function genotypeText({ alleles, separators }: GenotypeText): string {
  return alleles.map((allele, i) => `${separators[i]}${allele ?? '.'}`).join('')
}

/** Every allele of a GT value replaced; what is no number stays. `to` gives undefined for a missing allele. */
export function mapGenotype(text: string, to: readonly (number | undefined)[]): string {
  return text.replace(/\d+/g, (allele) => String(to[Number(allele)] ?? '.'))
}
