import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { acmgCombining } from '../../../src/knowledge/acmg/combining.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { needs } from '../../support/shared-data.ts'
import { readTsv } from '../pgx/tsv.ts'
import { agreement, crossValidated, disagreements, EREPO, panelRows, ways } from './erepo.ts'
import { COMPOUND, familyOf, TRIO, WRONG_CHILD } from './family.ts'

const rules = acmgCombining(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))

test('classes of expert panels from their criteria', { skip: needs(EREPO) }, () => {
  const rows = panelRows()
  const found = agreement(rows, ways(rules).panel)
  assert.ok(found.five / found.rows >= 0.984, `5 classes: ${found.five} of ${found.rows}`)
  assert.ok(found.three / found.rows >= 0.989, `3 classes: ${found.three} of ${found.rows}`)
  assert.equal(found.opposite, 0)
  const honest = crossValidated(rows, rules)
  assert.equal(honest.rows, rows.length)
  assert.ok(honest.five / honest.rows >= 0.98, `5 classes, held out: ${honest.five}`)
  const reasons = new Set(
    readTsv(fileURLToPath(new URL('differences.tsv', import.meta.url))).map((row) => row['allele']),
  )
  for (const { row } of disagreements(rows, rules)) assert.ok(reasons.has(row.alleleId), row.variation)
})

test('a trio: relationships agree with the pedigree, and nothing is new that a parent carries', {
  skip: needs(TRIO),
}, async () => {
  const { family, people, contradicted } = await familyOf(TRIO)
  assert.deepEqual(
    family.kinships.map(({ is, agrees }) => [is, agrees]),
    [
      ['first-degree', true],
      ['first-degree', true],
      ['unrelated', true],
    ],
  )
  assert.equal(contradicted, false)
  assert.ok(people[0]!.findings.length > 0)
})

test('a father and son who change places are told', { skip: needs(TRIO) }, async () => {
  const { contradicted, notes } = await familyOf(TRIO, WRONG_CHILD)
  assert.equal(contradicted, true)
  assert.match(notes.join(' '), /HG003 and HG004 are parent and child by the pedigree and unrelated/)
})

test('pairs of variants that slivar expects are among ours', { skip: needs(COMPOUND) }, async () => {
  const { people } = await familyOf(COMPOUND)
  const genes = new Set(
    people[0]!.findings
      .filter(({ inheritance }) => inheritance.some(({ mode }) => mode === 'compound-heterozygous'))
      .map(({ variant }) => variant.gene),
  )
  for (const gene of ['geneA', 'geneC', 'geneE', 'geneF']) assert.ok(genes.has(gene), gene)
  assert.ok(!genes.has('geneD'), 'both variants from one parent')
})
