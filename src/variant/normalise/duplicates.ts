import { kindOf, type VariantKind } from './variant-kind.ts'
import type { VariantRecord } from './variant-record.ts'

/** Which of several records at one position are dropped: all but the first, of all kinds or of one, or the same alleles. */
export type DuplicateRule = 'snps' | 'indels' | 'both' | 'any' | 'exact'

/** Sees records in their order and tells which repeat one before. */
export class DuplicateFilter {
  readonly #rule: DuplicateRule
  #place = ''
  readonly #kinds = new Set<'snps' | 'indels'>()
  readonly #alleles = new Set<string>()
  #seen = false

  constructor(rule: DuplicateRule) {
    this.#rule = rule
  }

  repeats(record: VariantRecord): boolean {
    const place = `${record.position}\t${record.contig}`
    if (place !== this.#place) {
      this.#place = place
      this.#kinds.clear()
      this.#alleles.clear()
      this.#seen = false
    }
    const kinds = new Set(record.alts.map((alt) => groupOf(kindOf(record.ref, alt))))
    const alleles = [record.ref, ...[...record.alts].sort()].join(',').toUpperCase()
    const repeated = this.#repeats(kinds, alleles)
    if (!repeated) {
      this.#seen = true
      for (const kind of kinds) if (kind !== undefined) this.#kinds.add(kind)
      this.#alleles.add(alleles)
    }
    return repeated
  }

  #repeats(kinds: ReadonlySet<string | undefined>, alleles: string): boolean {
    if (!this.#seen) return false
    if (this.#rule === 'any') return true
    if (this.#rule === 'exact') return this.#alleles.has(alleles)
    return (['snps', 'indels'] as const).some(
      (kind) => (this.#rule === kind || this.#rule === 'both') && kinds.has(kind) && this.#kinds.has(kind),
    )
  }
}

function groupOf(kind: VariantKind): 'snps' | 'indels' | undefined {
  if (kind === 'snv' || kind === 'mnv') return 'snps'
  return kind === 'indel' ? 'indels' : undefined
}
