import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { proteinPlaces } from '../../knowledge/tumor/protein-places.ts'
import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import { matchCategory } from './match-category.ts'
import { pattern, readCategory } from './read-category.ts'

const places = proteinPlaces(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
const small = (gene: string, hgvsP?: string, consequence?: string, exon?: number): SomaticVariant => ({
  gene,
  assembly: 'GRCh38',
  place: undefined,
  hgvsP,
  consequences: consequence === undefined ? [] : [consequence],
  exon: exon === undefined ? undefined : { number: exon, of: 28 },
})
const profile = (given: Partial<TumorProfile>): TumorProfile => ({
  sample: undefined,
  variants: [],
  copyNumbers: [],
  fusions: [],
  covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
  ...given,
})
const stateOf = (text: string, given: Partial<TumorProfile>) =>
  matchCategory(profile(given), text.includes('(c.') ? pattern(text)! : readCategory(text, 'test'), places)
    .state
const blind = { variants: undefined, copyNumbers: undefined, fusions: undefined }

for (const [text, variant, expected] of [
  ['BRAF V600E', small('BRAF', 'p.V600E'), 'met'],
  ['BRAF V600E', small('BRAF', 'p.Val600Lys'), 'not-met'],
  ['BRAF V600', small('BRAF', 'p.V600E'), 'met'],
  ['BRAF V600 not E', small('BRAF', 'p.V600E'), 'not-met'],
  ['BRAF V600 not E', small('BRAF', 'p.V600K'), 'met'],
  ['BRAF V600 not E/K', small('BRAF', 'p.V600K'), 'not-met'],
  ['BRAF V600', small('BRAF', undefined, 'missense_variant'), 'unknown'],
  ['EGFR exon 19 deletion', small('EGFR', 'p.E746_A750del'), 'met'],
  ['EGFR exon 19 deletion', small('EGFR', 'p.L747_P753delinsS'), 'met'],
  ['EGFR exon 19 deletion', small('EGFR', 'p.D770_N771insG'), 'not-met'],
  ['EGFR exon 20 insertion', small('EGFR', 'p.D770_N771insG'), 'met'],
  ['EGFR exon 20 insertion', small('EGFR', 'p.H773_V774dup'), 'met'],
  ['EGFR exon 20 insertion', small('EGFR', 'p.T790M'), 'not-met'],
  ['EGFR exon 20 mutation', small('EGFR', 'p.T790M'), 'met'],
  ['NF1 exon 9 mutation', small('NF1', 'p.R304Q'), 'unknown'],
  ['NF1 exon 9 mutation', small('NF1', 'p.R304Q', 'missense_variant', 9), 'met'],
  ['KIT kinase domain', small('KIT', 'p.D816V'), 'met'],
  ['KIT kinase domain', small('KIT', 'p.V560D'), 'not-met'],
  ['NF1 truncating', small('NF1', 'p.R304*'), 'met'],
  ['NF1 truncating', small('NF1', 'p.R304Q'), 'not-met'],
  ['KRAS wild type', small('KRAS', 'p.G12D'), 'not-met'],
  ['KRAS wild type', small('KRAS', 'p.G12=', 'synonymous_variant'), 'met'],
  ['TP53 R213fs', small('TP53', 'p.Arg213LeufsTer34'), 'met'],
  ['TP53 R213FS*34', small('TP53', 'p.R213fs'), 'met'],
  ['EGFR L747_P753DELINSS', small('EGFR', 'p.L747_P753delinsS'), 'met'],
  ['VHL Q132P (c.395A>C)', small('VHL', 'p.Q132P'), 'met'],
  ['KRAS mutation', small('KRAS', undefined, 'intron_variant'), 'not-met'],
] as const)
  test(`${text}: ${variant.hgvsP ?? variant.consequences[0]} is ${expected}`, () =>
    assert.equal(stateOf(text, { variants: [variant] }), expected))

test('a gene that was not covered, or of which nobody said so, is unknown and never wild type', () => {
  for (const covered of [blind, { ...blind, variants: new Set(['TP53']) }])
    for (const text of [
      'KRAS wild type',
      'KRAS mutation',
      'KRAS G12C',
      'NOT KRAS mutation',
      'KRAS truncating',
    ])
      assert.equal(stateOf(text, { covered }), 'unknown', text)
  for (const text of ['ALK fusion', 'ERBB2 amplification', 'PTEN biallelic loss'])
    assert.equal(stateOf(text, { covered: { ...blind, variants: 'all' } }), 'unknown', text)
})

test('copy number and fusions, with any partner and with one', () => {
  const found = {
    copyNumbers: [
      { gene: 'ERBB2', call: 'amplification' },
      { gene: 'CDKN2A', call: 'deep-deletion' },
    ],
    fusions: [
      { five: 'EML4', three: 'ALK' },
      { five: undefined, three: 'RET' },
    ],
  } as const
  assert.equal(stateOf('ERBB2 amplification', found), 'met')
  assert.equal(stateOf('CDKN2A loss', found), 'met')
  assert.equal(stateOf('CDKN2A amplification', found), 'not-met')
  assert.equal(stateOf('CDKN2A wild type', found), 'not-met')
  assert.equal(stateOf('ALK fusion', found), 'met')
  assert.equal(stateOf('ALK::EML4', found), 'met')
  assert.equal(stateOf('ALK::KIF5B', found), 'not-met')
  assert.equal(stateOf('RET::KIF5B', found), 'unknown')
  assert.equal(stateOf('ROS1 fusion', found), 'not-met')
})

test('biallelic loss needs two hits; one hit leaves it open', () => {
  const hit = small('PTEN', 'p.R130*')
  const of = (variants: readonly SomaticVariant[], call?: 'loss' | 'deep-deletion' | 'neutral') =>
    stateOf('PTEN biallelic loss', {
      variants,
      copyNumbers: call === undefined ? [] : [{ gene: 'PTEN', call }],
    })
  assert.equal(of([], 'deep-deletion'), 'met')
  assert.equal(of([hit], 'loss'), 'met')
  assert.equal(of([hit], 'neutral'), 'unknown')
  assert.equal(of([hit, small('PTEN', 'p.Q171*')]), 'unknown')
  assert.equal(of([], 'loss'), 'unknown')
  assert.equal(of([], 'neutral'), 'not-met')
})

test('AND, OR and NOT are read as Kleene has them, for every mixture of three values', () => {
  // A is met, B is not met, C was not tested.
  const given = {
    variants: [small('A', 'p.R1H')],
    covered: { ...blind, variants: new Set(['A', 'B']) },
  }
  const value = { A: 1, B: 0, C: 0.5 } as const
  const state = (n: number) => (n === 1 ? 'met' : n === 0 ? 'not-met' : 'unknown')
  const names = ['A', 'B', 'C'] as const
  for (const one of names) {
    assert.equal(stateOf(`NOT ${one} R1H`, given), state(1 - value[one]))
    for (const other of names) {
      const [a, b] = [value[one], value[other]]
      assert.equal(stateOf(`${one} R1H AND ${other} R1H`, given), state(Math.min(a, b)))
      assert.equal(stateOf(`${one} R1H OR ${other} R1H`, given), state(Math.max(a, b)))
      assert.equal(stateOf(`NOT (${one} R1H OR ${other} R1H)`, given), state(1 - Math.max(a, b)))
    }
  }
})

test('an unknown part is named only where it decides', () => {
  const given = { variants: [small('KRAS', 'p.G12D')], covered: { ...blind, variants: new Set(['KRAS']) } }
  const found = matchCategory(profile(given), readCategory('KRAS G12D OR TP53 mutation', 'test'), places)
  assert.deepEqual([found.state, found.missing], ['met', []])
})

test('text that cannot be read is refused, and none takes long or exhausts the stack', () => {
  for (const text of [
    '',
    'BRAF',
    'BRAF V600 foo',
    '(KRAS mutation',
    'KRAS mutation)',
    'AND',
    'KRAS mutation AND',
    'NOT',
  ])
    assert.throws(() => readCategory(text, 'test'), { code: 'CATEGORY_UNKNOWN' }, text)
  assert.throws(() => readCategory(`${'('.repeat(60)}KRAS mutation`, 'test'), { code: 'CATEGORY_TOO_LARGE' })
  assert.throws(() => readCategory(`${'NOT '.repeat(4000)}KRAS mutation`, 'test'), {
    code: 'CATEGORY_TOO_LARGE',
  })
  assert.throws(() => readCategory('KRAS mutation OR '.repeat(5000), 'test'), { code: 'CATEGORY_TOO_LARGE' })
  assert.equal(readCategory(`${'KRAS mutation OR '.repeat(1000)}KRAS G12D`, 'test').kind, 'or')
})
