/** The door of the phenotype room. */
export { dictionaryOf } from './dictionary.ts'
export {
  type Dictionary,
  resolveTerm,
  suggestTerms,
  type TermDoubt,
  type TermMatch,
  type TermResolution,
} from './resolve-term.ts'
