import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with former symbols of genes. */
const GENE_NAMES_PACK = 'gene-names'

/** The symbol of today for one that a report uses: "H3F3A" is "H3-3A"; one that is not listed is kept. Throws FACTS_*. */
export function currentSymbol(facts: Facts): (symbol: string) => string {
  return facts.derived(GENE_NAMES_PACK, () => {
    const pack = facts.pack(GENE_NAMES_PACK)
    const rows = readTable(pack.text('former.tsv'), ['former', 'symbol'], `${pack.folder}/former.tsv`)
    const today = new Map(rows.map(({ former, symbol }) => [former, symbol]))
    return (symbol) => today.get(symbol) ?? symbol
  })
}
