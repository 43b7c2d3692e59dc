import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { assemblies } from '../../../knowledge/assemblies.ts'
import { Facts } from '../../../knowledge/facts.ts'
import { chromosomeArms } from '../../../knowledge/tumor/chromosome-arms.ts'
import { scoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { CopyNumberSegment, TumorProfile } from '../../../record/tumor-profile.ts'
import { recombinationScars } from './scars.ts'

const installed = Facts.find([fileURLToPath(new URL('../../../../facts', import.meta.url))])
const facts = scoreFacts(installed)
const lengths = assemblies(installed)
const scarsOf = (segments: readonly CopyNumberSegment[], given: Partial<TumorProfile> = {}) =>
  recombinationScars(
    {
      sample: undefined,
      variants: [],
      copyNumbers: [],
      fusions: [],
      covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
      segments,
      ...given,
    },
    'GRCh38',
    chromosomeArms(installed),
    facts,
    (build, chromosome) => lengths.of(build, chromosome)?.length,
  )
/** Megabases of one chromosome: [from, to, major, minor]. */
const on = (
  chromosome: string,
  ...rows: readonly (readonly [number, number, number, number])[]
): CopyNumberSegment[] =>
  rows.map(([from, to, major, minor]) => ({
    chromosome,
    start: Math.round(from * 1e6),
    end: Math.round(to * 1e6),
    total: major + minor,
    minor,
  }))
const three = (segments: readonly CopyNumberSegment[]) => {
  const { lossOfHeterozygosity, transitions, telomericImbalance } = scarsOf(segments)
  return [lossOfHeterozygosity, transitions, telomericImbalance]
}

// The centromere of chromosome 1 (GRCh38) lies at 121.7 to 125.1 Mb; it is 248.9 Mb long.
for (const [name, segments, expected] of [
  ['a chromosome in balance', on('1', [0, 248, 1, 1]), [0, 0, 0]],
  [
    'a stretch of one allele in the middle',
    on('1', [0, 40, 1, 1], [40, 60, 1, 0], [60, 248, 1, 1]),
    [1, 2, 0],
  ],
  [
    'just as long as the limit: does not exceed it',
    on('1', [0, 40, 1, 1], [40, 55, 1, 0], [55, 248, 1, 1]),
    [0, 2, 0],
  ],
  ['one base longer', on('1', [0, 40, 1, 1], [40, 55.000001, 1, 0], [55.000001, 248, 1, 1]), [1, 2, 0]],
  ['a whole chromosome without heterozygosity', on('1', [0, 100, 1, 0], [100, 248, 2, 0]), [0, 1, 1]],
  [
    'copies of the allele left differ: one stretch, and a break',
    on('1', [0, 40, 1, 1], [40, 60, 1, 0], [60, 80, 3, 0], [80, 248, 1, 1]),
    [1, 3, 0],
  ],
  [
    'both copies lost is not loss of heterozygosity',
    on('1', [0, 40, 1, 1], [40, 60, 0, 0], [60, 248, 1, 1]),
    [0, 2, 0],
  ],
  [
    'a small stretch between two alike is smoothed away',
    on('1', [0, 40, 1, 1], [40, 42, 2, 1], [42, 248, 1, 1]),
    [0, 0, 0],
  ],
  [
    'a small stretch between two unlike leaves a gap below 3 Mb',
    on('1', [0, 40, 1, 1], [40, 42.9, 3, 1], [42.9, 248, 2, 1]),
    [0, 1, 1],
  ],
  ['a gap of 3 Mb is too wide', on('1', [0, 40, 1, 1], [43, 248, 2, 2]), [0, 0, 0]],
  [
    'a stretch below 10 Mb is no side of a break',
    on('1', [0, 40, 1, 1], [40, 49.9, 2, 2], [49.9, 248, 1, 1]),
    [0, 0, 0],
  ],
  ['a change at the centromere is no break', on('1', [0, 122, 1, 1], [123, 248, 2, 2]), [0, 0, 0]],
  ['imbalance up to the end of the long arm', on('1', [0, 200, 1, 1], [200, 248, 2, 1]), [0, 1, 1]],
  ['imbalance that crosses the centromere', on('1', [0, 110, 1, 1], [110, 248, 3, 1]), [0, 1, 0]],
  ['imbalance at both ends', on('1', [0, 50, 2, 1], [50, 200, 1, 1], [200, 248, 2, 1]), [0, 2, 2]],
  [
    'in a chromosome of three copies 2+1 is balance',
    on('1', [0, 50, 1, 1], [50, 200, 2, 1], [200, 248, 2, 1]),
    [0, 1, 1],
  ],
  [
    'chromosome X does not count',
    on('X', [0, 40, 1, 1], [40, 60, 1, 0], [60, 150, 1, 1]),
    [undefined, undefined, undefined],
  ],
] as const)
  test(`scars of ${name}`, () => assert.deepEqual(three(segments), expected))

test('a break between two stretches of one allele counts: alleles are compared by their copies, not by heterozygosity alone', () => {
  assert.equal(scarsOf(on('1', [0, 60, 2, 0], [60, 120, 3, 0], [126, 248, 1, 1])).transitions, 1)
})

test('segments that do not tell alleles apart say nothing, and why', () => {
  const blind = scarsOf(on('1', [0, 248, 1, 1]).map((one) => ({ ...one, minor: undefined })))
  assert.equal(blind.state, 'unknown')
  assert.equal(blind.sum, undefined)
  assert.match(blind.because.join(), /rarer allele/)
})

test('a truncation of BRCA2 is told beside the scars, a benign one is not', () => {
  const truncation = {
    gene: 'BRCA2',
    assembly: 'GRCh38',
    place: undefined,
    hgvsP: 'p.Ser1982fs',
    consequences: ['frameshift_variant'],
    exon: undefined,
  } as const
  assert.match(scarsOf([], { variants: [truncation] }).because.join(), /BRCA2 p\.Ser1982fs: if deleterious/)
  const benign = { ...truncation, called: 'harmless' } as const
  assert.doesNotMatch(scarsOf([], { variants: [benign] }).because.join(), /BRCA2/)
})

test('a part of the genome can exceed the cut but never stay below it', () => {
  const part = scarsOf(on('1', [0, 248, 1, 1]))
  assert.equal(part.state, 'indeterminate')
  const broken = Array.from({ length: 22 }, (_, at) => [at * 11, at * 11 + 11, (at % 2) + 1, 1] as const)
  const many = scarsOf(['1', '2', '3'].flatMap((chromosome) => on(chromosome, ...broken)))
  assert.ok(many.covered! < 0.5)
  assert.equal(many.state, 'above')
})

const genome = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 22 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 2 }),
    ),
    { minLength: 2, maxLength: 60 },
  )
  .map((rows) => {
    const at = new Map<number, number>()
    return rows.flatMap(([chromosome, length, a, b]) => {
      const from = at.get(chromosome) ?? 0
      at.set(chromosome, from + length)
      return on(String(chromosome), [from, from + length, Math.max(a, b), Math.min(a, b)])
    })
  })

test('scars do not depend on the order of segments, on which allele comes first, or on a segment that is cut in two', () => {
  fc.assert(
    fc.property(genome, (segments) => {
      const found = three(segments)
      assert.deepEqual(three([...segments].reverse()), found)
      assert.deepEqual(three(segments.map((one) => ({ ...one, minor: one.total - one.minor! }))), found)
      const cut = segments.flatMap((one) => {
        const middle = Math.floor((one.start + one.end) / 2)
        return [
          { ...one, end: middle },
          { ...one, start: middle + 1 },
        ]
      })
      assert.deepEqual(three(cut), found)
    }),
    { numRuns: 100 },
  )
})
