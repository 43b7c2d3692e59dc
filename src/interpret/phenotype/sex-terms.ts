import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import type { Seen } from './evidence.ts'

/** Terms that, with all below them, are about organs or functions of one sex. */
const OF_ONE_SEX = {
  female: ['HP:0010460', 'HP:0000140', 'HP:0008209', 'HP:0008222', 'HP:0000868', 'HP:0100607'],
  male: ['HP:0010461', 'HP:0012874', 'HP:0003251', 'HP:0012041'],
} as const

/**
 * Whether a term is about organs or functions that a person of this sex does not have. Of a sex that is not known, or is
 * neither, nothing is.
 */
export function ofOtherSex(ontology: Ontology, term: number, sex: Seen['sex']): boolean {
  if (sex !== 'female' && sex !== 'male') return false
  const under = (ids: readonly string[]) =>
    ids.some((id) => {
      const root = ontology.numberOf(id)
      return root !== undefined && (root === term || ontology.isUnder(term, root))
    })
  return under(OF_ONE_SEX[sex === 'female' ? 'male' : 'female']) && !under(OF_ONE_SEX[sex])
}
