/**
 * Well-known situations, from the published guidelines: what a pharmacist would say must come out, with its source.
 * Actions, strengths and severities are asserted; sentences only where their sense matters.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Recommendation } from '../../../src/decide/plan.ts'
import type { PgxFinding } from '../../../src/interpret/finding.ts'
import { patient } from '../../support/patient.ts'
import { calledGene, diplotypeCall, pgxFinding } from '../../support/pgx-finding.ts'
import { adviceOn, planOf, use } from '../../support/plan-of.ts'

const by = (all: readonly Recommendation[], source: Recommendation['source']) =>
  all.filter((one) => one.source === source)
const codesOf = (one: Recommendation | undefined) => one?.actions.map((action) => action.code)
const dpyd = (name: string, phenotype: string, score: string, ...values: string[]): PgxFinding => {
  const call = diplotypeCall(name, phenotype, score)
  const alleles = call.alleles.map((allele, i) => ({ ...allele, activityValue: values[i] }))
  return pgxFinding('DPYD', { lookup: [{ ...call, alleles: [alleles[0]!, alleles[1]!] }] })
}

test('clopidogrel, CYP2C19 *2/*2, stent: avoid, prasugrel or ticagrelor (CPIC 2022, strong)', () => {
  const plan = planOf([calledGene('CYP2C19', '*2/*2', 'Poor Metabolizer')], ['Plavix'], {
    context: { indications: ['percutaneous-coronary-intervention'] },
  })
  const advice = adviceOn(plan, 'clopidogrel')
  assert.deepEqual([advice.severity, advice.state, advice.agreement], ['critical', 'answered', 'agree'])
  const cpic = by(advice.recommendations, 'CPIC')
  assert.deepEqual(
    cpic.map((one) => [one.population.code, one.applies, one.strength]),
    [['acs-pci', 'yes', 'strong']],
  )
  assert.equal(cpic[0]!.actions[0]!.code, 'AVOID')
  assert.deepEqual(cpic[0]!.actions.find((one) => one.code === 'ALTERNATIVE')?.alternatives, [
    'prasugrel',
    'ticagrelor',
  ])
  assert.match(advice.headline, /avoid clopidogrel/i)
  assert.ok(cpic[0]!.citation.pmids.includes('35034351'))
})

test('clopidogrel, CYP2C19 *2/*2, indication not said: all populations are kept and the indication is asked', () => {
  const advice = adviceOn(
    planOf([calledGene('CYP2C19', '*2/*2', 'Poor Metabolizer')], ['Plavix']),
    'clopidogrel',
  )
  const cpic = by(advice.recommendations, 'CPIC')
  assert.deepEqual(cpic.map((one) => one.population.code).sort(), [
    'acs-pci',
    'neurovascular',
    'non-acs-non-pci',
  ])
  assert.ok(cpic.every((one) => one.applies === 'unknown' && one.asks.includes('indication')))
})

test('clopidogrel, CYP2C19 *1/*1: standard, no severity', () => {
  const advice = adviceOn(
    planOf([calledGene('CYP2C19', '*1/*1', 'Normal Metabolizer')], ['Plavix']),
    'clopidogrel',
  )
  assert.equal(advice.severity, 'none')
  assert.equal(advice.headline, 'Use clopidogrel at the standard dose.')
  assert.ok(by(advice.recommendations, 'CPIC').every((one) => one.actions[0]!.code === 'STANDARD'))
})

for (const [phenotype, score, strength] of [
  ['Ultrarapid Metabolizer', '3.0', 'strong'],
  ['Poor Metabolizer', '0.0', 'strong'],
] as const) {
  test(`codeine, CYP2D6 ${phenotype}: avoid, and not tramadol instead (CPIC 2021)`, () => {
    const advice = adviceOn(planOf([calledGene('CYP2D6', 'a/b', phenotype, score)], ['codeine']), 'codeine')
    const [cpic] = by(advice.recommendations, 'CPIC')
    assert.equal(codesOf(cpic)?.[0], 'AVOID')
    assert.equal(cpic?.strength, strength)
    assert.ok(['critical', 'warning'].includes(advice.severity), advice.severity)
    assert.match(cpic?.doThis ?? '', /but not tramadol/)
  })
}

for (const drug of ['codeine', 'tramadol'])
  for (const [birthDate, phenotype, score, severity] of [
    ['2013-06-02', 'Normal Metabolizer', '2.0', 'critical'],
    ['2013-06-02', 'Poor Metabolizer', '0.0', 'critical'],
    ['2013-06-01', 'Normal Metabolizer', '2.0', 'none'],
    [undefined, 'Normal Metabolizer', '2.0', 'none'],
  ] as const)
    test(`${drug}, CYP2D6 ${phenotype}, born ${birthDate ?? 'nobody knows when'}, on 2025-06-01: ${severity} (US label, under 12)`, () => {
      const plan = planOf([calledGene('CYP2D6', 'a/b', phenotype, score)], [drug], {
        birthDate,
      })
      const advice = adviceOn(plan, drug)
      assert.equal(advice.severity, severity)
      if (severity === 'critical')
        assert.equal(advice.headline, `For children under 12 years: do not use ${drug} (contraindicated).`)
    })

test('codeine, CYP2D6 normal: standard', () => {
  const advice = adviceOn(
    planOf([calledGene('CYP2D6', '*1/*1', 'Normal Metabolizer', '2.0')], ['codeine']),
    'codeine',
  )
  assert.equal(advice.severity, 'none')
})

test('abacavir, HLA-B*57:01 positive: every publisher says no', () => {
  const advice = adviceOn(
    planOf([pgxFinding('HLA-B', { markers: ['*57:01 positive'] })], ['Ziagen']),
    'abacavir',
  )
  assert.deepEqual([advice.severity, advice.agreement, advice.state], ['critical', 'agree', 'answered'])
  assert.deepEqual([...new Set(advice.recommendations.map((one) => one.source))].sort(), [
    'CPIC',
    'DPWG',
    'FDA PGx table',
    'FDA label',
  ])
})

test('abacavir, HLA-B*57:01 negative: standard', () => {
  const advice = adviceOn(
    planOf([pgxFinding('HLA-B', { markers: ['*57:01 negative'] })], ['Ziagen']),
    'abacavir',
  )
  assert.equal(advice.severity, 'none')
  assert.deepEqual(codesOf(by(advice.recommendations, 'CPIC')[0]), ['STANDARD'])
})

test('fluorouracil, DPYD *2A heterozygous: half the dose (CPIC, DPWG)', () => {
  const het = dpyd('Reference/c.1905+1G>A (*2A)', 'Intermediate Metabolizer', '1.0', '1.0', '0.0')
  for (const drug of ['fluorouracil', 'capecitabine']) {
    const advice = adviceOn(planOf([het], [drug]), drug)
    for (const source of ['CPIC', 'DPWG'] as const) {
      const [one] = by(advice.recommendations, source)
      const dose = one?.actions.find((action) => action.code === 'DOSE_DECREASE')?.dose
      assert.deepEqual(dose?.percentOfStandard, { from: 50, to: 50 }, `${drug} ${source}`)
    }
    assert.equal(advice.agreement, 'agree')
    assert.ok(['critical', 'warning'].includes(advice.severity))
  }
})

test('fluorouracil, DPYD *2A homozygous: avoid', () => {
  const hom = dpyd('c.1905+1G>A (*2A)/c.1905+1G>A (*2A)', 'Poor Metabolizer', '0.0', '0.0', '0.0')
  const advice = adviceOn(planOf([hom], ['Adrucil?']), 'fluorouracil')
  assert.equal(advice.severity, 'critical')
  assert.equal(by(advice.recommendations, 'CPIC')[0]!.actions[0]!.code, 'AVOID')
  assert.equal(advice.status, 'considered')
})

test('fluorouracil, DPYD c.2846A>T homozygous: DPWG measures first, CPIC halves', () => {
  const hom = dpyd('c.2846A>T/c.2846A>T', 'Intermediate Metabolizer', '1.0', '0.5', '0.5')
  const advice = adviceOn(planOf([hom], ['fluorouracil']), 'fluorouracil')
  assert.equal(by(advice.recommendations, 'DPWG')[0]!.actions[0]!.code, 'TEST_FIRST')
  assert.equal(advice.agreement, 'differ')
  assert.match(advice.difference ?? '', /CPIC: .*DPWG: /)
})

const tpmtIm = calledGene('TPMT', '*1/*3A', 'Intermediate Metabolizer')
const nudt15Im = calledGene('NUDT15', '*1/*3', 'Intermediate Metabolizer')

test('azathioprine, TPMT and NUDT15 both intermediate: one reduced dose from both genes (CPIC 2018)', () => {
  const advice = adviceOn(planOf([tpmtIm, nudt15Im], ['Imuran']), 'azathioprine')
  assert.deepEqual([advice.severity, advice.state], ['warning', 'answered'])
  const cpic = by(advice.recommendations, 'CPIC')
  assert.equal(cpic.length, 1)
  assert.deepEqual(cpic[0]!.basis.map((one) => one.gene).sort(), ['NUDT15', 'TPMT'])
  assert.equal(cpic[0]!.actions[0]!.code, 'DOSE_DECREASE')
})

test('azathioprine, TPMT intermediate, NUDT15 not tested: reduced, and NUDT15 is asked for', () => {
  const advice = adviceOn(planOf([tpmtIm], ['Imuran']), 'azathioprine')
  assert.equal(advice.state, 'partial')
  assert.deepEqual(advice.missing, ['NUDT15: not tested'])
  assert.match(advice.headline, /Unknown: NUDT15/)
  assert.ok(advice.wouldChange.includes('A result for NUDT15.'))
  assert.equal(by(advice.recommendations, 'CPIC')[0]!.actions[0]!.code, 'DOSE_DECREASE')
})

test('azathioprine, TPMT *1/*3A or *3B/*3C: both kept, the dangerous one first', () => {
  const either = pgxFinding('TPMT', {
    lookup: [
      diplotypeCall('*1/*3A', 'Intermediate Metabolizer'),
      diplotypeCall('*3B/*3C', 'Poor Metabolizer'),
    ],
  })
  const advice = adviceOn(
    planOf([either, calledGene('NUDT15', '*1/*1', 'Normal Metabolizer')], ['Imuran']),
    'azathioprine',
  )
  const cpic = by(advice.recommendations, 'CPIC')
  assert.equal(cpic.length, 2)
  assert.ok(cpic.every((one) => one.ambiguous === true))
  assert.equal(
    advice.recommendations[0]!.basis.find((one) => one.gene === 'TPMT')?.phenotype,
    'Poor Metabolizer',
  )
  assert.match(advice.headline, /Other genotypes that fit the data lead elsewhere/)
})

test('simvastatin, SLCO1B1 *5/*5: another statin (CPIC 2022, strong)', () => {
  const advice = adviceOn(planOf([calledGene('SLCO1B1', '*5/*5', 'Poor Function')], ['Zocor']), 'simvastatin')
  assert.ok(['critical', 'warning'].includes(advice.severity))
  const [cpic] = by(advice.recommendations, 'CPIC')
  assert.deepEqual([cpic?.strength, codesOf(cpic)?.[0]], ['strong', 'ALTERNATIVE'])
})

test('phenytoin, HLA-B*15:02 positive and CYP2C9 normal: not for a naive patient; established differs', () => {
  const findings = [
    pgxFinding('HLA-B', { markers: ['*15:02 positive'] }),
    calledGene('CYP2C9', '*1/*1', 'Normal Metabolizer', '2.0'),
  ]
  const unknown = adviceOn(planOf(findings, ['Dilantin?']), 'phenytoin')
  assert.equal(unknown.severity, 'critical')
  assert.deepEqual(
    by(unknown.recommendations, 'CPIC')
      .map((one) => one.population.code)
      .sort(),
    ['established', 'naive'],
  )
  const naive = adviceOn(planOf(findings, [{ ...use('Dilantin?'), exposure: 'naive' }]), 'phenytoin')
  assert.deepEqual(
    by(naive.recommendations, 'CPIC').map((one) => [one.population.code, one.applies]),
    [['naive', 'yes']],
  )
  const established = adviceOn(
    planOf(findings, [{ ...use('Dilantin'), exposure: 'established' }]),
    'phenytoin',
  )
  assert.deepEqual(
    by(established.recommendations, 'CPIC').map((one) => [one.population.code, one.severity]),
    [['established', 'info']],
  )
})

test('phenytoin, CYP2C9 *3/*3, HLA-B not tested: half of later doses, and *15:02 is asked for', () => {
  const advice = adviceOn(
    planOf([calledGene('CYP2C9', '*3/*3', 'Poor Metabolizer', '0.0')], ['phenytoin']),
    'phenytoin',
  )
  assert.equal(advice.state, 'partial')
  assert.deepEqual(advice.missing, ['HLA-B: *15:02 not tested'])
  const cpic = by(advice.recommendations, 'CPIC')[0]!
  assert.ok(cpic.actions.some((one) => one.code === 'DOSE_DECREASE'))
  const dpwg = by(advice.recommendations, 'DPWG')
  assert.equal(dpwg.length, 1, 'the row for *3/*3 wins over the one for poor metabolizers')
  assert.deepEqual(dpwg[0]!.actions.find((one) => one.code === 'DOSE_DECREASE')?.dose?.percentOfStandard, {
    from: 40,
    to: 40,
  })
})

test('carbamazepine, HLA-A*31:01 positive, HLA-B*15:02 not tested: CPIC’s row without HLA-B applies', () => {
  const findings = [
    pgxFinding('HLA-A', { markers: ['*31:01 positive'] }),
    pgxFinding('HLA-B', { markers: ['*57:01 negative'] }),
  ]
  const advice = adviceOn(planOf(findings, ['Tegretol?']), 'carbamazepine')
  assert.equal(advice.severity, 'critical')
  assert.equal(advice.state, 'partial')
  assert.ok(by(advice.recommendations, 'CPIC').length > 0)
})

test('codeine with paroxetine: a normal metabolizer is judged as a poor one, and both are shown', () => {
  const normal = calledGene('CYP2D6', '*1/*1', 'Normal Metabolizer', '2.0')
  const plan = planOf([normal], ['codeine?', 'Paxil'])
  const codeine = adviceOn(plan, 'codeine')
  const [cpic] = by(codeine.recommendations, 'CPIC')
  const [basis] = cpic!.basis
  assert.deepEqual(
    [basis!.result, basis!.phenotype, basis!.convertedBy.map((one) => one.by.drug)],
    ['*1/*1', 'Poor Metabolizer', ['paroxetine']],
  )
  assert.match(codeine.headline, /Avoid codeine.*Because of paroxetine/)
  assert.ok(codeine.wouldChange.some((one) => one.includes('Without paroxetine')))
  const [interaction] = plan.interactions
  assert.deepEqual(
    [interaction?.affected.name, interaction?.by.name, interaction?.gene, interaction?.severity],
    ['codeine', 'paroxetine', 'CYP2D6', 'warning'],
  )
  // Paroxetine does not convert its own lookup.
  const paroxetine = adviceOn(plan, 'paroxetine')
  assert.deepEqual(by(paroxetine.recommendations, 'CPIC')[0]!.basis[0]!.phenotype, 'Normal Metabolizer')
})

test('clopidogrel with omeprazole: a normal metabolizer is judged as an intermediate one', () => {
  const plan = planOf([calledGene('CYP2C19', '*1/*1', 'Normal Metabolizer')], ['clopidogrel', 'omeprazole'])
  const cpic = by(adviceOn(plan, 'clopidogrel').recommendations, 'CPIC')
  assert.ok(cpic.every((one) => one.basis[0]!.phenotype === 'Intermediate Metabolizer'))
  const omeprazole = by(adviceOn(plan, 'omeprazole').recommendations, 'CPIC')
  assert.ok(omeprazole.every((one) => one.basis[0]!.phenotype === 'Normal Metabolizer'))
})

test('a strong inhibitor with an untested gene: a warning, but no advice from a guess', () => {
  const plan = planOf([], ['codeine', 'paroxetine'])
  assert.equal(adviceOn(plan, 'codeine').state, 'unknown')
  assert.deepEqual(adviceOn(plan, 'codeine').recommendations, [])
  assert.deepEqual(
    plan.interactions.map((one) => [one.affected.name, one.by.name, one.severity]),
    [['codeine', 'paroxetine', 'warning']],
  )
})

test('amitriptyline takes CYP2D6 and CYP2C19 together (CPIC 2016)', () => {
  const advice = adviceOn(
    planOf(
      [
        calledGene('CYP2D6', '*4/*4', 'Poor Metabolizer', '0.0'),
        calledGene('CYP2C19', '*1/*17', 'Rapid Metabolizer'),
      ],
      ['amitriptyline'],
    ),
    'amitriptyline',
  )
  const cpic = by(advice.recommendations, 'CPIC')
  assert.equal(cpic.length, 1)
  assert.equal(cpic[0]!.actions[0]!.code, 'AVOID')
  assert.deepEqual(cpic[0]!.basis.map((one) => one.gene).sort(), ['CYP2C19', 'CYP2D6'])
})

test('rosuvastatin takes SLCO1B1 and ABCG2, fluvastatin SLCO1B1 and CYP2C9', () => {
  const findings = [
    calledGene('SLCO1B1', '*1/*5', 'Decreased Function'),
    calledGene('ABCG2', 'a/b', 'Poor Function'),
    calledGene('CYP2C9', '*1/*3', 'Intermediate Metabolizer', '1.0'),
  ]
  const plan = planOf(findings, ['Crestor', 'Lescol'])
  for (const [drug, genes] of [
    ['rosuvastatin', ['ABCG2', 'SLCO1B1']],
    ['fluvastatin', ['CYP2C9', 'SLCO1B1']],
  ] as const) {
    const cpic = by(adviceOn(plan, drug).recommendations, 'CPIC')
    assert.equal(cpic.length, 1, drug)
    assert.deepEqual(cpic[0]!.basis.map((one) => one.gene).sort(), genes, drug)
  }
})

test('warfarin without what the equations need: refused by name; with it: a dose', () => {
  const findings = [
    calledGene('VKORC1', 'a/b', '-1639 AG'),
    calledGene('CYP2C9', '*1/*2', 'Intermediate Metabolizer', '1.5'),
    calledGene('CYP4F2', '*1/*1', undefined),
  ]
  const without = adviceOn(planOf(findings, ['Coumadin?']), 'warfarin')
  const [iwpc] = without.dose
  assert.ok(iwpc !== undefined && !iwpc.known)
  assert.ok(
    iwpc.missing.includes('height') && iwpc.missing.includes('weight') && iwpc.missing.includes('age'),
  )
  const withAll = adviceOn(
    planOf(findings, ['Coumadin?'], {
      ...patient(),
      drugs: [use('Coumadin?')],
      birthDate: '1960-01-01',
      measurements: [
        { kind: 'height', value: 170, unit: 'cm' },
        { kind: 'weight', value: 75, unit: 'kg' },
      ],
      context: {
        race: 'white',
        smoker: false,
        targetInr: 2.5,
        indications: ['atrial-fibrillation'],
        drugListComplete: true,
      },
    }),
    'warfarin',
  )
  assert.match(withAll.headline, /Estimated maintenance dose: 25.9 mg\/week \(IWPC/)
  assert.match(without.headline, /maintenance dose of 3–4 mg\/day\.$/)
  assert.deepEqual(
    withAll.dose.map((one) => (one.known ? [one.value, one.unit] : one.missing)),
    [
      [25.9, 'mg/week'],
      [3.6, 'mg/day'],
      [3, 'mg/day'],
    ],
  )
})

test('a gene of which nothing is known: no advice, and why', () => {
  const unseen = pgxFinding('CYP2C19', {
    positions: { defined: 35, seen: 34 },
    missing: [
      {
        locus: 'chr10:94781859',
        rsid: 'rs4244285',
        because: { kind: 'not-in-file', locus: 'chr10:94781859' },
        alleles: ['*2'],
      },
    ],
  })
  const advice = adviceOn(planOf([unseen], ['clopidogrel']), 'clopidogrel')
  assert.deepEqual([advice.state, advice.severity], ['unknown', 'none'])
  assert.deepEqual(advice.recommendations, [])
  assert.deepEqual(advice.missing, ['CYP2C19: rs4244285 not in the file'])
  assert.equal(advice.headline, 'No advice for clopidogrel. Unknown: CYP2C19: rs4244285 not in the file.')
})

test('a drug without a guideline says so', () => {
  const advice = adviceOn(planOf([], ['metformin']), 'metformin')
  assert.deepEqual([advice.state, advice.severity, advice.missing], ['no-guideline', 'none', []])
})
