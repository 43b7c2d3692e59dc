import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toyCalls } from '../../../test/support/toy-gene.ts'
import type { GenotypeSet } from '../../record/genotype.ts'
import { mergeGenotypes } from './merge-genotypes.ts'

function file(calls: string, gaps: readonly string[] = []): GenotypeSet {
  return {
    sample: 'S',
    source: { name: 'a.vcf', format: 'vcf', sha256: undefined },
    assembly: 'GRCh38',
    calls: [...toyCalls(calls).values()],
    gaps: gaps.map((locus) => ({ kind: 'not-in-file' as const, locus })),
    notes: [],
  }
}

test('a position that one file lacks is filled by the other', () => {
  const merged = mergeGenotypes([file('1:A/G', ['chr1:2']), file('2:G/G', ['chr1:1'])])
  assert.deepEqual([...merged.calls.keys()], ['chr1:1', 'chr1:2'])
  assert.equal(merged.gaps.size, 0)
})

test('files that contradict each other leave the position unknown, and that is said', () => {
  const merged = mergeGenotypes([file('1:A/G'), file('1:A/A')])
  assert.equal(merged.calls.size, 0)
  assert.deepEqual(merged.gaps.get('chr1:1'), {
    kind: 'files-contradict',
    locus: 'chr1:1',
    genotypes: ['A/G', 'A/A'],
  })
})

test('the order of the alleles is no contradiction', () => {
  assert.equal(mergeGenotypes([file('1:A/G'), file('1:G/A')]).calls.size, 1)
})

test('phase does not hold across files', () => {
  const merged = mergeGenotypes([file('1:A|G'), file('2:A|G')])
  assert.deepEqual(
    [...merged.calls.values()].map((call) => call.phaseSet),
    ['0:', '1:'],
  )
})
