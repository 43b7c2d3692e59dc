// Makes the table of facts/trial-genes from NCBI's Homo_sapiens.gene_info: symbols of protein-coding genes and the other names
// that mean one gene alone. The groups of the pack are written by hand and stay. Run with Node 24:
// node scripts/making/trial-genes.ts Homo_sapiens.gene_info facts/trial-genes/VERSION
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [path, folder] = process.argv.slice(2)
if (path === undefined || folder === undefined) throw new Error('name gene_info and the folder of the pack')

/** Names that look like names of genes: a digit in them, or four capitals. */
const USABLE = /^(?=.*\d|[A-Z-]{4,})[A-Za-z][A-Za-z0-9-]{2,11}$/
const genes: { symbol: string; id: string; names: string[] }[] = []
for (const line of readFileSync(path, 'utf8').split('\n')) {
  const [taxon, id, symbol, , synonyms, , , , , type] = line.split('\t')
  if (taxon !== '9606' || type !== 'protein-coding') continue
  const names = synonyms === '-' ? [] : synonyms!.split('|').filter((one) => USABLE.test(one))
  genes.push({ symbol: symbol!, id: id!, names })
}
const plain = (name: string) => name.toUpperCase().replaceAll('-', '')
const owners = new Map<string, Set<string>>()
for (const { symbol, names } of genes)
  for (const name of [symbol, ...names])
    owners.set(plain(name), (owners.get(plain(name)) ?? new Set()).add(symbol))
const rows = genes
  .sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
  .map(({ symbol, id, names }) => {
    const own = [...new Set(names)].filter(
      (one) => plain(one) !== plain(symbol) && owners.get(plain(one))!.size === 1,
    )
    return [symbol, id, own.sort().join('|')].join('\t')
  })
writeFileSync(join(folder, 'genes.tsv'), ['symbol\tncbi_gene\tnames', ...rows, ''].join('\n'))
process.stdout.write(`${rows.length} genes\n`)
