import { Fault } from '../../../terms/fault.ts'
import { clean, table } from './ontology-tables.ts'

/** The columns of phenotype.hpoa, in the spelling of 2023 and of 2024 onwards. */
const COLUMNS = [
  ['database_id', 'databaseid'],
  ['disease_name', 'diseasename'],
  ['qualifier'],
  ['hpo_id'],
  ['reference'],
  ['evidence'],
  ['onset'],
  ['frequency'],
  ['sex'],
  ['aspect'],
] as const

/** A gene that a release links to a disease. */
export interface GeneLink {
  readonly symbol: string
  readonly ncbiGene: string
  readonly disease: string
}

/** The files of an "hpo-annotations" pack, and the version that the release prints. */
interface AnnotationTables {
  readonly version: string | undefined
  readonly diseases: number
  readonly annotations: number
  readonly files: Map<string, string>
}

/**
 * Reads phenotype.hpoa (HPO project, "HPO annotation format") into our own tables. annotations.tsv has one row per disease,
 * reference and evidence code; its entries are "[!]0001250[=frequency][@onset][+sex]", "!" for NOT, in the order of the
 * term ids. Throws HPOA_COLUMN_MISSING, HPOA_ROW_MALFORMED.
 */
export function annotationTables(text: string, genes: readonly GeneLink[], where: string): AnnotationTables {
  const names = new Map<string, string>()
  const groups = new Map<string, string[]>()
  let places: readonly number[] | undefined
  let version: string | undefined
  let annotations = 0
  let number = 0
  for (const raw of text.split('\n')) {
    number++
    const line = raw.replace(/\r$/, '')
    if (line === '') continue
    const comment = line.startsWith('#')
    if (comment) version ??= /^#(?:date|version):\s*(\d{4}-\d{2}-\d{2})/.exec(line)?.[1]
    const cells = line.split('\t')
    if (places === undefined) {
      if (cells.length > 5) places = placesOf(cells, `${where}:${number}`)
      continue
    }
    if (comment) continue
    const [disease, name, qualifier, term, reference, evidence, onset, frequency, sex, aspect] = places.map(
      (place) => cells[place] ?? '',
    ) as [string, string, string, string, string, string, string, string, string, string]
    if (!/^HP:\d{7}$/.test(term) || !/^[A-Za-z]+:\S+$/.test(disease)) {
      throw new Fault(
        'HPOA_ROW_MALFORMED',
        `${where}:${number}`,
        'the row does not name a disease and an HPO term',
        'Give phenotype.hpoa as the HPO project publishes it.',
      )
    }
    annotations++
    if (!names.has(disease)) names.set(disease, clean(name))
    const key = [disease, clean(reference).replaceAll(' ', ''), evidence, aspect].join('\t')
    const entries = groups.get(key) ?? []
    groups.set(key, entries)
    entries.push(entryOf(term, qualifier, frequency, onset, sex))
  }
  if (places === undefined) throw noColumns(where)
  const linked = new Map<string, string[]>()
  for (const { symbol, ncbiGene, disease } of genes) {
    const own = linked.get(disease) ?? []
    linked.set(disease, own)
    own.push(`${symbol}=${ncbiGene}`)
  }
  return {
    version,
    diseases: names.size,
    annotations,
    files: new Map([
      [
        'diseases.tsv',
        table(
          'disease\tname\tgenes',
          [...names].map(([id, name]) => {
            const own = [...new Set(linked.get(id) ?? [])].sort()
            return `${id}\t${name}\t${own.join('|')}`
          }),
        ),
      ],
      [
        'annotations.tsv',
        table(
          'disease\treference\tevidence\taspect\tentries',
          [...groups].map(([key, entries]) => `${key}\t${[...new Set(entries)].sort(byTerm).join(' ')}`),
        ),
      ],
    ]),
  }
}

function placesOf(cells: readonly string[], where: string): readonly number[] {
  const header = cells.map((one) => one.replace(/^#/, '').trim().toLowerCase())
  return COLUMNS.map((spellings) => {
    const place = header.findIndex((one) => (spellings as readonly string[]).includes(one))
    if (place < 0) throw noColumns(where, spellings[0])
    return place
  })
}

function noColumns(where: string, column?: string): Fault {
  return new Fault(
    'HPOA_COLUMN_MISSING',
    where,
    column === undefined ? 'there is no header line' : `there is no column "${column}"`,
    'Give phenotype.hpoa as the HPO project publishes it.',
  )
}

function entryOf(term: string, qualifier: string, frequency: string, onset: string, sex: string): string {
  const often = frequency.startsWith('HP:') ? frequency.slice(3) : frequency.replaceAll(' ', '')
  const side = /^(fe)?male$/i.test(sex) ? sex.slice(0, 1).toUpperCase() : ''
  return [
    qualifier.toUpperCase() === 'NOT' ? '!' : '',
    term.slice(3),
    often === '' ? '' : `=${often}`,
    onset.startsWith('HP:') ? `@${onset.slice(3)}` : '',
    side === '' ? '' : `+${side}`,
  ].join('')
}

function byTerm(a: string, b: string): number {
  const [x, y] = [a.replace('!', ''), b.replace('!', '')]
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0
}
