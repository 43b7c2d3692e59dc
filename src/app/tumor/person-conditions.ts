import type { Facts } from '../../knowledge/facts.ts'
import { KIDNEYS, labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import type { PersonCondition } from '../../record/person-condition.ts'
import { Fault } from '../../terms/fault.ts'

/** Conditions by their names, as a user writes them. Throws USAGE_CHOICE. */
export function conditionsNamed(names: readonly string[], facts: Facts): readonly PersonCondition[] {
  const { conditions } = labelConditions(facts)
  return names.map((name) => {
    const found = conditions.find(
      ({ key }) =>
        key ===
        name
          .trim()
          .toLowerCase()
          .replaceAll(/[\s_]+/g, '-'),
    )
    if (found !== undefined) return { key: found.key, words: found.words }
    throw new Fault(
      'USAGE_CHOICE',
      '--condition',
      `"${name}" is no condition that labels are looked at for here`,
      `Use ${conditions.map(({ key }) => key).join(', ')}.`,
    )
  })
}

/** With what a user says the kidneys clear, mL/min; 90 and more is no condition. Throws USAGE_NUMBER, USAGE_CHOICE where the two contradict. */
export function clearanceStated(
  conditions: readonly PersonCondition[],
  text: string | undefined,
  facts: Facts,
): readonly PersonCondition[] {
  if (text === undefined) return conditions
  const value = /^\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= MOST_CLEARED))
    throw new Fault(
      'USAGE_NUMBER',
      '--creatinine-clearance',
      `"${text}" is no clearance in mL/min`,
      `Give a number from 0 to ${MOST_CLEARED}, such as 42.`,
    )
  const kidneys = labelConditions(facts).conditions.find(({ key }) => key === KIDNEYS)
  const others = conditions.filter(({ key }) => key !== KIDNEYS)
  if (value < NORMAL && kidneys !== undefined)
    return [...others, { key: KIDNEYS, words: kidneys.words, clearance: { low: value, high: value } }]
  if (others.length < conditions.length)
    throw new Fault(
      'USAGE_CHOICE',
      '--creatinine-clearance',
      `kidneys that clear ${text} mL/min are not impaired, and --condition ${KIDNEYS} says that they are`,
      'Leave one of the two out.',
    )
  return others
}

/** mL/min. */
const NORMAL = 90
const MOST_CLEARED = 300
