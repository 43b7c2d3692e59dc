import type { SomaticVariant } from '../../record/tumor-profile.ts'
import type { GenomePlace } from './category.ts'

/**
 * Reads "GRCh37 5:1295228 G>A / GRCh38 5:1295113 G>A" and spans "GRCh37 5:1295161-1295373"; "-" stands for no bases.
 * undefined: it is none.
 */
export function readGenomePlaces(text: string): readonly GenomePlace[] | undefined {
  const places: GenomePlace[] = []
  for (const one of text.split(' / ')) {
    const found = /^(GRCh3[78]) ([0-9XYMT]+):(\d+)(?:-(\d+))?(?: ([ACGT]+|-)>([ACGT]+|-))?$/.exec(one.trim())
    if (found === null) return undefined
    const [, assembly, chromosome, from, to = from, ref, alt] = found
    places.push({
      assembly: assembly as GenomePlace['assembly'],
      chromosome: chromosome!,
      from: Number(from),
      to: Number(to),
      alleles: ref === undefined ? undefined : { ref: bases(ref), alt: bases(alt!) },
    })
  }
  return places
}

/** true, false, or what would have to be known of the variant. */
export function isAtPlace(variant: SomaticVariant, places: readonly GenomePlace[]): boolean | string {
  const { place, assembly } = variant
  if (place === undefined) return 'the place'
  const on = places.filter((one) => one.assembly === assembly)
  if (on.length === 0) return `the place on ${places[0]?.assembly}`
  const found = trimmed(place.position, bases(place.ref), bases(place.alt))
  return on.some((one) => {
    if (one.chromosome !== place.chromosome) return false
    if (one.alleles === undefined) return found.position <= one.to && found.end >= one.from
    const { ref, alt } = one.alleles
    return ref === found.ref && alt === found.alt && (ref === '' ? one.from + 1 : one.from) === found.position
  })
}

/** Alleles without the bases they share; the position of what is left. An insertion stands before its position. */
function trimmed(position: number, ref: string, alt: string) {
  // A MAF writes an insertion at the base before it, a VCF with that base in both alleles: both say the same.
  let [at, from, to] = [ref === '' ? position + 1 : position, ref, alt]
  while (from !== '' && to !== '' && from.at(-1) === to.at(-1))
    [from, to] = [from.slice(0, -1), to.slice(0, -1)]
  while (from !== '' && to !== '' && from[0] === to[0]) {
    ;[from, to] = [from.slice(1), to.slice(1)]
    at++
  }
  return { position: at, end: at + Math.max(0, from.length - 1), ref: from, alt: to }
}

function bases(allele: string): string {
  return allele === '-' || allele === '.' ? '' : allele.toUpperCase()
}
