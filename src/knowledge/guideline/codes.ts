import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'
import type { Action, GuidelineRule } from './guideline-rule.ts'

/** What a code names; the English of each kind has one grammatical form, so that a sentence can be built from it. */
export const CODE_KINDS = [
  /** A shorter phrase for a long condition, drug group, inform code or population, for headlines. */
  'brief',
  /** A phrase that opens a sentence: "if no alternative is possible". "or" makes the action an equal option. */
  'condition',
  /** A plural noun: "drugs mainly metabolized by CYP2D6", "opioids". In `alternatives` and `exclude`. */
  'drug-group',
  /** A noun: "erosive esophagitis". */
  'indication',
  /** A clause that can stand alone: "raise the dose more slowly than usual". */
  'inform',
  /** A noun after "monitor": "kidney function"; "for reduced effect" is watched for. */
  'monitor',
  /** The clause of an inform code that is background: left out of what a prescriber reads first. */
  'note',
  /** A noun after "for": "adults". */
  'population',
  /** A noun after "risk of", the outcome of an effect: "myopathy". */
  'term',
  /** A noun after "determine": "G6PD enzyme activity". */
  'test',
] as const
export type CodeKind = (typeof CODE_KINDS)[number]

interface CodeWord {
  readonly code: string
  readonly kind: CodeKind
  /** Our own phrase, American spelling, without a capital or a full stop. */
  readonly english: string
  /** For a term: it can kill or harm for good. */
  readonly grave: boolean
}

/** The list of words that coded recommendations may use. */
export class Codes {
  readonly #words: ReadonlyMap<string, CodeWord>

  constructor(words: readonly CodeWord[]) {
    this.#words = new Map(words.map((word) => [`${word.kind} ${word.code}`, word]))
  }

  get all(): readonly CodeWord[] {
    return [...this.#words.values()]
  }

  /**
   * The row of a code. An inform code may be listed as a note. The row of a family, "age-limit:" with "{}" in its
   * English, speaks for every code of it that has no row of its own: a "+" in the value reads "and".
   */
  word(kind: CodeKind, code: string): CodeWord | undefined {
    const word = this.#words.get(`${kind} ${code}`) ?? this.#ofFamily(kind, code)
    return word === undefined && kind === 'inform' ? this.word('note', code) : word
  }

  #ofFamily(kind: CodeKind, code: string): CodeWord | undefined {
    const end = code.indexOf(':') + 1
    const family = end === 0 ? undefined : this.#words.get(`${kind} ${code.slice(0, end)}`)
    if (family === undefined) return undefined
    const value = code
      .slice(end)
      .replace(/(\d)-(?=\d)/g, '$1–')
      .replaceAll('+', ' and ')
    return { ...family, code, english: family.english.replaceAll('{}', value) }
  }

  /** The phrase of a code; the code itself, spelled with spaces, where the list lacks it. */
  english(kind: CodeKind, code: string): string {
    return this.word(kind, code)?.english ?? code.replaceAll('-', ' ')
  }
}

export const CODES_PACK = 'codes'

export function codes(facts: Facts): Codes {
  return facts.derived('codes', () => parseCodes(facts.pack(CODES_PACK).text('codes.tsv'), 'codes.tsv'))
}

export function parseCodes(text: string, where: string): Codes {
  const rows = readTable(text, ['code', 'kind', 'english', 'grave'], where)
  return new Codes(rows.map((row) => ({ ...row, kind: row.kind as CodeKind, grave: row.grave === 'yes' })))
}

const FIELDS = [
  ['monitor', 'monitor'],
  ['test', 'test'],
  ['inform', 'inform'],
  ['condition', 'condition'],
] as const

/** Every code that a rule uses, with its kind. A drug is named plainly; a group of drugs has a colon in its code. */
export function codesOf(
  rule: Pick<GuidelineRule, 'actions' | 'effects' | 'population'>,
): (readonly [CodeKind, string])[] {
  const found: (readonly [CodeKind, string])[] = [['population', rule.population.code]]
  for (const code of rule.population.indication ?? []) found.push(['indication', code])
  for (const effect of rule.effects) if (effect.term !== undefined) found.push(['term', effect.term])
  for (const action of rule.actions) found.push(...codesOfAction(action))
  return found
}

function codesOfAction(action: Action): (readonly [CodeKind, string])[] {
  const groups = [...(action.alternatives ?? []), ...(action.exclude ?? [])].filter((name) =>
    name.includes(':'),
  )
  return [
    ...groups.map((code) => ['drug-group', code] as const),
    ...FIELDS.flatMap(([field, kind]) => (action[field] ?? []).map((code) => [kind, code] as const)),
  ]
}
