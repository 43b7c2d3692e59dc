import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { assemblies } from '../../knowledge/assemblies.ts'
import { Facts } from '../../knowledge/facts.ts'
import { chromosomeArms } from '../../knowledge/tumor/chromosome-arms.ts'
import { scoreFacts } from '../../knowledge/tumor/score-facts.ts'
import type { TumorProfile } from '../../record/tumor-profile.ts'
import { tumorScores } from './tumor-scores.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const inputs = {
  facts: scoreFacts(facts),
  arms: chromosomeArms(facts),
  assemblies: assemblies(facts),
}

const known = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const chromosome = fc.constantFrom('1', '17', 'X', 'MT', 'GL000009.2')
const fraction = fc.constantFrom(0, 0.004, 0.05, 0.2, 0.5, 0.97, 1)
const reads = known(
  fc.record({ fraction: known(fraction), depth: known(fc.constantFrom(0, 1, 30, 5000, 1_000_000)) }),
)
const variant = fc.record({
  gene: known(fc.constantFrom('BRCA1', 'DNMT3A', 'TP53', 'POLE', 'MLH1', 'G')),
  assembly: fc.constant('GRCh38' as const),
  place: known(
    fc.record({
      chromosome,
      position: fc.integer({ min: 1, max: 250_000_000 }),
      ref: fc.constantFrom('C', 'CAT', '-', 'N'),
      alt: fc.constantFrom('T', 'C', '-', '<DEL>', '*'),
    }),
  ),
  hgvsP: known(fc.constantFrom('p.Pro286Arg', 'p.?', 'p.Arg5fs', 'nonsense')),
  consequences: fc.subarray(['missense_variant', 'stop_gained', 'synonymous_variant', 'strange_term']),
  exon: fc.constant(undefined),
  tumor: reads,
  normal: reads,
  origin: known(fc.constantFrom('somatic' as const, 'germline' as const)),
})
const segment = fc.record({
  chromosome,
  start: fc.integer({ min: 1, max: 240_000_000 }),
  end: fc.integer({ min: 1, max: 250_000_000 }),
  total: fc.constantFrom(0, 0.4, 1, 2, 3.7, 8, 1e9),
  minor: known(fc.constantFrom(0, 1, 1.5, 7)),
})
const amount = fc.constantFrom(0.01, 0.5, 1)
const odd = fc.record({
  variants: fc.array(variant, { maxLength: 30 }),
  segments: fc.array(segment, { maxLength: 20 }),
  purity: known(fc.constantFrom(0, ...[0.01, 0.5, 1])),
  design: known(fc.constantFrom('tumour-normal' as const, 'tumour-only' as const)),
  specimen: fc.constantFrom('tissue' as const, 'plasma' as const, 'blood' as const),
  megabases: known(amount),
  assembly: known(fc.constantFrom('GRCh37' as const, 'GRCh38' as const)),
})
/** Without the fields that are undefined: the record leaves out what is not known. */
const only = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

test('any profile is answered: no number is made up, and what is unknown says what is missing', () => {
  fc.assert(
    fc.property(odd, ({ variants, segments, purity, design, specimen, megabases, assembly }) => {
      const profile: TumorProfile = {
        sample: undefined,
        variants: variants.map(only),
        copyNumbers: [],
        fusions: [],
        covered: { variants: undefined, copyNumbers: undefined, fusions: undefined },
        assay: {
          name: undefined,
          design,
          specimen,
          ...(megabases === undefined ? {} : { codingMegabases: megabases, calledMegabases: megabases }),
        },
        segments,
        ...(purity === undefined ? {} : { purity }),
      }
      const scores = tumorScores(profile, { ...inputs, assembly })
      // NaN and Infinity become null in a document, which a reader would take for "not told".
      assert.doesNotMatch(JSON.stringify(scores), /:null/)
      const { burden, scars, signatures, microsatellites, origins, haematopoiesis } = scores
      for (const one of [burden, scars, signatures, microsatellites, ...origins, ...haematopoiesis]) {
        assert.ok(one.because.length + one.missing.length > 0)
        if (one.state === 'unknown') assert.ok(one.missing.length > 0, JSON.stringify(one))
      }
      for (const { cellFraction } of origins)
        if (cellFraction !== undefined) {
          assert.ok(
            cellFraction.low <= cellFraction.value + 1e-9 && cellFraction.value <= cellFraction.high + 1e-9,
          )
          assert.ok(cellFraction.low >= 0 && cellFraction.high <= 1)
        }
      if (purity === undefined)
        assert.ok(
          origins.every(
            ({ state, variant: { origin, normal } }) =>
              origin !== undefined || normal !== undefined || state !== 'germline',
          ),
        )
    }),
    { numRuns: 300 },
  )
})
