import type { Action } from '../../knowledge/guideline/guideline-rule.ts'
import { type CodeWords, wordsOf } from './code-words.ts'
import { listed } from './list.ts'

/** Drug names as they are; a group of drugs ("class:x", "metabolised-by:CYP2D6") by its English. */
export function drugNames(words: CodeWords, codes: readonly string[]): string[] {
  return codes.map((code) => (isGroup(code) ? wordsOf(words, 'drug-group', code) : code))
}

function isGroup(code: string): boolean {
  return code.includes(':')
}

/**
 * "an alternative that CYP2D6 does not metabolize, such as morphine or oxycodone, but not tramadol"; where the guideline
 * names only the drug's own class, "other opioids instead, but not tramadol".
 */
export function alternativeNoun(action: Action, words: CodeWords, most = Number.POSITIVE_INFINITY): string {
  const exclude = action.exclude ?? []
  const genes = exclude.map(metabolizedBy).filter((gene) => gene !== undefined)
  const not = drugNames(
    words,
    exclude.filter((code) => metabolizedBy(code) === undefined),
  )
  const such = drugNames(words, action.alternatives ?? []).slice(0, most)
  const tail = not.length > 0 ? `, but not ${listed(not, 'or')}` : ''
  if (genes.length === 0 && such.length > 0 && such.every((one) => one.startsWith('other ')))
    return `${listed(such, 'or')} instead${tail}`
  const by = genes.length > 0 ? ` that ${listed(genes, 'or')} does not metabolize` : ''
  const comma = by === '' ? '' : ','
  return [`an alternative${by}`, such.length > 0 ? `${comma} such as ${listed(such, 'or')}` : '', tail].join(
    '',
  )
}

/** The gene of "metabolised-by:CYP2D6", else undefined. */
function metabolizedBy(code: string): string | undefined {
  return /^metaboli[sz]ed-by:(.+)$/.exec(code)?.[1]
}

/** "CYP2D6 inhibitors such as paroxetine or fluoxetine"; only names or only groups are listed alone. */
export function comedicationNoun(exclude: readonly string[], words: CodeWords): string {
  const groups = drugNames(words, exclude.filter(isGroup))
  const names = exclude.filter((code) => !isGroup(code))
  if (groups.length === 0) return names.length === 0 ? 'interacting drugs' : listed(names, 'or')
  return names.length === 0 ? listed(groups, 'or') : `${listed(groups, 'or')} such as ${listed(names, 'or')}`
}
