import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { misnamedGenes } from './gene-suggestions.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const said = (...genes: string[]) =>
  misnamedGenes({ variants: new Set(genes), copyNumbers: 'all', fusions: undefined }, facts)

test('a slip of the pen is told with the gene that it looks like, those of cancer first', () => {
  assert.match(said('BRFA').join(), /^--genes: "BRFA" is no gene symbol that is known here \(BRAF/)
  assert.match(said('PIK3AC').join(), /\(PIK3CA/)
  assert.match(said('kras').join(), /KRAS/)
  assert.match(said('QQQQQQQQ').join(), /known here: nothing else counts/)
})

test('another name of a gene is told with its symbol', () => {
  assert.match(said('LFS1').join(), /another name of TP53\. Write TP53/)
})

test('symbols of today and of before are not remarked on', () => {
  assert.deepEqual(said('BRAF', 'KMT2D', 'MLL2', 'H3F3A', 'NKX2-1'), [])
})
