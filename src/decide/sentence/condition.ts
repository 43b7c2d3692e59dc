import { type CodeWords, wordsOf } from './code-words.ts'
import { listed } from './list.ts'

/** The conditions of one action, sorted by where they stand in its sentence. */
export interface Setting {
  /** What opens the sentence, outermost first: "for PCI, stroke or TIA", "if no alternative is possible". */
  readonly lead: readonly string[]
  /** What closes the action: "as tablets"; empty without one. */
  readonly form: string
  /** Whether the action is an equal option to the one before it. */
  readonly option: 'or' | 'and/or' | undefined
}

/** Families of conditions whose members are said together, by the word that their English begins with. */
const TOGETHER: Readonly<Record<string, { readonly word: string; readonly join: 'and' | 'or' }>> = {
  indication: { word: 'for', join: 'or' },
  with: { word: 'with', join: 'and' },
  without: { word: 'without', join: 'or' },
}

/**
 * Reads coded conditions in their order. Several "indication:" codes are alternatives, several "with:" codes hold together;
 * "form:" is the preparation and closes the action; "or" and "and-or" make it an option. Throws CODE_WITHOUT_WORDS.
 */
export function settingOf(words: CodeWords, conditions: readonly string[]): Setting {
  const parts: { family: string; said: string[] }[] = []
  let form = ''
  let option: Setting['option']
  for (const code of conditions) {
    if (code === 'or' || code === 'and-or') {
      option = code === 'or' ? 'or' : 'and/or'
      continue
    }
    const said = wordsOf(words, 'condition', code)
    const family = code.slice(0, code.indexOf(':') + 1).slice(0, -1)
    const same = family in TOGETHER ? parts.find((part) => part.family === family) : undefined
    if (family === 'form') form = said
    else if (same !== undefined) same.said.push(said)
    else parts.push({ family, said: [said] })
  }
  return { lead: parts.map(({ family, said }) => together(family, said)), form, option }
}

function together(family: string, said: readonly string[]): string {
  const rule = TOGETHER[family]
  if (rule === undefined || said.length === 1) return said.join(', ')
  const opening = `${rule.word} `
  return said.every((one) => one.startsWith(opening))
    ? opening +
        listed(
          said.map((one) => one.slice(opening.length)),
          rule.join,
        )
    : listed(said, rule.join)
}
