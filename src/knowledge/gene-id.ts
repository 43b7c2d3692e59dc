import type { Facts } from './facts.ts'
import { readTable } from './table.ts'

const GENE_ID_PACK = 'hgnc'

/** HGNC ids by gene symbol, "CYP2C19" -> "HGNC:2621". */
export function geneIds(facts: Facts): ReadonlyMap<string, string> {
  return facts.derived(GENE_ID_PACK, () => {
    const pack = facts.pack(GENE_ID_PACK)
    const rows = readTable(pack.text('genes.tsv'), ['symbol', 'hgnc_id'], `${pack.folder}/genes.tsv`)
    return new Map(rows.map((row) => [row.symbol, row.hgnc_id]))
  })
}

/** Gene symbols by HGNC id, "HGNC:2621" -> "CYP2C19". */
export function geneSymbols(facts: Facts): ReadonlyMap<string, string> {
  return facts.derived(
    `${GENE_ID_PACK} symbols`,
    () => new Map([...geneIds(facts)].map(([symbol, id]) => [id, symbol])),
  )
}
