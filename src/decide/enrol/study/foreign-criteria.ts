import type { Resource } from '../../../record/resource.ts'
import { type Criterion, unreadable } from '../criterion.ts'
import type { ClinicalVocabulary } from '../ctml/clinical-leaf.ts'
import { characteristicCriterion } from './characteristic.ts'
import { conditionCriterion, isTumour } from './condition.ts'
import { items, word } from './element.ts'

/**
 * The criteria of a study that somebody else wrote: one of its conditions, and every characteristic of the Groups of its
 * enrollment, one Group or another. What is not structured is an unreadable leaf: without it a study that names
 * its condition alone would seem to take everybody who has it.
 */
export function foreignCriterion(
  study: Resource,
  vocabulary: ClinicalVocabulary,
  find: (reference: string) => Resource | undefined,
): Criterion {
  const focus = items(study['focus']).filter((one) => isTumour(one, vocabulary))
  const conditions = [...items(study['condition']), ...focus].map((one) =>
    conditionCriterion(one, vocabulary),
  )
  const groups = items(study['enrollment']).map((one): Criterion => {
    const reference = word(one['reference'])
    const group = reference === undefined ? undefined : find(reference)
    return group === undefined
      ? unreadable('the group of people that the study enrolls is not here', 'Send the Group with the study.')
      : groupCriterion(group, vocabulary)
  })
  const parts: Criterion[] = []
  if (conditions.length > 0) parts.push({ kind: 'any', of: conditions })
  if (groups.length === 1) parts.push(groups[0]!)
  if (groups.length > 1) parts.push({ kind: 'any', of: groups })
  if (groups.length === 0)
    parts.push(
      unreadable(
        'the study states no criteria beside its condition',
        'Read the protocol, or load the trial with its criteria.',
      ),
    )
  if (/\b(inclusion|exclusion|eligib)/i.test(word(study['description']) ?? ''))
    parts.push(
      unreadable('criteria in the free text of the description', 'Read the description of the study.'),
    )
  return { kind: 'all', of: parts }
}

function groupCriterion(group: Resource, vocabulary: ClinicalVocabulary): Criterion {
  if (group['actual'] === true)
    return unreadable('the study names the people it enrolled, not whom it takes', 'Read the protocol.')
  const parts = items(group['characteristic']).map((one) => characteristicCriterion(one, vocabulary))
  return parts.length === 0
    ? unreadable('a group without characteristics', 'Read the protocol.')
    : { kind: 'all', of: parts }
}
