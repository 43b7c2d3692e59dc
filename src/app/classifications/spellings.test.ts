import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VariantName } from '../../record/variant-calls.ts'
import { SequencesInMemory } from '../../variant/sequence.ts'
import { spellingsOf } from './spellings.ts'

//             1234567890123
const BASES = 'GATCACACAGTNN'
const known = [
  { assembly: 'GRCh38', chromosome: '1', refseq: 'NC_000001.11', length: BASES.length, refget: 'SQ.x' },
] as const
const sequences = new SequencesInMemory('small', new Map([['1', BASES]]), known)
const variant = (position: number, ref: string, alt: string, assembly: VariantName['assembly'] = 'GRCh38') =>
  ({ assembly, chromosome: 'chr1', position, ref, alt }) as const
const told = (one: VariantName) => {
  const { names, lacks } = spellingsOf(one, sequences)
  const all = names.map(({ position, ref, alt }) => `${position} ${ref} ${alt}`)
  return lacks === undefined ? all : [...all, lacks]
}

test('a deletion in a repeat has a spelling after each base before it, and before each base after it', () => {
  // CACACACA at 4 to 9 loses two bases: at 4, 5, 6, 7 and 8.
  const all = ['3 TCA T', '4 CAC C', '5 ACA A', '6 CAC C', '7 ACA A', '8 CAG G']
  assert.deepEqual(told(variant(3, 'TCA', 'T')), all)
  assert.deepEqual(told(variant(7, 'ACA', 'A')), all)
  assert.deepEqual(told(variant(7, 'ACAGT', 'AGT')), all)
})

test('an insertion turns with its place', () => {
  assert.deepEqual(told(variant(3, 'T', 'TCA')), [
    ...['3 T TCA', '4 C CAC', '5 A ACA', '6 C CAC', '7 A ACA'],
    ...['8 C CAC', '9 A ACA', '10 G CAG'],
  ])
})

test('before the first base there is none: the base after it stands for it', () => {
  assert.deepEqual(told(variant(1, 'GA', 'A')), ['1 GA A'])
})

test('a substitution has one spelling, without bases that both sides share', () => {
  assert.deepEqual(told(variant(3, 'TCA', 'TGA')), ['4 C G'])
  assert.deepEqual(told(variant(3, 'TCA', 'TG')), ['4 CA G'])
})

test('what is not known is told, and the spelling given is kept', () => {
  assert.deepEqual(told(variant(3, 'TCA', 'T', 'GRCh37')), ['3 TCA T', 'no-reference'])
  assert.deepEqual(told(variant(3, 'T', 'G', 'GRCh37')), ['3 T G'])
  assert.deepEqual(told(variant(3, 'GCA', 'G')), ['3 GCA G', 'other-bases'])
  assert.deepEqual(told(variant(11, 'T', 'TT')), ['11 T TT', 'repeat'])
})
