// Makes facts/gene-ways from a table of genes and their HPO terms (ncbi_gene_id, symbol, hpo_ids joined by "|"), as HPO's
// genes_to_phenotype.txt grouped by gene. Run with Node 24: node scripts/making/gene-ways.ts TABLE facts/gene-ways/VERSION
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WAYS } from '../../src/knowledge/hpo/inheritance-way.ts'

const [path, folder] = process.argv.slice(2)
if (path === undefined || folder === undefined) throw new Error('name the table and the folder of the pack')

const rows = readFileSync(path, 'utf8')
  .split('\n')
  .slice(1)
  .flatMap((line) => {
    const [, symbol, terms = ''] = line.split('\t')
    const ways = terms.split('|').flatMap((term) => WAYS[term.replace('HP:', '')] ?? [])
    return symbol === undefined || ways.length === 0
      ? []
      : [`${symbol}\t${[...new Set(ways)].sort().join(',')}`]
  })
  .sort()
writeFileSync(join(folder, 'ways.tsv'), ['gene\tways', ...rows, ''].join('\n'))
process.stdout.write(`${rows.length} genes\n`)
