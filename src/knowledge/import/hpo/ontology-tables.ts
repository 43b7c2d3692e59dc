/** One HPO term as a release has it. */
export interface ReleasedTerm {
  /** "HP:0001250". */
  readonly id: string
  readonly name: string
  /** is_a, by id. */
  readonly parents: readonly string[]
  readonly obsolete: boolean
  readonly replacedBy: string | undefined
}

/** Another name of a term; "layperson" where the release marks it as plain language. */
export interface ReleasedSynonym {
  readonly id: string
  readonly text: string
  readonly scope: 'exact' | 'broad' | 'narrow' | 'related' | 'layperson'
}

/** What a pack keeps of the ontology: identifiers, names and relations; no definitions. */
export interface ReleasedOntology {
  /** "2025-01-16". */
  readonly version: string
  readonly terms: readonly ReleasedTerm[]
  readonly synonyms: readonly ReleasedSynonym[]
  /** Merged ids and the id that is in force. */
  readonly altIds: readonly { readonly alt: string; readonly id: string }[]
}

/** The files of an "hpo" pack, sorted by id so that the next release is compared line by line. */
export function ontologyTables({ terms, synonyms, altIds }: ReleasedOntology): Map<string, string> {
  const known = new Map(terms.map((one) => [one.id, one.name.toLowerCase()]))
  const named = synonyms.filter((one) => known.has(one.id) && known.get(one.id) !== one.text.toLowerCase())
  return new Map([
    [
      'terms.tsv',
      table(
        'id\tname\tparents\tobsolete\treplaced_by',
        terms.map((one) =>
          [
            one.id,
            clean(one.name),
            one.parents.join('|'),
            one.obsolete ? '1' : '',
            one.replacedBy ?? '',
          ].join('\t'),
        ),
      ),
    ],
    [
      'synonyms.tsv',
      table(
        'id\tsynonym\tscope',
        named.map((one) => [one.id, clean(one.text), one.scope].join('\t')),
      ),
    ],
    [
      'alt-ids.tsv',
      table(
        'alt_id\tid',
        altIds.filter((one) => known.has(one.id)).map((one) => `${one.alt}\t${one.id}`),
      ),
    ],
  ])
}

/** One line of a table holds one value: tabs and line ends inside a name become a space. */
export function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

export function table(header: string, rows: readonly string[]): string {
  return `${[header, ...[...new Set(rows)].sort()].join('\n')}\n`
}
