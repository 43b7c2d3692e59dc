import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { therapyFindings } from '../../interpret/tumor/tumor.ts'
import { Facts } from '../../knowledge/facts.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import type { DrugAdvice } from '../plan.ts'
import type { TargetSituation } from './option.ts'
import { rankTargets } from './rank.ts'
import { rankingChanges } from './ranking-change.ts'
import { treatmentsAmong } from './treatments.ts'
import { NOT_VERIFIED } from './weigh.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const small = (text: string, more: Partial<SomaticVariant> = {}): SomaticVariant => {
  const [gene, hgvsP] = text.split(' ')
  return {
    gene,
    assembly: 'GRCh38',
    place: undefined,
    hgvsP: `p.${hgvsP}`,
    consequences: [],
    exon: undefined,
    ...more,
  }
}
const profile = (given: Partial<TumorProfile>): TumorProfile => ({
  sample: undefined,
  variants: [],
  copyNumbers: [],
  fusions: [],
  covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
  ...given,
})
const ranked = (code: string, given: Partial<TumorProfile>, situation: TargetSituation = {}) =>
  rankTargets(therapyFindings(profile(given), code, facts), { agency: 'FDA', ...situation })
const drugs = (list: readonly { readonly drug: string }[]) => [...new Set(list.map(({ drug }) => drug))]

test('T790M: osimertinib leads, the inhibitors it defeats stand last and say why', () => {
  const { options } = ranked(
    'LUAD',
    {
      variants: [small('EGFR E746_A750del'), small('EGFR T790M')],
      assay: { name: 'cobas EGFR Mutation Test v2', design: undefined, specimen: 'tissue' },
    },
    { stage: 'advanced', linesGiven: 1 },
  )
  assert.equal(options[0]!.id, 'fda.osimertinib.5')
  assert.ok(
    options[0]!.for.some((why) =>
      why.includes('cobas EGFR Mutation Test v2 is approved by the FDA for EGFR T790M'),
    ),
  )
  const erlotinib = options.find(({ id }) => id === 'fda.erlotinib.1')!
  assert.equal(erlotinib.blocked, true)
  assert.ok(erlotinib.against[0]!.includes('EGFR T790M'))
  assert.ok(options.indexOf(erlotinib) > options.findIndex(({ drug }) => drug === 'atezolizumab'))
  const partner = options.find(({ regimens }) => regimens.some((one) => one.includes('erlotinib')))!
  assert.deepEqual([partner.drug, partner.blocked], ['ramucirumab', true])
})

test('an approval that nobody compared with the label says so, any other does not', () => {
  const fusion: Partial<TumorProfile> = {
    fusions: [{ five: 'CD74', three: 'ROS1', frame: 'in-frame' }],
  }
  const { options } = ranked('LUAD', fusion, { stage: 'advanced', linesGiven: 1 })
  const said = (id: string) => options.find((one) => one.id === id)!.against.includes(NOT_VERIFIED)
  const checked = new Map(approvals(facts).all.map((one) => [one.id, one.checked]))
  for (const { id } of options) assert.equal(said(id), checked.get(id) === undefined, id)
  assert.ok(options.some(({ id }) => id === 'fda.zidesamtinib.1'))
  assert.ok([...checked.values()].some((one) => one === undefined))
})

test('mismatch repair and microsatellites that contradict each other: a caution on what one of them selects', () => {
  const immunotherapy = (markers: NonNullable<TumorProfile['markers']>) =>
    ranked('COAD', { markers }, { stage: 'advanced' }).options.filter(({ drug }) => drug === 'pembrolizumab')
  const high = { kind: 'microsatellites', status: 'high' } as const
  const alone = immunotherapy([high])
  assert.ok(alone.length > 0)
  for (const { against } of alone) assert.ok(!against.some((one) => one.includes('should agree')))
  const both = immunotherapy([high, { kind: 'mismatch-repair', status: 'proficient' }])
  assert.equal(both.length, alone.length)
  for (const { against } of both)
    assert.ok(against.some((one) => one.startsWith('microsatellites high, but mismatch repair proficient')))
  const stable = immunotherapy([
    { kind: 'mismatch-repair', status: 'deficient' },
    { kind: 'microsatellites', status: 'low' },
  ])
  for (const { against } of stable)
    assert.ok(against.some((one) => one.startsWith('mismatch repair deficient, but microsatellites low')))
})

test('a KRAS change excludes antibodies against EGFR; KRAS that was not tested leaves them open, never wild type', () => {
  const mutated = ranked('COADREAD', { variants: [small('KRAS G12D')] })
  assert.ok(
    mutated.excluded.some(({ drug, because }) => drug === 'panitumumab' && because.includes('KRAS G12D')),
  )
  assert.ok(!drugs(mutated.options).includes('cetuximab'))
  const untested = ranked('COADREAD', {
    covered: { variants: new Set(['BRAF']), copyNumbers: 'all', fusions: 'all' },
  })
  const open = untested.open.find(({ id }) => id === 'fda.panitumumab.1')!
  assert.ok(open.missing.some((what) => what.includes('KRAS')))
  assert.ok(!drugs(untested.options).includes('panitumumab'))
})

test('KRAS G12C: panitumumab beside sotorasib is not held against the change that it is given for', () => {
  const { options } = ranked('COADREAD', { variants: [small('KRAS G12C')] })
  const both = options.find(({ id }) => id === 'fda.panitumumab.3')!
  assert.equal(both.blocked, false)
  assert.deepEqual(both.regimens, [['sotorasib']])
})

test('nothing found in plasma leaves wild type open; in tissue it is wild type', () => {
  const of = (specimen: 'plasma' | 'tissue') =>
    ranked('COADREAD', { assay: { name: undefined, design: undefined, specimen } })
  assert.ok(drugs(of('tissue').options).includes('panitumumab'))
  const plasma = of('plasma')
  assert.ok(!drugs(plasma.options).includes('panitumumab'))
  assert.ok(
    plasma.open.some(
      ({ drug, missing }) => drug === 'panitumumab' && missing.some((what) => what.includes('tissue')),
    ),
  )
})

test('an approval in this disease goes before one in another, and the other says so', () => {
  const { options } = ranked('MEL', { variants: [small('BRAF V600E')] })
  const standing = options.map((one) => one.standing)
  assert.deepEqual(
    standing,
    [...standing].sort((a, b) => (a === b ? 0 : a === 'this-disease' ? -1 : 1)),
  )
  const colon = options.find(({ id }) => id === 'fda.encorafenib.2')!
  assert.equal(colon.standing, 'other-disease')
  assert.ok(colon.against.some((why) => why.startsWith('approved for another disease')))
})

test('a result from another assay: biomarker met, approved test not documented, the approved tests named', () => {
  const { options } = ranked('LUAD', {
    variants: [small('EGFR L858R')],
    assay: { name: 'House panel', design: undefined },
  })
  const one = options.find(({ id }) => id === 'fda.osimertinib.3')!
  const told = one.against.find((why) => why.startsWith('biomarker met, approved test not documented'))!
  assert.ok(told.includes('House panel') && told.includes('cobas EGFR Mutation Test v2 (tissue or plasma)'))
})

test('a drug that the germline refuses stands last; taking the result away re-ranks and says why', () => {
  const advice = (name: string): DrugAdvice => ({
    drug: { name, rxcui: undefined, atc: [] },
    status: 'considered',
    headline: 'Avoid.',
    severity: 'critical',
    state: 'answered',
    recommendations: [
      {
        rule: 'r',
        source: 'CPIC',
        population: { code: 'general' } as never,
        applies: 'yes',
        asks: [],
        basis: [],
        actions: [{ code: 'AVOID' }],
        effects: [],
        strength: 'strong',
        severity: 'critical',
        doThis: '',
        because: '',
        citation: {
          source: 'CPIC',
          title: '',
          version: '',
          url: undefined,
          pmids: [],
          pack: { id: 'p', version: '1' },
        },
      },
    ],
    agreement: 'single',
    difference: undefined,
    missing: [],
    wouldChange: [],
    dose: [],
  })
  const her2: Partial<TumorProfile> = {
    markers: [{ kind: 'protein', protein: 'HER2', status: 'positive', score: undefined }],
  }
  const before = ranked('BRCA', her2, { stage: 'advanced', linesGiven: 2, advice: [advice('capecitabine')] })
  const after = ranked('BRCA', her2, { stage: 'advanced', linesGiven: 2 })
  const tucatinib = before.options.find(({ id }) => id === 'fda.tucatinib.1')!
  assert.equal(tucatinib.blocked, true)
  assert.ok(before.options.indexOf(tucatinib) > after.options.findIndex(({ id }) => id === 'fda.tucatinib.1'))
  const told = rankingChanges(before, after).find((line) => line.startsWith('tucatinib'))!
  assert.ok(told.includes('no longer against: capecitabine: Avoid'))
  assert.deepEqual(rankingChanges(before, before), [])
})

test('without a diagnosis nothing is an option of this disease', () => {
  const { options, open } = rankTargets(
    therapyFindings(profile({ variants: [small('BRAF V600E')] }), undefined, facts),
  )
  assert.deepEqual(options, [])
  assert.ok(open.every(({ missing }) => missing.includes('the diagnosis')))
})

test('of a tumour that nobody tested nothing is met and nothing excluded, whatever the disease', () => {
  const covered = { variants: undefined, copyNumbers: undefined, fusions: undefined }
  for (const code of ['LUAD', 'BRCA', 'COADREAD', 'AML', 'GIST', 'OVT', 'CML', 'MEL']) {
    const { options, open, excluded } = ranked(code, { covered })
    assert.deepEqual([options, excluded], [[], []], code)
    assert.ok(open.length > 0, code)
    for (const one of open) assert.ok(one.missing.length > 0, one.id)
  }
})

test('a limit of the label is no target: an antibody against PD-L1 stands behind the drugs that EGFR selects', () => {
  const { options } = ranked('LUAD', { variants: [small('EGFR L858R')] })
  const place = (id: string) => options.findIndex((one) => one.id === id)
  assert.ok(place('fda.atezolizumab.6') > place('fda.osimertinib.3'))
  assert.ok(options[place('fda.atezolizumab.6')]!.against.some((why) => why.startsWith('not directed at')))
  assert.match(options[place('fda.atezolizumab.6')]!.onlyAfter ?? '', /^progression during or after platinum/)
  assert.equal(options[place('fda.osimertinib.3')]!.onlyAfter, undefined)
})

test('what is only absent offers nothing from other diseases: a leukaemia without KRAS change is offered no panitumumab', () => {
  const { options } = ranked('AML', { variants: [small('IDH1 R132H')] })
  const others = options.filter(({ standing }) => standing === 'other-disease')
  assert.ok(drugs(others).includes('vorasidenib'))
  for (const drug of ['panitumumab', 'imatinib', 'cetuximab']) assert.ok(!drugs(others).includes(drug), drug)
})

const her2 = (given: Partial<TumorProfile> = {}): Partial<TumorProfile> => ({
  markers: [{ kind: 'protein', protein: 'HER2', status: 'positive', score: undefined }],
  ...given,
})

test('every option behind another says by what; those that nothing tells apart have one rank and stand by name', () => {
  for (const [code, given] of [
    ['LUAD', { variants: [small('EGFR L858R')] }],
    ['COADREAD', { variants: [small('BRAF V600E')] }],
    ['BRCA', her2()],
  ] as const) {
    const { options, comparedBy } = ranked(code, given, { stage: 'advanced', linesGiven: 0 })
    assert.equal(options[0]!.rank, 1)
    assert.equal(options[0]!.behind, undefined)
    for (const [place, one] of options.entries()) {
      const before = options[place - 1]
      if (before === undefined) continue
      if (one.behind === undefined) {
        assert.equal(one.rank, before.rank, one.id)
        assert.ok(before.drug <= one.drug, one.id)
      } else {
        assert.ok(one.rank > before.rank && one.rank <= place + 1, one.id)
        assert.equal(one.behind.id, before.id)
        assert.ok(comparedBy.includes(one.behind.by))
        assert.notEqual(one.behind.here, one.behind.there, one.id)
      }
    }
  }
})

test('a drug for inherited BRCA changes is held open until blood or saliva was tested, whatever the tumour shows', () => {
  const given = { variants: [small('KRAS G12D')] }
  const situation = { stage: 'advanced', linesGiven: 1 } as const
  const olaparib = ranked('PAAD', given, situation).open.find(({ id }) => id === 'fda.olaparib.6')
  assert.deepEqual(olaparib?.missing.slice(0, 2), ['a germline test of BRCA1', 'a germline test of BRCA2'])
  const covered = { variants: 'all', copyNumbers: 'all', fusions: 'all', germline: 'all' } as const
  const tested = ranked('PAAD', { ...given, covered }, situation)
  assert.ok(tested.excluded.some(({ id }) => id === 'fda.olaparib.6'))
})

test('a label for people who never had an inhibitor stands behind once one was given; what a label asks for is told', () => {
  const alk = { fusions: [{ five: 'EML4', three: 'ALK' }] }
  const of = (given?: readonly string[]) =>
    ranked('LUAD', alk, { stage: 'advanced', linesGiven: 1, ...(given === undefined ? {} : { given }) })
      .options
  const after = of(['crizotinib'])
  const ensartinib = after.find(({ id }) => id === 'fda.ensartinib.1')!
  assert.match(ensartinib.against.join(), /never had an ALK inhibitor: crizotinib was given/)
  assert.ok(after.indexOf(ensartinib) > after.findIndex(({ id }) => id === 'fda.lorlatinib.1'))
  const untold = of().find(({ id }) => id === 'fda.ensartinib.1')!
  assert.deepEqual(untold.missing, ['whether an ALK inhibitor was given before'])
  assert.equal(untold.rank, of().find(({ id }) => id === 'fda.lorlatinib.1')!.rank)
  const t790m = ranked('LUAD', { variants: [small('EGFR T790M')] }, { linesGiven: 1, given: ['erlotinib'] })
  assert.match(
    t790m.options.find(({ id }) => id === 'fda.osimertinib.5')!.for.join(),
    /an EGFR tyrosine kinase inhibitor was given before, as the label asks: erlotinib/,
  )
})

test('a boxed warning for a condition that the person has puts an option behind; a contraindication last', () => {
  const situation = { stage: 'advanced', linesGiven: 1 } as const
  const heart = [{ key: 'heart-failure', words: 'heart failure or cardiomyopathy' }]
  const place = (conditions: typeof heart, id: string) =>
    ranked('IDC', her2(), { ...situation, conditions }).options.findIndex((one) => one.id === id)
  assert.ok(place([], 'fda.trastuzumab-emtansine.1') >= 0)
  const { options } = ranked('IDC', her2(), { ...situation, conditions: heart })
  const tdm1 = options.find(({ id }) => id === 'fda.trastuzumab-emtansine.1')!
  assert.match(
    tdm1.against.join('|'),
    /heart failure or cardiomyopathy: in the boxed warning of trastuzumab emtansine/,
  )
  assert.equal(tdm1.blocked, false)
  assert.ok(
    place(heart, 'fda.trastuzumab-deruxtecan.2') < place(heart, 'fda.trastuzumab-emtansine.1'),
    'a warning before a boxed warning',
  )
  const aml = ranked(
    'AML',
    { variants: [small('FLT3 Y597_E598insDYVDFREY')] },
    { linesGiven: 0, conditions: [{ key: 'long-qt', words: 'long QT syndrome' }] },
  ).options
  const quizartinib = aml.find(({ drug }) => drug === 'quizartinib')!
  assert.equal(quizartinib.blocked, true)
  assert.match(
    quizartinib.against.join('|'),
    /long QT syndrome: contraindicated by the contraindications, section 4,/,
  )
  assert.ok(aml.indexOf(quizartinib) > aml.findIndex(({ drug }) => drug === 'midostaurin'))
})

test('what a label says of a condition is told as not verified where nobody compared it', () => {
  const one = therapyFindings(profile({ variants: [small('EGFR L858R')] }), 'LUAD', facts).find(
    ({ biomarker, cautions }) => biomarker.state === 'met' && cautions.length > 0,
  )
  const conditions = [{ key: 'pregnancy', words: 'pregnancy' }]
  const against = (checked: string | undefined) => {
    const caution = { ...one!.cautions.find(({ condition }) => condition === 'pregnancy')!, checked }
    const { options } = rankTargets([{ ...one!, cautions: [caution] }], { agency: 'FDA', conditions })
    return options[0]!.against.filter((why) => why.startsWith('pregnancy:'))
  }
  assert.match(against(undefined)[0]!, /; not verified\)$/)
  assert.doesNotMatch(against('label text')[0]!, /not verified/)
})

test('a drug of whose label nothing is carried says so beside a condition, any other does not', () => {
  const one = therapyFindings(profile({ variants: [small('EGFR L858R')] }), 'LUAD', facts).find(
    ({ biomarker, cautions }) => biomarker.state === 'met' && cautions.length > 0,
  )!
  const missing = (cautions: typeof one.cautions, words: readonly string[]) => {
    const conditions = words.map((it) => ({ key: it, words: it }))
    const { options } = rankTargets([{ ...one, cautions }], { agency: 'FDA', conditions })
    return options[0]!.missing.filter((why) => why.startsWith('what the label of'))
  }
  const { drug } = one.approval
  assert.deepEqual(missing([], ['pregnancy']), [
    `what the label of ${drug} says of pregnancy: no part of it is carried here`,
  ])
  const [own] = one.cautions.filter((it) => it.drug === drug)
  assert.deepEqual(missing([own!], ['hepatitis B']), [])
  assert.deepEqual(missing([], []), [])
})

const rejectedIn = (code: string, change: string, filter = 'weak_evidence') =>
  ranked(
    code,
    { rejected: [{ variant: small(change, { tumor: { fraction: 0.03, depth: 100 } }), filter }] },
    { stage: 'advanced', linesGiven: 2 },
  )

test('a gene with a rejected call is not wild type: the option is open until it is known whether the call is real', () => {
  for (const change of ['KRAS G12V', 'NRAS Q61K', 'KRAS R164Q']) {
    const { options, open } = rejectedIn('COAD', change)
    assert.ok(!options.some(({ id }) => id === 'fda.panitumumab.2'), change)
    const held = open.find(({ id }) => id === 'fda.panitumumab.2')!
    assert.deepEqual(held.missing.slice(0, 1), [
      `whether ${change}, which was called and failed a filter, is real`,
    ])
  }
  const { options } = rejectedIn('COAD', 'TP53 R175H')
  assert.ok(
    options.some(({ id }) => id === 'fda.panitumumab.2'),
    'another gene',
  )
})

test('a rejected call of what a label asks for is neither met nor absent', () => {
  const { open, options, excluded } = rejectedIn('LUAD', 'EGFR L858R')
  const is = ({ id }: { readonly id: string }) => id === 'fda.osimertinib.3'
  assert.ok(!options.some(is) && !excluded.some(is))
  assert.match(
    open.find(is)!.missing.join(),
    /whether EGFR L858R, which was called and failed a filter, is real/,
  )
})

test('a resistance is told with the reads that show it', () => {
  const seen = small('EGFR T790M', { tumor: { fraction: 0.0033, depth: 903 } })
  const { options } = ranked('LUAD', { variants: [small('EGFR L858R'), seen] }, { stage: 'advanced' })
  const gefitinib = options.find(({ drug }) => drug === 'gefitinib')!
  assert.equal(gefitinib.blocked, true)
  assert.match(gefitinib.against.join('; '), /resistance: EGFR T790M \(.*; seen in 0\.33 % of 903 reads/)
})

test('a resistance in fewer reads than the assay finds reliably is a doubt, not a refusal; without a limit that is said', () => {
  const seen = small('EGFR T790M', { tumor: { fraction: 0.0033, depth: 903 } })
  const of = (detectionLimit?: number) =>
    ranked(
      'LUAD',
      {
        variants: [small('EGFR L858R'), seen],
        ...(detectionLimit === undefined
          ? {}
          : { assay: { name: 'panel', design: undefined, detectionLimit } }),
      },
      { stage: 'advanced' },
    ).options.find(({ drug }) => drug === 'gefitinib')!
  assert.equal(of(0.02).blocked, false)
  assert.match(
    of(0.02).against.join('; '),
    /EGFR T790M is in 0\.33 % of reads, below what the assay finds reliably \(2 %\); were it real: the most common change/,
  )
  assert.equal(of(0.001).blocked, true)
  assert.match(of().against.join('; '), /of 903 reads, and nobody says how few the assay finds reliably/)
  assert.doesNotMatch(of(0.001).against.join('; '), /nobody says how few/)
})

test('a rejected resistance is a doubt on the option, not a refusal', () => {
  const { options } = ranked(
    'LUAD',
    {
      variants: [small('EGFR L858R')],
      rejected: [{ variant: small('EGFR T790M'), filter: 'weak_evidence' }],
    },
    { stage: 'advanced', linesGiven: 0 },
  )
  const gefitinib = options.find(({ drug }) => drug === 'gefitinib')!
  assert.equal(gefitinib.blocked, false)
  assert.match(gefitinib.against.join('; '), /EGFR T790M was called and failed a filter; were it real: /)
})

test('T315I: the approval with the dose for it goes before the one without', () => {
  const { options } = ranked(
    'CML',
    { fusions: [{ five: 'BCR', three: 'ABL1' }], variants: [small('ABL1 T315I')] },
    { linesGiven: 2 },
  )
  const [dosed, usual] = ['fda.asciminib.3', 'fda.asciminib.2'].map((id) =>
    options.findIndex((one) => one.id === id),
  )
  assert.ok(dosed! >= 0 && dosed! < usual!)
  assert.match(options[usual!]!.against.join(), /asks for a higher one/)
  assert.deepEqual(options[dosed!]!.lessenedBy, [])
})

test('two labels of one treatment are one entry for a reader, which names both', () => {
  const melanoma = ranked('MEL', { variants: [small('BRAF V600E')] }, { stage: 'advanced' }).options
  const of = (id: string) => melanoma.find((one) => one.id === id)
  const shown = treatmentsAmong(melanoma)
  assert.ok(!shown.some(({ id }) => id === 'fda.trametinib.2'))
  assert.deepEqual([of('fda.trametinib.2')?.sameAs, of('fda.trametinib.2')?.rank], ['fda.dabrafenib.2', 1])
  assert.deepEqual(new Set(shown.map(({ rank }) => rank)).has(2), false, 'the first rank is shared')
  assert.deepEqual(
    of('fda.dabrafenib.2')?.alsoBy?.map(({ id, drug }) => [id, drug]),
    [['fda.trametinib.2', 'trametinib']],
  )
  assert.equal(of('fda.dabrafenib.1')?.alsoBy, undefined, 'alone it is another treatment')
  const bowel = ranked('COAD', { variants: [small('BRAF V600E')] }, { stage: 'advanced', linesGiven: 1 })
  assert.deepEqual(
    [bowel.options[0]!.id, bowel.options[0]!.alsoBy?.map(({ id }) => id)],
    ['fda.cetuximab.4', ['fda.encorafenib.2']],
  )
  const panitumumab = bowel.options.find(({ id }) => id === 'fda.panitumumab.2')!
  assert.deepEqual(panitumumab.lessenedBy, ['BRAF V600E'])
})

test('a change that lessens the effect outweighs a regular approval; BRAF V600E of the bowel puts antibodies alone behind', () => {
  const { options } = ranked(
    'COADREAD',
    { variants: [small('BRAF V600E')] },
    { stage: 'advanced', linesGiven: 2 },
  )
  const place = (id: string) => options.findIndex((one) => one.id === id)
  assert.ok(place('fda.encorafenib.2') < place('fda.panitumumab.2'))
  assert.ok(place('fda.regorafenib.1') < place('fda.panitumumab.2'))
  assert.match(options[place('fda.panitumumab.2')]!.against[0]!, /^less effect: BRAF V600E/)
})

test('an approval for this disease goes before one for any solid tumour', () => {
  const { options } = ranked(
    'NSCLC',
    { fusions: [{ five: 'KIF5B', three: 'RET', frame: 'in-frame' }] },
    { stage: 'advanced', linesGiven: 1 },
  )
  const place = (id: string) => options.findIndex((one) => one.id === id)
  assert.ok(place('fda.selpercatinib.1') < place('fda.selpercatinib.4'))
})

test('once the line is known, a label that names it goes before one that names none', () => {
  const given = { variants: [small('EGFR L858R')] }
  const place = (situation: TargetSituation, id: string) =>
    ranked('LUAD', given, situation).options.findIndex((one) => one.id === id)
  const first: TargetSituation = { stage: 'advanced', linesGiven: 0 }
  assert.ok(place(first, 'fda.osimertinib.3') < place(first, 'fda.erlotinib.1'))
  const told = ranked('LUAD', given, first).options.find(
    ({ behind }) => behind?.by === 'a label that names this line',
  )
  assert.equal(told?.behind?.here, 'names no line')
})

test('a label for others stands behind: age and sex are facts like any other, and taking them away says why', () => {
  const given: Partial<TumorProfile> = {
    fusions: [{ five: 'NPM1', three: 'ALK', frame: 'in-frame' }],
  }
  const child = ranked('ALCL', given, { person: { age: { from: 9, to: 9 } } }).options
  const adult = ranked('ALCL', given, { person: { age: { from: 60, to: 60 } } }).options
  const of = (all: typeof child) => all.find(({ id }) => id === 'fda.crizotinib.3')!
  assert.ok(!of(child).against.some((why) => why.startsWith('the label is for')))
  assert.ok(of(adult).against.includes('the label is for: 1 year to young adult; the person is 60 years old'))
  const hr: Partial<TumorProfile> = {
    markers: [
      { kind: 'protein', protein: 'ER', status: 'positive', score: undefined },
      { kind: 'protein', protein: 'HER2', status: 'negative', score: undefined },
    ],
  }
  const him = ranked('BRCA', hr, { stage: 'advanced', linesGiven: 0, person: { sex: 'male' } })
  const unknown = ranked('BRCA', hr, { stage: 'advanced', linesGiven: 0 })
  const place = ({ options }: typeof him, id: string) => options.findIndex((one) => one.id === id)
  assert.ok(place(him, 'fda.fulvestrant.1') > place(him, 'fda.abemaciclib.2'))
  assert.ok(
    rankingChanges(him, unknown).some((line) => line.startsWith('fulvestrant') && line.includes('is a man')),
  )
})

test('the boxed warning of a partner that every combination needs counts; with its gene known it is no longer held against it', () => {
  const braf = { variants: [small('BRAF V600E')] }
  const first: TargetSituation = { stage: 'advanced', linesGiven: 0 }
  const of = (situation: TargetSituation) =>
    ranked('COADREAD', braf, situation).options.find(({ id }) => id === 'fda.encorafenib.3')!
  const warned =
    'boxed warning of fluorouracil: harm or death with complete deficiency of DPD; DPYD is not known'
  assert.ok(of(first).against.includes(warned))
  assert.ok(of(first).against.includes('boxed warning of cetuximab: infusion reactions'))
  const normal = {
    drug: { name: 'fluorouracil', rxcui: undefined, atc: [] },
    state: 'answered',
    severity: 'none',
    headline: '',
    recommendations: [],
    missing: [],
  } as unknown as DrugAdvice
  const known = of({ ...first, advice: [normal] })
  assert.ok(!known.against.includes(warned))
  assert.ok(known.for.some((why) => why.startsWith('DPYD is known')))
})

test('a withdrawn approval that would fit is named as excluded, unless the drug is approved here in another way', () => {
  const { excluded, options } = ranked('FL', { variants: [small('EZH2 Y646N')] })
  const tazemetostat = excluded.find(({ drug }) => drug === 'tazemetostat')!
  assert.match(tazemetostat.because[0]!, /^its approval is withdrawn/)
  assert.ok(!drugs(options).includes('tazemetostat'))
  const ovary = ranked('HGSOC', { variants: [small('BRCA1 Q1756fs')] })
  assert.ok(!ovary.excluded.some(({ id }) => id === 'fda.olaparib.9'))
})
