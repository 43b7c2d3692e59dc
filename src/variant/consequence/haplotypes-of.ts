import { Fault } from '../../terms/fault.ts'
import { parseGenotype } from '../normalise/genotype-text.ts'
import type { VariantToCall } from './called-variant.ts'
import type { PhaseRule } from './consequence.ts'

/** The haplotypes (2 × sample + copy) that an allele lies on. */
interface AlleleHaplotypes {
  /** Told together with what else the haplotype carries. */
  readonly joined: readonly number[]
  /** Told alone: the phase is not known, or there is more than a pair of copies. */
  readonly single: readonly number[]
  /** Samples whose phase is not known. */
  readonly unphased: number
}

/** Throws UNPHASED by the rule "require". */
export function haplotypesOf(
  { genotypes, contig, position }: VariantToCall,
  allele: number,
  rule: PhaseRule,
): AlleleHaplotypes {
  // Without samples the first ALTs of all records are one haplotype; a second ALT cannot lie on it.
  if (genotypes === undefined) {
    return allele === 1 ? { joined: [0], single: [], unphased: 0 } : { joined: [], single: [0], unphased: 0 }
  }
  const joined: number[] = []
  const single: number[] = []
  let unphased = 0
  for (const [sample, text] of genotypes.entries()) {
    const genotype = parseGenotype(text)
    if (genotype === undefined || !genotype.alleles.includes(allele)) continue
    const copies = [...genotype.alleles]
    const known = copies.filter((one) => one !== undefined)
    const open = new Set(known).size > 1 && !genotype.separators.includes('|')
    if (copies.length > 2) {
      single.push(2 * sample)
      continue
    }
    if (open || (copies.includes(undefined) && copies.length > 1)) {
      if (rule === 'require' && open) throw phaseUnknown(contig, position, sample)
      if (rule === 'skip' && open) continue
      if (rule === 'alone') {
        unphased += 1
        for (const [copy, one] of copies.entries()) if (one === allele) single.push(2 * sample + copy)
        continue
      }
    }
    joined.push(...copiesByRule(copies, allele, open, rule).map((copy) => 2 * sample + copy))
  }
  return { joined, single, unphased }
}

/** Of these haplotypes those whose allele is phased in another set than the sample's first one; `first` is filled. */
export function otherSet(
  { genotypes, phaseSets }: VariantToCall,
  haplotypes: readonly number[],
  first: Map<number, string | undefined>,
): readonly number[] {
  if (genotypes === undefined) return []
  return haplotypes.filter((haplotype) => {
    const sample = haplotype >> 1
    const alleles = parseGenotype(genotypes[sample]!)?.alleles ?? []
    // What both copies carry, or the only one, is on either haplotype.
    if (new Set(alleles).size < 2) return false
    const set = phaseSets?.[sample]
    if (!first.has(sample)) first.set(sample, set)
    return first.get(sample) !== set
  })
}

function copiesByRule(
  given: readonly (number | undefined)[],
  allele: number,
  open: boolean,
  rule: PhaseRule,
): readonly number[] {
  const copies = [...given]
  if (rule === 'merge' && copies.length > 1 && copies[0] === 0) copies[0] = copies[1]
  if (rule === 'non-reference' && open) {
    if (copies[0] === 0) copies[0] = copies[1]
    else if (copies[1] === 0) copies[1] = copies[0]
  }
  return copies.flatMap((one, copy) => (one === allele ? [copy] : []))
}

/** Copies (2 × sample + copy) that carry an allele; only the first two of a sample are counted. */
export function copiesOf(genotypes: readonly string[] | undefined, allele: number): number[] {
  const copies: number[] = []
  if (genotypes === undefined) return copies
  for (let sample = 0; sample < genotypes.length; sample++) {
    const genotype = parseGenotype(genotypes[sample]!)
    if (genotype === undefined) continue
    if (genotype.alleles[0] === allele) copies.push(2 * sample)
    if (genotype.alleles[1] === allele) copies.push(2 * sample + 1)
  }
  return copies
}

function phaseUnknown(contig: string, position: number, sample: number): Fault {
  return new Fault(
    'UNPHASED',
    `${contig}:${position}, sample ${sample + 1}`,
    'the genotype is heterozygous and its phase is not known',
    'Phase the file, or tell with --phase how such genotypes are taken.',
  )
}
