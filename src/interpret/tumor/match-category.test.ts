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

for (const [text, fusion, expected] of [
  ['ALK fusion', { five: 'EML4', three: 'ALK' }, 'met'],
  ['ALK fusion', { five: 'ALK', three: 'EML4', frame: 'in-frame' }, 'unknown'],
  ['EML4::ALK', { five: 'ALK', three: 'EML4' }, 'unknown'],
  ['ALK fusion', { five: 'ALK', three: 'EML4', anyOrder: true }, 'met'],
  ['NOT ALK fusion', { five: 'ALK', three: 'EML4' }, 'unknown'],
  ['ALK fusion', { five: 'STRN', three: 'ALK', confidence: 'low' }, 'unknown'],
  ['NOT ALK fusion', { five: 'STRN', three: 'ALK', confidence: 'low' }, 'unknown'],
  ['ALK fusion', { five: 'STRN', three: 'ALK', confidence: 'medium' }, 'met'],
  ['FGFR2 fusion', { five: 'FGFR2', three: 'BICC1' }, 'met'],
] as const)
  test(`${text} of ${fusion.five}::${fusion.three}${'anyOrder' in fusion ? ', order not told' : ''}: ${expected}`, () => {
    assert.equal(stateOf(text, { fusions: [fusion] }), expected)
    const both = { fusions: [fusion, { five: 'EML4', three: 'ALK' }] }
    if (text === 'ALK fusion') assert.equal(stateOf(text, both), 'met')
  })

test('the TERT promoter by its name on the coding sequence', () => {
  const named = (hgvsC: string) => ({ ...small('TERT', undefined, 'upstream_gene_variant'), hgvsC })
  const category = 'TERT at GRCh37 5:1295228 G>A / GRCh38 5:1295113 G>A'
  assert.equal(stateOf(category, { variants: [named('c.-124C>T')] }), 'met')
  assert.equal(stateOf(category, { variants: [named('c.-57A>C')] }), 'unknown')
})

for (const [hgvsC, consequence, expected] of [
  ['c.3028+1G>T', 'splice_donor_variant', 'met'],
  ['NM_001127500.3:c.3082+2T>C', 'splice_donor_variant', 'met'],
  ['c.2888-1G>A', 'splice_acceptor_variant', 'met'],
  ['c.3028+1G>T', undefined, 'met'],
  ['c.3028G>T', undefined, 'unknown'],
  ['c.3010_3028+8del', 'splice_donor_variant', 'met'],
  ['c.2888-18_2888-2del', 'splice_acceptor_variant', 'met'],
  ['c.2888-20_2888-5del', 'intron_variant', 'unknown'],
  ['c.3028+5G>A', 'splice_region_variant', 'unknown'],
  ['c.2888-60_2888-40del', 'intron_variant', 'not-met'],
  ['c.2887+1G>A', 'splice_donor_variant', 'not-met'],
  ['c.3029-1G>A', 'splice_acceptor_variant', 'not-met'],
  ['c.3028+40A>G', 'intron_variant', 'not-met'],
] as const)
  test(`MET exon 14 skipping of ${hgvsC}: ${expected}`, () => {
    const variant = { ...small('MET', undefined, consequence), hgvsC }
    assert.equal(stateOf('MET exon 14 skipping', { variants: [variant] }), expected)
  })

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
  // More residues come in than go out, or as many go out as come in.
  ['EGFR exon 20 insertion', small('EGFR', 'p.D770delinsGY', 'inframe_insertion'), 'met'],
  ['EGFR exon 20 insertion', small('EGFR', 'p.Asn771delinsGlyPhe', 'protein_altering_variant'), 'met'],
  ['EGFR exon 19 insertion', small('EGFR', 'p.L747_A755delinsSKG'), 'not-met'],
  ['EGFR exon 19 deletion', small('EGFR', 'p.E746_L747delinsVP'), 'met'],
  // The longer transcript of MET: its D1028 is D1010, the last residue of exon 14, and its T1010 lies before it.
  ['MET exon 14 skipping', small('MET', 'p.D1028N'), 'unknown'],
  ['MET exon 14 skipping', small('MET', 'p.D1010H'), 'unknown'],
  ['MET exon 14 skipping', small('MET', 'p.T1010I'), 'not-met'],
  ['MET exon 14 skipping', small('MET', 'p.L964_D1010del'), 'met'],
  ['MET exon 14 skipping', small('MET', 'p.L982_D1028del'), 'met'],
  ['MET exon 14 skipping', small('MET', 'p.X1010_splice', 'splice_donor_variant'), 'met'],
  ['MET exon 14 skipping', small('MET', 'p.X1028_splice', 'splice_donor_variant'), 'met'],
  ['MET exon 14 skipping', small('MET', 'p.X1083_splice', 'splice_donor_variant'), 'not-met'],
  ['EGFR E746_A750del', small('EGFR', 'p.ELREA746del', 'inframe_deletion'), 'met'],
  ['EGFR L747_P753delinsS', small('EGFR', 'p.L747_P753>S', 'inframe_deletion'), 'met'],
  ['MET D1228N', small('MET', 'p.D1246N'), 'met'],
  ['EZH2 Y646', small('EZH2', 'p.Y641N'), 'met'],
  ['EZH2 Y641N', small('EZH2', 'p.Y646N'), 'met'],
  ['FGFR2 V565F', small('FGFR2', 'p.V564F'), 'met'],
  ['BRAF V600E', small('BRAF', 'p.V640E'), 'met'],
  ['BRAF V600E', small('BRAF', 'p.Y640E'), 'not-met'],
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
  ['NPM1 exon 12 frameshift', small('NPM1', 'p.W288fs', 'frameshift_variant', 11), 'met'],
  ['MET exon 14 skipping', small('MET', undefined, 'splice_donor_variant', 14), 'met'],
  ['MET exon 14 skipping', small('MET', undefined, 'splice_donor_variant'), 'unknown'],
  ['MET exon 14 skipping', small('MET', 'p.Y1003F'), 'not-met'],
  ['VHL exon 2-3 loss', small('VHL', 'p.F76del'), 'unknown'],
  ['TSC1 frameshift', small('TSC1', 'p.R692*'), 'not-met'],
  ['TP53 DNA-binding domain', small('TP53', 'p.R175H'), 'met'],
  ['TP53 DNA-binding domain', small('TP53', 'p.P72R'), 'not-met'],
  ['STAT3 Xyz domain', small('STAT3', 'p.Y640F'), 'unknown'],
  ['CEBPA N-terminal frameshift', small('CEBPA', 'p.H24fs'), 'met'],
  ['CEBPA N-terminal frameshift', small('CEBPA', 'p.K304fs'), 'not-met'],
  ['FLT3 ITD', small('FLT3', 'p.D600_L601insFREYEYD'), 'met'],
  ['FLT3 ITD', small('FLT3', 'p.601_602insDFR*', 'inframe_insertion'), 'met'],
  ['FLT3 ITD', small('FLT3', 'p.D835Y'), 'not-met'],
  ['RB1 loss of function', small('RB1', 'p.R320*'), 'met'],
  ['RB1 loss of function', small('RB1', 'p.R661W'), 'unknown'],
  ['ACVR1 activating', small('ACVR1', 'p.G328V'), 'unknown'],
  ['BRAF 485_490del', small('BRAF', 'p.L485_P490del'), 'met'],
  ['BRAF V600_K601delinsE', small('BRAF', 'p.V600_K601delinsE'), 'met'],
  ['VHL *214C', small('VHL', 'p.*214Cext*14'), 'met'],
  ['VHL c.340+1G>A', { ...small('VHL'), hgvsC: 'NM_000551.4:c.340+1G>A' }, 'met'],
  ['VHL c.340+1G>A', { ...small('VHL'), hgvsC: 'c.341-2A>C' }, 'not-met'],
  ['VHL c.340+1G>A', small('VHL', 'p.R167Q'), 'not-met'],
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

test('a place of the genome is one change on both builds, and is not covered because its gene is', () => {
  const text = 'TERT at GRCh37 5:1295228 G>A / GRCh38 5:1295113 G>A'
  const at = (position: number, assembly: 'GRCh37' | 'GRCh38', ref = 'G', alt = 'A') => ({
    variants: [{ ...small('TERT'), assembly, place: { chromosome: '5', position, ref, alt } }],
  })
  assert.equal(stateOf(text, at(1295228, 'GRCh37')), 'met')
  assert.equal(stateOf(text, at(1295113, 'GRCh38')), 'met')
  assert.equal(stateOf(text, at(1295112, 'GRCh38', 'AG', 'AA')), 'met')
  assert.equal(stateOf(text, { variants: [] }), 'unknown')
  const covered = { ...blind, variants: new Set(['TERT', 'TERT promoter']) }
  assert.equal(stateOf(text, { covered }), 'not-met')
  assert.equal(stateOf('TERT at GRCh37 5:1295228 G>A', at(1295113, 'GRCh38')), 'unknown')
  assert.equal(stateOf('TERT at GRCh37 5:1295161-1295373', at(1295250, 'GRCh37')), 'met')
  const insertion = 'ALK at GRCh37 2:29445271-29445272 ->CGT'
  const inserted = (position: number, ref: string, alt: string) => ({
    variants: [
      { ...small('ALK'), assembly: 'GRCh37' as const, place: { chromosome: '2', position, ref, alt } },
    ],
  })
  assert.equal(stateOf(insertion, inserted(29445271, '-', 'CGT')), 'met')
  assert.equal(stateOf(insertion, inserted(29445271, 'A', 'ACGT')), 'met')
  assert.equal(stateOf(insertion, inserted(29445272, 'A', 'ACGT')), 'unknown')
})

test('expression is told by a stain, the exons of a fusion by nothing', () => {
  const stain = (status: 'positive' | 'negative') => ({
    markers: [{ kind: 'protein', protein: 'HER2', status, score: undefined } as const],
  })
  assert.equal(stateOf('ERBB2 overexpression', stain('positive')), 'met')
  assert.equal(stateOf('ERBB2 overexpression', stain('negative')), 'not-met')
  assert.equal(stateOf('ERBB2 underexpression', stain('negative')), 'met')
  assert.equal(stateOf('CD274 expression', stain('positive')), 'unknown')
  const fusions = [{ five: 'EML4', three: 'ALK' }]
  assert.equal(stateOf('EML4::ALK E6;A20', { fusions }), 'unknown')
  assert.equal(stateOf('EML4::ALK', { fusions }), 'met')
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

test('a tumour does not tell that nothing is inherited; blood or saliva does', () => {
  const inherited = 'BRCA2 germline pathogenic'
  const germline = {
    variants: 'all',
    copyNumbers: 'all',
    fusions: 'all',
    germline: new Set(['BRCA2']),
  } as const
  assert.equal(stateOf(inherited, {}), 'unknown')
  assert.equal(stateOf(inherited, { covered: germline }), 'not-met')
  assert.equal(stateOf('BRCA1 germline pathogenic', { covered: germline }), 'unknown')
  const acquired = { ...small('BRCA2', 'p.S1982Rfs*22'), origin: 'somatic' as const }
  assert.equal(stateOf(inherited, { variants: [acquired] }), 'not-met', 'a laboratory told them apart')
  assert.equal(stateOf('BRCA2 somatic pathogenic', {}), 'not-met')
})

test('a tumour that is compared with a normal sample leaves inherited changes out', () => {
  const either = 'BRCA2 pathogenic'
  const compared = { assay: { name: undefined, design: 'tumour-normal' as const } }
  assert.equal(stateOf(either, {}), 'not-met')
  assert.equal(stateOf(either, compared), 'unknown')
  const germline = { variants: 'all', copyNumbers: 'all', fusions: 'all', germline: 'all' } as const
  assert.equal(stateOf(either, { ...compared, covered: germline }), 'not-met')
  assert.equal(stateOf(either, { ...compared, variants: [small('BRCA2', 'p.S1982Rfs*22')] }), 'met')
})
