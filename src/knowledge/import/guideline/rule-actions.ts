import type { Action, ActionCode, Dose, Level } from '../../guideline/guideline-rule.ts'
import type { CodedAction, CodedText } from './codebook.ts'

/**
 * The actions of one coded text for one drug, in the guideline's order: those of the recommendation, completed by its
 * considerations; the other considerations follow.
 */
export function actionsFor(coded: CodedText, drug: string): Action[] {
  const holds = (action: CodedAction): boolean => action.onlyFor?.includes(drug) ?? true
  const actions = coded.actions.filter(holds).map(bare)
  for (const consideration of (coded.considerations ?? []).filter(holds)) {
    const at = place(actions, consideration.into)
    const before = place(actions, consideration.before)
    if (at !== undefined) actions[at] = completed(actions[at]!, bare(consideration))
    else actions.splice(before ?? actions.length, 0, bare(consideration))
  }
  return actions
}

function place(actions: readonly Action[], code: ActionCode | undefined): number | undefined {
  const at = actions.findIndex((action) => action.code === code)
  return at < 0 ? undefined : at
}

function bare({ onlyFor: _onlyFor, into: _into, before: _before, ...action }: CodedAction): Action {
  return action
}

const LISTS = ['exclude', 'monitor', 'test', 'inform', 'condition'] as const

/** What a consideration adds: lists are joined, a named alternative replaces a class, a dose or level is filled in. */
function completed(action: Action, more: Action): Action {
  const result: { -readonly [K in keyof Action]: Action[K] } = { ...action }
  for (const field of LISTS) {
    const joined = [...new Set([...(action[field] ?? []), ...(more[field] ?? [])])]
    if (joined.length > 0) result[field] = joined
  }
  if (more.alternatives !== undefined) result.alternatives = more.alternatives
  const dose: Dose | undefined =
    more.dose === undefined ? action.dose : { ...(action.dose ?? more.dose), ...more.dose }
  if (dose !== undefined) result.dose = dose
  const level: Level | undefined =
    more.level === undefined || action.level === undefined
      ? (action.level ?? more.level)
      : { ...more.level, ...action.level }
  if (level !== undefined) result.level = level
  return result
}
