import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { Facts } from '../../../knowledge/facts.ts'
import { scoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorAssay, TumorProfile } from '../../../record/tumor-profile.ts'
import { cellFractionOf, inheritedFraction, somaticFraction } from './expected-fraction.ts'
import { variantOrigins } from './variant-origin.ts'

const facts = scoreFacts(Facts.find([fileURLToPath(new URL('../../../../facts', import.meta.url))]))
const ALONE: TumorAssay = { name: 'panel', design: 'tumour-only' }
const variant = (given: Partial<SomaticVariant> = {}): SomaticVariant => ({
  gene: 'BRCA1',
  assembly: 'GRCh38',
  place: { chromosome: '17', position: 43_000_000, ref: 'C', alt: 'T' },
  hgvsP: undefined,
  consequences: ['stop_gained'],
  exon: undefined,
  ...given,
})
const origin = (
  given: Partial<SomaticVariant>,
  copies: { purity?: number; total?: number; minor?: number; assay?: TumorAssay } = {},
) => {
  const { purity, total, minor, assay = ALONE } = copies
  const profile: TumorProfile = {
    sample: undefined,
    variants: [variant(given)],
    copyNumbers: [],
    fusions: [],
    covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
    assay,
    ...(purity === undefined ? {} : { purity }),
    ...(total === undefined
      ? {}
      : { segments: [{ chromosome: '17', start: 1, end: 83_000_000, total, minor }] }),
  }
  return variantOrigins(profile, facts)[0]!
}
const reads = (fraction: number, depth = 500) => ({ tumor: { fraction, depth } })

// By hand: p m / (p N + 2 (1 - p)); inherited adds one copy of every normal cell.
for (const [purity, total, copies, somatic, inherited] of [
  [1, 2, 1, 0.5, 0.5],
  [0.6, 2, 1, 0.3, 0.5],
  [0.6, 1, 1, 0.6 / 1.4, 1 / 1.4],
  [0.6, 1, 0, 0, 0.4 / 1.4],
  [0.5, 4, 3, 1.5 / 3, 2 / 3],
] as const)
  test(`expected fraction at purity ${purity}, ${copies} of ${total} copies`, () => {
    const locus = { purity, total, minor: undefined }
    assert.ok(Math.abs(somaticFraction(locus, copies) - somatic) < 1e-12)
    assert.ok(Math.abs(inheritedFraction(locus, copies) - inherited) < 1e-12)
  })

for (const [name, fraction, copies, state] of [
  ['half of the reads in a diploid tumour of 40 %', 0.5, { purity: 0.4, total: 2, minor: 1 }, 'germline'],
  ['a fifth of the reads there is a clonal mutation', 0.2, { purity: 0.4, total: 2, minor: 1 }, 'somatic'],
  ['two thirds where the other copy is lost', 0.71, { purity: 0.6, total: 1, minor: 0 }, 'germline'],
  ['half of the reads in a pure diploid tumour', 0.5, { purity: 0.97, total: 2, minor: 1 }, 'either'],
  ['a twentieth of the reads', 0.05, { purity: 0.6, total: 2, minor: 1 }, 'somatic'],
] as const)
  test(`${name}: ${state}`, () => assert.equal(origin(reads(fraction), copies).state, state))

test('without purity the origin is unknown, says so, and is still followed up by gene and fraction', () => {
  const found = origin(reads(0.5))
  assert.equal(found.state, 'unknown')
  assert.deepEqual(found.missing, ['purity: the share of cells of the specimen that are tumour'])
  assert.equal(found.confirm, true)
})

test('without copies at the place the origin is unknown', () => {
  assert.deepEqual(origin(reads(0.5), { purity: 0.5 }).missing, ['copies of the place in the tumour'])
})

for (const [name, given, confirm] of [
  ['BRCA1 at half', reads(0.5), true],
  ['BRCA1 at 29 %', reads(0.29), false],
  ['BRCA1 at 30 %', reads(0.3), true],
  [
    'a deletion at 20 %',
    { ...reads(0.2), place: { chromosome: '17', position: 4, ref: 'CA', alt: 'C' } },
    true,
  ],
  ['a substitution at 20 %', reads(0.2), false],
  ['no reads told', {}, true],
  ['KRAS is no such gene', { gene: 'KRAS', ...reads(0.5) }, false],
  ['the laboratory says somatic', { origin: 'somatic', ...reads(0.5) }, false],
  ['the laboratory says inherited', { origin: 'germline', ...reads(0.1) }, true],
  ['the laboratory says benign', { called: 'harmless', ...reads(0.5) }, false],
  [
    'common in populations',
    {
      ...reads(0.5),
      annotation: { population: { frequency: 0.02, absent: false, populations: true, source: 'test' } },
    },
    false,
  ],
] as const satisfies readonly (readonly [string, Partial<SomaticVariant>, boolean])[])
  test(`test of blood for ${name}: ${confirm}`, () => assert.equal(origin(given).confirm, confirm))

for (const [name, copies, reason] of [
  ['no copies left', { purity: 1, total: 0, minor: 0 }, /without copies/],
  ['an amplification', { purity: 0.5, total: 1_000_000, minor: 1 }, /at 1000000/],
] as const)
  test(`not weighed: ${name}`, () => {
    const found = origin(reads(0.5), copies)
    assert.equal(found.state, 'unknown')
    assert.match(found.missing.join(), reason)
  })

test('copies between whole numbers are rounded, and the rarer allele stays the rarer', () => {
  assert.equal(origin(reads(0.5), { purity: 0.4, total: 1.9, minor: 1.2 }).state, 'germline')
})

test('a matched normal answers it', () => {
  const found = origin(reads(0.5), { assay: { ...ALONE, design: 'tumour-normal' } })
  assert.equal(found.state, 'somatic')
  assert.equal(found.confirm, false)
})

test('a call that the normal sample carries too is inherited, and followed up', () => {
  const assay: TumorAssay = { ...ALONE, design: 'tumour-normal' }
  const found = origin({ ...reads(0.6), normal: { fraction: 0.48, depth: 60 } }, { assay })
  assert.equal(found.state, 'germline')
  assert.equal(found.confirm, true)
  assert.equal(origin({ ...reads(0.6), normal: { fraction: 0.02, depth: 60 } }, { assay }).state, 'somatic')
  assert.equal(origin({ ...reads(0.6), normal: { fraction: 0.5, depth: 4 } }, { assay }).state, 'somatic')
})

test('only changes of proteins are looked at', () => {
  const profile = {
    sample: undefined,
    variants: [variant(), variant({ consequences: ['synonymous_variant'] })],
    copyNumbers: [],
    fusions: [],
    covered: { variants: undefined, copyNumbers: undefined, fusions: undefined },
  }
  assert.equal(variantOrigins(profile, facts).length, 1)
})

test('a clonal mutation lies in every cell, a subclonal one in fewer, and too few reads do not tell', () => {
  const paired: TumorAssay = { name: 'exome', design: 'tumour-normal' }
  const cells = (fraction: number, depth: number) =>
    origin(reads(fraction, depth), { purity: 0.6, total: 2, minor: 1, assay: paired }).cellFraction!
  assert.equal(cells(0.3, 500).clonal, true)
  assert.equal(cells(0.1, 500).clonal, false)
  assert.ok(Math.abs(cells(0.1, 500).value - 1 / 3) < 1e-9)
  assert.equal(cells(0.3, 8).clonal, undefined)
})

test('a mutation on both copies of a doubled allele has multiplicity 2', () => {
  const paired: TumorAssay = { name: 'exome', design: 'tumour-normal' }
  const found = origin(reads(0.6, 1000), { purity: 0.6, total: 2, minor: 0, assay: paired }).cellFraction!
  assert.equal(found.multiplicity, 2)
  assert.equal(found.clonal, true)
})

test('the share of cells is what the expected fraction was made from', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 8 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (purity, total, copies, cells) => {
        const locus = { purity, total, minor: undefined }
        const fraction = somaticFraction(locus, copies, cells)
        assert.ok(Math.abs(cellFractionOf(locus, fraction, copies) - cells) < 1e-9)
        const inherited = inheritedFraction(locus, Math.min(copies, total))
        assert.ok(inherited > 0 && inherited <= 1)
      },
    ),
  )
})
