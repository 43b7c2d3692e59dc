import { type Declarations, infoEntries, infoText, type VariantRecord } from './variant-record.ts'
import { type Misfit, withAlleles } from './with-alleles.ts'

export interface SplitRules {
  readonly declared: Declarations
  /** Fields of one value per allele whose sum stays: reads of the other ALTs are counted with REF. */
  readonly keepSum: ReadonlySet<string>
  readonly misfit: Misfit
}

/**
 * One record per ALT. In the genotypes of each, the other ALTs are written as 0: which of them a "0" stands for is only in
 * the other records.
 */
export function splitAlts(record: VariantRecord, rules: SplitRules): VariantRecord[] {
  const count = record.alts.length + 1
  return record.alts.map((alt, i) => {
    const allele = i + 1
    const to = Array.from({ length: count }, (_, old) => (old === allele ? 1 : 0))
    const change = { ref: record.ref, alts: [alt], from: [0, allele], to }
    if (rules.keepSum.size === 0) return withAlleles(record, change, rules.declared, rules.misfit)
    const adjust = (key: string, field: { number: string }, before: readonly string[], after: string) =>
      field.number === 'R' && rules.keepSum.has(key) ? withRest(before, allele, after) : after
    return withAlleles(record, { ...change, adjust }, rules.declared, rules.misfit)
  })
}

/** REF's value with those of the other ALTs added; a missing one adds nothing. */
function withRest(before: readonly string[], allele: number, after: string): string {
  const own = after.split(',')[1]!
  let sum = 0
  for (const [old, value] of before.entries()) if (old !== allele && value !== '.') sum += Number(value)
  return Number.isFinite(sum) && before[0] !== '.' ? `${sum},${own}` : after
}

/** Adds "TAG=chr1|100|CC|GG,GA|1": which record, and which of its ALTs, this one was made of. */
export function withOrigin(
  record: VariantRecord,
  tag: string,
  origin: VariantRecord,
  alleles: readonly number[],
): VariantRecord {
  const entries = infoEntries(record.info)
  if (entries.some(({ key }) => key === tag)) return record
  const alts = origin.alts.length === 0 ? '.' : origin.alts.join(',')
  const which = alleles.length === 0 ? '' : `|${alleles.join(',')}`
  const value = `${origin.contig}|${origin.position}|${origin.ref}|${alts}${which}`
  return { ...record, info: infoText([...entries, { key: tag, value }]) }
}
