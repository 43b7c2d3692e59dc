import { ELEMENT_COLUMNS, type ElementRow, shortUrl, writeElement } from '../../fhir/element.ts'
import type { Expander } from './codes.ts'
import { profileTable, type Table, type TypeRows, typeTable } from './elements.ts'
import type { StructureDefinition } from './structure-definition.ts'

const CONSTRAINT_COLUMNS = ['owner', 'key', 'severity', 'expression', 'human']
const PROFILE_COLUMNS = ['id', 'url', 'version', 'type', 'base', 'abstract', 'contexts', 'title']

/** Tables of types: "types.tsv" and "constraints.tsv". Definitions come with what they specialise before them. */
export function typeFiles(definitions: readonly StructureDefinition[]): {
  files: Map<string, string>
  types: TypeRows
} {
  const made = new Map<string, { table: Table; base: string | undefined }>()
  const types: TypeRows = (name) => {
    const one = made.get(name)
    return one === undefined ? undefined : { rows: one.table.rows, base: one.base }
  }
  for (const definition of definitions) {
    const base = definition.baseDefinition?.split('/').at(-1)
    made.set(definition.type, { table: typeTable(definition, types), base })
  }
  const tables = [...made].map(([name, { table }]) => [name, table] as const)
  return {
    files: new Map([
      ['types.tsv', elementLines(tables)],
      ['constraints.tsv', constraintLines(tables)],
    ]),
    types,
  }
}

/** Tables of profiles: "profiles.tsv", "profile-elements.tsv" and "profile-constraints.tsv". */
export function profileFiles(
  definitions: readonly StructureDefinition[],
  types: TypeRows,
): Map<string, string> {
  const sorted = [...definitions].sort((a, b) => (a.id < b.id ? -1 : 1))
  const tables = sorted.map((one) => [one.id, profileTable(one, types)] as const)
  const heads = sorted.map((one) => [
    one.id,
    shortUrl(one.url),
    one.version ?? '',
    one.type,
    shortUrl(one.baseDefinition ?? ''),
    one.abstract ? 'yes' : '',
    (one.context ?? []).map(({ type, expression }) => `${type} ${expression}`).join('|'),
    one.title ?? one.name,
  ])
  return new Map([
    ['profiles.tsv', lines(PROFILE_COLUMNS, heads)],
    ['profile-elements.tsv', elementLines(tables)],
    ['profile-constraints.tsv', constraintLines(tables)],
  ])
}

/** "value-sets.tsv": the codes of these sets; one that cannot be listed at all is left out. */
export function valueSetFile(urls: Iterable<string>, expander: Expander): [string, string] {
  const rows: string[][] = []
  for (const url of [...new Set(urls)].sort()) {
    for (const [system, codes] of expander.codes(url) ?? []) {
      if (codes !== 'any' && [...codes].some((code) => code.includes('|') || code.includes('\t')))
        throw new Error(`a code of ${url} holds the mark that divides codes`)
      const list = codes === 'any' ? '*' : [...codes].join('|')
      rows.push([shortUrl(url, 'http://hl7.org/fhir/ValueSet/'), system, list])
    }
  }
  return ['value-sets.tsv', lines(['url', 'system', 'codes'], rows)]
}

/** Value sets that the elements of a table are bound to, and the outermost ones. */
export function boundSets(text: string): string[] {
  const urls: string[] = []
  for (const line of text.split('\n').slice(1)) {
    const [, set, , outermost] = line.split('\t')[ELEMENT_COLUMNS.indexOf('binding')]?.split(' ') ?? []
    const long = (url: string) => (url.includes(':') ? url : `http://hl7.org/fhir/ValueSet/${url}`)
    if (set !== undefined) urls.push(long(set))
    if (outermost !== undefined) urls.push(long(outermost))
  }
  return urls
}

function elementLines(tables: readonly (readonly [string, Table])[]): string {
  const rows = tables.flatMap(([owner, { rows }]) => rows.map((row: ElementRow) => writeElement(owner, row)))
  return `${[ELEMENT_COLUMNS.join('\t'), ...rows].join('\n')}\n`
}

function constraintLines(tables: readonly (readonly [string, Table])[]): string {
  return lines(
    CONSTRAINT_COLUMNS,
    tables.flatMap(([owner, { constraints }]) => constraints.map((one) => [owner, ...one])),
  )
}

function lines(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[columns, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')).join('\t')).join('\n')}\n`
}
