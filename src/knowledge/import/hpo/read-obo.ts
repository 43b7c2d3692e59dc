import { Fault } from '../../../terms/fault.ts'
import type { ReleasedOntology, ReleasedSynonym, ReleasedTerm } from './ontology-tables.ts'

const SCOPES: Readonly<Record<string, ReleasedSynonym['scope']>> = {
  EXACT: 'exact',
  BROAD: 'broad',
  NARROW: 'narrow',
  RELATED: 'related',
}

/**
 * Reads hp.obo (OBO 1.2 and 1.4, the tags HPO uses). Terms of other ontologies that the file quotes are left out.
 * Throws HPO_VERSION_MISSING when the header names no release, HPO_EMPTY.
 */
export function readObo(text: string, where: string): ReleasedOntology {
  const terms: ReleasedTerm[] = []
  const synonyms: ReleasedSynonym[] = []
  const altIds: { alt: string; id: string }[] = []
  const [header = '', ...stanzas] = text.replaceAll('\r', '').split('\n[')
  const version = /^data-version:.*?(\d{4}-\d{2}-\d{2})/m.exec(header)?.[1]
  if (version === undefined) throw noVersion(where, 'the header has no data-version with a date')
  for (const stanza of stanzas) {
    if (!stanza.startsWith('Term]')) continue
    const tags = stanza.split('\n').map(tagOf)
    const values = (tag: string) => tags.flatMap((one) => (one.tag === tag ? [one.value] : []))
    const [id] = values('id')
    if (id === undefined || !/^HP:\d{7}$/.test(id)) continue
    terms.push({
      id,
      name: values('name')[0] ?? '',
      parents: values('is_a').map((one) => one.split(/\s/)[0]!),
      obsolete: values('is_obsolete')[0] === 'true',
      replacedBy: values('replaced_by')[0],
    })
    for (const alt of values('alt_id')) altIds.push({ alt, id })
    for (const one of values('synonym')) {
      const found = /^"((?:[^"\\]|\\.)*)"\s+(EXACT|BROAD|NARROW|RELATED)\s*(\S*)/.exec(one)
      if (found === null) continue
      const scope = found[3] === 'layperson' ? 'layperson' : SCOPES[found[2]!]!
      synonyms.push({ id, text: found[1]!.replace(/\\(.)/g, '$1'), scope })
    }
  }
  if (terms.length === 0) throw noTerms(where)
  return { version, terms, synonyms, altIds }
}

/** "is_a: HP:0000118 ! Phenotypic abnormality" is the tag and its value without the comment. */
function tagOf(line: string): { readonly tag: string; readonly value: string } {
  const colon = line.indexOf(': ')
  if (colon < 0) return { tag: '', value: '' }
  const value = line.slice(colon + 2)
  return { tag: line.slice(0, colon), value: value.startsWith('"') ? value : value.split(' ! ')[0]!.trim() }
}

export function noVersion(where: string, what: string): Fault {
  return new Fault(
    'HPO_VERSION_MISSING',
    where,
    what,
    'Give hp.obo or hp.json as the HPO project publishes it.',
  )
}

export function noTerms(where: string): Fault {
  return new Fault(
    'HPO_EMPTY',
    where,
    'no HPO term is in the file',
    'Give hp.obo or hp.json as the HPO project publishes it.',
  )
}
