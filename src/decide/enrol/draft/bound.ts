import type { Comparison } from '../comparison.ts'

/** A number with its comparison and unit, as it stands in a text. */
export interface TextBound {
  readonly comparison: Comparison
  readonly value: number
  /** As written, "x ULN", "g/dL"; empty where there is none, undefined where what stands there cannot be read. */
  readonly unit: string | undefined
  /** Characters of the text, from 0: [start, end). */
  readonly start: number
  readonly end: number
}

const NUMERAL: Readonly<Record<string, number>> = {
  ...{ zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ twelve: 12, eighteen: 18 },
}
const NUM = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)\b`

/** Comparisons in front of a number. Longer ones first. */
const AHEAD: readonly (readonly [source: string, comparison: Comparison])[] = [
  [
    String.raw`(?:greater|more|higher|older) (?:than )?or equal(?: to)?(?: \((?:≥|>=|=>)\))?|equal (?:to )?or (?:greater|more|higher|older) than|at least|no less than|not less than|no lower than|a minimum of|minimum(?: of)?|≥|>=|=>|⩾|> ?or ?=|>\/=|from`,
    '>=',
  ],
  [
    String.raw`(?:less|lower|fewer|younger) (?:than )?or equal(?: to)?(?: \((?:≤|<=|=<)\))?|equal (?:to )?or (?:less|lower|fewer|younger) than|no (?:more|greater|higher|older) than|not (?:more|greater|higher) than|not exceed(?:ing)?|does not exceed|at most|up to(?: and including)?|a maximum of|maximum(?: of)?|≤|<=|=<|⩽|< ?or ?=|<\/=`,
    '<=',
  ],
  [`(?:greater|more|higher|longer|older) than|above|over|exceed(?:s|ing)|in excess of|>`, '>'],
  [`(?:less|lower|fewer|shorter|younger) than|below|under|<`, '<'],
]
/** Behind a number: "18 years or older". */
const BEHIND: readonly (readonly [source: string, comparison: Comparison])[] = [
  [`(?:of age )?(?:or|and) (?:older|more|greater|higher|above|over|better|up)|(?:of age )?and above`, '>='],
  [`(?:of age )?(?:or|and) (?:younger|less|fewer|lower|below|under)`, '<='],
]
/** A unit, as far as one can tell it from the next word. */
const UNIT = String.raw`(?:(?:[xX]|×|\*|times|-?fold)\s*(?:the\s+)?(?:institutional\s+|local\s+|laboratory\s+)?(?:I?ULN|UNL|upper limits?(?: of (?:the )?(?:institutional |laboratory )?normal)?(?: range)?|upper normal limit|LLN|lower limit of normal)(?:\s*\[?\(?I?ULN[)\]])?|grams?\s*\/\s*decilit(?:er|re)|(?:[xX]|×|\*)\s*10\s*(?:\^|\*{1,2}|e)?\s*\d{1,2}\s*(?:cells?)?\s*\/\s*(?:L|l|mL|ml|mm3|mm\^3|µL|uL)|ULN|%|％|percent|°\s*[CF]|(?:mc|µ|μ|u|m|n|p|k|d|c)?(?:gm?|mol|M|L|l|m|U|Eq|sec|s)(?:\/[A-Za-zµ0-9.^*]+){0,3}|(?:m?IU|U|IU|mU)(?:\/m?[Ll])?|mm ?Hg|mmhg|kg\/m\^?[2²]|bpm|ms(?:ec)?|milliseconds?|seconds?|(?:cells\s*)?\/\s*(?:cu\.?\s*mm|mm\^?[3³]|[mM][cC][lL]|microliter|[µu][lL]|L|min)|copies(?:\s*\/\s*mL)?|years?|yrs?|months?|weeks?|days?|hours?|mut(?:ations)?\/Mb|mutations per megabase)`
const UNIT_AFTER = new RegExp(String.raw`^\s*-?\s*(${UNIT})(?![A-Za-z])`)

/**
 * Bounds that stand at the beginning of a text, [from, …): "≥ 18 years", "between 18 and 70 years", "0-1", "1.5 x ULN or less".
 * None where it begins otherwise. A number alone is no bound.
 */
export function boundsAt(text: string, from: number): readonly TextBound[] {
  const first = oneAt(text, from)
  const [only, other] = first
  if (only === undefined || other !== undefined) return first
  // "≥ 18 and ≤ 75 years", "19 and over, under 75 years": the other end, which may bring the unit.
  const gap = /^\s*(?:,\s*)?(?:and|but)?\s*/.exec(text.slice(only.end, only.end + 20))![0].length
  const [second, third] = gap === 0 ? [] : oneAt(text, only.end + gap)
  if (second === undefined || third !== undefined || isLower(second) === isLower(only)) return first
  return [only.unit === '' ? { ...only, unit: second.unit } : only, second]
}

function isLower({ comparison }: TextBound): boolean {
  return comparison === '>' || comparison === '>='
}

function oneAt(text: string, from: number): readonly TextBound[] {
  const rest = text.slice(from, from + 160)
  const skipped = /^\s*/.exec(rest)![0].length
  const at = from + skipped
  const here = rest.slice(skipped)
  return rangeAt(here, at) ?? aheadAt(here, at) ?? behindAt(here, at) ?? []
}

const RANGE = new RegExp(
  String.raw`^(?:between |from )?(?:the ages? of )?(${NUM})(\s*(?:${UNIT})?)\s*(?:-|–|—|to|and|through|or)\s*(${NUM})(?![A-Za-z0-9.]*[-\/]\d)`,
  'i',
)

function rangeAt(here: string, at: number): readonly TextBound[] | undefined {
  const match = RANGE.exec(here)
  if (match === null) return undefined
  const [whole, low, , high] = match
  const [lower, upper] = [numberOf(low!), numberOf(high!)]
  const joined = /\b(?:and|or)\b/i.test(whole) && !/^between/i.test(whole)
  // "0 or 1" is a range of grades; "18 and 5" is none.
  if (lower >= upper || (joined && (upper - lower !== 1 || upper > 5))) return undefined
  const { unit, end } = unitAt(here, whole.length)
  const span = { start: at, end: at + end, unit }
  return [
    { ...span, comparison: '>=', value: lower },
    { ...span, comparison: '<=', value: upper },
  ]
}

const AHEAD_OF_NUMBER = AHEAD.map(
  ([source, comparison]) =>
    [
      new RegExp(String.raw`^\(?(?:${source})\s*(?:the\s+)?(?:age of\s+)?(${NUM})(?:\s*\(\d{1,6}\))?`, 'i'),
      comparison,
    ] as const,
)

function aheadAt(here: string, at: number): readonly TextBound[] | undefined {
  for (const [pattern, comparison] of AHEAD_OF_NUMBER) {
    const match = pattern.exec(here)
    if (match === null) continue
    const { unit, end } = unitAt(here, match[0].length)
    return [{ comparison, value: numberOf(match[1]!), unit, start: at, end: at + end }]
  }
  return undefined
}

const FIRST_NUMBER = new RegExp(`^(${NUM})`, 'i')
const BEHIND_NUMBER = BEHIND.map(
  ([source, comparison]) =>
    [new RegExp(String.raw`^\s*(?:old\s+|of age\s*,?\s*)?(?:${source})`, 'i'), comparison] as const,
)

function behindAt(here: string, at: number): readonly TextBound[] | undefined {
  const match = FIRST_NUMBER.exec(here)
  if (match === null) return undefined
  const { unit, end } = unitAt(here, match[0].length)
  const after = here.slice(end)
  for (const [pattern, comparison] of BEHIND_NUMBER) {
    const behind = pattern.exec(after)
    if (behind !== null)
      return [{ comparison, value: numberOf(match[1]!), unit, start: at, end: at + end + behind[0].length }]
  }
  return undefined
}

/** "/ cubic foot", "x something", "mEq": it looks like a unit and is none of those above. */
const STRANGE_UNIT =
  /^(?:\+|\s*(?:\/|[xX×*]\s*\S|\^|[µμ°]|-?fold\b|times\b|(?:the\s+)?(?:upper|institutional|ULN|UNL|IULN|LLN)\b|(?:[A-Za-z]+\s?){1,3}\/(?!or\b)|(?:nano|micro|milli|pico|kilo|inter)[a-z]+))/

function unitAt(here: string, end: number): { unit: string | undefined; end: number } {
  const after = here.slice(end)
  const match = UNIT_AFTER.exec(after)
  if (match !== null) return { unit: match[1]!.trim(), end: end + match[0].length }
  return { unit: STRANGE_UNIT.test(after) ? undefined : '', end }
}

function numberOf(text: string): number {
  return NUMERAL[text.toLowerCase()] ?? Number(text.replaceAll(',', ''))
}
