import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toyCalls, toyGene } from '../../../test/support/toy-gene.ts'
import { compileGene } from './gene-table.ts'
import { matchDiplotypes } from './match-diplotypes.ts'
import { sampleGene } from './sample-gene.ts'

const GENE = toyGene({ '*2': { 1: 'G' }, '*3': { 2: 'G' }, '*4': { 1: 'G', 2: 'G' }, '*5': { 3: 'G' } }, 3)

/** Diplotypes with scores, "*1/*2=4". */
function match(calls: string, gene = GENE): string[] {
  const table = compileGene(gene)
  return matchDiplotypes(table, sampleGene(table, toyCalls(calls), false)).map(({ a, b, score }) => {
    const names = [a, b].flatMap((index) => (index === undefined ? [] : [table.alleles[index]!.name]))
    return `${names.join('/')}=${score}`
  })
}

test('two variants without phase fit on one strand or on two; more defining positions win', () => {
  assert.deepEqual(match('1:A/G 2:A/G 3:A/A'), ['*1/*4=5', '*2/*3=2'])
})

test('phase decides between them', () => {
  assert.deepEqual(match('1:A|G 2:A|G 3:A|A'), ['*1/*4=5'])
  assert.deepEqual(match('1:A|G 2:G|A 3:A|A'), ['*2/*3=2'])
})

test('phase holds within a phase set only', () => {
  assert.deepEqual(match('1:A|G@7 2:A|G@7 3:A/A'), ['*1/*4=5'])
  assert.deepEqual(match('1:A|G@7 2:A|G@9 3:A/A'), ['*1/*4=5', '*2/*3=2'])
})

test('a homozygous variant is on both strands', () => {
  assert.deepEqual(match('1:G/G 2:A/A 3:A/A'), ['*2/*2=2'])
  assert.deepEqual(match('1:G/G 2:A/G 3:A/A'), ['*2/*4=3'])
})

test('an unseen position is dropped from every allele, never taken for reference', () => {
  assert.deepEqual(match('1:A/G 3:A/A'), ['*1/*2=3', '*1/*4=3'])
})

test('an allele of which nothing was seen is neither confirmed nor called', () => {
  assert.deepEqual(match('1:A/A 2:A/A'), ['*1/*1=4'])
})

test('a base that no definition knows leaves nothing that fits', () => {
  assert.deepEqual(match('1:A/C 2:A/A 3:A/A'), [])
})

test('half a call leaves nothing that fits', () => {
  assert.deepEqual(match('1:G/. 2:A/A 3:A/A'), [])
})

test('one X chromosome gives one allele', () => {
  assert.deepEqual(match('1:G 2:A 3:A'), ['*2=1'])
})

test('an IUPAC cell fits either base and counts only where the strand carries the variant', () => {
  const gene = toyGene({ '*2': { 1: 'G', 2: 'R' } }, 2)
  assert.deepEqual(match('1:A|G 2:A|A', gene), ['*1/*2=3'])
  assert.deepEqual(match('1:A|G 2:A|G', gene), ['*1/*2=4'])
})

test('whatever two alleles lie on the strands, phased, they are among what fits', () => {
  const table = compileGene(GENE)
  const index = fc.integer({ min: 0, max: table.alleles.length - 1 })
  fc.assert(
    fc.property(index, index, (i, j) => {
      const base = (allele: number, locus: number) =>
        (table.alleles[allele]!.accepts[locus]! & 1) === 1 ? 'A' : 'G'
      const calls = [0, 1, 2].map((locus) => `${locus + 1}:${base(i, locus)}|${base(j, locus)}`).join(' ')
      const names = [table.alleles[i]!.name, table.alleles[j]!.name].sort().join('/')
      return match(calls).some((one) => one.split('=')[0] === names)
    }),
  )
})
