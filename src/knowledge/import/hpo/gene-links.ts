import { readTable } from '../../table.ts'
import type { GeneLink } from './annotation-tables.ts'

/** genes_to_disease.txt (2023 onwards): gene, kind of association, disease, source. */
export function readGenesToDisease(text: string, where: string): readonly GeneLink[] {
  return readTable(text, ['ncbi_gene_id', 'gene_symbol', 'disease_id'], where).map((one) => ({
    symbol: one.gene_symbol,
    ncbiGene: one.ncbi_gene_id.replace(/^NCBIGene:/, ''),
    disease: one.disease_id,
  }))
}

/** genes_to_phenotype.txt: one line per gene, term and disease; in use where genes_to_disease.txt is not given. */
export function readGenesToPhenotype(text: string, where: string): readonly GeneLink[] {
  const links = new Map<string, GeneLink>()
  for (const one of readTable(text, ['ncbi_gene_id', 'gene_symbol', 'disease_id'], where)) {
    const link = {
      symbol: one.gene_symbol,
      ncbiGene: one.ncbi_gene_id.replace(/^NCBIGene:/, ''),
      disease: one.disease_id,
    }
    links.set(`${link.symbol}\t${link.disease}`, link)
  }
  return [...links.values()]
}
