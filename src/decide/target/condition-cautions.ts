import { partsOf } from '../../knowledge/tumor/combination.ts'
import type { LabelCaution } from '../../knowledge/tumor/label-conditions.ts'
import type { PersonCondition } from '../../record/person-condition.ts'

/** What a label says of people with a condition, beside a person who has it, or may have it. */
export interface ConditionCaution {
  readonly caution: LabelCaution
  readonly condition: PersonCondition
}

/** Every caution that meets a condition, in the order of the conditions. */
export function conditionCautions(
  cautions: readonly LabelCaution[],
  conditions: readonly PersonCondition[],
): readonly ConditionCaution[] {
  return conditions.flatMap((condition) =>
    cautions
      .filter((caution) => caution.condition === condition.key)
      .map((caution) => ({ caution, condition })),
  )
}

/** How much it weighs: 0 nothing, 1 warned of, 2 boxed or contraindicated. */
export function cautionWeight(found: readonly ConditionCaution[]): 0 | 1 | 2 {
  if (found.length === 0) return 0
  return found.every(({ caution }) => caution.weight === 'warning') ? 1 : 2
}

const SECTIONS: Readonly<Record<string, string>> = {
  '4': 'contraindications',
  '5': 'warnings',
  '8.1': 'advice on pregnancy',
}

/** "heart failure (on record: I50.22): in the boxed warning of trastuzumab (left ventricular dysfunction)". */
export function cautionText({ caution, condition }: ConditionCaution): string {
  const { drug, weight, section, says, checked } = caution
  const doubt = checked === undefined ? '; not verified' : ''
  const named = SECTIONS[section] === undefined ? section : `${SECTIONS[section]}, section ${section},`
  return `${conditionText(condition)}: ${weight === 'contraindicated' ? 'contraindicated by' : 'in'} the ${named} of ${drug} (${says}${doubt})`
}

/** A condition with what was seen of it: "pregnancy (on record: Pregnant; read by its name alone)". */
export function conditionText({ words, seen, byName, doubt }: PersonCondition): string {
  if (seen === undefined) return words
  const how = byName === true ? '; read by its name alone' : ''
  return `${words} (on record: ${seen}${how}${doubt === undefined ? '' : `; ${doubt}`})`
}

/** What would have to be known of conditions that may hold and that labels speak of. */
export function openConditions(
  cautions: readonly LabelCaution[],
  possible: readonly PersonCondition[],
): readonly string[] {
  return possible
    .filter(({ key }) => cautions.some(({ condition }) => condition === key))
    .map((one) => `whether this condition holds: ${conditionText(one)}`)
}

/** Conditions of a person of which nobody can say what the label of this drug holds: no part of it is carried. */
export function unreadOf(
  drug: string,
  cautions: readonly LabelCaution[],
  conditions: readonly PersonCondition[],
): readonly string[] {
  const parts = new Set([drug, ...partsOf(drug)])
  if (cautions.some((one) => parts.has(one.drug))) return []
  return conditions.map(
    ({ words }) => `what the label of ${drug} says of ${words}: no part of it is carried here`,
  )
}
