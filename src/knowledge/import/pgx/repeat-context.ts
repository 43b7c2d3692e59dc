import { Fault } from '../../../terms/fault.ts'

/** What is needed of an insertion or deletion to know every place where it may be written. */
interface IndelNaming {
  /** 1-based VCF POS: the left-most spelling with its anchor base. */
  readonly position: number
  readonly ref: string
  readonly alts: readonly string[]
  /** HGVS on the chromosome: the right-most spelling, or a repeat "g.233760235TA[7]". */
  readonly chromosomeHgvsName: string
  /** Allele names such as "TA(7)" and the VCF bases they stand for. */
  readonly cpicToVcfAlleleMap: Readonly<Record<string, string>>
}

/**
 * The reference bases around an insertion or deletion, read off its two spellings without a reference sequence: VCF
 * writes it at the left end of its shift range and HGVS at the right end (HGVS 3' rule), and in between the reference
 * repeats the inserted or deleted unit. Undefined for substitutions.
 * `start` is the 1-based position of the first base (VCF POS).
 */
export function repeatContext(locus: IndelNaming): { start: number; bases: string } | undefined {
  const { position, ref, alts } = locus
  if (ref.length === 1 && alts.every((alt) => alt.length === 1)) return undefined
  if (alts.every((alt) => alt.length === ref.length)) return { start: position, bases: ref }
  const counted = countedRepeat(locus)
  if (counted !== undefined) return grow(locus, counted.end, counted.unit)

  const place = /^g\.(\d+)(?:_(\d+))?(del|dup|ins)/.exec(locus.chromosomeHgvsName.split(';')[0]!.trim())
  const alt = alts[0]!
  const unit = ref.length > alt.length ? ref.slice(alt.length) : alt.slice(ref.length)
  if (place !== null) {
    const first = Number(place[1])
    const last = place[2] === undefined ? first : Number(place[2])
    // Of an insertion the two numbers are the bases on either side; nothing after the first is known to repeat.
    return grow(locus, place[3] === 'ins' ? first : last, unit)
  }
  const dup = /g\.(\d+)_(\d+)dup/.exec(locus.chromosomeHgvsName)
  if (dup !== null) return grow(locus, Number(dup[2]), unit)
  throw new Fault(
    'IMPORT_HGVS_UNREAD',
    locus.chromosomeHgvsName,
    'the indel is named in a form that is not understood',
    'Report the name; the locus cannot be matched in all its spellings.',
  )
}

/** "g.233760235TA[7]" with "TA(7)" = ref: the repeat starts there and has that many units. */
function countedRepeat(locus: IndelNaming): { end: number; unit: string } | undefined {
  const repeat = /^g\.(\d+)([ACGT]+)\[\d+\]/.exec(locus.chromosomeHgvsName)
  if (repeat === null) return undefined
  const unit = repeat[2]!
  const referenceName = Object.entries(locus.cpicToVcfAlleleMap).find(([, bases]) => bases === locus.ref)?.[0]
  const count = /\((\d+)\)$/.exec(referenceName ?? '')?.[1]
  const copies = count === undefined ? 1 : Number(count)
  return { end: Number(repeat[1]) + unit.length * copies - 1, unit }
}

/** Extends the reference bases of the VCF spelling to `end` (1-based, inclusive) by their repeat unit. */
function grow(locus: IndelNaming, end: number, unit: string): { start: number; bases: string } {
  const anchor = locus.ref[0]!
  const longest = [locus.ref, ...locus.alts].reduce((a, b) => (b.length > a.length ? b : a))
  const cycle = longest.slice(1, 1 + unit.length)
  let bases = locus.ref.length > 1 ? locus.ref : anchor
  while (locus.position + bases.length - 1 < end) bases += cycle[(bases.length - 1) % cycle.length]
  return { start: locus.position, bases }
}
