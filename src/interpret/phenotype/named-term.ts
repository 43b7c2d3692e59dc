import type { Ontology } from '../../knowledge/hpo/ontology.ts'
import type { NamedTerm } from '../finding/phenotype.ts'

export function named(ontology: Ontology, term: number): NamedTerm {
  return { id: ontology.ids[term]!, name: ontology.names[term]! }
}
