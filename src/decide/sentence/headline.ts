import type { ActionCode } from '../../knowledge/guideline/guideline-rule.ts'
import type { Brevity } from './clause.ts'
import { briefWords, type CodeWords } from './code-words.ts'
import { type Advice, populationLead } from './do-this.ts'
import { capitalized } from './list.ts'
import { type Part, type Step, stepSentences, stepsOf } from './step.ts'

/** A headline aims at this many characters: optional clauses that would pass it are left to `doThis`. */
export const HEADLINE_LENGTH = 120

/**
 * One line for the ten-second reader: the first thing to do, with its condition and the drug's name, and as many of the
 * clauses after it as fit. An option ("or …") is not cut from what it is an option to. What only informs is passed over
 * while there is something to do. Throws CODE_WITHOUT_WORDS.
 */
export function headline(advice: Advice, all: CodeWords): string {
  const words = briefWords(all)
  const { drug } = advice
  const steps = stepsOf(advice.actions, words).filter((one) => stepSentences(one, drug, words).length > 0)
  const acting = steps.find((one) => one.parts.some((part) => !informsOnly(part)))
  const step =
    acting === undefined ? steps[0] : { ...acting, parts: acting.parts.filter((part) => !informsOnly(part)) }
  if (step === undefined) return 'No advice is coded for this result.'
  const whom = populationLead(advice.population, words)
  const lines = [2, 1].map((alternatives) => longestFit(step, whom, drug, words, { alternatives }))
  return lines.find((line) => line.length <= HEADLINE_LENGTH) ?? lines[1]!
}

function informsOnly({ action, setting }: Part): boolean {
  return action.code === 'INFORM' && action.dose === undefined && setting.option === undefined
}

const CHANGES: ReadonlySet<ActionCode> = new Set(['DOSE_DECREASE', 'DOSE_INCREASE', 'LIMIT_DOSE'])

/**
 * What opens with a standard dose and then changes it ("the standard loading dose; then half of the maintenance dose") must
 * not be cut before the change: the place of that change, else 0.
 */
function firstChange(parts: readonly Part[]): number {
  if (parts[0]?.action.code !== 'STANDARD') return 0
  return Math.max(
    0,
    parts.findIndex(({ action }) => CHANGES.has(action.code)),
  )
}

/** An option is never cut from what it is an option to, unless both say to choose another drug. */
function mayEndBefore(parts: readonly Part[], place: number): boolean {
  const next = parts[place]
  if (next === undefined || next.setting.option === undefined) return true
  return next.action.code === 'ALTERNATIVE' && parts[place - 1]?.action.code === 'ALTERNATIVE'
}

function longestFit(step: Step, whom: string, drug: string, words: CodeWords, brief: Brevity): string {
  const least = firstChange(step.parts)
  const lines = step.parts
    .map((_, index) => index + 1)
    .filter((count) => count > least && mayEndBefore(step.parts, count))
    .map(
      (count) => stepSentences({ lead: step.lead, parts: step.parts.slice(0, count) }, drug, words, brief)[0],
    )
    .filter((text) => text !== undefined)
    .map((text) => finished(text, whom, drug))
  return lines.filter((line) => line.length <= HEADLINE_LENGTH).pop() ?? lines[0]!
}

/** "for pain: …", "with strong inhibitors: …": the drug's name stands before it, set off by a comma. */
const OPENS_WITH_CONDITION = /^(as|for|if|in|on|once|unless|while|with|without) [^;]*?: /

/** Full stop, capital, whom it is for, and the drug's name where the text does not hold it. */
function finished(text: string, whom: string, drug: string): string {
  const said = whom === '' ? text : `${whom}: ${text}`
  if (said.includes(drug)) return `${capitalized(said)}.`
  return `${capitalized(drug)}${OPENS_WITH_CONDITION.test(said) ? ',' : ':'} ${said}.`
}
