import type { Declarations, VariantRecord } from './variant-record.ts'
import { type Misfit, withAlleles } from './with-alleles.ts'

/** Each allele once: an ALT that is REF or an earlier ALT is left out, and genotypes name the one that stays. */
export function withoutSameAlleles(
  record: VariantRecord,
  declared: Declarations,
  misfit: Misfit,
): VariantRecord {
  const alleles = [record.ref, ...record.alts]
  const first = new Map<string, number>()
  const from: number[] = []
  const to = alleles.map((allele, i) => {
    const upper = allele.toUpperCase()
    const known = first.get(upper)
    if (known !== undefined) return known
    const place = from.length
    first.set(upper, place)
    from.push(i)
    return place
  })
  if (from.length === alleles.length) return record
  const alts = from.slice(1).map((i) => alleles[i]!)
  return withAlleles(record, { ref: record.ref, alts, from, to }, declared, misfit)
}
