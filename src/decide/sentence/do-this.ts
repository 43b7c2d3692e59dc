import type { Action, Population } from '../../knowledge/guideline/guideline-rule.ts'
import { type CodeWords, wordsOf } from './code-words.ts'
import { capitalized } from './list.ts'
import { stepSentences, stepsOf } from './step.ts'

/** What a sentence about a recommendation is made from. */
export interface Advice {
  /** In the guideline's own order of preference. */
  readonly actions: readonly Action[]
  /** Lower-case generic name. */
  readonly drug: string
  /** Left out, or "general", when the advice is for everybody. */
  readonly population?: Population | undefined
}

/**
 * What to do, in short sentences, in the guideline's order, each with its condition first:
 * "If no alternative is possible: start at 10% of the standard dose; monitor blood counts."
 * Throws CODE_WITHOUT_WORDS.
 */
export function doThis(advice: Advice, words: CodeWords): string {
  const steps = stepsOf(advice.actions, words)
  const [first, ...rest] = steps.flatMap((step) => stepSentences(step, advice.drug, words))
  if (first === undefined) return 'No advice is coded for this result.'
  const whom = populationLead(advice.population, words)
  const opening = whom === '' ? first : `${whom}: ${first}`
  return [opening, ...rest].map((text) => `${capitalized(text)}.`).join(' ')
}

/** Background of the recommendation, one sentence each, for the reader who wants more than `doThis`. */
export function notesOf(actions: readonly Action[], words: CodeWords): string[] {
  const codes = actions.flatMap((action) => action.inform ?? []).filter((code) => words.isNote(code))
  return [...new Set(codes)].map((code) => `${capitalized(wordsOf(words, 'inform', code))}.`)
}

/** "for patients with ACS or PCI"; empty for a rule meant for everybody. Throws CODE_WITHOUT_WORDS. */
export function populationLead(population: Population | undefined, words: CodeWords): string {
  if (population === undefined || population.code === 'general') return ''
  return `for ${wordsOf(words, 'population', population.code)}`
}
