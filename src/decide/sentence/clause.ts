import type { Action } from '../../knowledge/guideline/guideline-rule.ts'
import { type CodeWords, wordsOf } from './code-words.ts'
import { changedDose, dosageLimit, expectedDose, namedDose, statedDose } from './dose-clause.ts'
import { alternativeNoun, comedicationNoun, drugNames } from './drug-choice.ts'
import { levelText } from './level-text.ts'
import { listed } from './list.ts'
import { guide, monitored } from './monitored.ts'
import { amountText, spanText } from './quantity.ts'
import { weighted } from './weighted.ts'

/** How short a headline is: the most alternatives it names for one action. */
export interface Brevity {
  readonly alternatives: number
}

/**
 * Clauses of one action, in the imperative and lower case, without its conditions: "avoid clopidogrel", "use an
 * alternative such as prasugrel or ticagrelor". The first says what to do, the others inform. In brief,
 * concentrations, remarks, worked examples and all alternatives beyond the number given are left out.
 * Throws CODE_WITHOUT_WORDS.
 */
export function clausesOf(full: Action, drug: string, words: CodeWords, brief?: Brevity): string[] {
  const action = brief === undefined ? full : withoutRemarks(full)
  const main = weighted(action, mainClause(action, drug, words, brief))
  const level = action.level === undefined ? '' : ` (${levelText(action.level, action.monitor)})`
  const after = action.after === undefined ? '' : ` after ${spanText(action.after)}`
  const interval = action.interval === undefined ? '' : `, ${spanText(action.interval)} between changes`
  const informed = (action.inform ?? [])
    .filter((code) => !words.isNote(code))
    .map((code) => wordsOf(words, 'inform', code))
  const [first, ...others] = main === '' ? informed : [main, ...informed]
  const clauses = first === undefined ? [] : [`${first}${after}${interval}${level}`, ...others]
  return brief === undefined ? clauses : clauses.slice(0, 1)
}

/** The action without concentrations and worked examples. */
function withoutRemarks({ level: _level, dose, ...action }: Action): Action {
  if (dose === undefined) return action
  const { examples: _examples, standard: _standard, ...plain } = dose
  return { ...action, dose: plain }
}

function mainClause(action: Action, drug: string, words: CodeWords, brief: Brevity | undefined): string {
  switch (action.code) {
    case 'STANDARD':
      return standard(action, drug, words)
    case 'AVOID':
      return `avoid ${drug}${atDose(action)}${notInstead(action, drug, words)}`
    case 'CONTRAINDICATED':
      return `do not use ${drug} (contraindicated)${notInstead(action, drug, words)}`
    case 'ALTERNATIVE':
      return `use ${alternativeNoun(action, words, brief?.alternatives)}`
    case 'DOSE_DECREASE':
    case 'DOSE_INCREASE':
      return `${changedDose(action)}${guided(action, words)}`
    case 'DOSE_SET':
      return `${statedDose(action.dose ?? { of: 'any' })}${guided(action, words)}`
    case 'LIMIT_DOSE':
      return `${limitVerb(action)} ${action.dose === undefined ? 'the standard dose' : dosageLimit(action.dose)}${guided(action, words)}`
    case 'TITRATE':
      return titrated(action, words)
    case 'MONITOR':
      return action.monitor === undefined ? 'monitor closely' : `monitor ${monitored(words, action.monitor)}`
    case 'TEST_FIRST':
      return `first determine ${listed(
        (action.test ?? []).map((code) => wordsOf(words, 'test', code)),
        'and',
      )}`
    case 'AVOID_COMEDICATION':
      return `do not combine ${drug} with ${comedicationNoun(action.exclude ?? [], words)}`
    case 'INFORM':
      return action.dose === undefined ? '' : expectedDose(action.dose)
    case 'NO_RECOMMENDATION':
      return 'no recommendation from this guideline'
  }
}

function standard(action: Action, drug: string, words: CodeWords): string {
  const dose = action.dose
  // "Consider using it" weighs whether to give the drug at all; such a text says nothing of the dose.
  if (dose === undefined && action.wording === 'consider') return `use ${drug}${guided(action, words)}`
  if (dose === undefined) return `use ${drug} at the standard dose${guided(action, words)}`
  if (dose.amount !== undefined) return `${statedDose(dose)} (the standard dose)`
  if (dose.of === 'any') return `use ${drug} at the standard dose${guided(action, words)}`
  if (dose.of === 'start' || dose.of === 'lowest-start')
    return `start at the standard dose${guided(action, words)}`
  return `give the standard ${namedDose(dose).replace(/^the /, '')}${guided(action, words)}`
}

/** AVOID with a dose is about that dose only: " at 75 mg/day". */
function atDose({ dose }: Action): string {
  if (dose === undefined) return ''
  const amount = dose.amount ?? dose.max
  return amount === undefined ? ` at ${namedDose(dose)}` : ` at ${amountText(amount)}`
}

/** Excluded drugs of an action without alternatives: " (do not use tegafur instead)". The drug itself is not repeated. */
function notInstead(action: Action, drug: string, words: CodeWords): string {
  const others = drugNames(words, action.exclude ?? []).filter((name) => name !== drug)
  return others.length === 0 ? '' : ` (do not use ${listed(others, 'or')} instead)`
}

function guided(action: Action, words: CodeWords): string {
  return action.monitor === undefined ? '' : `, guided by ${guide(words, action.monitor)}`
}

function limitVerb({ dose }: Action): string {
  if (dose?.bound === 'below') return dose.of === 'start' ? 'start below' : 'stay below'
  return dose?.of === 'start' ? 'start at no more than' : 'do not exceed'
}

function titrated(action: Action, words: CodeWords): string {
  if (action.monitor === undefined)
    return action.inform === undefined ? `titrate ${namedDose(action.dose)}` : ''
  const verb = action.dose?.of === 'maintenance' ? 'set' : 'adjust'
  return `${verb} ${namedDose(action.dose)} by ${guide(words, action.monitor)}`
}
