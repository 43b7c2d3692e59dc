import type { Facts } from '../../knowledge/facts.ts'
import { diseaseAnnotations } from '../../knowledge/hpo/annotations.ts'
import { candidateOdds } from '../../knowledge/hpo/candidate-odds.ts'
import { type Neighbours, neighboursOf } from '../../knowledge/hpo/neighbours.ts'
import { type Ontology, ontology } from '../../knowledge/hpo/ontology.ts'
import { vocabulary } from '../../knowledge/hpo/vocabulary.ts'
import { type Catalogue, makeCatalogue } from './catalogue.ts'
import { DiseaseWords } from './disease-words.ts'
import type { Library } from './evidence.ts'
import { kindredOf } from './kindred.ts'
import { relativesOf } from './relatives.ts'

export function openLibrary(facts: Facts): Library {
  return facts.derived('phenotype-library', () => {
    const terms = ontology(facts)
    const catalogue = makeCatalogue(terms, diseaseAnnotations(facts))
    return libraryOf(facts, catalogue, neighboursOf(facts))
  })
}

/** With neighbours that are not (yet) those of the pack in force. */
export function libraryOf(facts: Facts, catalogue: Catalogue, neighbours: Neighbours): Library {
  const terms = ontology(facts)
  const kindred = kindredOf(catalogue.profiles)
  const words = new DiseaseWords(catalogue.profiles, vocabulary(facts, 'en')!.names, terms.size)
  return {
    ontology: terms,
    catalogue,
    kindred,
    relatives: relativesOf(catalogue.profiles, kindred, words, neighbours),
    words,
    odds: candidateOdds(facts),
    downward: parentsFirst(terms),
    xLinkedRecessive: terms.numberOf('HP:0001419'),
  }
}

/** is_a has no circles in a release; a circle in a damaged one ends the walk all the same. */
function parentsFirst(terms: Ontology): Int32Array {
  const order: number[] = []
  const met = new Uint8Array(terms.size)
  const visit = (term: number): void => {
    if (met[term] === 1) return
    met[term] = 1
    for (const parent of terms.parents[term]!) visit(parent)
    order.push(term)
  }
  for (let term = 0; term < terms.size; term++) visit(term)
  return Int32Array.from(order)
}
