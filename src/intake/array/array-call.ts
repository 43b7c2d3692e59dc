import type { LocusCall } from '../../record/genotype.ts'
import type { Gap } from '../../terms/answer.ts'
import type { PanelLocus } from '../../terms/genome.ts'
import { type ArrayAlleles, arrayAlleles } from './array-alleles.ts'
import type { ArrayRow } from './array-row.ts'

/** A call and the strand it was read from, or why there is none. */
type ArrayCall =
  | { readonly call: LocusCall; readonly strand: 'forward' | 'other' | 'either' }
  | { readonly gap: Gap }

/** Several probes may read one position: those that made a call must agree. */
export function callArray(locus: PanelLocus, rows: readonly ArrayRow[]): ArrayCall {
  if (rows.length === 0) return { gap: { kind: 'not-in-file', locus: locus.id } }
  const called = rows.filter((row) => row.alleles.length > 0)
  if (called.length === 0) return { gap: { kind: 'no-call', locus: locus.id } }
  const readings: Extract<ArrayAlleles, { alleles: readonly string[] }>[] = []
  for (const row of called) {
    const reading = arrayAlleles(locus, row.alleles)
    if ('unreadable' in reading) {
      return { gap: { kind: 'unreadable-allele', locus: locus.id, allele: reading.unreadable } }
    }
    readings.push(reading)
  }
  const genotypes = readings.map(({ alleles }) => [...alleles].sort().join('/'))
  if (new Set(genotypes).size > 1) return { gap: { kind: 'records-contradict', locus: locus.id, genotypes } }
  const { alleles, strand } = readings.find((one) => one.strand !== 'forward') ?? readings[0]!
  const sexOrMitochondrial = ['chrX', 'chrY', 'chrM'].includes(locus.chromosome)
  if (alleles.length === 1 && !sexOrMitochondrial) {
    return { gap: { kind: 'half-call', locus: locus.id, genotype: alleles[0]! } }
  }
  const one = alleles.length === 1 || locus.chromosome === 'chrY' || locus.chromosome === 'chrM'
  return {
    call: {
      locus: locus.id,
      alleles: one ? [alleles[0]!] : [alleles[0]!, alleles[1]!],
      phased: one,
      phaseSet: undefined,
      evidence: 'array-genotype',
    },
    strand,
  }
}
