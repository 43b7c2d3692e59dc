import type { GenotypeSet } from '../../record/genotype.ts'
import type { Sex } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'

/**
 * Parts of chromosome X that men carry twice, GRCh38, 1-based, [start, end].
 * Source: Genome Reference Consortium, GRCh38 pseudoautosomal regions.
 */
const PSEUDOAUTOSOMAL = [
  [10_001, 2_781_479],
  [155_701_383, 156_030_895],
] as const

function isSexLinked(locus: string): boolean {
  const [chromosome, position] = locus.split(':')
  return (
    chromosome === 'chrX' &&
    !PSEUDOAUTOSOMAL.some(([start, end]) => start <= Number(position) && Number(position) <= end)
  )
}

/**
 * Throws SEX_CONTRADICTION when a man has two different alleles, or a woman a single one, on chromosome X outside the
 * pseudoautosomal regions: the file may be another person's. A man's two equal alleles and a half call prove nothing,
 * and neither does anything when the sex is "other" or "unknown".
 */
export function refuseSexContradiction(sex: Sex, { sample, source, calls }: GenotypeSet): void {
  if (sex !== 'male' && sex !== 'female') return
  const seen = calls.find(
    ({ locus, alleles }) =>
      isSexLinked(locus) &&
      !alleles.includes('.') &&
      (sex === 'male' ? alleles.length === 2 && alleles[0] !== alleles[1] : alleles.length === 1),
  )
  if (seen === undefined) return
  throw new Fault(
    'SEX_CONTRADICTION',
    `${source.name}, sample ${sample}, ${seen.locus}`,
    sex === 'male'
      ? 'the patient is registered as male, and the sample has two different alleles on chromosome X'
      : 'the patient is registered as female, and the sample has a single allele on chromosome X',
    'Check that the file is this patient’s. If it is, and the registered sex is not the chromosomal one, register the sex as "other".',
  )
}

/** Throws INGEST_TWO_PEOPLE when one file gives more than one sample: one record holds one person. */
export function refuseTwoPeople(genotypes: readonly GenotypeSet[]): void {
  const samples = new Map<string, Set<string>>()
  for (const { source, sample } of genotypes) {
    const file = source.sha256 ?? source.name
    samples.set(file, (samples.get(file) ?? new Set()).add(sample))
  }
  for (const { source } of genotypes) {
    const found = [...samples.get(source.sha256 ?? source.name)!]
    if (found.length < 2) continue
    throw new Fault(
      'INGEST_TWO_PEOPLE',
      source.name,
      `the file holds ${found.length} samples (${named(found)}), and a record holds one person`,
      'Name the patient’s sample with --sample.',
    )
  }
}

/** "A, B, C and 12 more". */
export function named(samples: readonly string[]): string {
  const first = samples.slice(0, 10).join(', ')
  return samples.length > 10 ? `${first} and ${samples.length - 10} more` : first
}
