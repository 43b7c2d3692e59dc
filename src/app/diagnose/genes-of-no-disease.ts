import type { Facts } from '../../knowledge/facts.ts'
import { diseaseAnnotations } from '../../knowledge/hpo/annotations.ts'
import { nearest } from '../option-fault.ts'

/** What is to be said of candidate genes that no disease of the catalogue has: they change nothing, misspelt or not. */
export function genesOfNoDisease(facts: Facts, symbols: readonly string[]): readonly string[] {
  const known = new Set(
    diseaseAnnotations(facts).diseases.flatMap(({ genes }) => genes.map(({ symbol }) => symbol)),
  )
  return symbols
    .filter((one) => !known.has(one))
    .map((one) => {
      const near = nearest(one, [...known])
      const meant = near === undefined ? '' : ` Did you mean ${near}?`
      return `no disease of the catalogue has the gene "${one}": it changes nothing.${meant}`
    })
}
