import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../../test/trials/matchminer-run.ts'
import { geneNames } from '../../../knowledge/trials/trial-genes.ts'
import { geneMentions } from './gene-mention.ts'

const names = geneNames(builtInFacts())
const genes = (text: string) => geneMentions(text, names).flatMap((one) => one.genes)

test('symbols, other names, and names written together', () => {
  assert.deepEqual(genes('mutations in CHK2, c-MET, PD-L1 expression'), ['CHEK2', 'MET', 'CD274'])
  assert.deepEqual(genes('Inactivation of CDKN2A/B or C'), ['CDKN2A', 'CDKN2B', 'CDKN2C'])
  assert.deepEqual(genes('IDH1/2 mutation; AKT1, 2 or 3 mutation'), ['IDH1', 'IDH2', 'AKT1', 'AKT2', 'AKT3'])
  assert.deepEqual(genes('KRASG12C mutation'), ['KRAS'])
})

test('groups stand for their genes', () => {
  assert.deepEqual(genes('a BRCA or ATM gene defect'), ['BRCA1', 'BRCA2', 'ATM'])
  assert.ok(genes('DNA damage repair gene alterations').includes('PALB2'))
  assert.deepEqual(genes('RAS mutation'), ['HRAS', 'KRAS', 'NRAS'])
})

test('words, tests and diseases that are spelled as genes count only beside a change', () => {
  assert.deepEqual(genes('ALL patients with CRP elevation and a negative CAT scan MET the criteria'), [])
  assert.deepEqual(genes('MET amplification'), ['MET'])
  assert.deepEqual(genes('mutation in KIT'), ['KIT'])
  assert.deepEqual(genes('eGFR below 30 with negative test'), [])
})

test('what a drug aims at, and enzymes that break drugs down, are no criteria', () => {
  assert.deepEqual(genes('Prior PARP inhibitor or EGFR TKI, mutation positive'), [])
  assert.deepEqual(genes('anti-CTLA-4 or anti-PD-L1 antibody, negative test'), [])
  assert.deepEqual(genes('strong CYP3A4 inhibitors; variant positive'), [])
})

test('without a word of genetics nothing is a gene', () => {
  assert.deepEqual(genes('ATM and BRCA1 are on the menu'), [])
})
