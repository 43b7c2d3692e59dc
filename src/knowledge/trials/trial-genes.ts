import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Names of genes as trials write them. */
export interface GeneNames {
  /** Symbols by symbol or other name, in capitals and without hyphens. */
  readonly symbols: ReadonlyMap<string, string>
  /** What a group's name stands for, by name in lower case: "brca", "dna damage repair". */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Names, in capitals, that are ordinary words, laboratory tests or diseases too: "MET", "ALL", "CRP". */
  readonly ordinary: ReadonlySet<string>
}

export function geneNames(facts: Facts): GeneNames {
  return facts.derived('trial-genes', () => {
    const pack = facts.pack('trial-genes')
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const symbols = new Map<string, string>()
    const genes = rows('genes.tsv', ['symbol', 'names'])
    for (const { symbol, names } of genes)
      for (const name of names.split('|')) if (name !== '') symbols.set(geneKey(name), symbol)
    // A symbol in force means its gene, whatever else was once called so.
    for (const { symbol } of genes) symbols.set(geneKey(symbol), symbol)
    return {
      symbols,
      groups: new Map(
        rows('groups.tsv', ['name', 'genes']).map((row) => [row.name.toLowerCase(), row.genes.split(' ')]),
      ),
      ordinary: new Set(rows('ordinary.tsv', ['name']).map(({ name }) => name)),
    }
  })
}

/** "c-Met" and "CMET" are one name. */
export function geneKey(name: string): string {
  return name.toUpperCase().replaceAll('-', '')
}
