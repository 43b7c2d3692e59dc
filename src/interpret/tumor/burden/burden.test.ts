import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { Facts } from '../../../knowledge/facts.ts'
import { scoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorAssay, TumorProfile } from '../../../record/tumor-profile.ts'
import { type BurdenOptions, mutationalBurden } from './burden.ts'
import { mutationEvents } from './events.ts'

const facts = scoreFacts(Facts.find([fileURLToPath(new URL('../../../../facts', import.meta.url))]))
const PAIRED: TumorAssay = { name: 'exome', design: 'tumour-normal', codingMegabases: 30 }
const at = (position: number, given: Partial<SomaticVariant> = {}): SomaticVariant => ({
  gene: 'G',
  assembly: 'GRCh38',
  place: { chromosome: '1', position, ref: 'C', alt: 'T' },
  hgvsP: undefined,
  consequences: ['missense_variant'],
  exon: undefined,
  ...given,
})
const apart = (count: number, given: Partial<SomaticVariant> = {}) =>
  Array.from({ length: count }, (_, index) => at(1000 * (index + 1), given))
const burden = (
  variants: readonly SomaticVariant[],
  given: Partial<TumorProfile> = {},
  options: BurdenOptions = {},
) =>
  mutationalBurden(
    {
      sample: undefined,
      variants,
      copyNumbers: [],
      fusions: [],
      covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
      assay: PAIRED,
      ...given,
    },
    facts,
    options,
  )
const reads = (fraction: number, depth = 100) => ({ tumor: { fraction, depth } })
const frequency = (value: number) => ({
  annotation: { population: { frequency: value, absent: value === 0, populations: true, source: 'test' } },
})

// 30 Mb: the cut lies at 300 events. Without calibration 600 events, twice as many, are above and fewer than 150 below.
for (const [events, state] of [
  [0, 'not-high'],
  [120, 'not-high'],
  [150, 'indeterminate'],
  [300, 'indeterminate'],
  [149, 'not-high'],
  [599, 'indeterminate'],
  [600, 'high'],
] as const)
  test(`${events} events in 30 Mb, assay not calibrated: ${state}`, () =>
    assert.equal(burden(apart(events)).state, state))

const CALIBRATED: BurdenOptions = {
  calibrations: [{ assay: 'exome', slope: 1, intercept: 0, source: 'site study of 2025' }],
}
for (const [events, state] of [
  [260, 'not-high'],
  [290, 'indeterminate'],
  [300, 'indeterminate'],
  [310, 'indeterminate'],
  [340, 'high'],
] as const)
  test(`${events} events in 30 Mb, assay calibrated: ${state}`, () =>
    assert.equal(burden(apart(events), {}, CALIBRATED).state, state))

test('a calibration of another assay is not used', () =>
  assert.equal(
    burden(apart(340), { assay: { ...PAIRED, name: 'panel' } }, CALIBRATED).counted.calibrated,
    undefined,
  ))

test('a small panel far below the cut is not high, as long as its interval stays below too', () => {
  const panel = (events: number) =>
    burden(apart(events), { assay: { ...PAIRED, codingMegabases: 1.2 } }).state
  assert.equal(panel(3), 'not-high')
  assert.equal(panel(5), 'not-high')
  assert.equal(panel(6), 'indeterminate')
})

test('a small panel says that it is coarse', () => {
  const found = burden(apart(8), { assay: { ...PAIRED, codingMegabases: 0.6 } })
  assert.equal(found.state, 'indeterminate')
  assert.match(found.because.join(' '), /less than 1 Mb/)
})

test('without megabases there is no burden, and they are named as missing', () => {
  const found = burden(apart(900), { assay: { name: undefined, design: 'tumour-normal' } })
  assert.equal(found.state, 'unknown')
  assert.deepEqual(found.missing, ['coding megabases that the assay read'])
})

for (const [consequence, coding, nonSilent, missense] of [
  ['missense_variant', 1, 1, 1],
  ['stop_gained', 1, 1, 0],
  ['splice_donor_variant', 1, 1, 0],
  ['splice_region_variant', 0, 0, 0],
  ['synonymous_variant', 1, 0, 0],
  ['intron_variant', 0, 0, 0],
  ['3_prime_UTR_variant', 0, 0, 0],
] as const)
  test(`${consequence} under the three schemes`, () => {
    const events = (scheme: 'coding' | 'coding-non-silent' | 'missense') =>
      burden([at(5, { consequences: [consequence] })], {}, { scheme }).counted.events
    assert.deepEqual(events('coding'), { least: coding, most: coding })
    assert.deepEqual(events('coding-non-silent'), { least: nonSilent, most: nonSilent })
    assert.deepEqual(events('missense'), { least: missense, most: missense })
  })

test('calls that tell no consequence widen the range, and decide only where every outcome is on one side', () => {
  const few = burden(apart(60, { consequences: [] }))
  assert.deepEqual(few.counted.events, { least: 0, most: 60 })
  assert.equal(few.state, 'not-high')
  const many = burden(apart(3000, { consequences: [] }))
  assert.equal(many.state, 'unknown')
  assert.match(many.missing.join(), /the consequence of 3,000 calls/)
})

test('substitutions side by side are one event, unless their fractions differ', () => {
  assert.equal(mutationEvents([at(10), at(11)]).length, 1)
  assert.equal(mutationEvents([at(10), at(12)]).length, 2)
  assert.equal(mutationEvents([at(10, reads(0.4)), at(11, reads(0.1))]).length, 2)
  assert.equal(mutationEvents([at(10), at(10)]).length, 1)
  const deletion = { place: { chromosome: '1', position: 10, ref: 'CAAA', alt: 'C' } }
  assert.equal(mutationEvents([at(10, deletion), at(13)]).length, 1)
})

test('floors of fraction and depth leave out, and say so', () => {
  const found = burden([at(5, reads(0.04)), at(500, reads(0.05)), at(900)])
  assert.deepEqual(found.counted.events, { least: 2, most: 2 })
  assert.deepEqual(found.counted.leftOut, [{ reason: 'allele fraction below 0.05', events: 1 }])
  const deep = burden([at(5, reads(0.4, 49))], {}, { floors: { depth: 50 } })
  assert.deepEqual(deep.counted.leftOut, [{ reason: 'fewer than 50 reads', events: 1 }])
})

const ALONE: TumorAssay = { ...PAIRED, design: 'tumour-only' }
test('without a matched normal, what databases know and nearly every read carries is inherited', () => {
  const found = burden(
    [
      at(1, { ...reads(0.5), ...frequency(0.001) }),
      at(100, { ...reads(0.95), ...frequency(0) }),
      at(200, { ...reads(0.2), ...frequency(0) }),
    ],
    { assay: ALONE },
  )
  assert.deepEqual(found.counted.events, { least: 1, most: 1 })
  assert.deepEqual(
    found.counted.leftOut.map(({ reason }) => reason),
    ['inherited, by population databases', 'inherited, by its allele fraction'],
  )
})

test('without a matched normal, a call among inherited neighbours of the same fraction is inherited', () => {
  const known = apart(6, { ...reads(0.47), ...frequency(0.2) })
  const rare = (fraction: number) => at(9_000_000, { ...reads(fraction), ...frequency(0) })
  assert.equal(burden([...known, rare(0.5)], { assay: ALONE }).counted.events.most, 0)
  assert.equal(burden([...known, rare(0.3)], { assay: ALONE }).counted.events.most, 1)
  assert.equal(burden([...known.slice(0, 4), rare(0.5)], { assay: ALONE }).counted.events.most, 1)
})

test('without a matched normal and without frequencies nothing is known to be somatic', () => {
  const found = burden(apart(900, reads(0.3)), { assay: ALONE })
  assert.deepEqual(found.counted.events, { least: 0, most: 900 })
  assert.equal(found.state, 'unknown')
})

test('a call that the matched normal carries is not counted', () => {
  const found = burden([at(5, { ...reads(0.5), normal: { fraction: 0.5, depth: 40 } })])
  assert.deepEqual(found.counted.leftOut, [{ reason: 'inherited, by the normal sample', events: 1 }])
})

test('in plasma without blood, genes of clonal haematopoiesis are not counted', () => {
  const variant = at(5, { gene: 'DNMT3A', origin: 'somatic', ...frequency(0) })
  assert.equal(burden([variant], { assay: { ...ALONE, specimen: 'plasma' } }).counted.events.most, 0)
  assert.equal(burden([variant], { assay: ALONE }).counted.events.most, 1)
})

test('a documented value of the laboratory goes first, and a count that differs is shown beside it', () => {
  const found = burden(apart(900), {
    markers: [{ kind: 'mutational-burden', perMegabase: 8, assay: 'FoundationOne CDx' }],
  })
  assert.equal(found.state, 'not-high')
  assert.equal(found.from, 'laboratory')
  assert.match(found.because.join(' '), /Counted from the calls it would be high/)
})

test('a value without the name of its test does not go first', () => {
  const found = burden(apart(900), { markers: [{ kind: 'mutational-burden', perMegabase: 8 }] })
  assert.equal(found.from, 'counted')
  assert.deepEqual(found.missing, ['the name of the test that the laboratory used'])
})

test('two documented tests that disagree leave it open', () => {
  const marker = (perMegabase: number, assay: string) =>
    ({ kind: 'mutational-burden', perMegabase, assay }) as const
  const found = burden([], { markers: [marker(9, 'A'), marker(12, 'B')] })
  assert.equal(found.state, 'indeterminate')
  assert.equal(found.reported.length, 2)
})

test('one more somatic call never lowers the burden', () => {
  const calls = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(
      calls,
      fc.constantFrom('missense_variant', 'synonymous_variant', 'intron_variant', ''),
      fc.double({ min: 0.5, max: 40, noNaN: true }),
      (places, term, codingMegabases) => {
        const variants = places.map((one) => at(one * 10, { consequences: term === '' ? [] : [term] }))
        const [before, after] = [variants.slice(1), variants].map(
          (list) => burden(list, { assay: { ...PAIRED, codingMegabases } }).counted,
        )
        assert.ok(after!.events.least >= before!.events.least)
        assert.ok(after!.events.most >= before!.events.most)
        assert.ok(after!.interval!.high >= before!.interval!.high)
        assert.ok(after!.interval!.low >= before!.interval!.low)
      },
    ),
    { numRuns: 60 },
  )
})
