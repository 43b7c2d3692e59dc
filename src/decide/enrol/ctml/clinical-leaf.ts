import type { ConditionTypes } from '../../../knowledge/tumor/condition-types.ts'
import type { DiagnosisCodes } from '../../../knowledge/tumor/diagnosis-codes.ts'
import type { DiagnosisGroups } from '../../../knowledge/tumor/diagnosis-groups.ts'
import type { OncoTree } from '../../../knowledge/tumor/oncotree.ts'
import { readBound } from '../comparison.ts'
import { type Criterion, type DiagnosisLeaf, unreadable } from '../criterion.ts'
import type { ReadItem } from '../draft/reading.ts'
import type { Entry } from './document.ts'
import { keyOf, RECEPTORS, withoutNegation } from './vocabulary.ts'

/** What the words of a clinical criterion are looked up in. */
export interface ClinicalVocabulary {
  readonly tree: OncoTree
  /** Names that OncoTree had before the releases of the pack. */
  readonly groups: DiagnosisGroups
  /** Codes of other classifications, for what is not written in names. */
  readonly codes?: DiagnosisCodes
  /** Reads free text; without one every criterion of a registry stays unread. */
  readonly readItem?: ReadItem
  /** Tumour types of conditions as registries write them. */
  readonly conditionTypes?: ConditionTypes
}

/** Every key of a clinical leaf is a criterion of its own; all must hold. */
export function clinicalCriterion(leaf: Entry, vocabulary: ClinicalVocabulary): Criterion {
  const parts = Object.entries(leaf).map(([key, value]) => {
    const [bare, negate] = withoutNegation(value)
    const part = clinicalPart(keyOf(key), bare, vocabulary)
    return negate ? ({ kind: 'not', of: part } as const) : part
  })
  if (parts.length === 0) return unreadable('a clinical criterion without content', 'Name what is asked.')
  return { kind: 'all', of: parts }
}

function clinicalPart(key: string, value: unknown, vocabulary: ClinicalVocabulary): Criterion {
  switch (key) {
    case 'age_numerical':
    case 'tmb_numerical': {
      const bound = typeof value === 'string' ? readBound(value) : undefined
      if (bound === undefined) return unreadable(`${key} "${String(value)}" is no bound`, 'Write ">=18".')
      const { comparison, number } = bound
      return key === 'age_numerical'
        ? { kind: 'age', comparison, years: number }
        : { kind: 'burden', comparison, perMegabase: number }
    }
    case 'gender': {
      const sex = typeof value === 'string' ? value.toLowerCase() : ''
      return sex === 'female' || sex === 'male'
        ? { kind: 'sex', sex }
        : unreadable(`gender "${String(value)}"`, 'Write Male or Female; leave it out for both.')
    }
    case 'oncotree_primary_diagnosis':
      return diagnosisOf(value, vocabulary)
    case 'disease_status': {
      const values = (Array.isArray(value) ? value : [value]).filter(
        (one): one is string => typeof one === 'string',
      )
      return values.length === 0
        ? unreadable('a disease status that is no word', 'Write Metastatic, Untreated ….')
        : { kind: 'marker', marker: 'disease-status', values: values.map((one) => one.toLowerCase()) }
    }
    default:
      return receptorOf(key, value)
  }
}

function receptorOf(key: string, value: unknown): Criterion {
  const marker = RECEPTORS.get(key)
  if (marker === undefined) return unreadable(`the field "${key}" is not known`, 'See "garrod trials check".')
  const word = typeof value === 'string' ? value.toLowerCase() : ''
  if (word === 'unknown') return { kind: 'anything', about: marker }
  if (word !== 'positive' && word !== 'negative')
    return unreadable(`${key} "${String(value)}"`, 'Write Positive, Negative, or Unknown where any will do.')
  return { kind: 'marker', marker, values: [word] }
}

function diagnosisOf(value: unknown, { tree, groups }: ClinicalVocabulary): Criterion {
  const name = typeof value === 'string' ? value : ''
  const within = diagnosisWithin(name, tree, groups)
  return within === undefined
    ? unreadable(
        `the diagnosis "${String(value)}" is not in OncoTree ${tree.version}`,
        'See "garrod trials check".',
      )
    : { kind: 'diagnosis', name, in: within }
}

/** What a trial's word for a diagnosis stands for; undefined when nobody knows it. */
export function diagnosisWithin(
  name: string,
  tree: OncoTree,
  groups: DiagnosisGroups,
): DiagnosisLeaf['in'] | undefined {
  if (name === '_SOLID_') return 'solid'
  if (name === '_LIQUID_') return 'liquid'
  const type = tree.find(name)
  if (type !== undefined) return { code: type.code }
  const names = groups.get(name)
  return names === undefined ? undefined : { names }
}
