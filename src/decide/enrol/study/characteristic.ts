import type { Comparison } from '../comparison.ts'
import { type Criterion, unreadable } from '../criterion.ts'
import type { ClinicalVocabulary } from '../ctml/clinical-leaf.ts'
import { conditionCriterion, isTumour } from './condition.ts'
import { type Coded, codings, type Element, object, word } from './element.ts'

type About = 'age' | 'sex' | 'condition' | 'performance'

/** LOINC and SNOMED CT codes that ask for each; and words, where there is only a text. */
const ABOUT: readonly (readonly [About, ReadonlySet<string>, RegExp])[] = [
  [
    'age',
    new Set(['30525-0', '21612-7', '63900-5', '397669002', '424144002']),
    /^(age|patient age|minimum age|maximum age)\b/i,
  ],
  [
    'sex',
    new Set(['46098-0', '72143-1', '76689-9', '263495000', '184100006', '365873007']),
    /^(sex|gender|administrative gender)\b/i,
  ],
  ['performance', new Set(['89247-1', '423740007']), /^ecog\b/i],
  [
    'condition',
    new Set(['29308-4', '439401001', '64572001', '363346000']),
    /^(diagnosis|condition|disease|cancer( type)?)$/i,
  ],
]

const SEXES: Readonly<Record<string, 'female' | 'male' | 'any'>> = {
  female: 'female',
  f: 'female',
  '248152002': 'female',
  male: 'male',
  m: 'male',
  '248153007': 'male',
  all: 'any',
  both: 'any',
  any: 'any',
}

/** One characteristic of a Group: age, sex, diagnosis, performance status; any other is unreadable, and unknown. */
export function characteristicCriterion(one: Element, vocabulary: ClinicalVocabulary): Criterion {
  const read = object(one['period']) === undefined ? readCharacteristic(one, vocabulary) : undefined
  const criterion =
    read ?? unreadable(`the characteristic "${saidIn(one)}"`, 'Ask what the study means by it.')
  return one['exclude'] === true ? excluded(criterion) : criterion
}

/** Who has the tumour is excluded; whether somebody with another one ever had it, is not on record. */
function excluded(criterion: Criterion): Criterion {
  const not = { kind: 'not', of: criterion } as const
  if (criterion.kind !== 'diagnosis') return not
  const ever = unreadable(`whether the person ever had ${criterion.name}`, 'Ask for earlier tumours.')
  return { kind: 'all', of: [not, ever] }
}

function readCharacteristic(one: Element, vocabulary: ClinicalVocabulary): Criterion | undefined {
  const value = one['valueCodeableConcept']
  if (typeof one['valueBoolean'] === 'boolean') {
    const code = object(one['code'])
    if (code === undefined || !isTumour(code, vocabulary)) return undefined
    const has = conditionCriterion(code, vocabulary)
    return one['valueBoolean'] ? has : excluded(has)
  }
  switch (aboutOf(codings(one['code']))) {
    case 'age':
      return boundsOf(one, ageBound)
    case 'performance':
      return boundsOf(one, (comparison, { value: ecog, unit }) =>
        Number.isInteger(ecog) && ecog >= 0 && ecog <= 5 && unit === ''
          ? { kind: 'performance', comparison, ecog }
          : undefined,
      )
    case 'sex': {
      const sex = codings(value).flatMap(
        ({ code, display }) => SEXES[(code ?? display ?? '').toLowerCase()] ?? [],
      )[0]
      return sex === undefined
        ? undefined
        : sex === 'any'
          ? { kind: 'anything', about: 'sex' }
          : { kind: 'sex', sex }
    }
    case 'condition':
      return value === undefined ? undefined : conditionCriterion(value, vocabulary)
    case undefined:
      return undefined
  }
}

function aboutOf(codes: readonly Coded[]): About | undefined {
  return ABOUT.find(([, known, words]) =>
    codes.some(
      ({ code, display }) =>
        (code !== undefined && known.has(code)) || (code === undefined && words.test(display ?? '')),
    ),
  )?.[0]
}

interface Amount {
  readonly value: number
  readonly unit: string
}

/** A valueRange (both ends included) or a valueQuantity with its comparator; undefined for what has no number. */
function boundsOf(
  one: Element,
  bound: (comparison: Comparison, amount: Amount) => Criterion | undefined,
): Criterion | undefined {
  const range = object(one['valueRange'])
  if (range !== undefined) {
    const [low, high] = [amountOf(range['low']), amountOf(range['high'])]
    if (low === undefined && high === undefined) return undefined
    const parts = [low && bound('>=', low), high && bound('<=', high)].filter((part) => part !== undefined)
    const ends = [low, high].filter((end) => end !== undefined)
    return parts.length === ends.length ? { kind: 'all', of: parts } : undefined
  }
  const quantity = object(one['valueQuantity'])
  const amount = amountOf(quantity)
  const comparison = (word(quantity?.['comparator']) ?? '==') as Comparison
  return amount === undefined ? undefined : bound(comparison, amount)
}

function amountOf(value: unknown): Amount | undefined {
  const quantity = object(value)
  const number = quantity?.['value']
  if (typeof number !== 'number') return undefined
  return { value: number, unit: (word(quantity?.['code']) ?? word(quantity?.['unit']) ?? '').toLowerCase() }
}

/** Years that an age is; undefined for units that are no whole months. */
function ageBound(comparison: Comparison, { value, unit }: Amount): Criterion | undefined {
  const years = /^(a|years?|yrs?|y|)$/.test(unit)
    ? value
    : /^(mo|months?)$/.test(unit)
      ? value / 12
      : undefined
  if (years === undefined || years < 0) return undefined
  if (comparison !== '<=' || !Number.isInteger(years)) return { kind: 'age', comparison, years }
  // "Up to 75" ends on the birthday for some and a year later for others.
  const until = { kind: 'age', comparison: '<', years: years + 1 } as const
  const doubt = unreadable(
    `whether age ${years} ends with the birthday`,
    `Ask the site whether it takes people of ${years} years and some months.`,
  )
  return {
    kind: 'any',
    of: [
      { kind: 'age', comparison, years },
      { kind: 'all', of: [until, doubt] },
    ],
  }
}

function saidIn(one: Element): string {
  const words = (concept: unknown) => codings(concept).map(({ code, display }) => display ?? code)[0]
  const said = [words(one['code']), words(one['valueCodeableConcept'])].filter((part) => part !== undefined)
  return said.length === 0 ? 'without a name' : said.join(': ')
}
