import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant } from '../../../record/tumor-profile.ts'

/** Whether the matched normal carries the call as an inherited variant would lie in it. */
export function inNormal({ normal }: SomaticVariant, facts: ScoreFacts): boolean {
  return (
    (normal?.fraction ?? 0) >= facts.threshold('normal-fraction') &&
    (normal?.depth ?? 0) >= facts.threshold('normal-depth')
  )
}

/** Why a call of a sample without a matched normal is taken as inherited; undefined: nothing says so. */
type Inherited = 'by population databases' | 'by its allele fraction' | 'by its neighbours'

/**
 * Calls that are taken as inherited where no matched normal tells: those that population databases know, those that nearly every read
 * carries, and those whose allele fraction most neighbours on the chromosome share that the databases know.
 */
export function inheritedCalls(
  variants: readonly SomaticVariant[],
  facts: ScoreFacts,
): ReadonlyMap<SomaticVariant, Inherited> {
  const found = new Map<SomaticVariant, Inherited>()
  const known = new Set(variants.filter((variant) => inDatabases(variant, facts)))
  const bands = bandsOf(variants, known)
  const half = facts.threshold('burden-band')
  for (const variant of variants) {
    const fraction = variant.tumor?.fraction
    if (known.has(variant)) found.set(variant, 'by population databases')
    else if (variant.origin !== 'somatic' && fraction !== undefined) {
      const band = bands.get(variant.place?.chromosome ?? '')
      // The call itself lies in its own band.
      const beside = band === undefined ? undefined : within(band, fraction - half, fraction + half)
      if (fraction > facts.threshold('burden-inherited-fraction'))
        found.set(variant, 'by its allele fraction')
      else if (
        beside !== undefined &&
        beside.calls - 1 >= facts.threshold('burden-band-neighbours') &&
        beside.known > (beside.calls - 1) * facts.threshold('burden-band-share')
      )
        found.set(variant, 'by its neighbours')
    }
  }
  return found
}

/** Allele fractions of the calls of a chromosome in rising order; known[i]: how many of the first i are in databases. */
interface Band {
  readonly fractions: readonly number[]
  readonly known: readonly number[]
}

function bandsOf(
  variants: readonly SomaticVariant[],
  known: ReadonlySet<SomaticVariant>,
): ReadonlyMap<string, Band> {
  const placed = variants.flatMap((variant) =>
    variant.place === undefined || variant.tumor?.fraction === undefined
      ? []
      : [
          {
            chromosome: variant.place.chromosome,
            fraction: variant.tumor.fraction,
            known: known.has(variant) ? 1 : 0,
          },
        ],
  )
  const bands = new Map<string, Band>()
  for (const [chromosome, calls] of Map.groupBy(placed, (call) => call.chromosome)) {
    calls.sort((a, b) => a.fraction - b.fraction)
    const sums = [0]
    for (const call of calls) sums.push(sums.at(-1)! + call.known)
    bands.set(chromosome, { fractions: calls.map(({ fraction }) => fraction), known: sums })
  }
  return bands
}

/** Calls with a fraction in [low, high], and how many of them are in databases. */
function within({ fractions, known }: Band, low: number, high: number): { calls: number; known: number } {
  const [from, to] = [firstPast(fractions, (one) => one >= low), firstPast(fractions, (one) => one > high)]
  return { calls: to - from, known: known[to]! - known[from]! }
}

function firstPast(sorted: readonly number[], isPast: (one: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isPast(sorted[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

function inDatabases({ annotation, origin }: SomaticVariant, facts: ScoreFacts): boolean {
  const frequency = annotation?.population?.frequency
  return (
    origin !== 'somatic' &&
    frequency !== undefined &&
    frequency >= facts.threshold('burden-population-frequency')
  )
}
