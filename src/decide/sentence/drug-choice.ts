import type { Action } from '../../knowledge/guideline-rule.ts'
import { type CodeWords, wordsOf } from './code-words.ts'
import { listed } from './list.ts'

/** Drug names as they are; "class:x" by its English; "metabolized-by:GENE" is left to the caller. */
export function drugNames(words: CodeWords, codes: readonly string[]): string[] {
  return codes
    .filter((code) => metabolizedBy(code) === undefined)
    .map((code) => (code.startsWith('class:') ? wordsOf(words, 'class', code.slice(6)) : code))
}

/** The gene of "metabolized-by:CYP2D6" (also spelled "metabolised-by"), else undefined. */
export function metabolizedBy(code: string): string | undefined {
  return /^metaboli[sz]ed-by:(.+)$/.exec(code)?.[1]
}

/** "an alternative that CYP2D6 does not metabolize, such as morphine or oxycodone, but not tramadol". */
export function alternativeNoun(action: Action, words: CodeWords, most = Number.POSITIVE_INFINITY): string {
  const exclude = action.exclude ?? []
  const genes = exclude.map(metabolizedBy).filter((gene) => gene !== undefined)
  const not = drugNames(words, exclude)
  const such = drugNames(words, action.alternatives ?? []).slice(0, most)
  const by = genes.length > 0 ? ` that ${listed(genes, 'or')} does not metabolize` : ''
  const comma = by === '' ? '' : ','
  return [
    `an alternative${by}`,
    such.length > 0 ? `${comma} such as ${listed(such, 'or')}` : '',
    not.length > 0 ? `, but not ${listed(not, 'or')}` : '',
  ].join('')
}

/** "CYP2D6 inhibitors such as paroxetine or fluoxetine"; only names or only classes are listed alone. */
export function comedicationNoun(exclude: readonly string[], words: CodeWords): string {
  const classes = drugNames(
    words,
    exclude.filter((code) => code.startsWith('class:')),
  )
  const names = exclude.filter((code) => !code.startsWith('class:') && metabolizedBy(code) === undefined)
  if (classes.length === 0) return listed(names, 'or')
  return names.length === 0
    ? listed(classes, 'or')
    : `${listed(classes, 'or')} such as ${listed(names, 'or')}`
}
