import type { DrugAdvice, GeneBasis, NamedDrug, Recommendation } from '../../../src/decide/plan.ts'
import type { Action, Effect } from '../../../src/knowledge/guideline/guideline-rule.ts'
import type { Citation } from '../../../src/terms/evidence.ts'
import { paroxetine } from './findings.ts'
import { CPIC } from './packs.ts'

export const drug = (name: string, rxcui: string, ...atc: string[]): NamedDrug => ({ name, rxcui, atc })

function cited(source: string, title: string, version: string, url: string, pmid: string): Citation {
  return { source, title, version, url, pmids: [pmid], pack: CPIC }
}

function recommendation(
  what: Pick<Recommendation, 'rule' | 'basis' | 'doThis' | 'because' | 'citation' | 'severity'> & {
    readonly actions: readonly Action[]
    readonly effects: readonly Effect[]
  } & Partial<Recommendation>,
): Recommendation {
  return {
    source: 'CPIC',
    population: { code: 'general' },
    applies: 'yes',
    asks: [],
    strength: 'strong',
    ...what,
  }
}

function basis(gene: string, result: string, phenotype: string | undefined, score?: string): GeneBasis {
  return { gene, result, phenotype, activityScore: score, convertedBy: [] }
}

function advice(
  named: NamedDrug,
  what: Pick<DrugAdvice, 'status' | 'headline' | 'severity' | 'state'> & Partial<DrugAdvice>,
): DrugAdvice {
  return {
    drug: named,
    recommendations: [],
    agreement: 'single',
    difference: undefined,
    missing: [],
    wouldChange: [],
    dose: [],
    ...what,
  }
}

const cpicClopidogrel = cited(
  'CPIC',
  'CPIC guideline for clopidogrel and CYP2C19',
  '2022',
  'https://cpicpgx.org/guidelines/guideline-for-clopidogrel-and-cyp2c19/',
  '35034351',
)
const cpicWarfarin = cited(
  'CPIC',
  'CPIC guideline for warfarin and CYP2C9, VKORC1 and CYP4F2',
  '2017',
  'https://cpicpgx.org/guidelines/guideline-for-warfarin-and-cyp2c9-and-vkorc1/',
  '28198005',
)

export const clopidogrel = advice(drug('clopidogrel', '32968', 'B01AC04'), {
  status: 'taking',
  headline: 'Avoid clopidogrel; use prasugrel or ticagrelor if not contraindicated.',
  severity: 'critical',
  state: 'answered',
  agreement: 'differ',
  difference: 'CPIC advises another drug; DPWG also accepts 150 mg a day.',
  recommendations: [
    recommendation({
      rule: 'cpic-clopidogrel-cyp2c19-im-acs-pci',
      population: { code: 'acs-pci', indication: ['acs-pci'] },
      basis: [basis('CYP2C19', '*2/*17', 'Intermediate Metabolizer')],
      actions: [
        { code: 'AVOID', wording: 'recommended' },
        { code: 'ALTERNATIVE', alternatives: ['prasugrel', 'ticagrelor'] },
      ],
      effects: [
        {
          gene: 'CYP2C19',
          exposure: 'down',
          risk: 'inefficacy',
          term: 'stent-thrombosis',
          degree: 'moderate',
        },
      ],
      severity: 'critical',
      doThis: 'Avoid clopidogrel. Use prasugrel or ticagrelor at standard dose if not contraindicated.',
      because:
        'CYP2C19 intermediate metabolizer: less active drug is formed; higher risk of cardiovascular events.',
      citation: cpicClopidogrel,
    }),
    recommendation({
      rule: 'dpwg-clopidogrel-cyp2c19-im-pci',
      source: 'DPWG',
      population: { code: 'acs-pci', indication: ['acs-pci'] },
      strength: 'unspecified',
      basis: [basis('CYP2C19', '*2/*17', 'Intermediate Metabolizer')],
      actions: [
        { code: 'ALTERNATIVE', alternatives: ['prasugrel', 'ticagrelor'] },
        {
          code: 'DOSE_SET',
          dose: { of: 'maintenance', amount: { from: 150, to: 150, unit: 'mg', per: 'day' } },
        },
      ],
      effects: [{ gene: 'CYP2C19', exposure: 'down', risk: 'inefficacy' }],
      severity: 'warning',
      doThis: 'Use prasugrel or ticagrelor, or give 150 mg a day.',
      because: 'CYP2C19 intermediate metabolizer: less active drug is formed.',
      citation: { ...cpicClopidogrel, source: 'DPWG', title: 'DPWG guideline for clopidogrel and CYP2C19' },
    }),
  ],
  wouldChange: ['An indication other than acute coronary syndrome or stenting.'],
})

export const fluorouracil = advice(drug('fluorouracil', '4492', 'L01BC02'), {
  status: 'considered',
  headline: 'Start fluorouracil at half the standard dose, then adjust.',
  severity: 'critical',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-fluorouracil-dpyd-1.0',
      basis: [basis('DPYD', 'Reference/c.1905+1G>A (*2A)', 'Intermediate Metabolizer', '1.0')],
      actions: [
        { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: { from: 50, to: 50 } } },
        { code: 'TITRATE', monitor: ['adverse-effects', 'plasma-concentration'] },
      ],
      effects: [{ gene: 'DPYD', exposure: 'up', risk: 'toxicity', term: 'severe-toxicity', degree: 'great' }],
      severity: 'critical',
      doThis: 'Start at 50 % of the standard dose; adjust by toxicity or drug level.',
      because: 'DPYD activity score 1.0: the drug is cleared slowly; risk of severe or fatal toxicity.',
      citation: cited(
        'CPIC',
        'CPIC guideline for fluoropyrimidines and DPYD',
        '2017',
        'https://cpicpgx.org/guidelines/guideline-for-fluoropyrimidines-and-dpyd/',
        '29152729',
      ),
    }),
  ],
})

export const codeine = advice(drug('codeine', '2670', 'R05DA04'), {
  status: 'taking',
  headline: 'Avoid codeine: it will not work. Use an opioid that does not need CYP2D6.',
  severity: 'warning',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-codeine-cyp2d6-pm',
      basis: [
        {
          gene: 'CYP2D6',
          result: '*1/*4',
          phenotype: 'Poor Metabolizer',
          activityScore: '0.0',
          convertedBy: [paroxetine],
        },
      ],
      actions: [
        { code: 'AVOID' },
        {
          code: 'ALTERNATIVE',
          alternatives: ['class:non-opioid', 'morphine'],
          exclude: ['tramadol', 'metabolised-by:CYP2D6'],
        },
      ],
      effects: [{ gene: 'CYP2D6', exposure: 'down', risk: 'inefficacy', term: 'lack-of-analgesia' }],
      severity: 'warning',
      doThis: 'Avoid codeine. Use an analgesic that does not need CYP2D6; not tramadol.',
      because: 'CYP2D6 poor metabolizer while taking paroxetine: almost no morphine is formed.',
      citation: cited(
        'CPIC',
        'CPIC guideline for opioids and CYP2D6, OPRM1 and COMT',
        '2021',
        'https://cpicpgx.org/guidelines/guideline-for-codeine-and-cyp2d6/',
        '33387367',
      ),
    }),
  ],
  wouldChange: ['Stopping paroxetine: CYP2D6 would be an intermediate metabolizer.'],
})

export const azathioprine = advice(drug('azathioprine', '1256', 'L04AX01'), {
  status: 'considered',
  headline: 'Test NUDT15 first; TPMT alone already asks for a lower dose.',
  severity: 'warning',
  state: 'partial',
  missing: ['NUDT15: rs116855232 was not in the file'],
  wouldChange: ['A NUDT15 result.', 'Phase of TPMT rs1142345 and rs1800460.'],
  recommendations: [
    recommendation({
      rule: 'cpic-azathioprine-tpmt-im',
      applies: 'unknown',
      asks: ['NUDT15 genotype'],
      basis: [basis('TPMT', '*1/*3A', 'Intermediate Metabolizer')],
      actions: [
        { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: { from: 30, to: 80 } } },
        { code: 'MONITOR', monitor: ['blood-count'] },
      ],
      effects: [
        { gene: 'TPMT', exposure: 'up', risk: 'toxicity', term: 'myelosuppression', degree: 'moderate' },
      ],
      severity: 'warning',
      doThis: 'Start at 30 to 80 % of the standard dose; watch the blood count.',
      because: 'TPMT intermediate metabolizer: more active metabolites; risk of low blood counts.',
      citation: cited(
        'CPIC',
        'CPIC guideline for thiopurines and TPMT and NUDT15',
        '2018',
        'https://cpicpgx.org/guidelines/guideline-for-thiopurines-and-tpmt/',
        '30447069',
      ),
    }),
  ],
})

export const warfarin = advice(drug('warfarin', '11289', 'B01AA03'), {
  status: 'considered',
  headline: 'No dose can be calculated: CYP2C9 rs1799853 was read too thinly.',
  severity: 'info',
  state: 'unknown',
  missing: ['CYP2C9: rs1799853 had 3 reads, at least 10 are needed'],
  dose: [
    {
      known: false,
      equation: 'IWPC 2009 pharmacogenetic',
      missing: ['CYP2C9 diplotype', 'height'],
      notes: [],
      citation: cpicWarfarin,
    },
    {
      known: true,
      equation: 'Example equation with known inputs',
      value: 31.5,
      unit: 'mg/week',
      inputs: [
        { name: 'VKORC1 rs9923231', value: 'C/T' },
        { name: 'age', value: '68 years' },
      ],
      notes: ['For people of whom CYP2C9 is not asked.'],
      citation: cpicWarfarin,
    },
  ],
})

export const simvastatin = advice(drug('simvastatin', '36567', 'C10AA01'), {
  status: 'reference',
  headline: 'Choose another statin: high risk of muscle damage.',
  severity: 'warning',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-simvastatin-slco1b1-pf',
      basis: [basis('SLCO1B1', '*5/*5', 'Poor Function')],
      actions: [{ code: 'ALTERNATIVE', alternatives: ['rosuvastatin', 'pravastatin'] }],
      effects: [{ gene: 'SLCO1B1', exposure: 'up', risk: 'toxicity', term: 'myopathy', degree: 'great' }],
      severity: 'warning',
      doThis: 'Use another statin.',
      because: 'SLCO1B1 poor function: higher simvastatin acid exposure; risk of myopathy.',
      citation: cited(
        'CPIC',
        'CPIC guideline for statins and SLCO1B1, ABCG2 and CYP2C9',
        '2022',
        'https://cpicpgx.org/guidelines/cpic-guideline-for-statins/',
        '35152405',
      ),
    }),
  ],
})

export const abacavir = advice(drug('abacavir', '190521', 'J05AF06'), {
  status: 'reference',
  headline: 'Do not give abacavir: HLA-B*57:01 is present.',
  severity: 'critical',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-abacavir-hla-b-5701-positive',
      basis: [basis('HLA-B', '*57:01 positive', undefined)],
      actions: [{ code: 'CONTRAINDICATED' }],
      effects: [
        { gene: 'HLA-B', exposure: 'none', risk: 'toxicity', term: 'hypersensitivity', degree: 'great' },
      ],
      severity: 'critical',
      doThis: 'Do not give abacavir.',
      because: 'HLA-B*57:01 is present: high risk of a hypersensitivity reaction.',
      citation: cited(
        'CPIC',
        'CPIC guideline for abacavir and HLA-B',
        '2014',
        'https://cpicpgx.org/guidelines/guideline-for-abacavir-and-hla-b/',
        '24561393',
      ),
    }),
  ],
})

export const celecoxib = advice(drug('celecoxib', '140587', 'M01AH01'), {
  status: 'reference',
  headline: 'CYP2C9 is not certain; no advice.',
  severity: 'none',
  state: 'unknown',
  missing: ['CYP2C9: rs1799853 had 3 reads, at least 10 are needed'],
})

export const allopurinol = advice(drug('allopurinol', '519', 'M04AA01'), {
  status: 'reference',
  headline: 'Use as labelled.',
  severity: 'none',
  state: 'answered',
  recommendations: [
    recommendation({
      rule: 'cpic-allopurinol-hla-b-5801-negative',
      basis: [basis('HLA-B', '*58:01 negative', undefined)],
      actions: [{ code: 'STANDARD' }],
      effects: [{ gene: 'HLA-B', exposure: 'none', risk: 'none' }],
      severity: 'none',
      doThis: 'Use the standard dose.',
      because: 'HLA-B*58:01 is absent: low risk of severe skin reactions.',
      citation: cited(
        'CPIC',
        'CPIC guideline for allopurinol and HLA-B',
        '2015',
        'https://cpicpgx.org/guidelines/guideline-for-allopurinol-and-hla-b/',
        '26094938',
      ),
    }),
  ],
})

export const metformin = advice(drug('metformin', '6809', 'A10BA02'), {
  status: 'taking',
  headline: 'No pharmacogenetic guideline.',
  severity: 'none',
  state: 'no-guideline',
})
