import { partsOf } from '../../knowledge/tumor/combination.ts'
import type { LabelCaution } from '../../knowledge/tumor/label-conditions.ts'
import type { Clearance, PersonCondition } from '../../record/person-condition.ts'

/** What a label says of people with a condition, beside a person who has it, or may have it. */
export interface ConditionCaution {
  readonly caution: LabelCaution
  readonly condition: PersonCondition
}

/** Every caution that meets a condition, in the order of the conditions. Of limits of a clearance the lowest that is met. */
export function conditionCautions(
  cautions: readonly LabelCaution[],
  conditions: readonly PersonCondition[],
): readonly ConditionCaution[] {
  return closest(pairsOf(cautions, conditions).filter((one) => meets(one) === true))
}

/** Cautions of which nobody can say whether they concern the person: the condition may hold, or it is not told how far it goes. */
export function openCautions(
  cautions: readonly LabelCaution[],
  present: readonly PersonCondition[],
  possible: readonly PersonCondition[],
): readonly ConditionCaution[] {
  return [
    ...pairsOf(cautions, present).filter((one) => meets(one) === undefined),
    ...pairsOf(cautions, possible).filter((one) => meets(one) !== false),
  ]
}

function pairsOf(
  cautions: readonly LabelCaution[],
  conditions: readonly PersonCondition[],
): readonly ConditionCaution[] {
  return conditions.flatMap((condition) =>
    cautions
      .filter((caution) => caution.condition === condition.key)
      .map((caution) => ({ caution, condition })),
  )
}

/** undefined: what the kidneys clear is not told, or only so far that it may be on either side. */
function meets({ caution: { below }, condition: { clearance } }: ConditionCaution): boolean | undefined {
  if (below === undefined) return true
  if (clearance === undefined) return undefined
  if (clearance.high !== undefined && clearance.high < below) return true
  return clearance.low >= below ? false : undefined
}

/** A person below 30 mL/min is below 50 too, and needs to be told only once, but that what is heavier stays. */
function closest(met: readonly ConditionCaution[]): readonly ConditionCaution[] {
  return met.filter(
    ({ caution, condition }) =>
      !met.some(
        (other) =>
          other.condition === condition &&
          other.caution.drug === caution.drug &&
          (other.caution.below ?? 0) < (caution.below ?? 0) &&
          WEIGHTS.indexOf(other.caution.weight) >= WEIGHTS.indexOf(caution.weight),
      ),
  )
}

const WEIGHTS: readonly LabelCaution['weight'][] = ['dose', 'warning', 'boxed', 'contraindicated']

/** How much it weighs: 0 nothing, or another dose; 1 warned of, 2 boxed or contraindicated. */
export function cautionWeight(found: readonly ConditionCaution[]): 0 | 1 | 2 {
  const heaviest = Math.max(-1, ...found.map(({ caution }) => WEIGHTS.indexOf(caution.weight)))
  return heaviest <= 0 ? 0 : heaviest === 1 ? 1 : 2
}

const SECTIONS: Readonly<Record<string, string>> = {
  '2': 'dosage',
  '4': 'contraindications',
  '5': 'warnings',
  '8.1': 'advice on pregnancy',
  '8.6': 'advice on the kidneys',
}

/** "heart failure (on record: I50.22): in the boxed warning of trastuzumab (left ventricular dysfunction)". */
export function cautionText({ caution, condition }: ConditionCaution): string {
  const { drug, weight, section, says, below, checked } = caution
  const limit = below === undefined ? '' : `below ${below} mL/min: `
  const doubt = checked === undefined ? '; not verified' : ''
  const named = SECTIONS[section] === undefined ? section : `${SECTIONS[section]}, section ${section},`
  return `${conditionText(condition)}: ${weight === 'contraindicated' ? 'contraindicated by' : 'in'} the ${named} of ${drug} (${limit}${says}${doubt})`
}

/** A condition with what was seen of it: "pregnancy (on record: Pregnant; read by its name alone)". */
export function conditionText({ words, seen, byName, doubt, clearance }: PersonCondition): string {
  if (seen === undefined) return clearance === undefined ? words : `${words} (${clearanceText(clearance)})`
  const how = byName === true ? '; read by its name alone' : ''
  return `${words} (on record: ${seen}${how}${doubt === undefined ? '' : `; ${doubt}`})`
}

function clearanceText({ low, high }: Clearance): string {
  if (high === undefined) return `clearing ${low} mL/min or more`
  return low === high ? `clearing ${low} mL/min` : `clearing ${low} to ${high} mL/min`
}

/** What would have to be known of conditions that labels speak of: whether they hold, and how much the kidneys clear. */
export function openConditions(
  cautions: readonly LabelCaution[],
  present: readonly PersonCondition[],
  possible: readonly PersonCondition[],
): readonly string[] {
  return openCautions(cautions, present, possible).map((one) => {
    const { condition, caution } = one
    const isHeld = present.includes(condition)
    return isHeld
      ? `creatinine clearance: ${conditionText(condition)}, and the label of ${caution.drug} speaks of less than ${caution.below} mL/min (${caution.says})`
      : `whether this condition holds: ${conditionText(condition)}`
  })
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
