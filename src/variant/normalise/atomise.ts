import { summed } from './field-values.ts'
import { withOrigin } from './split.ts'
import { isBases } from './variant-kind.ts'
import type { Declarations, VariantRecord } from './variant-record.ts'
import { type AlleleChange, type Misfit, withAlleles } from './with-alleles.ts'

export interface AtomiseRules {
  readonly declared: Declarations
  readonly misfit: Misfit
  /** How an allele is written that changes the same bases in another way: the ALT "*", or a missing allele. */
  readonly overlap: 'star' | 'missing'
  /** INFO key that names the record a part was made of. */
  readonly originTag: string | undefined
}

/**
 * Reads, or sums over reads, of each allele: a change that several ALTs have has the reads of them all. Of other values, such as a
 * median quality, that of the first ALT stays, as bcftools does. (bcftools adds up AD and QS alone.)
 */
const COUNTED: ReadonlySet<string> = new Set(['AD', 'ADF', 'ADR', 'QS'])

/** One smallest change, at an offset from the record's position. */
interface Atom {
  readonly offset: number
  readonly ref: string
  readonly alt: string
  /** Alleles of the record that have it, in order. */
  readonly alleles: number[]
  /** Alleles that change one of its bases, this way or another, when a second one does. */
  readonly touching: Set<number>
  contested: boolean
}

/**
 * A record of several changes as one record for each: substitutions of one base each, and an insertion or deletion at the end
 * of what differs. A record with symbolic alleles, breakends or "*" is left whole.
 */
export function atomised(record: VariantRecord, rules: AtomiseRules): VariantRecord[] {
  if (!isBases(record.ref) || record.alts.length === 0 || !record.alts.every(isBases)) return [record]
  const atoms = atomsOf(record)
  if (atoms.length === 0) return [record]
  const only = atoms.length === 1 ? atoms[0]! : undefined
  if (
    only !== undefined &&
    only.offset === 0 &&
    record.alts.length === 1 &&
    only.ref === record.ref &&
    only.alt === record.alts[0]
  )
    // bcftools names the record as it was even where it stays.
    return [rules.originTag === undefined ? record : withOrigin(record, rules.originTag, record, [1])]
  return atoms.map((atom) => recordOf(record, atom, rules))
}

function atomsOf(record: VariantRecord): Atom[] {
  const atoms: Atom[] = []
  for (const [i, alt] of record.alts.entries()) {
    for (const { offset, ref, alt: to } of changesOf(record.ref, alt)) {
      const same = atoms.find((one) => one.offset === offset && one.ref === ref && one.alt === to)
      if (same !== undefined) {
        same.alleles.push(i + 1)
        same.contested = true
      } else atoms.push({ offset, ref, alt: to, alleles: [i + 1], touching: new Set(), contested: false })
    }
  }
  for (const one of atoms) {
    for (const other of atoms) {
      if (one === other) continue
      if (one.offset >= other.offset + other.ref.length || other.offset >= one.offset + one.ref.length)
        continue
      for (const allele of other.alleles) {
        if (one.alleles.includes(allele)) continue
        one.touching.add(allele)
        one.contested = true
      }
    }
  }
  return atoms.sort((a, b) => a.offset - b.offset || compare(a.ref, b.ref) || compare(a.alt, b.alt))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Base against base from the left, after the common end is set aside; what is longer at the end goes with the last base. */
function changesOf(ref: string, alt: string): { offset: number; ref: string; alt: string }[] {
  let end = 0
  const shorter = Math.min(ref.length, alt.length)
  while (end < shorter - 1 && same(ref[ref.length - 1 - end]!, alt[alt.length - 1 - end]!)) end++
  const a = ref.slice(0, ref.length - end)
  const b = alt.slice(0, alt.length - end)
  const changes: { offset: number; ref: string; alt: string }[] = []
  const last = Math.min(a.length, b.length) - 1
  for (let i = 0; i < last; i++) {
    if (!same(a[i]!, b[i]!)) changes.push({ offset: i, ref: a[i]!, alt: b[i]! })
  }
  const tail = { offset: last, ref: a.slice(last), alt: b.slice(last) }
  if (!same(tail.ref, tail.alt)) changes.push(tail)
  return changes
}

function same(a: string, b: string): boolean {
  return a === b || a.toUpperCase() === b.toUpperCase()
}

function recordOf(record: VariantRecord, atom: Atom, rules: AtomiseRules): VariantRecord {
  const star = atom.contested && rules.overlap === 'star'
  const first = atom.alleles[0]!
  const to = [record.ref, ...record.alts].map((_, allele) => {
    if (atom.alleles.includes(allele)) return 1
    if (!atom.touching.has(allele)) return 0
    return star ? 2 : undefined
  })
  const change: AlleleChange = {
    ref: atom.ref,
    alts: star ? [atom.alt, '*'] : [atom.alt],
    from: star ? [0, first, undefined] : [0, first],
    to,
    adjust: (key, field, before, after) => {
      if (!COUNTED.has(key) || field.number !== 'R' || atom.alleles.length === 1) return after
      const total = summed(atom.alleles.map((allele) => before[allele]!))
      const values = after.split(',')
      if (field.type === 'Integer') values[1] = total
      return values.join(',')
    },
  }
  const placed = { ...record, position: record.position + atom.offset }
  const made = withAlleles(placed, change, rules.declared, rules.misfit)
  return rules.originTag === undefined ? made : withOrigin(made, rules.originTag, record, atom.alleles)
}
