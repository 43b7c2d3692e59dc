import { featuresOfDocument } from '../../intake/phenopacket/read-features.ts'
import { dictionaryOf, resolveTerm } from '../../interpret/phenotype/phenotype.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Language } from '../../knowledge/hpo/vocabulary.ts'
import { Fault } from '../../terms/fault.ts'
import { packetTerms } from './packet-terms.ts'

/** What a command asks about one person. */
export interface AskedPerson {
  readonly id: string
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  readonly observed: readonly string[]
  readonly excluded: readonly string[]
  /** How words were read, and what is doubtful in it. */
  readonly notes: readonly { readonly code: string; readonly what: string }[]
}

const SEX = { FEMALE: 'female', MALE: 'male', OTHER_SEX: 'other', UNKNOWN_SEX: 'unknown' } as const

/**
 * The people of a phenopacket, family, cohort or list, each to be read by itself. Diagnoses, diseases and interpretations are
 * not looked at.
 */
export function peopleOfDocument(facts: Facts, text: string, name: string): readonly (() => AskedPerson)[] {
  return featuresOfDocument(text, name).map((read) => () => {
    const { id, sex, features, unused } = read()
    const { observed, excluded, notes } = packetTerms(facts, features)
    return { id, sex: SEX[sex], observed, excluded, notes: [...unused, ...notes] }
  })
}

/**
 * Words or ids of a command line. Throws HPO_TERM_UNKNOWN, HPO_TERM_AMBIGUOUS with suggestions: a term that is guessed would
 * rank the wrong diseases.
 */
export function personOfWords(
  facts: Facts,
  given: {
    readonly observed: readonly string[]
    readonly excluded: readonly string[]
    readonly sex: string | undefined
  },
  language: Language,
): AskedPerson {
  const notes: { code: string; what: string }[] = []
  const dictionary = dictionaryOf(facts, language)
  const read = (text: string): string => {
    const found = resolveTerm(dictionary, text)
    if (found.kind === 'term') {
      const { match } = found
      if (match.doubts.length > 0) {
        const code = `TERM_${match.doubts[0]!.toUpperCase().replaceAll('-', '_')}`
        notes.push({
          code,
          what: `"${text}" is read as ${match.id} ${match.name} (${match.doubts.join(', ')})`,
        })
      }
      return match.id
    }
    const near = found.kind === 'several' ? found.matches : found.near
    const offered = near.map((one) => `${one.id} ${one.name}`).join('; ')
    throw found.kind === 'several'
      ? new Fault(
          'HPO_TERM_AMBIGUOUS',
          text,
          'several HPO terms have this name',
          `Name one by its id: ${offered}.`,
        )
      : new Fault(
          'HPO_TERM_UNKNOWN',
          text,
          found.why === 'obsolete'
            ? 'the term is obsolete, and HPO names no successor'
            : 'no HPO term is found for it',
          offered === '' ? 'Use an HPO id or another word.' : `Near it: ${offered}.`,
        )
  }
  const sex = given.sex ?? 'unknown'
  if (sex !== 'female' && sex !== 'male' && sex !== 'other' && sex !== 'unknown')
    throw new Fault('USAGE_SEX', '--sex', `"${sex}" is not a sex`, 'Give female, male, other or unknown.')
  return {
    id: 'command line',
    sex,
    observed: given.observed.map(read),
    excluded: given.excluded.map(read),
    notes,
  }
}
