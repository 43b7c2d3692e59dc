import { trimmed, type VariantName } from '../../record/variant-calls.ts'
import { roll } from '../../variant/roll.ts'
import type { SequenceSource } from '../../variant/sequence.ts'

/** More places than this along a repeat are not looked at one by one. */
const MOST_PLACES = 500

/** How files may write one variant. */
export interface Spellings {
  readonly names: readonly VariantName[]
  /**
   * Undefined: these are all. no-reference: the site has no sequence of this assembly. repeat: the repeat is not known to
   * its ends, or is very long. other-bases: the sequence has not REF there, and nobody's file can have the variant so.
   */
  readonly lacks?: 'no-reference' | 'repeat' | 'other-bases'
}

/**
 * A variant as VCF may spell it. An insertion or deletion in a repeat has as many spellings as it has places in the repeat, each
 * after the base before it, or before the base after it; the caller's is the one furthest to the left, others' are not.
 * Anything else has one, once bases that REF and ALT share are left out.
 */
export function spellingsOf(variant: VariantName, sequences: SequenceSource | undefined): Spellings {
  const own = trimmed(variant)
  const contig = sequences?.contig(own.chromosome)
  const isIndel = own.ref.length !== own.alt.length && Math.min(own.ref.length, own.alt.length) === 1
  const known = contig !== undefined && contig.assembly === own.assembly
  if (sequences === undefined || !known)
    return isIndel ? { names: [own], lacks: 'no-reference' } : { names: [own] }
  const bases = (start: number, end: number) => sequences.bases(contig.name, start, end)
  if (bases(own.position - 1, own.position - 1 + own.ref.length) !== own.ref)
    return { names: [own], lacks: 'other-bases' }
  const change = changeOf(own)
  if (change === undefined) return { names: [own] }
  const { start, deleted, inserted } = change
  const room = roll({ sequence: contig.name, ...change }, sequences)
  if (!room.known || room.value.left + room.value.right >= MOST_PLACES)
    return { names: [own], lacks: 'repeat' }
  const names: VariantName[] = []
  for (let by = -room.value.left; by <= room.value.right; by++) {
    const at = start + by
    const gone = bases(at, at + deleted.length)
    const added = turned(inserted, by)
    const before = at > 0 ? bases(at - 1, at) : ''
    if (before !== '') names.push({ ...own, position: at, ref: before + gone, alt: before + added })
    const after = bases(at + deleted.length, at + deleted.length + 1)
    if (after !== '') names.push({ ...own, position: at + 1, ref: gone + after, alt: added + after })
  }
  const each = new Map(
    names.map((one) => trimmed(one)).map((one) => [`${one.position} ${one.ref} ${one.alt}`, one]),
  )
  return { names: [...each.values()] }
}

/** A pure insertion or deletion, counted from 0; undefined for anything else. */
function changeOf({ position, ref, alt }: VariantName) {
  const [short, long] = ref.length < alt.length ? [ref, alt] : [alt, ref]
  if (short.length !== 1 || long.length === 1) return undefined
  const anchored = long.startsWith(short)
  if (!anchored && !long.endsWith(short)) return undefined
  const unit = anchored ? long.slice(1) : long.slice(0, -1)
  const start = anchored ? position : position - 1
  return ref.length > alt.length
    ? { start, deleted: unit, inserted: '' }
    : { start, deleted: '', inserted: unit }
}

/** The unit of a repeat, begun so many bases later. */
function turned(unit: string, by: number): string {
  if (unit === '') return ''
  const at = ((by % unit.length) + unit.length) % unit.length
  return unit.slice(at) + unit.slice(0, at)
}
