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

/** What one condition adds; conditions of the same kind are said together. */
interface Part {
  readonly kind: 'indication' | 'with' | 'without' | 'patient' | 'other'
  readonly said: string[]
}

/**
 * Reads coded conditions. Families: "indication:x" (several are alternatives), "age:from-to" and "weight:from-to" in years
 * and kg, lower end included, upper end not; "with:x" and "without:x" name a class of other drugs; "form:x" is the
 * preparation. Throws CODE_WITHOUT_WORDS.
 */
export function settingOf(words: CodeWords, conditions: readonly string[]): Setting {
  const parts: Part[] = []
  const say = (kind: Part['kind'], text: string): void => {
    const same = kind === 'other' ? undefined : parts.find((part) => part.kind === kind)
    if (same === undefined) parts.push({ kind, said: [text] })
    else same.said.push(text)
  }
  let form = ''
  let option: Setting['option']
  for (const code of conditions) {
    const [family, value] = split(code)
    if (code === 'or') option = 'or'
    else if (code === 'and-or') option = 'and/or'
    else if (family === 'form') form = wordsOf(words, 'form', value)
    else if (family === 'indication') say('indication', wordsOf(words, 'indication', value))
    else if (family === 'with' || family === 'without') say(family, wordsOf(words, 'class', value))
    else if (family === 'age') say('patient', aged(value))
    else if (family === 'weight')
      say('patient', between(value, 'weighing less than', 'weighing', 'or more', ' kg'))
    else say('other', wordsOf(words, 'condition', code))
  }
  return { lead: parts.map(partText), form, option }
}

function partText({ kind, said }: Part): string {
  switch (kind) {
    case 'indication':
      return `for ${listed(said, 'or')}`
    case 'with':
      return `with ${listed(said, 'and')}`
    case 'without':
      return `without ${listed(said, 'or')}`
    case 'patient':
      return said[0]!.startsWith('adults') ? `in ${said.join(' ')}` : `in patients ${said.join(' ')}`
    case 'other':
      return said[0]!
  }
}

function split(code: string): [string, string] {
  const colon = code.indexOf(':')
  return colon < 0 ? ['', code] : [code.slice(0, colon), code.slice(colon + 1)]
}

/** "adults under 65" where the age starts at 18. */
function aged(value: string): string {
  if (value === '18-') return 'adults'
  return value.startsWith('18-')
    ? `adults under ${value.slice(3)}`
    : between(value, 'under', 'aged', 'or over', '')
}

/** "under 12", "aged 65 or over", "aged 15 to under 18"; the same for weight. */
function between(value: string, below: string, at: string, above: string, unit: string): string {
  const [from = '', to = ''] = value.split('-')
  if (from === '') return `${below} ${to}${unit}`
  return to === '' ? `${at} ${from}${unit} ${above}` : `${at} ${from} to under ${to}${unit}`
}
