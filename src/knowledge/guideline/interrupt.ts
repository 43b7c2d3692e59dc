import type { Codes } from './codes.ts'
import type { Action, ActionCode, Effect, GuidelineRule } from './guideline-rule.ts'

/** What the derivation looks at. */
export type Interrupting = Pick<GuidelineRule, 'actions' | 'effects' | 'strength'>

const CHANGE: ReadonlySet<ActionCode> = new Set([
  'AVOID',
  'ALTERNATIVE',
  'DOSE_DECREASE',
  'DOSE_INCREASE',
  'DOSE_SET',
  'LIMIT_DOSE',
])
/** What may stand beside the standard dose without being news in itself. */
const ROUTINE: ReadonlySet<ActionCode> = new Set(['STANDARD', 'TITRATE', 'MONITOR', 'INFORM'])

/** At most this share of the standard dose means that the standard dose may kill. Percent. */
const DRASTIC = 25

/**
 * How loudly a prescriber is interrupted. Ours, not the publisher's:
 *
 * - critical: the drug is contraindicated; or the publisher strongly recommends against it, or for at most a quarter of
 *   its dose, and the harm behind that is grave (it can kill or harm for good).
 * - warning: another drug or dose is called for by a strong or moderate recommendation (a moderate "consider" is only
 *   information unless the harm is grave), or a test is required before the drug is given.
 * - info: everything weaker that differs from routine: an optional change, a change only in some situations, advice on
 *   other drugs, or routine use where the result raises a risk.
 * - none: routine use without a raised risk, a result that changes nothing (isAsUsual), or no recommendation.
 *
 * A rule that starts with the standard dose stays at info whatever follows in some situations, unless what follows
 * changes the dose for everyone (a standard loading dose, then half the maintenance dose).
 */
export function interruptOf(rule: Interrupting, codes: Codes): GuidelineRule['interrupt'] {
  const { actions } = rule
  if (actions[0]?.code === 'NO_RECOMMENDATION' || isAsUsual(rule)) return 'none'
  if (actions.every((action) => ROUTINE.has(action.code))) return isQuiet(rule) ? 'none' : 'info'
  if (actions.some((action) => action.code === 'CONTRAINDICATED')) return 'critical'
  const grave = hasGraveHarm(rule, codes)
  if (rule.strength === 'strong' && grave && actions.some(refusesStandardDose)) return 'critical'
  const weighty = startsStandard(actions) ? actions.filter(forEveryone) : actions
  return weighty.some((action) => warns(action, rule, grave)) ? 'warning' : 'info'
}

/** What keeps everybody from the usual dose. */
const DEPARTS: ReadonlySet<ActionCode> = new Set([
  'AVOID',
  'ALTERNATIVE',
  'DOSE_DECREASE',
  'LIMIT_DOSE',
  'TEST_FIRST',
])

/**
 * Whether the publisher says of every gene that its result leaves exposure and risk as they usually are, and the advice
 * keeps nobody from the usual dose: a normal metabolizer. Nobody is interrupted then, even where the text goes on to
 * concentrations, other drugs to stay away from, or a higher dose in one indication.
 */
export function isAsUsual({ actions, effects }: Pick<Interrupting, 'actions' | 'effects'>): boolean {
  return (
    effects.length > 0 &&
    effects.every(({ exposure, risk }) => exposure === 'none' && (risk === 'none' || risk === 'unknown')) &&
    effects.every(({ term }) => term === undefined) &&
    !actions.some(
      ({ code, condition }) => code === 'CONTRAINDICATED' || (condition === undefined && DEPARTS.has(code)),
    )
  )
}

function isQuiet({ actions, effects }: Interrupting): boolean {
  const plain = actions.every((action) => action.code === 'STANDARD' && action.wording === undefined)
  return plain || !effects.some(isHarm)
}

function isHarm(effect: Effect): boolean {
  return effect.risk !== 'none' && (effect.risk !== 'unknown' || effect.term !== undefined)
}

function hasGraveHarm({ effects }: Interrupting, codes: Codes): boolean {
  return effects.some(
    ({ term, risk }) =>
      risk !== 'none' && risk !== 'unknown' && term !== undefined && codes.word('term', term)?.grave === true,
  )
}

/** Avoid the drug altogether (not only one dose of it), or give a quarter or less. */
function refusesStandardDose({ code, dose }: Action): boolean {
  if (code === 'AVOID') return dose === undefined
  return code === 'DOSE_DECREASE' && (dose?.percentOfStandard?.to ?? 100) <= DRASTIC
}

function startsStandard(actions: readonly Action[]): boolean {
  return actions.find((action) => action.code !== 'INFORM')?.code === 'STANDARD'
}

function forEveryone(action: Action): boolean {
  return action.condition === undefined
}

function warns({ code, wording, condition }: Action, { strength }: Interrupting, grave: boolean): boolean {
  if (code === 'TEST_FIRST') return wording !== 'consider' && condition === undefined
  if (!CHANGE.has(code)) return false
  return strength === 'strong' || (strength === 'moderate' && (wording !== 'consider' || grave))
}
