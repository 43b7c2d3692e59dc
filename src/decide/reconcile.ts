import type { Action } from '../knowledge/guideline/guideline-rule.ts'
import type { Recommendation, Severity } from './plan.ts'
import type { CodeWords } from './sentence/code-words.ts'
import { headline } from './sentence/headline.ts'

/** Several publishers' recommendations for one drug, as one answer. */
interface Reconciled {
  /** Most restrictive first. */
  readonly recommendations: readonly Recommendation[]
  /** Undefined when no publisher recommends anything. */
  readonly headline: string | undefined
  readonly severity: Severity
  readonly agreement: 'single' | 'agree' | 'differ'
  readonly difference: string | undefined
}

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info', 'none']
const SOURCES: readonly Recommendation['source'][] = ['CPIC', 'DPWG', 'FDA label', 'FDA PGx table']
const STRENGTHS: readonly Recommendation['strength'][] = [
  'strong',
  'moderate',
  'optional',
  'unspecified',
  'none',
]

/**
 * The most restrictive recommendation speaks first, whoever publishes it; nothing is averaged. "Avoid" is never outranked
 * by a smaller dose, however weakly it is graded. Of equally severe ones first those whose population the person is known to be in, then CPIC, DPWG, FDA, of one publisher the smaller dose (two
 * genes, one drug), then the stronger.
 * Publishers agree when the first thing that each says to do is of the same kind: keep away from the drug, less of it,
 * more of it, a stated dose, test first, watch, or use as usual. One that gives no recommendation is not counted.
 */
export function reconcile(drug: string, found: readonly Recommendation[], words: CodeWords): Reconciled {
  const recommendations = [...found].sort(byRestriction)
  const [first] = recommendations
  const leading = new Map<Recommendation['source'], Recommendation>()
  for (const one of recommendations) {
    if (positionOf(one) !== undefined && !leading.has(one.source)) leading.set(one.source, one)
  }
  const positions = new Set([...leading.values()].map(positionOf))
  const agreement = leading.size < 2 ? 'single' : positions.size === 1 ? 'agree' : 'differ'
  return {
    recommendations,
    headline: first === undefined ? undefined : leadingLine(drug, first, positions, words),
    severity: recommendations.map((one) => one.severity).sort(bySeverity)[0] ?? 'none',
    agreement,
    difference:
      agreement === 'differ'
        ? `${SOURCES.flatMap((source) => {
            const one = leading.get(source)
            return one === undefined ? [] : [`${source}: ${withoutStop(lineOf(drug, one, words))}`]
          }).join('; ')}.`
        : undefined,
  }
}

/** Orders severities: critical first. */
export function bySeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b)
}

function byRestriction(a: Recommendation, b: Recommendation): number {
  return (
    (a.severity === 'critical' ? 0 : 1) - (b.severity === 'critical' ? 0 : 1) ||
    Number(refuses(b)) - Number(refuses(a)) ||
    bySeverity(a.severity, b.severity) ||
    restriction(a) - restriction(b) ||
    (a.applies === b.applies ? 0 : a.applies === 'yes' ? -1 : 1) ||
    SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source) ||
    leastDose(a) - leastDose(b) ||
    STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength) ||
    compare(a.population.code, b.population.code) ||
    compare(a.rule, b.rule)
  )
}

/** True when the drug itself is refused without a condition. */
export function refuses({ actions }: Recommendation): boolean {
  return actions.some(
    ({ code, condition, dose, wording }) =>
      (code === 'AVOID' || code === 'CONTRAINDICATED') &&
      condition === undefined &&
      dose === undefined &&
      wording !== 'consider',
  )
}

/** Smallest share of the standard dose, in percent, that is told without a condition; 100 where none is. */
function leastDose({ actions }: Recommendation): number {
  const shares = actions.flatMap(({ dose, condition }) =>
    condition === undefined && dose?.percentOfStandard !== undefined ? [dose.percentOfStandard.from] : [],
  )
  return Math.min(100, ...shares)
}

const POSITIONS = ['keep-away', 'less', 'more', 'stated-dose', 'test-first', 'watch', 'as-usual'] as const
type Position = (typeof POSITIONS)[number]

/** What holds without a condition comes before what holds only under one, then what only informs, then nothing said. */
function restriction(one: Recommendation): number {
  const position = positionOf(one)
  if (position === undefined) return 2 * POSITIONS.length + (one.actions.some(isNothing) ? 1 : 0)
  const always = one.actions.some((action) => isDoing(action) && action.condition === undefined)
  return POSITIONS.indexOf(position) + (always ? 0 : POSITIONS.length)
}

/** What a recommendation comes to; undefined when it takes no position. */
function positionOf({ actions, severity }: Recommendation): Position | undefined {
  const plain = actions.find((action) => isDoing(action) && action.condition === undefined)
  const main = plain ?? actions.find(isDoing)
  switch (main?.code) {
    case 'AVOID':
    case 'CONTRAINDICATED':
    case 'ALTERNATIVE':
      return 'keep-away'
    case 'DOSE_DECREASE':
    case 'LIMIT_DOSE':
      return 'less'
    case 'DOSE_INCREASE':
      return 'more'
    case 'DOSE_SET':
      return 'stated-dose'
    case 'TEST_FIRST':
      return 'test-first'
    case 'MONITOR':
    case 'TITRATE':
    case 'AVOID_COMEDICATION':
      return 'watch'
    case 'STANDARD':
      return 'as-usual'
    default:
      return severity === 'none' || actions.some(isNothing) ? undefined : 'watch'
  }
}

function isNothing({ code }: Action): boolean {
  return code === 'NO_RECOMMENDATION'
}

function isDoing({ code }: Action): boolean {
  return code !== 'INFORM' && code !== 'NO_RECOMMENDATION'
}

/** The first recommendation's line; where everybody says to use the drug as usual, just that. */
function leadingLine(
  drug: string,
  first: Recommendation,
  positions: ReadonlySet<Position | undefined>,
  words: CodeWords,
): string {
  const usual = first.severity === 'none' && positions.size === 1 && positions.has('as-usual')
  return usual ? headline({ actions: [{ code: 'STANDARD' }], drug }, words) : lineOf(drug, first, words)
}

function lineOf(drug: string, one: Recommendation, words: CodeWords): string {
  return headline({ actions: one.actions, drug, population: one.population }, words)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function withoutStop(text: string): string {
  return text.endsWith('.') ? text.slice(0, -1) : text
}
