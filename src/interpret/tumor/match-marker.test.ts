import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { proteinPlaces } from '../../knowledge/tumor/protein-places.ts'
import type { SomaticVariant, TumorMarker, TumorProfile } from '../../record/tumor-profile.ts'
import { alternativesOf } from './alternatives.ts'
import { patternText } from './category-words.ts'
import { matchCategory } from './match-category.ts'
import { readCategory } from './read-category.ts'

const places = proteinPlaces(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
const matchOf = (text: string, markers: readonly TumorMarker[], more: Partial<TumorProfile> = {}) =>
  matchCategory(
    {
      sample: undefined,
      variants: [],
      copyNumbers: [],
      fusions: [],
      covered: { variants: 'all', copyNumbers: undefined, fusions: undefined },
      markers,
      ...more,
    },
    readCategory(text, 'test'),
    places,
  )
const stateOf = (text: string, markers: readonly TumorMarker[], more: Partial<TumorProfile> = {}) =>
  matchOf(text, markers, more).state
const protein = (name: string, status?: 'positive' | 'low' | 'ultralow' | 'negative'): TumorMarker => ({
  kind: 'protein',
  protein: name,
  status,
  score: undefined,
})
const pdl1 = (scale: 'TPS' | 'CPS' | 'TC', value: number): TumorMarker => ({
  kind: 'protein',
  protein: 'PD-L1',
  status: undefined,
  score: { scale, value },
})

for (const [text, markers, expected] of [
  ['HER2 negative', [protein('HER2', 'low')], 'met'],
  ['HER2 positive', [protein('HER2', 'low')], 'not-met'],
  ['HER2 low', [protein('HER2', 'low')], 'met'],
  ['HER2 low', [protein('HER2', 'ultralow')], 'not-met'],
  // Without its score a negative may be 0, 1+, or 2+ without amplification; beside a score it says nothing more.
  ['HER2 low', [protein('HER2', 'negative')], 'unknown'],
  ['HER2 ultralow', [protein('HER2', 'negative')], 'unknown'],
  ['HER2 low', [protein('HER2', 'negative'), protein('HER2', 'low')], 'met'],
  ['HER2 negative', [protein('HER2', 'negative')], 'met'],
  ['HER2 positive', [], 'unknown'],
  ['HER2 positive', [protein('HER2', 'positive'), protein('HER2', 'negative')], 'unknown'],
  ['HR positive', [protein('PR', 'positive')], 'met'],
  ['HR positive', [protein('ER', 'negative')], 'unknown'],
  ['HR negative', [protein('ER', 'negative'), protein('PR', 'negative')], 'met'],
  ['PD-L1 TPS >= 50', [pdl1('TPS', 50)], 'met'],
  ['PD-L1 TPS >= 50', [pdl1('TPS', 49)], 'not-met'],
  ['PD-L1 TPS >= 1', [pdl1('CPS', 10)], 'unknown'],
  ['TMB >= 10', [{ kind: 'mutational-burden', perMegabase: 10 }], 'met'],
  ['TMB >= 10', [{ kind: 'mutational-burden', perMegabase: 9.9 }], 'not-met'],
  ['MSI-H', [{ kind: 'microsatellites', status: 'low' }], 'not-met'],
  ['MSI-H OR dMMR', [{ kind: 'mismatch-repair', status: 'deficient' }], 'met'],
  ['deletion 5q', [{ kind: 'arm', arm: '5q', change: 'deletion' }], 'met'],
  ['deletion 5q', [], 'unknown'],
] as const)
  test(`${text} of ${JSON.stringify(markers)}: ${expected}`, () => {
    assert.equal(stateOf(text, markers), expected)
  })

test('ERBB2 amplification by sequencing is HER2 positive; no amplification is not HER2 negative', () => {
  const copies = (call: 'amplification' | 'neutral') => ({ copyNumbers: [{ gene: 'ERBB2', call }] as const })
  assert.equal(stateOf('HER2 positive', [], copies('amplification')), 'met')
  assert.equal(stateOf('HER2 negative', [], copies('neutral')), 'unknown')
})

const brca = (more: Partial<SomaticVariant>): Partial<TumorProfile> => ({
  variants: [
    {
      gene: 'BRCA1',
      assembly: 'GRCh38',
      place: undefined,
      hgvsP: 'p.C61G',
      consequences: [],
      exon: undefined,
      ...more,
    },
  ],
})
for (const [text, more, expected] of [
  ['BRCA1 pathogenic', { hgvsP: 'p.E23fs' }, 'met'],
  ['BRCA1 pathogenic', {}, 'unknown'],
  ['BRCA1 pathogenic', { called: 'harmful' }, 'met'],
  ['BRCA1 pathogenic', { hgvsP: 'p.E23fs', called: 'harmless' }, 'not-met'],
  ['BRCA1 germline pathogenic', { hgvsP: 'p.E23fs' }, 'unknown'],
  ['BRCA1 germline pathogenic', { hgvsP: 'p.E23fs', origin: 'germline' }, 'met'],
  ['BRCA1 germline pathogenic', { hgvsP: 'p.E23fs', origin: 'somatic' }, 'not-met'],
] as const)
  test(`${text} of ${JSON.stringify(more)}: ${expected}`, () => {
    assert.equal(stateOf(text, [], brca(more)), expected)
  })

test('a score on another scale decides nothing, and says what it means for the one that is asked for', () => {
  const told = (text: string, one: TumorMarker) => {
    const { state, missing } = matchOf(text, [one])
    assert.equal(state, 'unknown', text)
    return missing[0]
  }
  assert.equal(
    told('PD-L1 CPS >= 1', pdl1('TPS', 60)),
    'PD-L1 CPS: TPS 60 is on record, and CPS is never lower',
  )
  assert.equal(
    told('PD-L1 TPS >= 50', pdl1('CPS', 5)),
    'PD-L1 TPS: CPS 5 is on record, and TPS is never higher',
  )
  assert.equal(
    told('PD-L1 TC >= 1', pdl1('TPS', 60)),
    'PD-L1 TC: TPS 60 is on record, the same share of tumour cells by another name',
  )
  assert.equal(told('PD-L1 IC >= 10', pdl1('TPS', 60)), 'PD-L1 IC')
})

test('alternatives: AND over OR, and NOT of an OR is NOT of each', () => {
  const told = (text: string) =>
    alternativesOf(readCategory(text, 'test'))!.map((way) =>
      way.map(({ pattern, present }) => `${present ? '' : 'NOT '}${patternText(pattern)}`),
    )
  assert.deepEqual(told('HR positive AND HER2 negative'), [
    ['ER positive', 'HER2 negative'],
    ['PR positive', 'HER2 negative'],
  ])
  assert.deepEqual(told('NOT (EGFR mutation OR ALK fusion)'), [['NOT EGFR mutation', 'NOT ALK fusion']])
  const many = Array.from({ length: 10 }, (_, i) => `(A${i} mutation OR B${i} mutation)`).join(' AND ')
  assert.equal(alternativesOf(readCategory(many, 'test')), undefined)
})

test('a receptor that is low is positive', () => {
  const low = { kind: 'protein', protein: 'ER', status: 'low', score: undefined } as const
  assert.equal(matchOf('ER positive', [low]).state, 'met')
  assert.equal(matchOf('ER negative', [low]).state, 'not-met')
  assert.equal(matchOf('HER2 negative', [{ ...low, protein: 'HER2' }]).state, 'met')
})
