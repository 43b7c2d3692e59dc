import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import type { OutsideCall } from '../../record/genotype.ts'
import { openPgx } from './pgx.ts'

const room = openPgx(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]), 'ALL')

/** Findings of one gene from outside rows "diplotype \t phenotype \t activity score". */
function read(gene: string, ...rows: string[]) {
  const outsideCalls = rows.map((row, i): OutsideCall => {
    const [diplotype, phenotype, activityScore] = row
      .split('\t')
      .map((cell) => (cell === '' ? undefined : cell))
    return {
      gene,
      diplotype,
      phenotype,
      activityScore,
      source: { name: 'calls.tsv', format: 'outside-calls', sha256: undefined },
      line: i + 1,
    }
  })
  return room.findings({ genotypes: [], outsideCalls }).find((finding) => finding.gene === gene)!
}

for (const [gene, row, phenotypes, scores] of [
  ['CYP2D6', '*1/*4', ['Intermediate Metabolizer'], ['1.0']],
  ['CYP2D6', '*1/*4.001', ['Intermediate Metabolizer'], ['1.0']],
  ['CYP2D6', '*1/*1x2', ['Ultrarapid Metabolizer'], ['3.0']],
  ['CYP2D6', '*1/*1x7', ['Ultrarapid Metabolizer'], ['≥4.0']],
  ['CYP2D6', '*13 + *1/*36 + *10x2', ['Normal Metabolizer'], ['1.5']],
  ['CYP2D6', '*1/*1\tPM\t≥4.0', ['Poor Metabolizer'], ['≥4.0']],
  ['CYP2D6', '\t\t1', ['Intermediate Metabolizer'], ['1.0']],
  ['CYP2D6', '\tIM', ['Intermediate Metabolizer'], []],
  ['CYP2C19', '*2/*2', ['Poor Metabolizer'], []],
  ['G6PD', 'B (wildtype)/B (wildtype)', ['n/a'], []],
  ['NAT2', './.', [], []],
  ['MT-RNR1', '1555A>G', ['increased risk of aminoglycoside-induced hearing loss'], []],
  ['DPYD', 'Reference/c.1905+1G>A (*2A)', ['Intermediate Metabolizer'], ['1.0']],
  ['DPYD', '[c.85T>C (*9A) + c.1905+1G>A (*2A)]/c.2846A>T', ['Poor Metabolizer'], ['0.5']],
  ['CYP4F2', '*1/*3', [], []],
] as const) {
  test(`${gene} ${row.replaceAll('\t', ' | ')} is ${phenotypes.join() || 'without phenotype'}`, () => {
    const finding = read(gene, row)
    assert.deepEqual(finding.phenotypes, phenotypes)
    assert.deepEqual(finding.activityScores, scores)
  })
}

test('a phenotype alone is looked up under every activity score it covers', () => {
  assert.deepEqual(
    read('CYP2D6', '\tIntermediate Metabolizer').lookup.map((one) => one.lookupKey),
    ['0.25', '0.5', '0.75', '1.0'],
  )
})

test('two HLA-B alleles tell which risk alleles are present and which absent', () => {
  assert.deepEqual(read('HLA-B', '*57:01:01/*58:01').markers, [
    '*15:02 negative',
    '*57:01 positive',
    '*58:01 positive',
  ])
})

test('one HLA-B allele says nothing of the other chromosome, so nothing is called absent', () => {
  const finding = read('HLA-B', '*15:02')
  assert.deepEqual(finding.markers, ['*15:02 positive'])
  assert.match(finding.why.join(' '), /nothing is called absent/)
})

test('an HLA result may be sent as presence or absence', () => {
  assert.deepEqual(read('HLA-A', '\t*31:01 positive').markers, ['*31:01 positive'])
})

test('a laboratory phenotype that its own diplotype contradicts is used, and the conflict is said', () => {
  assert.match(read('CYP2C19', '*1/*1\tPoor Metabolizer').why.join(' '), /would be Normal Metabolizer/)
})

test('two calls of one gene are alternatives', () => {
  const finding = read('CYP2D6', '*1/*1', '*1/*1x7')
  assert.deepEqual(finding.phenotypes, ['Normal Metabolizer', 'Ultrarapid Metabolizer'])
  assert.equal(finding.phenotypeCertain, false)
})

test('a gene of which nothing was sent says so', () => {
  const finding = read('CYP2D6')
  assert.equal(finding.from, 'none')
  assert.deepEqual(finding.diplotypes, [])
  assert.match(finding.why.join(' '), /CYP2D6/)
})
