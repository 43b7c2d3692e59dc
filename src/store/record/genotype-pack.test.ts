import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { LocusCall } from '../../record/genotype.ts'
import type { Gap } from '../../terms/answer.ts'
import { type Packed, packGenotypes, unpackGenotypes } from './genotype-pack.ts'

const bases = fc.stringMatching(/^([ACGT]{1,4}|\.)$/)
const whole = fc.integer({ min: 0, max: 10_000 })
const locus = fc.tuple(fc.integer({ min: 1, max: 22 }), whole).map(([c, p]) => `chr${c}:${p}`)
const call: fc.Arbitrary<LocusCall> = fc.record(
  {
    locus,
    alleles: fc.oneof(fc.tuple(bases), fc.tuple(bases, bases)) as fc.Arbitrary<LocusCall['alleles']>,
    phased: fc.boolean(),
    phaseSet: fc.option(fc.stringMatching(/^\d{1,6}$/), { nil: undefined }),
    evidence: fc.constantFrom('variant-record', 'reference-block', 'array-genotype'),
    depth: whole,
    quality: fc.float({ min: 0, max: 100, noNaN: true }).map((value) => (value === 0 ? 0 : value)),
  },
  { requiredKeys: ['locus', 'alleles', 'phased', 'phaseSet', 'evidence'], noNullPrototype: true },
)
const gap: fc.Arbitrary<Gap> = fc.oneof(
  locus.map((at): Gap => ({ kind: 'not-in-file', locus: at })),
  fc.tuple(locus, whole).map(([at, reads]): Gap => ({ kind: 'low-depth', locus: at, reads, atLeast: 10 })),
)

test('what is unpacked is what was packed, to the absent field', () => {
  const set = fc.record(
    { calls: fc.array(call), gaps: fc.array(gap), notes: fc.array(fc.string()) },
    { noNullPrototype: true },
  ) as fc.Arbitrary<Packed>
  fc.assert(fc.property(set, (one) => assert.deepStrictEqual(unpackGenotypes(packGenotypes(one)), one)))
})

test('a panel of 1,000 loci is small', () => {
  const calls = Array.from(
    { length: 1000 },
    (_, i): LocusCall => ({
      locus: `chr${1 + (i % 22)}:${94_000_000 + i * 37}`,
      alleles: i % 9 === 0 ? ['A', 'G'] : ['C', 'C'],
      phased: false,
      phaseSet: undefined,
      evidence: 'variant-record',
      depth: 20 + ((i * 7919) % 31),
      quality: (i * 104_729) % 100,
    }),
  )
  assert.ok(packGenotypes({ calls, gaps: [], notes: [] }).length < 10_000)
})

test('a layout that is not known is refused, not misread', () => {
  const packed = packGenotypes({ calls: [], gaps: [], notes: [] })
  packed[0] = 2
  assert.throws(() => unpackGenotypes(packed), /layout 2/)
})
