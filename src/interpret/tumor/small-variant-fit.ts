import type { ProteinPlaces, Residues } from '../../knowledge/tumor/protein-places.ts'
import type { SomaticVariant } from '../../record/tumor-profile.ts'
import type { CategoryLeaf } from './category.ts'
import { type Effect, effectOf, inUsualNumbering, residueOf, residuesOf, shortChange } from './evidence.ts'
import { isAtPlace } from './genome-place.ts'

/** Categories that small variants of the gene decide. */
export type SmallCategory = Exclude<
  CategoryLeaf,
  { kind: 'copy-number' | 'fusion' | 'biallelic-loss' | 'wild-type' | 'expression' }
>

/** true, false, or what would have to be known of the variant. */
export function fitsSmall(
  given: SomaticVariant,
  category: SmallCategory,
  places: ProteinPlaces,
): boolean | string {
  const variant = inUsualNumbering(given, places.usual)
  if (category.kind === 'place') return isAtPlace(variant, category.at)
  const effect = effectOf(variant)
  const short = shortChange(variant)
  if (category.kind === 'change') {
    if (short === undefined) return effect.kind === 'unknown' && 'the protein change'
    const asked = places.usual.change(category.gene, category.change)
    return short === asked || withoutResidues(short, asked)
  }
  if (category.kind === 'pathogenic') return isPathogenic(variant, category.origin, effect)
  if (category.kind === 'coding') return isCodingChange(variant, category.change, effect)
  if (variant.meaning === 'harmless' && category.kind !== 'residue') return false
  const isSkipping = category.kind === 'exon' && category.what === 'skipping'
  if (effect.kind === 'unknown' && !isSkipping) return 'the consequence'
  const changes = effect.kind !== 'none' && effect.kind !== 'synonymous'
  switch (category.kind) {
    case 'mutation':
      return changes && (variant.meaning === 'uncertain' ? UNCERTAIN : true)
    case 'truncating':
      return effect.kind === 'null' && effect.what !== 'lost start'
    case 'frameshift':
      return effect.kind === 'null' && effect.what === 'frameshift'
    case 'loss-of-function':
      return effect.kind === 'null' || (changes && 'whether the function is lost by the change')
    case 'activating':
      return changes && effect.kind !== 'null' && 'whether the protein is activated by the change'
    case 'residue':
      return (
        effect.kind === 'missense' &&
        `${effect.from}${effect.residue}` === places.usual.change(category.gene, category.residue) &&
        !category.not.includes(effect.to)
      )
    case 'internal-duplication':
      if (effect.kind !== 'inframe' || editOf(variant) !== 'insertion') return false
      return within(variant, places.region(category.gene, 'internal duplication'), 'where duplications lie')
    case 'region':
      if (category.what === 'frameshift' ? !isFrameshift(effect) : !/^(missense|inframe)$/.test(effect.kind))
        return false
      return ifCertain(
        variant,
        within(
          variant,
          places.region(category.gene, category.region),
          `the bounds of the ${category.region}`,
        ),
      )
    case 'exon':
      return inExon(variant, category, effect, places)
  }
}

const UNCERTAIN = 'whether the work of the protein is altered by the change'

function ifCertain(variant: SomaticVariant, fits: boolean | string): boolean | string {
  return fits === true && variant.meaning === 'uncertain' ? UNCERTAIN : fits
}

/** Labels ask for a harmful change: as a laboratory called it, else a null variant; of other changes somebody must say it. */
function isPathogenic(
  variant: SomaticVariant,
  origin: 'germline' | 'somatic' | undefined,
  effect: Effect,
): boolean | string {
  if (origin !== undefined && variant.origin !== undefined && variant.origin !== origin) return false
  if (variant.called === 'harmless' || variant.meaning === 'harmless') return false
  if (variant.called === undefined) {
    if (effect.kind === 'none' || effect.kind === 'synonymous') return false
    const { exon } = variant
    const spared =
      effect.kind === 'null' &&
      effect.truncates &&
      exon?.of !== undefined &&
      exon.number === exon.of &&
      exon.of > 1
    if (effect.kind !== 'null' || spared) return 'the classification (pathogenic or not)'
  }
  return origin === undefined || variant.origin === origin || 'the origin (germline or somatic)'
}

function inExon(
  variant: SomaticVariant,
  { gene, from, to, what }: Extract<SmallCategory, { kind: 'exon' }>,
  effect: Effect,
  places: ProteinPlaces,
): boolean | string {
  const listed = places.region(gene, `exon ${from}`)
  if (what === 'skipping' && from === to && listed !== undefined) {
    const residues = residuesOf(variant)
    // A transcript without the exon has a protein without its residues: that is how RNA names the skipping. Where two exons share the
    // first codon, the one that is left of it may be either.
    if (
      effect.kind === 'inframe' &&
      residues !== undefined &&
      residues.from - listed.from <= 1 &&
      residues.from >= listed.from &&
      residues.to === listed.to
    )
      return true
    // Changes of the last bases of an exon alter its splice site, whatever they do to the amino acid.
    if (effect.kind !== 'null' && effect.kind !== 'none' && residues?.from === listed.to)
      return 'whether the transcript leaves the exon out (RNA)'
  }
  if (what === 'skipping' && from === to) {
    const atSite = siteOf(variant, places.codingExon(gene, from))
    if (atSite === 'other') return false
    if (atSite === 'splice-site') return true
    if (atSite === 'near') return 'whether the transcript leaves the exon out (RNA)'
  }
  if (effect.kind === 'unknown') return 'the consequence'
  if (effect.kind === 'none' || effect.kind === 'synonymous') return false
  const fits = {
    mutation: true,
    deletion: effect.kind === 'inframe' && editOf(variant) === 'deletion',
    insertion: effect.kind === 'inframe' && editOf(variant) === 'insertion',
    frameshift: isFrameshift(effect),
    skipping: effect.kind === 'null' && /splice site|lost exon/.test(effect.what),
    loss: false,
  }[what]
  if (!fits) return false
  // Residues first: catalogues number the exons of some genes (NPM1, ASXL1, PIK3CA) otherwise than transcripts of today.
  const [first, last] = [places.region(gene, `exon ${from}`), places.region(gene, `exon ${to}`)]
  const bounds = first && last && { from: first.from, to: last.to }
  if (bounds !== undefined && what !== 'skipping' && residueOf(variant) !== undefined)
    return within(variant, bounds, 'the exon')
  if (variant.exon !== undefined) return variant.exon.number >= from && variant.exon.number <= to
  return 'the exon'
}

function isFrameshift(effect: Effect): boolean {
  return effect.kind === 'null' && effect.what === 'frameshift'
}

function within(variant: SomaticVariant, bounds: Residues | undefined, missing: string): boolean | string {
  if (bounds === undefined) return missing
  const residue = residueOf(variant)
  return residue === undefined ? 'the residue' : residue >= bounds.from && residue <= bounds.to
}

/** Bases of an intron in which one change, or a deletion, may hurt the signals of splicing (splice region; branch point). */
const SPLICE_REGION = 8
const BRANCH = 35

/**
 * Where a change lies by its name on the coding sequence: at a splice site of the exon, so near to one that its signals may be hurt, in
 * another intron; undefined: within an exon, or neither is known. HGVS: "c.3028+1G>T" is the first base behind base 3028.
 */
function siteOf(
  { hgvsC, hgvsP }: SomaticVariant,
  exons: readonly Residues[],
): 'splice-site' | 'near' | 'other' | undefined {
  // cBioPortal names a splice site by the residue beside it: X1010_splice.
  const [, beside] = /^(?:p\.)?X(\d+)_splice$/.exec(hgvsP ?? '') ?? []
  if (beside !== undefined && hgvsC === undefined && exons.length > 0)
    return exons.some(({ from, to }) => [from, to].some((base) => Math.ceil(base / 3) === Number(beside)))
      ? 'splice-site'
      : 'other'
  const name = hgvsC?.replace(/^.*:/, '') ?? ''
  const [all, first, before, second = first, behind] =
    /^c\.(\d+)([+-]\d+)?(?:_(\d+)([+-]\d+)?)?/.exec(name) ?? []
  if (all === undefined || exons.length === 0 || !/[+-]/.test(all)) return undefined
  const start = { base: Number(first), offset: Number(before ?? 0) }
  const end = all.includes('_') ? { base: Number(second), offset: Number(behind ?? 0) } : start
  const nearest = Math.min(
    ...exons.flatMap(({ from, to }) => {
      const [a, b] = [start, end].map(({ base, offset }) =>
        base === from && offset < 0 ? -offset : base >= from ? 0 : Infinity,
      ) as [number, number]
      const [c, d] = [start, end].map(({ base, offset }) =>
        base === to && offset > 0 ? offset : base <= to ? 0 : Infinity,
      ) as [number, number]
      // A stretch that begins before the exon and ends in it takes the last base of the intron along.
      return [a > 0 ? Math.max(b, 1) : Infinity, d > 0 ? Math.max(c, 1) : Infinity]
    }),
  )
  if (nearest <= 2) return 'splice-site'
  return nearest <= (all.includes('_') ? BRANCH : SPLICE_REGION) ? 'near' : 'other'
}

/**
 * An edit in frame adds or removes; of one that does both the length decides: D770delinsGY adds, L747_P753delinsS removes. What keeps the
 * length counts as a deletion, as catalogues of exon 19 of EGFR do.
 */
function editOf(variant: SomaticVariant): 'deletion' | 'insertion' {
  const name = shortChange(variant) ?? variant.hgvsP ?? ''
  const [, first, last = first, added] = /^[A-Z](\d+)(?:_[A-Z](\d+))?delins([A-Z]+)$/.exec(name) ?? []
  if (added !== undefined) return added.length > Number(last) - Number(first) + 1 ? 'insertion' : 'deletion'
  if (/delins|>/.test(name)) return 'deletion'
  if (/dup|ins/.test(name)) return 'insertion'
  return variant.consequences.includes('inframe_insertion') ? 'insertion' : 'deletion'
}

/** "485_490del" asks for the places alone. */
function withoutResidues(short: string, asked: string): boolean {
  return /^\d/.test(asked) && short.replace(/[A-Z*](?=\d)/g, '') === asked
}

function isCodingChange(variant: SomaticVariant, asked: string, effect: Effect): boolean | string {
  if (variant.hgvsC !== undefined) return codingName(variant.hgvsC) === codingName(asked)
  // A change that alters one amino acid is no change of an intron.
  if (/\d[+-]\d/.test(asked) && /^(missense|inframe|stop-lost)$/.test(effect.kind)) return false
  return 'its name on the coding sequence'
}

/** Without the reference, and without the bases that HGVS no longer writes behind "del" and "dup". */
function codingName(name: string): string {
  return name.replace(/^.*:/, '').replace(/(del|dup)[ACGT]+$/i, '$1')
}
