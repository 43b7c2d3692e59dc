import { accrualOf } from './accrual.ts'
import { MET, NOT_MET, UNKNOWN, VERDICT_WORDS, type Verdict, type VerdictWord } from './ruling.ts'
import { kilometresBetween, type Position, type TrialSite } from './site.ts'

/** From where somebody would come, and how far. */
export interface WhereAsked {
  readonly home: Position | undefined
  /** Why `home` is not known, or how roughly; said with the answer. */
  readonly note?: string
  readonly withinKilometres?: number
}

/** Whether a trial can be reached: the nearest site that is open. */
export interface Where {
  readonly verdict: VerdictWord
  readonly because: string
  readonly nearest?: NearestSite
  /** Of an unknown. */
  readonly missing?: { readonly datum: 'home' | 'site-position' | 'site-status' | 'sites' }
}

export interface NearestSite {
  readonly name: string
  readonly city?: string
  /** In whole kilometres; absent where either end is not known. */
  readonly kilometres?: number
  /** Nobody said whether this site takes people. */
  readonly statusUnknown?: true
}

interface Measured {
  readonly site: TrialSite
  readonly kilometres: number | undefined
  readonly open: boolean
}

/**
 * Whether a site that is open lies within the distance. A closed site does not count. Undefined where the trial lists no
 * site and no distance was asked for: there is nothing to say. Unknown where the position of either end is, or whether the site
 * is open; one site that is open and near enough settles it.
 */
export function whereOf(sites: readonly TrialSite[], asked: WhereAsked): Where | undefined {
  const { home, withinKilometres: most, note } = asked
  if (sites.length === 0) {
    return most === undefined ? undefined : answer(UNKNOWN, 'the trial lists no site', undefined, 'sites')
  }
  const measured = sites
    .map((site): Measured & { accrual: ReturnType<typeof accrualOf> } => ({
      site,
      kilometres:
        home === undefined || site.position === undefined
          ? undefined
          : kilometresBetween(home, site.position),
      accrual: accrualOf(site.status),
      open: accrualOf(site.status) === 'open',
    }))
    .filter(({ accrual }) => accrual === 'open' || accrual === undefined)
    .sort(nearerFirst)
  const [first] = measured
  if (first === undefined) {
    return answer(
      NOT_MET,
      sites.length === 1 ? 'its site is not open' : `none of its ${sites.length} sites is open`,
    )
  }
  if (most === undefined) {
    const open = measured.find((one) => one.open)
    return open === undefined
      ? // The trial itself is open, and so is some site of it.
        answer(MET, `${nearWords(first, note)}; nobody says which of its sites is open`, first)
      : answer(MET, nearWords(open, note), open)
  }
  const near = measured.filter(({ kilometres }) => kilometres !== undefined && kilometres <= most)
  const reached = near.find((one) => one.open)
  if (reached !== undefined) return answer(MET, nearWords(reached, note), reached)
  if (home === undefined) {
    return answer(UNKNOWN, note ?? 'it is not known where the person lives', first, 'home')
  }
  if (near[0] !== undefined) {
    return answer(UNKNOWN, `nobody says whether ${near[0].site.name} is open`, near[0], 'site-status')
  }
  const unplaced = measured.find(({ kilometres }) => kilometres === undefined)
  if (unplaced !== undefined) {
    return answer(UNKNOWN, `it is not known where ${unplaced.site.name} lies`, unplaced, 'site-position')
  }
  return answer(NOT_MET, `the nearest open site is ${nearWords(first, note)}`, first)
}

/** Sites that are open before those of which nobody says it, near before far, measured before not. */
function nearerFirst(a: Measured, b: Measured): number {
  const far = (one: Measured) => one.kilometres ?? Number.POSITIVE_INFINITY
  if (far(a) !== far(b)) return far(a) - far(b)
  if (a.open !== b.open) return a.open ? -1 : 1
  return a.site.name < b.site.name ? -1 : 1
}

function nearWords({ site, kilometres }: Measured, note: string | undefined): string {
  const place = site.city === undefined ? site.name : `${site.name}, ${site.city}`
  if (kilometres === undefined) return place
  return `${place}, ${Math.round(kilometres)} km away${note === undefined ? '' : ` (${note})`}`
}

function answer(
  verdict: Verdict,
  because: string,
  at?: Measured,
  datum?: NonNullable<Where['missing']>['datum'],
): Where {
  return {
    verdict: VERDICT_WORDS[verdict],
    because,
    ...(at === undefined ? {} : { nearest: nearestOf(at) }),
    ...(datum === undefined ? {} : { missing: { datum } }),
  }
}

function nearestOf({ site, kilometres, open }: Measured): NearestSite {
  return {
    name: site.name,
    ...(site.city === undefined ? {} : { city: site.city }),
    ...(kilometres === undefined ? {} : { kilometres: Math.round(kilometres) }),
    ...(open ? {} : { statusUnknown: true as const }),
  }
}
