import type { Facts } from '../../knowledge/facts.ts'
import { ontology } from '../../knowledge/hpo/ontology.ts'
import { type Language, vocabulary } from '../../knowledge/hpo/vocabulary.ts'
import type { Dictionary } from './resolve-term.ts'
import { WordIndex } from './word-index.ts'

/**
 * What words are looked up in: the language asked for, then English. A language that the packs do not have is left out.
 * Each index is made once for the facts in force.
 */
export function dictionaryOf(facts: Facts, language: Language): Dictionary {
  const wanted: readonly Language[] = language === 'en' ? ['en'] : [language, 'en']
  return {
    ontology: ontology(facts),
    indexes: wanted.flatMap((one) => {
      const words = vocabulary(facts, one)
      if (words === undefined) return []
      return [{ language: one, index: facts.derived(`hpo-words/${one}`, () => new WordIndex(words)) }]
    }),
  }
}
