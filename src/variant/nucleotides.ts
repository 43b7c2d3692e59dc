const COMPLEMENT: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ATCGGCTAUARYYRKMMKSSWWBVVBDHHDNN'.matchAll(/../g)].map(([pair]) => [pair[0]!, pair[1]!]),
)

/** The other strand, read in its own direction; codes of several bases (IUPAC) keep their meaning. */
export function reverseComplement(bases: string): string {
  let text = ''
  for (let i = bases.length - 1; i >= 0; i--) text += COMPLEMENT[bases[i]!] ?? 'N'
  return text
}

/** Amino acids of the 64 codons in the order of T, C, A, G. Source: NCBI genetic codes, tables 1 and 2. */
const CODES = {
  standard: 'FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG',
  mitochondrial: 'FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG',
} as const
export type GeneticCode = keyof typeof CODES

/** One-letter amino acid of a codon, "*" for a stop, "X" where a base is not known. */
export function aminoAcid(codon: string, code: GeneticCode): string {
  let index = 0
  for (const base of codon) {
    const at = 'TCAG'.indexOf(base)
    if (at < 0) return 'X'
    index = index * 4 + at
  }
  return CODES[code][index] ?? 'X'
}
