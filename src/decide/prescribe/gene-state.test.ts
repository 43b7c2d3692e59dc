import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calledGene, pgxFinding } from '../../../test/support/pgx-finding.ts'
import type { MissingPosition } from '../../interpret/finding.ts'
import { isCalled, missingPositions, whyUnknown } from './gene-state.ts'

const missing = (rsid: string, ...alleles: string[]): MissingPosition => ({
  locus: `chr1:${rsid.slice(2)}`,
  rsid,
  because: { kind: 'not-in-file', locus: `chr1:${rsid.slice(2)}` },
  alleles,
})
const low: MissingPosition = {
  ...missing('rs9'),
  because: { kind: 'low-depth', locus: 'chr1:9', reads: 3, atLeast: 10 },
}

for (const [what, finding, words] of [
  ['no finding', undefined, 'G: not tested'],
  ['an outside gene', pgxFinding('G', { positions: { defined: 0, seen: 0 } }), 'G: not tested'],
  [
    'nothing seen, one reason',
    pgxFinding('G', { positions: { defined: 2, seen: 0 }, missing: [missing('rs1'), missing('rs2')] }),
    'G: none of its 2 positions is known (each not in the file)',
  ],
  [
    'nothing seen, one position',
    pgxFinding('G', { positions: { defined: 1, seen: 0 }, missing: [missing('rs1')] }),
    'G: its position is not known (rs1 not in the file)',
  ],
  [
    'some seen',
    pgxFinding('G', { positions: { defined: 3, seen: 1 }, missing: [missing('rs1'), low] }),
    'G: rs1 not in the file; rs9 read too thinly: 3 reads, at least 10 wanted',
  ],
  [
    'many missing',
    pgxFinding('G', {
      positions: { defined: 9, seen: 4 },
      missing: ['rs1', 'rs2', 'rs3', 'rs4', 'rs5'].map((one) => missing(one)),
    }),
    'G: rs1 not in the file; rs2 not in the file; rs3 not in the file; and 2 more positions',
  ],
  [
    'all seen, no pair fits',
    pgxFinding('G', { positions: { defined: 3, seen: 3 } }),
    'G: the genotype fits no known pair of alleles',
  ],
  [
    'a half call beside positions that are missing',
    pgxFinding('G', {
      positions: { defined: 3, seen: 2 },
      missing: [missing('rs1')],
      doubts: ['only one allele was read at chr1:2'],
    }),
    'G: only one allele was read at chr1:2',
  ],
  [
    'a laboratory without a result',
    pgxFinding('G', { positions: { defined: 0, seen: 0 }, doubts: ['the laboratory reported no call'] }),
    'G: the laboratory reported no call',
  ],
] as const) {
  test(`why unknown: ${what}`, () => {
    assert.equal(whyUnknown('G', finding), words)
  })
}

test('missing positions of some alleles only', () => {
  const finding = pgxFinding('G', { missing: [missing('rs1', '*2'), missing('rs2', '*3')] })
  assert.equal(missingPositions(finding, ['*3']), ' (rs2 not in the file)')
  assert.equal(missingPositions(finding, ['*4']), '')
  assert.equal(missingPositions(undefined), '')
})

test('a gene is called by a diplotype or a marker', () => {
  assert.ok(isCalled(calledGene('G', '*1/*1', 'NM')))
  assert.ok(isCalled(pgxFinding('G', { markers: ['*57:01 negative'] })))
  assert.ok(!isCalled(pgxFinding('G')))
  assert.ok(!isCalled(undefined))
})
