import type { DiagnosisCodes } from '../../../knowledge/tumor/diagnosis-codes.ts'
import { tumourTypeOf } from '../../../knowledge/tumor/tumour-code.ts'
import { type Criterion, unreadable } from '../criterion.ts'
import { type ClinicalVocabulary, diagnosisWithin } from '../ctml/clinical-leaf.ts'
import { codings, type Element } from './element.ts'

const NO_CODES: DiagnosisCodes = { tables: [], mapped: () => undefined }

/** Whether a concept names a tumour, and not a drug under study. */
export function isTumour(concept: Element, { tree, codes = NO_CODES }: ClinicalVocabulary): boolean {
  return tumourTypeOf(codings(concept), tree, codes) !== undefined
}

/** A condition as a criterion; one that is no tumour type is unreadable. */
export function conditionCriterion(
  concept: unknown,
  { tree, groups, codes = NO_CODES }: ClinicalVocabulary,
): Criterion {
  const all = codings(concept)
  const type = tumourTypeOf(all, tree, codes)
  if (type !== undefined) return { kind: 'diagnosis', name: type.name, in: { code: type.code } }
  for (const { display } of all) {
    const within = display === undefined ? undefined : diagnosisWithin(display, tree, groups)
    if (within !== undefined) return { kind: 'diagnosis', name: display!, in: within }
  }
  const said = all.map(({ code, display }) => display ?? code).find((one) => one !== undefined)
  return unreadable(
    said === undefined
      ? 'a condition without a code or a name'
      : `the condition "${said}" is no type of OncoTree`,
    'Find out whether the diagnosis is one that the study takes.',
  )
}
