import type { Facts } from './facts.ts'
import type { Action, GuidelineRule } from './guideline-rule.ts'
import { readTable } from './table.ts'

/**
 * What a code names. The English of each kind fits one place in a sentence: condition opens it ("if no alternative is
 * possible"); indication and population follow "for"; monitor follows "monitor"; test follows "determine"; effect follows
 * "risk of"; class is a plural noun ("opioids"); form follows "as" or "by"; inform is a clause of its own; note is such a
 * clause too, but background; brief is a shorter English of a condition or inform code.
 */
export const CODE_KINDS = [
  'brief',
  'class',
  'condition',
  'effect',
  'form',
  'indication',
  'inform',
  'monitor',
  'note',
  'population',
  'test',
] as const
export type CodeKind = (typeof CODE_KINDS)[number]

export interface CodeWord {
  /** Kebab case. One that ends with a colon speaks for its whole family, with {} in the English for the rest. */
  readonly code: string
  readonly kind: CodeKind
  /** Our own phrase, American spelling, without a capital or a full stop. */
  readonly english: string
  /** Of an effect: it can kill or harm for good. */
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

  /** The row of exactly this code. */
  word(kind: CodeKind, code: string): CodeWord | undefined {
    return this.#words.get(`${kind} ${code}`)
  }

  /** Whether the code has English, by itself or through its family; a note counts as an inform code. */
  has(kind: CodeKind, code: string): boolean {
    const family = code.slice(0, code.indexOf(':') + 1)
    return (kind === 'inform' ? (['inform', 'note'] as const) : [kind]).some(
      (one) => this.word(one, code) !== undefined || (family !== '' && this.word(one, family) !== undefined),
    )
  }
}

export const CODES_PACK = 'codes'

export function codes(facts: Facts): Codes {
  return facts.derived(CODES_PACK, () => parseCodes(facts.pack(CODES_PACK).text('codes.tsv'), 'codes.tsv'))
}

export function parseCodes(text: string, where: string): Codes {
  const rows = readTable(text, ['code', 'kind', 'english', 'grave'], where)
  return new Codes(rows.map((row) => ({ ...row, kind: row.kind as CodeKind, grave: row.grave === 'yes' })))
}

/** A code and the kind of words it needs. */
export type UsedCode = readonly [CodeKind, string]

/** Every code that a rule uses. Drugs named plainly and "metabolized-by:GENE" need no words. */
export function codesOf(rule: Pick<GuidelineRule, 'actions' | 'effects' | 'population'>): UsedCode[] {
  return [
    ['population', rule.population.code],
    ...(rule.population.indication ?? []).map((code): UsedCode => ['indication', code]),
    ...rule.effects.flatMap(({ term }): UsedCode[] => (term === undefined ? [] : [['effect', term]])),
    ...rule.actions.flatMap(codesOfAction),
  ]
}

function codesOfAction(action: Action): UsedCode[] {
  const drugs = [...(action.alternatives ?? []), ...(action.exclude ?? [])]
  return [
    ...drugs.flatMap((name): UsedCode[] => (name.startsWith('class:') ? [['class', name.slice(6)]] : [])),
    ...(action.monitor ?? []).flatMap(watched),
    ...(action.test ?? []).flatMap((code) => choices(code).map((one): UsedCode => ['test', one])),
    ...(action.inform ?? []).filter((code) => !code.startsWith('titration-steps:')).map(informed),
    ...(action.condition ?? []).flatMap(conditional),
  ]
}

/** "a|b" is a choice of two codes. */
function choices(code: string): string[] {
  return code.split('|')
}

function informed(code: string): UsedCode {
  return ['inform', code]
}

/** "plasma-concentration:x+y" and "lower-concentration:x" name substances, not words. */
function watched(code: string): UsedCode[] {
  return choices(code)
    .filter((one) => !/^(plasma|lower)-concentration:/.test(one))
    .map((one) => ['monitor', one])
}

const CONDITION_FAMILIES: Readonly<Record<string, CodeKind>> = {
  indication: 'indication',
  with: 'class',
  without: 'class',
  form: 'form',
}

/** "or" and "and-or" join two actions; "age:" and "weight:" carry numbers. */
function conditional(code: string): UsedCode[] {
  if (code === 'or' || code === 'and-or' || /^(age|weight):/.test(code)) return []
  const colon = code.indexOf(':')
  const kind = CONDITION_FAMILIES[code.slice(0, colon)]
  return [kind === undefined ? ['condition', code] : [kind, code.slice(colon + 1)]]
}
