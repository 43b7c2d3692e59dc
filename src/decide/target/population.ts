import type { AgeSpan } from '../age.ts'

/** Who a label is for: ages in years, [from, before), and sex. */
interface Population {
  readonly from: number
  /** Undefined: no upper end. */
  readonly before: number | undefined
  readonly sex: 'any' | 'women' | 'postmenopausal women' | 'postmenopausal women or men'
}

/** What is known of the person; left out: not known. */
export interface LabelPerson {
  readonly age?: AgeSpan
  readonly sex?: 'female' | 'male'
}

const ADULT = 18
const MONTH = 1 / 12
/** "Young adult" is no age; up to here it is plain that a person is one. */
const YOUNG_ADULT_BEFORE = 22

/** Ages and sex of a label as the pack writes them; undefined: not in these words. */
export function readPopulation(text: string): Population | undefined {
  const years = (count: string, unit: string) => Number(count) * (unit === 'month' ? MONTH : 1)
  const found =
    /^(?:(?<older>\d+) (?<unit>year|month)s? and older|older than (?<than>\d+) (?<thanUnit>year|month)s?)$/.exec(
      text,
    )?.groups
  if (found !== undefined)
    return {
      from: years(found['older'] ?? found['than']!, found['unit'] ?? found['thanUnit']!),
      before: undefined,
      sex: 'any',
    }
  const span = /^(?:(\d+) (year|month)s? to )?(?:under (\d+) years|(young adult))$/.exec(text)
  if (span !== null)
    return {
      from: span[1] === undefined ? 0 : years(span[1], span[2]!),
      before: span[3] === undefined ? YOUNG_ADULT_BEFORE : Number(span[3]),
      sex: 'any',
    }
  switch (text) {
    case 'adult':
      return { from: ADULT, before: undefined, sex: 'any' }
    case 'adult and paediatric':
      return { from: 0, before: undefined, sex: 'any' }
    case 'women':
    case 'postmenopausal women':
    case 'postmenopausal women or men':
      return { from: ADULT, before: undefined, sex: text }
    default:
      return undefined
  }
}

/**
 * Whether the label is for this person. What nobody said of the person rules nothing out; only a woman's menopause is asked for,
 * because a label that names it needs it and no other datum tells it.
 */
export function populationFit(
  text: string,
  { age, sex }: LabelPerson,
): { readonly fits: 'yes' | 'unknown' | 'no'; readonly because: string; readonly asks?: string } {
  const label = readPopulation(text)
  if (label === undefined) return { fits: 'unknown', because: `the label is for: ${text}` }
  const { from, before } = label
  if (age !== undefined) {
    // An age in whole years says nothing of months.
    const tooYoung = from >= 1 && age.to < from
    if (tooYoung || (before !== undefined && age.from >= before))
      return { fits: 'no', because: `the label is for: ${text}; the person is ${ageText(age)}` }
  }
  if (sex === 'male' && (label.sex === 'women' || label.sex === 'postmenopausal women'))
    return { fits: 'no', because: `the label is for: ${text}; the person is a man` }
  if (sex === 'female' && label.sex.startsWith('postmenopausal'))
    return {
      fits: 'unknown',
      because: `the label is for: ${text}; her menopause is not known`,
      asks: 'whether menopause has passed',
    }
  const known =
    (age !== undefined && age.from >= from && (before === undefined || age.to < before)) ||
    (from === 0 && before === undefined)
  return known && (label.sex === 'any' || sex !== undefined)
    ? { fits: 'yes', because: `the label is for: ${text}` }
    : { fits: 'unknown', because: `the label is for: ${text}` }
}

function ageText({ from, to }: AgeSpan): string {
  return from === to ? `${from} ${from === 1 ? 'year' : 'years'} old` : `${from} to ${to} years old`
}
