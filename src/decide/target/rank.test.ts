import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { therapyFindings } from '../../interpret/tumor/tumor.ts'
import { Facts } from '../../knowledge/facts.ts'
import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import type { DrugAdvice } from '../plan.ts'
import type { TargetSituation } from './option.ts'
import { rankTargets } from './rank.ts'
import { rankingChanges } from './ranking-change.ts'

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
  assert.ok(told.includes('no longer against: capecitabine: Avoid.'))
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
})

test('what is only absent offers nothing from other diseases: a leukaemia without KRAS change is offered no panitumumab', () => {
  const { options } = ranked('AML', { variants: [small('IDH1 R132H')] })
  const others = options.filter(({ standing }) => standing === 'other-disease')
  assert.ok(drugs(others).includes('vorasidenib'))
  for (const drug of ['panitumumab', 'imatinib', 'cetuximab']) assert.ok(!drugs(others).includes(drug), drug)
})
