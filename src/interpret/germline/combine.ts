import type {
  AcmgCombining,
  Combination,
  CombiningPanel,
  PointRange,
} from '../../knowledge/acmg/combining.ts'
import type { AcmgClass, Strength } from '../finding/germline.ts'
import { type AppliedCriterion, isPathogenic } from './applied.ts'

/** A class and what decided it. */
export interface Combined {
  readonly class: AcmgClass
  readonly decidedBy: {
    readonly method: 'table' | 'points' | 'rule'
    readonly clause: string
    readonly source: string
  }
  /** Sum of evidence points, benign below zero; BA1 has none. */
  readonly points: number
}

type Counts = Readonly<Record<Strength, number>>

/**
 * The class that criteria make. The table of 2015 first, points (Tavtigian 2020) where it says nothing, and rules of their own
 * where pathogenic and benign evidence meet: facts/acmg-combining says each and where it is from.
 * `panel`: the way of an expert panel instead of the general one.
 */
export function combine(
  criteria: readonly AppliedCriterion[],
  rules: AcmgCombining,
  panel?: CombiningPanel,
): Combined {
  const pathogenic = criteria.filter(({ code }) => isPathogenic(code))
  const benign = criteria.filter(({ code }) => !isPathogenic(code))
  const forIt = pointsOf(pathogenic, rules)
  const points = forIt - pointsOf(benign, rules)
  const against = countOf(benign)
  const has = (rule: CombiningPanel['rules'][number]) => panel?.rules.includes(rule) === true
  const byRule = (rule: string, is: AcmgClass): Combined => ({
    class: is,
    decidedBy: {
      method: 'rule',
      clause: rule,
      source: panel?.rules.some((one) => one === rule) ? panel.source : 'garrod',
    },
    points,
  })
  const byPoints = (sum: number, scale: readonly PointRange[]): Combined => ({
    class: classOf(sum, scale),
    decidedBy: { method: 'points', clause: pointsText(sum), source: 'tavtigian-2020' },
    points,
  })
  const scale = panel?.scale ?? rules.scale

  if (against['stand-alone'] > 0) {
    const alone = classOf(forIt, scale)
    if (alone !== 'pathogenic' && alone !== 'likely-pathogenic')
      return byTable(rules, against, 'benign', points)!
    return has('ba1-yields-to-pathogenic')
      ? byRule('ba1-yields-to-pathogenic', alone)
      : byRule('ba1-contradicted', 'uncertain')
  }
  if (panel?.method === 'points') return byPoints(points, scale)

  const strongAgainst = against.strong + against['very-strong'] > 0
  if (has('lone-strong-benign-is-uncertain') && strongAgainst && benign.length === 1 && points < 0)
    return byRule('lone-strong-benign-is-uncertain', 'uncertain')
  if (pathogenic.length > 0 && benign.length > 0) {
    if (has('contradiction-is-uncertain')) return byRule('contradiction-is-uncertain', 'uncertain')
    if (has('contradicted-strong-benign-is-uncertain') && strongAgainst && points < 0)
      return byRule('contradicted-strong-benign-is-uncertain', 'uncertain')
    if (pathogenic.some(({ code }) => code !== 'PM2')) {
      const count = countOf(pathogenic)
      if (strongAgainst && count.strong + count['very-strong'] > 0 && points < 0)
        return byRule('strong-on-both-sides', 'uncertain')
      return byPoints(points, rules.contradicted)
    }
  }
  if (
    has('strong-and-two-supporting-is-benign') &&
    pathogenic.length === 0 &&
    strongAgainst &&
    against.supporting >= 2
  )
    return byRule('strong-and-two-supporting-is-benign', 'benign')
  return (
    byTable(rules, countOf(pathogenic), 'pathogenic', points) ??
    byTable(rules, against, 'benign', points) ??
    byPoints(points, scale)
  )
}

/** The first clause of the table that the counts reach, on one side of it. The table knows no very strong benign evidence: it counts as strong. */
function byTable(
  rules: AcmgCombining,
  counts: Counts,
  side: 'pathogenic' | 'benign',
  points: number,
): Combined | undefined {
  const read =
    side === 'benign'
      ? { ...counts, strong: counts.strong + counts['very-strong'], 'very-strong': 0 }
      : counts
  const found = rules.combinations.find((one) => one.class.endsWith(side) && reaches(read, one.atLeast))
  return (
    found && {
      class: found.class,
      decidedBy: { method: 'table', clause: found.clause, source: found.source },
      points,
    }
  )
}

function reaches(counts: Counts, atLeast: Combination['atLeast']): boolean {
  return (Object.keys(atLeast) as Strength[]).every((strength) => counts[strength] >= atLeast[strength])
}

function countOf(criteria: readonly AppliedCriterion[]): Counts {
  const counts = { 'stand-alone': 0, 'very-strong': 0, strong: 0, moderate: 0, supporting: 0 }
  for (const { strength } of criteria) counts[strength]++
  return counts
}

function pointsOf(criteria: readonly AppliedCriterion[], rules: AcmgCombining): number {
  let sum = 0
  for (const { strength } of criteria) if (strength !== 'stand-alone') sum += rules.points[strength]
  return sum
}

function classOf(points: number, scale: readonly PointRange[]): AcmgClass {
  const found = scale.find(({ from, to }) => points >= from && points <= to)
  if (found === undefined) throw new Error(`no class for ${points} points`)
  return found.class
}

function pointsText(points: number): string {
  return `${points} point${Math.abs(points) === 1 ? '' : 's'}`
}
