import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { cellsOf, ONTOLOGY_PACK, type Ontology, ontology } from './ontology.ts'

const LABEL_PACK = 'hpo-labels'
/** Words of clinics and families that HPO does not have. */
const EVERYDAY_PACK = 'hpo-everyday'

/** Two-letter codes of the languages HPO terms are named in. */
export type Language = 'en' | 'de' | 'es' | 'fr' | 'it' | 'ja' | 'nl' | 'pt' | 'zh'
export const LANGUAGES: readonly Language[] = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']

/** Words that stand for a term. */
export interface TermName {
  readonly term: number
  readonly text: string
  readonly kind: 'name' | 'exact' | 'layperson' | 'broad' | 'narrow' | 'related'
  /** A machine translation nobody reviewed. */
  readonly unreviewed: boolean
}

export interface Vocabulary {
  readonly language: Language
  readonly names: readonly TermName[]
  readonly ref: PackRef
}

/** The names of one language that the installed packs have; undefined where the pack of labels does not have the language. */
export function vocabulary(facts: Facts, language: Language): Vocabulary | undefined {
  return facts.derived(`${LABEL_PACK}/${language}`, () => {
    const terms = ontology(facts)
    if (language === 'en') return english(facts, terms)
    if (facts.head(LABEL_PACK) === undefined) return undefined
    const pack = facts.pack(LABEL_PACK)
    const file = `${language}.tsv`
    if (!pack.fileNames.includes(file)) return undefined
    const names: TermName[] = []
    for (const [id, text, status] of cellsOf(pack.text(file))) {
      const term = terms.numberOf(id!)
      if (term !== undefined)
        names.push({ term, text: text!, kind: 'name', unreviewed: status !== 'official' })
    }
    names.push(...everyday(facts, terms, language))
    return { language, names, ref: pack.ref }
  })
}

const KINDS: ReadonlySet<string> = new Set(['exact', 'layperson', 'broad', 'narrow', 'related'])

function english(facts: Facts, terms: Ontology): Vocabulary {
  const pack = facts.pack(ONTOLOGY_PACK)
  const names: TermName[] = terms.names.map((text, term) => ({ term, text, kind: 'name', unreviewed: false }))
  for (const [id, text, scope] of cellsOf(pack.text('synonyms.tsv'))) {
    const state = terms.stateOf(id!)
    if (state.kind !== 'in-force' && state.kind !== 'replaced') continue
    const kind = KINDS.has(scope!) ? (scope as TermName['kind']) : 'related'
    names.push({ term: state.term, text: text!, kind, unreviewed: false })
  }
  names.push(...everyday(facts, terms, 'en'))
  return { language: 'en', names, ref: pack.ref }
}

/** Our own list; none where the pack is not installed. */
function everyday(facts: Facts, terms: Ontology, language: Language): readonly TermName[] {
  if (facts.head(EVERYDAY_PACK) === undefined) return []
  return [...cellsOf(facts.pack(EVERYDAY_PACK).text('words.tsv'))].flatMap(
    ([id, its, scope, text]): readonly TermName[] => {
      const term = its === language ? terms.numberOf(id!) : undefined
      const kind = KINDS.has(scope!) ? (scope as TermName['kind']) : 'related'
      return term === undefined ? [] : [{ term, text: text!, kind, unreviewed: false }]
    },
  )
}
