import type { SomaticVariant } from '../../../record/tumor-profile.ts'

/** Calls that are one change of the DNA: a caller that splits "AC>TG" into two rows must not double the burden. */
export type MutationEvent = readonly [SomaticVariant, ...SomaticVariant[]]

/** Fractions of one change scatter; further apart, two calls side by side are two changes. */
const SAME_FRACTION = 0.1

/**
 * Joins calls whose reference bases touch or overlap, with allele fractions that are alike or not known. The same change told twice (on two
 * transcripts) is one event too. Calls without a place stay alone.
 */
export function mutationEvents(variants: readonly SomaticVariant[]): MutationEvent[] {
  const events: [SomaticVariant, ...SomaticVariant[]][] = []
  const placed = variants.flatMap((variant) =>
    variant.place === undefined ? [] : [{ variant, place: variant.place }],
  )
  placed.sort(
    (a, b) =>
      compare(a.place.chromosome, b.place.chromosome) ||
      a.place.position - b.place.position ||
      compare(a.place.alt, b.place.alt),
  )
  let end = { chromosome: '', position: 0 }
  let open: [SomaticVariant, ...SomaticVariant[]] | undefined
  for (const { variant, place } of placed) {
    const last = open?.at(-1)
    const touches = place.chromosome === end.chromosome && place.position <= end.position + 1
    if (open !== undefined && last !== undefined && touches && alike(last, variant)) open.push(variant)
    else {
      open = [variant]
      events.push(open)
    }
    end = {
      chromosome: place.chromosome,
      position: Math.max(touches ? end.position : 0, place.position + place.ref.length - 1),
    }
  }
  const alone = new Set<string>()
  for (const variant of variants) {
    if (variant.place !== undefined) continue
    const name = variant.hgvsC ?? variant.hgvsP
    const key = `${variant.gene} ${name}`
    if (name !== undefined && alone.has(key)) continue
    alone.add(key)
    events.push([variant])
  }
  return events
}

function alike(a: SomaticVariant, b: SomaticVariant): boolean {
  const [one, other] = [a.tumor?.fraction, b.tumor?.fraction]
  return one === undefined || other === undefined || Math.abs(one - other) <= SAME_FRACTION
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
