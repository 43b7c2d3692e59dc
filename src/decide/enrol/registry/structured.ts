import { type Criterion, unreadable } from '../criterion.ts'
import { type ClinicalVocabulary, diagnosisWithin } from '../ctml/clinical-leaf.ts'
import type { AgeLimit } from './age-limit.ts'
import type { RegistryStudy } from './study.ts'

/** What the fields of a study ask for, without its free text. */
export function structuredCriteria(
  study: RegistryStudy,
  vocabulary: ClinicalVocabulary,
): readonly Criterion[] {
  const { minimumAge, maximumAge } = study
  return [
    ...(minimumAge === undefined ? [] : [youngest(minimumAge)]),
    ...(maximumAge === undefined ? [] : [oldest(maximumAge)]),
    ...sexOf(study),
    ...conditionsOf(study.conditions, vocabulary),
  ]
}

function youngest(limit: AgeLimit): Criterion {
  if ('unreadable' in limit) return unreadableAge(limit.unreadable)
  return limit.unit === 'day'
    ? { kind: 'age', comparison: '>=', days: limit.count }
    : { kind: 'age', comparison: '>=', years: limit.unit === 'year' ? limit.count : limit.count / 12 }
}

/** "65 Years" takes whoever has not turned 66: the registry counts whole units, as people do. */
function oldest(limit: AgeLimit): Criterion {
  if ('unreadable' in limit) return unreadableAge(limit.unreadable)
  const after = limit.count + 1
  return limit.unit === 'day'
    ? { kind: 'age', comparison: '<', days: after }
    : { kind: 'age', comparison: '<', years: limit.unit === 'year' ? after : after / 12 }
}

function unreadableAge(text: string): Criterion {
  return unreadable(`the age "${text.slice(0, 40)}"`, 'Ask the trial’s site which ages it takes.')
}

function sexOf({ sex }: RegistryStudy): readonly Criterion[] {
  if (sex === 'all') return []
  return [
    sex === undefined
      ? unreadable(
          'which sexes are eligible',
          'The registry’s field "sex" is missing or unknown: ask the site.',
        )
      : { kind: 'sex', sex },
  ]
}

/**
 * The conditions of a study, any of them. One that OncoTree does not have leaves the others to be met, and is unknown
 * itself: nobody is turned away by a condition that could not be looked up.
 */
function conditionsOf(conditions: readonly string[], vocabulary: ClinicalVocabulary): readonly Criterion[] {
  if (conditions.length === 0) return []
  const of = conditions.map((name): Criterion => {
    const within = broadly(name) ?? diagnosisWithin(name, vocabulary.tree, vocabulary.groups)
    const types = within === undefined ? vocabulary.conditionTypes?.(name) : undefined
    if (types !== undefined) {
      const kinds = types.map(
        (code): Criterion => ({ kind: 'diagnosis', name: nameOf(code, vocabulary), in: { code } }),
      )
      return kinds.length === 1 ? kinds[0]! : { kind: 'any', of: kinds }
    }
    return within === undefined
      ? unreadable(
          `the condition "${name.slice(0, 80)}"`,
          `It is no type of OncoTree ${vocabulary.tree.version}: compare it with the diagnosis by hand.`,
        )
      : { kind: 'diagnosis', name, in: within }
  })
  return [of.length === 1 ? of[0]! : { kind: 'any', of }]
}

function nameOf(code: string, { tree }: ClinicalVocabulary): string {
  return tree.types.get(code)?.name ?? code
}

/** Names for half of the tree. */
function broadly(name: string): 'solid' | undefined {
  return /^(?:(?:advanced|metastatic|refractory|adult|unspecified|malignant)\s+)*solid\s+(?:tumou?rs?|cancers?|malignanc(?:y|ies)|neoplasms?)$/i.test(
    name.trim(),
  )
    ? 'solid'
    : undefined
}
