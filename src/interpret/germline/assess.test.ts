import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { acmgCriteria } from '../../knowledge/acmg/criteria.ts'
import { Facts } from '../../knowledge/facts.ts'
import { CRITERION_CODES, type GermlineVariant } from '../finding/germline.ts'
import { assess } from './assess.ts'
import type { VariantEvidence } from './evidence.ts'

const rules = acmgCriteria(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))

function variant(consequence: string, more: Partial<GermlineVariant> = {}): GermlineVariant {
  return {
    assembly: 'GRCh38',
    chromosome: 'chr10',
    position: 87864500,
    ref: 'C',
    alt: 'T',
    gene: 'PTEN',
    transcript: undefined,
    hgvsC: undefined,
    hgvsP: undefined,
    consequences: consequence === '' ? [] : [consequence],
    ...more,
  }
}

function verdicts(evidence: VariantEvidence) {
  return new Map(
    assess(evidence, rules).map((one) => [
      one.code,
      one.state === 'met' ? (one.strength as string) : (one.state as string),
    ]),
  )
}

const source = 'test'

test('of a bare variant nothing is met: every criterion says what is missing, and PP5 and BP6 are never used', () => {
  const criteria = assess({ variant: variant('') }, rules)
  assert.deepEqual(
    criteria.map(({ code }) => code),
    [...CRITERION_CODES],
  )
  for (const { code, state, missing } of criteria) {
    assert.equal(state, code === 'PP5' || code === 'BP6' ? 'not-used' : 'not-assessed', code)
    assert.equal(missing.length > 0, state === 'not-assessed', code)
  }
})

for (const [name, consequence, loss, gene, expected] of [
  ['nonsense with decay', 'stop_gained', { nmd: 'predicted' }, {}, 'very-strong'],
  [
    'nonsense without decay, critical region',
    'stop_gained',
    { nmd: 'escapes', criticalRegion: true },
    {},
    'strong',
  ],
  ['… 11 % of the protein', 'frameshift_variant', { nmd: 'escapes', proteinShare: 0.11 }, {}, 'strong'],
  ['… 10 % of the protein', 'frameshift_variant', { nmd: 'escapes', proteinShare: 0.1 }, {}, 'moderate'],
  ['nothing known of the loss', 'stop_gained', undefined, {}, 'moderate'],
  [
    'exon skipped in frame, critical',
    'splice_donor_variant',
    { skipKeepsFrame: true, criticalRegion: true },
    {},
    'strong',
  ],
  [
    'exon skipped out of frame, decay',
    'splice_donor_variant',
    { skipKeepsFrame: false, nmd: 'predicted' },
    {},
    'very-strong',
  ],
  ['exon of no relevant transcript', 'stop_gained', { inRelevantTranscript: false }, {}, 'not-met'],
  ['start lost, pathogenic upstream', 'start_lost', { pathogenicUpstreamOfNextStart: true }, {}, 'moderate'],
  ['start lost, nothing known', 'start_lost', undefined, {}, 'supporting'],
  ['start lost of no relevant transcript', 'start_lost', { inRelevantTranscript: false }, {}, 'not-met'],
  [
    'start lost, another transcript begins elsewhere',
    'start_lost',
    { otherTranscriptStart: true },
    {},
    'not-met',
  ],
  [
    'last exon, where truncations are frequent',
    'stop_gained',
    { nmd: 'escapes', proteinShare: 0.5, frequentTruncations: true },
    {},
    'not-met',
  ],
  [
    '… though the region is critical',
    'stop_gained',
    { nmd: 'escapes', criticalRegion: true, frequentTruncations: true },
    {},
    'strong',
  ],
  [
    '… though decay destroys all of it',
    'stop_gained',
    { nmd: 'predicted', frequentTruncations: true },
    {},
    'very-strong',
  ],
  ['whole gene', 'transcript_ablation', undefined, {}, 'very-strong'],
  ['mechanism only likely', 'stop_gained', { nmd: 'predicted' }, { lossOfFunction: 'likely' }, 'strong'],
  ['mechanism another', 'stop_gained', { nmd: 'predicted' }, { lossOfFunction: 'no' }, 'not-used'],
  ['no null variant', 'missense_variant', undefined, {}, 'not-met'],
] as const) {
  test(`PVS1, ${name}: ${expected}`, () => {
    const evidence: VariantEvidence = {
      variant: variant(consequence),
      ...(loss === undefined ? {} : { loss: { ...loss, source } }),
      gene: { ...gene, source },
    }
    assert.equal(verdicts(evidence).get('PVS1'), expected)
  })
}

/** What PVS1 says, and how. */
function pvs1Of(evidence: Omit<VariantEvidence, 'variant'>, gene = 'PTEN', consequence = 'stop_gained') {
  const one = assess({ variant: variant(consequence, { gene }), ...evidence }, rules).find(
    ({ code }) => code === 'PVS1',
  )!
  return { is: one.state === 'met' ? one.strength : one.state, because: one.because, facts: one.facts }
}

test('PVS1: a small last part that one in a thousand lacks is not needed; a large one may still be, for a recessive disease', () => {
  const of = (proteinShare: number, frequency: number) =>
    pvs1Of({ loss: { nmd: 'escapes', proteinShare, source }, population: { frequency, source } }, 'BRCA2').is
  assert.deepEqual(
    [of(0.027, 0.007), of(0.027, 0.001), of(0.1, 0.0011), of(0.95, 0.007)],
    ['not-met', 'moderate', 'not-met', 'strong'],
  )
})

test('PVS1 names what it took as given, and asks of titin which exon it is', () => {
  const open = pvs1Of({ loss: { nmd: 'escapes', proteinShare: 0.2, source } })
  assert.match(open.because, /taken as given: that the exon is in a transcript .* that truncating changes/)
  const told = pvs1Of({
    loss: {
      nmd: 'escapes',
      proteinShare: 0.2,
      inRelevantTranscript: true,
      frequentTruncations: false,
      source,
    },
  })
  assert.equal(told.because, 'Null variant by the PVS1 decision tree.')
  assert.ok(told.facts.some(({ what }) => what === 'truncating changes of the exon frequent: no'))
  const splice = pvs1Of({}, 'PTEN', 'splice_donor_variant').because
  assert.equal(splice.split('the share of the protein').length, 2)
  const established = { lossOfFunction: 'established', source } as const
  const titin = (loss: object) =>
    pvs1Of({ gene: established, loss: { nmd: 'predicted', ...loss, source } }, 'TTN')
  assert.equal(titin({}).is, 'not-assessed')
  assert.match(titin({}).because, /nine in ten transcripts of the adult heart/)
  assert.deepEqual(
    [titin({ inRelevantTranscript: true }).is, titin({ inRelevantTranscript: false }).is],
    ['very-strong', 'not-met'],
  )
})

test('what is too frequent for the disease is not rare for it', () => {
  const found = verdicts({
    variant: variant('missense_variant'),
    gene: { bs1: 0.00001, source },
    population: { frequency: 0.000015, source },
  })
  assert.deepEqual([found.get('BS1'), found.get('PM2')], ['strong', 'not-met'])
})

test('scores calibrated on the nucleus say nothing of the mitochondrion', () => {
  const found = verdicts({
    variant: variant('missense_variant', { gene: 'MT-ND1', chromosome: 'chrM' }),
    scores: [{ tool: 'REVEL', value: 0.99, source }],
  })
  assert.deepEqual([found.get('PP3'), found.get('BP4')], ['not-used', 'not-used'])
})

test('common and called pathogenic: the frequency alone does not make it benign', () => {
  const criteria = assess(
    {
      variant: variant('missense_variant', { gene: 'G6PD' }),
      population: { frequency: 0.12, alleles: 20_000, source },
      calledPathogenic: { as: 'Pathogenic, 2 stars', source: 'ClinVar' },
    },
    rules,
  )
  const ba1 = criteria.find(({ code }) => code === 'BA1')!
  assert.deepEqual(
    [ba1.state, ba1.missing],
    ['not-assessed', ['why it is called pathogenic although it is common']],
  )
})

test('whether loss of function is the mechanism: by the panel of the gene', () => {
  const of = (gene: string) => pvs1Of({ loss: { nmd: 'predicted', source } }, gene).is
  assert.deepEqual(
    ['BRCA1', 'PALB2', 'LDLR', 'SCN1A', 'PTEN', 'MYH7', 'HRAS', 'MYOC', 'RYR1', 'VWF'].map((gene) =>
      of(gene),
    ),
    [
      ...['very-strong', 'very-strong', 'very-strong', 'very-strong', 'very-strong'],
      ...['not-used', 'not-used', 'not-used', 'not-assessed', 'not-assessed'],
    ],
  )
})

test('PVS1 is not assessed in a gene whose mechanism nobody stated', () => {
  const found = verdicts({
    variant: variant('stop_gained', { gene: 'NOGENE1' }),
    loss: { nmd: 'predicted', source },
  })
  assert.equal(found.get('PVS1'), 'not-assessed')
})

for (const [tool, value, pp3, bp4] of [
  ['REVEL', 0.932, 'strong', 'not-met'],
  ['REVEL', 0.931, 'moderate', 'not-met'],
  ['REVEL', 0.773, 'moderate', 'not-met'],
  ['REVEL', 0.644, 'supporting', 'not-met'],
  ['REVEL', 0.643, 'not-met', 'not-met'],
  ['REVEL', 0.291, 'not-met', 'not-met'],
  ['REVEL', 0.29, 'not-met', 'supporting'],
  ['REVEL', 0.183, 'not-met', 'moderate'],
  ['REVEL', 0.016, 'not-met', 'strong'],
  ['REVEL', 0.003, 'not-met', 'very-strong'],
  ['CADD', 28.1, 'moderate', 'not-met'],
  ['BayesDel', -0.18, 'not-met', 'supporting'],
  ['AlphaMissense', 0.99, 'strong', 'not-met'],
  ['PolyPhen', 0.99, 'not-assessed', 'not-assessed'],
] as const) {
  test(`${tool} ${value} of a missense change: PP3 ${pp3}, BP4 ${bp4}`, () => {
    const found = verdicts({
      variant: variant('missense_variant'),
      scores: [
        { tool, value, source },
        { tool: 'SpliceAI', value: 0, source },
      ],
    })
    assert.deepEqual([found.get('PP3'), found.get('BP4')], [pp3, bp4])
  })
}

test('splicing: it makes a benign score useless, and without it a benign score is supporting at most', () => {
  const of = (splice: number | undefined, consequence = 'missense_variant', hgvsC?: string) =>
    verdicts({
      variant: variant(consequence, { hgvsC }),
      scores: [
        { tool: 'REVEL', value: 0.01, source },
        ...(splice === undefined ? [] : [{ tool: 'SpliceAI', value: splice, source }]),
      ],
    })
  assert.equal(of(undefined).get('BP4'), 'supporting')
  assert.equal(of(0.1).get('BP4'), 'strong')
  assert.equal(of(0.11).get('BP4'), 'not-met')
  assert.equal(of(0.2).get('PP3'), 'supporting')
  assert.equal(of(0.1, 'synonymous_variant').get('BP7'), 'supporting')
  assert.equal(of(undefined, 'synonymous_variant').get('BP7'), 'not-assessed')
  assert.equal(of(0, 'intron_variant', 'c.79+7A>G').get('BP7'), 'supporting')
  assert.equal(of(0, 'intron_variant', 'c.79+6A>G').get('BP7'), 'not-met')
  assert.equal(of(0, 'intron_variant', 'c.80-21A>G').get('BP7'), 'supporting')
  assert.equal(of(0, 'intron_variant', 'c.80-20A>G').get('BP7'), 'not-met')
})

for (const [population, gene, ba1, bs1, pm2] of [
  [{ absent: true }, {}, 'not-met', 'not-assessed', 'supporting'],
  [{}, {}, 'not-assessed', 'not-assessed', 'not-assessed'],
  [{ frequency: 0.051, alleles: 150000 }, {}, 'stand-alone', 'not-assessed', 'not-met'],
  [{ frequency: 0.05, alleles: 150000 }, {}, 'not-met', 'not-assessed', 'not-met'],
  [{ frequency: 0.06, alleles: 1999 }, {}, 'not-assessed', 'not-assessed', 'not-assessed'],
  [{ frequency: 0, alleles: 100 }, {}, 'not-met', 'not-assessed', 'not-assessed'],
  [{ absent: true, alleles: 2000 }, {}, 'not-met', 'not-assessed', 'supporting'],
  [{ frequency: 0.001 }, { bs1: 0.0009 }, 'not-met', 'strong', 'not-met'],
  [{ frequency: 0.0009 }, { bs1: 0.0009 }, 'not-met', 'not-met', 'not-met'],
  [{ frequency: 0.00002 }, { inheritance: ['AD'] }, 'not-met', 'not-assessed', 'supporting'],
  [{ frequency: 0.00007 }, { inheritance: ['AD'] }, 'not-met', 'not-assessed', 'not-met'],
  [{ frequency: 0.00007 }, { inheritance: ['AR'] }, 'not-met', 'not-assessed', 'supporting'],
] as const) {
  test(`population ${JSON.stringify(population)}: BA1 ${ba1}, BS1 ${bs1}, PM2 ${pm2}`, () => {
    const found = verdicts({
      variant: variant('missense_variant'),
      population: { ...population, source },
      gene: { ...gene, inheritance: 'inheritance' in gene ? [...gene.inheritance] : ['AD'], source },
    })
    assert.deepEqual([found.get('BA1'), found.get('BS1'), found.get('PM2')], [ba1, bs1, pm2])
  })
}

for (const named of [
  { assembly: 'GRCh38', chromosome: 'chr6', position: 26092913, ref: 'G', alt: 'A', gene: undefined },
  { assembly: 'GRCh37', chromosome: 'chr13', position: 20763612, ref: 'C', alt: 'T' },
  { gene: 'HFE', hgvsP: 'NP_000401.1:p.(Cys282Tyr)' },
  { gene: 'BTD', hgvsC: 'NM_000060.4:c.1330G>C' },
  { gene: 'BTD', hgvsC: 'NM_001370658.1:c.1270G>C' },
  { gene: 'ACAD9', hgvsC: 'NM_014049.4:c.-44_-41dupTAAG' },
] as const) {
  test(`a common founder variant of the exception list is not benign by frequency: ${JSON.stringify(named)}`, () => {
    const found = verdicts({
      variant: variant('missense_variant', named),
      population: { frequency: 0.06, alleles: 100000, source },
    })
    assert.equal(found.get('BA1'), 'not-used')
  })
}

test('cases: de novo, in trans, segregation', () => {
  const proven = { parents: 'confirmed', phenotype: 'specific', source } as const
  const assumed = { parents: 'assumed', phenotype: 'consistent', source } as const
  const of = (more: Partial<VariantEvidence>) => verdicts({ variant: variant('missense_variant'), ...more })
  assert.deepEqual(
    [of({ deNovo: [proven] }).get('PS2'), of({ deNovo: [proven] }).get('PM6')],
    ['strong', 'not-used'],
  )
  assert.equal(of({ deNovo: [proven, proven] }).get('PS2'), 'very-strong')
  assert.deepEqual(
    [of({ deNovo: [assumed] }).get('PS2'), of({ deNovo: [assumed] }).get('PM6')],
    ['not-used', 'supporting'],
  )
  const same = { other: 'same', phase: 'confirmed', source } as const
  const recessive = { gene: { inheritance: ['AR'], source } } as const
  const pm3 = (...inTrans: NonNullable<VariantEvidence['inTrans']>) =>
    of({ inTrans, ...recessive }).get('PM3')
  assert.equal(pm3(same, same, same, same), 'moderate')
  assert.equal(pm3({ other: 'uncertain', phase: 'unknown', source }), 'not-met')
  // Parents who are related: a quarter each, and half a point at most.
  const related = { ...same, consanguineous: true }
  assert.deepEqual(
    [
      pm3(related),
      pm3(related, related),
      pm3(related, related, related, related),
      pm3(related, related, same),
    ],
    ['not-met', 'supporting', 'supporting', 'moderate'],
  )
  const family = (meioses: number, families: number, affectedWithout = 0) =>
    of({ segregation: { meioses, families, affectedWithout, source } })
  assert.deepEqual(
    [2, 3, 4, 5].map((meioses) => family(meioses, 1).get('PP1')),
    ['not-met', 'supporting', 'moderate', 'strong'],
  )
  assert.equal(family(2, 2).get('PP1'), 'supporting')
  assert.deepEqual([family(3, 1, 1).get('BS4'), family(3, 1, 2).get('BS4')], ['not-assessed', 'strong'])
})

test('the other copy speaks for a variant of a recessive disease, and against one of a dominant disease', () => {
  const pathogenic = { other: 'pathogenic', phase: 'confirmed', source } as const
  const of = (way: 'AD' | 'AR' | 'SD') =>
    verdicts({
      variant: variant('missense_variant'),
      gene: { inheritance: [way], source },
      inTrans: [pathogenic],
      besidePathogenic: { phase: 'in-trans-dominant', source },
    })
  const both = (way: 'AD' | 'AR' | 'SD') => [of(way).get('PM3'), of(way).get('BP2')]
  assert.deepEqual(both('AR'), ['moderate', 'not-used'])
  assert.deepEqual(both('AD'), ['not-used', 'supporting'])
  assert.deepEqual(both('SD'), ['moderate', 'supporting'])
  // BRCA2 is known for a dominant disease and has a recessive one too: what nobody gave does not decide.
  const brca2 = { variant: variant('missense_variant', { gene: 'BRCA2' }), inTrans: [pathogenic] }
  assert.equal(verdicts(brca2).get('PM3'), 'moderate')
})

test('assays: odds of pathogenicity exceed the cut-offs; else the number of known variants counts', () => {
  const of = (result: 'damaging' | 'normal', more: object) =>
    verdicts({ variant: variant('missense_variant'), functional: { result, ...more, source } })
  assert.equal(of('damaging', { oddsPath: 18.7 }).get('PS3'), 'moderate')
  assert.equal(of('damaging', { oddsPath: 18.8 }).get('PS3'), 'strong')
  assert.equal(of('damaging', { oddsPath: 2 }).get('PS3'), 'not-met')
  assert.equal(of('normal', { oddsPath: 0.05 }).get('BS3'), 'strong')
  assert.equal(of('normal', { controls: { pathogenic: 6, benign: 5 } }).get('BS3'), 'moderate')
  assert.equal(of('damaging', { controls: { pathogenic: 1, benign: 0 } }).get('PS3'), 'supporting')
  assert.equal(of('damaging', { controls: { pathogenic: 12, benign: 0 } }).get('PS3'), 'supporting')
  assert.equal(of('damaging', { controls: { pathogenic: 10, benign: 1 } }).get('PS3'), 'moderate')
  assert.equal(of('damaging', {}).get('PS3'), 'not-assessed')
  assert.equal(of('damaging', { oddsPath: 20 }).get('BS3'), 'not-met')
})

test('evidence counts once', () => {
  const hot = (value: number) =>
    verdicts({
      variant: variant('missense_variant'),
      region: { hotspot: true, source },
      scores: [{ tool: 'REVEL', value, source }],
    })
  assert.equal(hot(0.8).get('PM1'), 'moderate')
  assert.equal(hot(0.95).get('PM1'), 'not-used')
  const stated = verdicts({
    variant: variant('missense_variant'),
    scores: [{ tool: 'REVEL', value: 0.7, source }],
    stated: [{ code: 'PM1', met: true, strength: 'strong', because: 'codon 245', source }],
  })
  assert.deepEqual([stated.get('PM1'), stated.get('PP3')], ['strong', 'not-used'])
  assert.equal(
    verdicts({ variant: variant('stop_gained'), scores: [{ tool: 'SpliceAI', value: 0.9, source }] }).get(
      'PP3',
    ),
    'not-used',
  )
})

test('comparators: a truncating or splicing neighbour says nothing', () => {
  const of = (kind: 'same-change' | 'same-residue', more: object = {}) =>
    verdicts({
      variant: variant('missense_variant'),
      comparators: [{ class: 'pathogenic', kind, id: 'x', source, ...more }],
    })
  assert.equal(of('same-change').get('PS1'), 'strong')
  assert.equal(of('same-change', { class: 'likely-pathogenic' }).get('PS1'), 'moderate')
  assert.equal(of('same-residue').get('PM5'), 'moderate')
  assert.equal(of('same-residue', { splicing: true }).get('PM5'), 'not-met')
  assert.equal(of('same-residue', { class: 'benign' }).get('PM5'), 'not-met')
})

test('what a person assessed stands before what is computed', () => {
  const found = verdicts({
    variant: variant('missense_variant'),
    scores: [{ tool: 'REVEL', value: 0.99, source }],
    stated: [
      { code: 'PP3', met: false, because: 'the tool was trained on it', source: 'A. Scientist' },
      { code: 'PS4', met: true, strength: 'moderate', because: '7 probands', source: 'PMID 1' },
    ],
  })
  assert.deepEqual([found.get('PP3'), found.get('PS4')], ['not-met', 'moderate'])
  const clinvar = { code: 'PP5', met: true, because: 'ClinVar', source } as const
  assert.equal(verdicts({ variant: variant('missense_variant'), stated: [clinvar] }).get('PP5'), 'not-used')
})
