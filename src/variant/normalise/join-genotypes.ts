import { type GenotypeText, genotypeText, parseGenotype } from './genotype-text.ts'

/** Genotypes of one sample in the records to be joined, and for each record the new number of its alleles. */
interface GenotypeToJoin {
  readonly text: string
  readonly to: readonly number[]
}

interface JoinedGenotype {
  readonly text: string
  /** An allele was left out because the records together name more than the sample has copies. */
  readonly overfull: boolean
}

/**
 * One genotype of several: the first record's, with each further ALT put in the first place that is 0 or missing. Where no
 * place is left the genotype grows up to `copies`, the most copies that a sample of the record has; beyond that the ALT is
 * left out. A phase is kept only where both records put their allele at that place.
 */
export function joinGenotypes(parts: readonly GenotypeToJoin[], copies: number): JoinedGenotype {
  const [first, ...more] = parts
  const start = parseGenotype(first!.text)
  if (start === undefined) return { text: first!.text, overfull: false }
  const alleles = start.alleles.map((one) => (one === undefined ? undefined : first!.to[one]))
  const separators = [...start.separators]
  let overfull = false
  for (const { text, to } of more) {
    const part = parseGenotype(text)
    if (part === undefined) continue
    for (const [at, old] of part.alleles.entries()) {
      const allele = old === undefined ? undefined : to[old]
      if (allele === undefined || allele === 0) continue
      const place = alleles.findIndex((one) => one === undefined || one === 0)
      if (place >= 0) {
        alleles[place] = allele
        settle(separators, part, at, place)
      } else if (alleles.length < copies) {
        alleles.push(allele)
        separators.push('/')
      } else if (!alleles.includes(allele)) overfull = true
    }
  }
  return { text: genotypeText({ alleles, separators }), overfull }
}

/** A phased allele that comes to stand on another copy takes the phase of the whole genotype with it. */
function settle(separators: string[], part: GenotypeText, at: number, place: number): void {
  if (place > 0) separators[place] = '/'
  const phased = part.separators.includes('|')
  if (phased && at !== place) for (let i = 1; i < separators.length; i++) separators[i] = '/'
}
