import type { Facts } from '../../knowledge/facts.ts'
import { labelConditions } from '../../knowledge/tumor/label-conditions.ts'
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
