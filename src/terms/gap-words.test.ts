import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Gap } from './answer.ts'
import { gapWords } from './gap-words.ts'

const locus = 'chr10:94942290'

for (const [gap, words] of [
  [{ kind: 'not-in-file', locus }, 'not in the file'],
  [{ kind: 'low-depth', locus, reads: 1, atLeast: 10 }, 'read too thinly: 1 read, at least 10 wanted'],
  [{ kind: 'low-depth', locus, reads: 0, atLeast: 10 }, 'read too thinly: 0 reads, at least 10 wanted'],
  [{ kind: 'half-call', locus, genotype: '0/.' }, 'only one of two alleles was called (0/.)'],
  [
    { kind: 'records-contradict', locus, genotypes: ['0/0', '0/1'] },
    'records of the file contradict each other (0/0 and 0/1)',
  ],
  [
    { kind: 'reference-mismatch', locus, found: 'A', expected: 'C' },
    "the file's reference base is A, the definition expects C",
  ],
] as const satisfies readonly (readonly [Gap, string])[]) {
  test(`${gap.kind}: ${words}`, () => assert.equal(gapWords(gap), words))
}
