import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Facts } from './facts.ts'
import { geneIds } from './gene-id.ts'
import { geneRules } from './pgx/gene-rule.ts'

const facts = Facts.find([join(import.meta.dirname, '..', '..', 'facts')])

test('every gene that Garrod calls has an HGNC id, each its own', () => {
  const ids = geneIds(facts)
  for (const gene of geneRules(facts).keys()) assert.match(ids.get(gene) ?? gene, /^HGNC:\d+$/)
  assert.equal(new Set(ids.values()).size, ids.size)
})

test('DPYD is HGNC:3012, not its NCBI Gene id 1806', () => {
  assert.equal(geneIds(facts).get('DPYD'), 'HGNC:3012')
})
