import type { GenotypeColumns } from './genotype-columns.ts'
import type { BuildLocus } from './panel-index.ts'
import { agrees, coreOf, effectOn } from './sequence-window.ts'

/** One data line that lies on the panel, with the fields that decide what it says. */
export interface VcfRecord {
  readonly line: number
  /** 1-based POS. */
  readonly position: number
  readonly ref: string
  /** ALT as written, upper case where they are bases; empty for ".". */
  readonly alts: readonly string[]
  /** Last position that REF, or the block's END or LEN, covers. */
  readonly end: number
  /** The FILTER text when it says that the site failed. */
  readonly failed: string | undefined
  readonly genotypes: GenotypeColumns | undefined
}

/** Code of an allele of a record at a locus that is not one of `alleles`. */
export const UNREADABLE = 255

/**
 * What a record says at one locus: for each of its allele numbers the bases there.
 * site: it is about the locus. beside: its REF starts at the locus but only what follows is changed.
 * reference: it has no ALT of its own, so a 0/0 covers every position up to its end; that may be a part of the locus.
 * unlisted: another insertion or deletion at the very place; it matters where a genotype uses it.
 * deletion: it is about something else, but an allele of it removes the locus.
 * structural: a symbolic allele or breakend that spans the locus: not evidence of reference, but in the way where used.
 * mismatch: its REF is not what the definition has there.
 */
export interface Reading {
  readonly record: VcfRecord
  readonly kind: 'site' | 'beside' | 'unlisted' | 'reference' | 'deletion' | 'structural' | 'mismatch'
  /** Per allele number of the record: place in `alleles`, or UNREADABLE. */
  readonly codes: Uint8Array
  /** Base strings in the panel's spelling; the first is this build's reference. */
  readonly alleles: readonly string[]
}

const BASES = /^[ACGT]+$/
const NON_VARIANT = new Set(['<NON_REF>', '<*>', '<X>'])

/** What the record says at the locus, or undefined when it says nothing about it. */
export function readLocus(record: VcfRecord, at: BuildLocus): Reading | undefined {
  const real = record.alts.filter((alt) => !NON_VARIANT.has(alt))
  if (real.some(isSymbolic)) {
    const inRef = at.position + at.ref.length <= record.position + record.ref.length
    if (!inRef || real.every(isSymbolic)) return structuralReading(record, at)
  }
  if (real.length === 0) {
    if (record.position >= at.position + at.ref.length || record.end < at.position) return undefined
    if (!referenceAgrees(record, at)) return mismatch(record, at)
    return { record, kind: 'reference', codes: onlyReference(record), alleles: [at.ref] }
  }
  return at.substitution ? substitutionReading(record, at) : indelReading(record, at)
}

function referenceAgrees(record: VcfRecord, at: BuildLocus): boolean {
  if (at.window !== undefined && !agrees(at.window, record.position, record.ref)) return false
  return agrees({ start: at.position, bases: at.ref }, record.position, record.ref)
}

function onlyReference(record: VcfRecord): Uint8Array {
  const codes = new Uint8Array(record.alts.length + 1).fill(UNREADABLE)
  codes[0] = 0
  return codes
}

function mismatch(record: VcfRecord, at: BuildLocus): Reading {
  return { record, kind: 'mismatch', codes: onlyReference(record), alleles: [at.ref] }
}

/** "<DEL>", "<INS>" and breakends such as "G]17:198982]". */
function isSymbolic(alt: string): boolean {
  return alt.startsWith('<') || alt.includes('[') || alt.includes(']')
}

/**
 * A symbolic allele reaches from POS to END. POS is the base before the event, but it is counted in: how the event
 * begins is not written base by base.
 */
function structuralReading(record: VcfRecord, at: BuildLocus): Reading | undefined {
  if (at.position < record.position || at.position > record.end) return undefined
  return { record, kind: 'structural', codes: onlyReference(record), alleles: [at.ref] }
}

/** Numbers the distinct base strings of a locus; the reference is 0. */
class Alleles {
  readonly list: string[]

  constructor(ref: string) {
    this.list = [ref]
  }

  code(bases: string): number {
    const known = this.list.indexOf(bases)
    if (known >= 0) return known
    return this.list.push(bases) - 1
  }
}

/** A locus of replaced bases, read base by base out of whatever record covers it. */
function substitutionReading(record: VcfRecord, at: BuildLocus): Reading | undefined {
  const offset = at.position - record.position
  const length = at.ref.length
  const covered = offset >= 0 && offset + length <= record.ref.length
  if (!covered) {
    return record.position === at.position &&
      !agrees({ start: at.position, bases: at.ref }, record.position, record.ref)
      ? mismatch(record, at)
      : undefined
  }
  const exact = offset === 0 && record.ref.length === length
  if (record.ref.slice(offset, offset + length) !== at.ref) {
    return offset === 0 || record.alts.some((alt) => alt.length === record.ref.length)
      ? mismatch(record, at)
      : undefined
  }
  const alleles = new Alleles(at.ref)
  const codes = new Uint8Array(record.alts.length + 1)
  let substitutes = false
  let aligned = true
  let removes = false
  for (const [i, alt] of record.alts.entries()) {
    let code = UNREADABLE
    if (!BASES.test(alt)) {
      // "*", "N" or "<*>": matters only where a genotype uses it.
      substitutes ||= exact
      aligned &&= NON_VARIANT.has(alt)
    } else if (alt.length === record.ref.length) {
      const bases = alt.slice(offset, offset + length)
      code = alleles.code(bases)
      substitutes ||= bases !== at.ref
    } else {
      aligned = false
      const core = coreOf(record.position, record.ref, alt)
      const touched = core.at < at.position + length && core.at + core.removed.length > at.position
      if (!touched) code = exact ? alleles.code(alt) : 0
      else if (exact) {
        code = alleles.code(alt)
        substitutes = true
      } else removes = true
    }
    codes[i + 1] = code
  }
  const kind = substitutes || aligned ? 'site' : exact ? 'beside' : removes ? 'deletion' : undefined
  return kind === undefined ? undefined : { record, kind, codes, alleles: alleles.list }
}

/** An insertion or deletion locus, recognised by what each ALT makes of the known bases around it. */
function indelReading(record: VcfRecord, at: BuildLocus): Reading | undefined {
  const { window, locus } = at
  if (window === undefined) return undefined
  const exact = record.position === at.position && record.ref === at.ref
  if (!exact && !referenceAgrees(record, at)) {
    return record.position === at.position ? mismatch(record, at) : undefined
  }
  const alleles = new Alleles(at.ref)
  const codes = new Uint8Array(record.alts.length + 1)
  let about = exact
  let unlisted = false
  let removes = false
  for (const [i, alt] of record.alts.entries()) {
    let code = UNREADABLE
    if (BASES.test(alt)) {
      const effect = effectOn(window, coreOf(record.position, record.ref, alt))
      if (effect.kind === 'same') code = exact ? alleles.code(alt) : 0
      else if (effect.kind === 'beyond') removes = true
      else {
        const known = at.haplotypes.indexOf(effect.haplotype)
        if (known >= 0) {
          code = alleles.code(locus.alts[known]!)
          about = true
        } else if (exact) code = alleles.code(alt)
        else {
          const here = effect.removed !== effect.added && effect.at === at.position + 1
          const spelled = here ? spelledAtLocus(effect.haplotype, at) : undefined
          if (spelled !== undefined) {
            code = alleles.code(spelled)
            unlisted = true
          } else if (here) removes = true
          else code = 0
        }
      }
    }
    codes[i + 1] = code
  }
  const kind = about ? 'site' : unlisted ? 'unlisted' : removes ? 'deletion' : undefined
  return kind === undefined ? undefined : { record, kind, codes, alleles: alleles.list }
}

/**
 * An insertion or deletion that the definition does not know, written with the locus's own POS and REF; undefined when
 * it reaches over the bases that the locus replaces.
 */
function spelledAtLocus(haplotype: string, at: BuildLocus): string | undefined {
  const window = at.window!
  const last = at.position + at.ref.length - 1
  const before = window.bases.slice(0, at.position - window.start + 1)
  const after = window.bases.slice(last - window.start + 1)
  if (haplotype.length < before.length + after.length) return undefined
  if (!haplotype.startsWith(before) || !haplotype.endsWith(after)) return undefined
  const alt = haplotype.slice(before.length - 1, haplotype.length - after.length)
  return alt === at.ref ? undefined : alt
}
