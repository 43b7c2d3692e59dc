import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import type { Seen } from './evidence.ts'
import { ofOtherSex } from './sex-terms.ts'

/** Terms of one person as they were sent. */
export interface GivenTerms {
  readonly observed: readonly string[]
  readonly excluded: readonly string[]
}

interface PersonTerms {
  readonly observed: readonly number[]
  readonly excluded: readonly number[]
  readonly remarks: readonly { readonly term: string; readonly code: string; readonly what: string }[]
}

/**
 * Term numbers of what was sent, each once. Set aside, with a remark: ids HPO does not have, obsolete ids without successor,
 * terms that are no phenotypic abnormality (modes of inheritance, onset, modifiers), and every excluded term that an observed
 * one contradicts: whoever has "Focal seizure" cannot be without "Seizure". A feature of the other sex is used and told.
 */
export function personTerms(ontology: Ontology, given: GivenTerms, sex: Seen['sex']): PersonTerms {
  const remarks: { term: string; code: string; what: string }[] = []
  const abnormality = ontology.numberOf('HP:0000118')
  const read = (ids: readonly string[]): readonly number[] => {
    const found = new Set<number>()
    for (const id of ids) {
      const state = ontology.stateOf(id)
      if (state.kind === 'unknown') {
        const what = /^HP:/.test(id)
          ? 'HPO has no such id in the release in use'
          : 'this is no HPO term, and features are compared by HPO terms'
        remarks.push({ term: id, code: 'TERM_UNKNOWN', what })
      } else if (state.kind === 'obsolete') {
        remarks.push({
          term: id,
          code: 'TERM_OBSOLETE',
          what: `"${state.name}" is obsolete, and HPO names no successor`,
        })
      } else if (abnormality !== undefined && !ontology.isUnder(state.term, abnormality)) {
        const what = `"${ontology.names[state.term]!}" is no phenotypic abnormality and is not compared`
        remarks.push({ term: id, code: 'TERM_NOT_A_FINDING', what })
      } else {
        if (state.kind === 'replaced') {
          const what = `read as ${ontology.ids[state.term]!} "${ontology.names[state.term]!}", which took its place`
          remarks.push({ term: id, code: 'TERM_REPLACED', what })
        }
        found.add(state.term)
      }
    }
    return [...found].sort((a, b) => a - b)
  }
  const observed = read(given.observed)
  for (const one of observed)
    if (ofOtherSex(ontology, one, sex)) {
      const what = `"${ontology.names[one]!}" does not go with the sex that is stated, ${sex}: it is used; look which is right`
      remarks.push({ term: ontology.ids[one]!, code: 'TERM_OF_OTHER_SEX', what })
    }
  const excluded = read(given.excluded).filter((one) => {
    const against = observed.find((seen) => ontology.isUnder(seen, one))
    if (against === undefined) return true
    remarks.push({
      term: ontology.ids[one]!,
      code: 'TERM_CONTRADICTED',
      what: `"${ontology.names[one]!}" is excluded but "${ontology.names[against]!}" was observed; the exclusion is not used`,
    })
    return false
  })
  return { observed, excluded, remarks }
}
