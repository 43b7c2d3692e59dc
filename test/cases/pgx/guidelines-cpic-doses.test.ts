// What a prescriber must not get wrong, one line per case, read from the guidelines' tables.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action, GuidelineRule } from '../../../src/knowledge/guideline/guideline-rule.ts'
import { guidelines } from '../../../src/knowledge/guideline/guidelines.ts'
import { builtInFacts } from '../../support/guideline-facts.ts'

const read = guidelines(builtInFacts())

function ruleFor(drug: string, lookup: Readonly<Record<string, string>>, population: string): GuidelineRule {
  const found = read
    .forDrug(drug)
    .filter(({ pack }) => pack.id === 'cpic')
    .map(({ rule }) => rule)
    .filter(
      (rule) =>
        rule.population.code === population &&
        rule.when.length === Object.keys(lookup).length &&
        rule.when.every(({ gene, in: values }) => values.includes(lookup[gene] ?? '')),
    )
  assert.equal(found.length, 1, `${drug} ${JSON.stringify(lookup)} ${population}`)
  return found[0]!
}

/** An action in a few characters: code, numbers, first condition, first alternatives. */
function brief({ code, dose, condition, alternatives, wording }: Action): string {
  const share = dose?.percentOfStandard
  const amount = dose?.amount ?? dose?.max
  return [
    code,
    share && `${dose?.bound === 'below' ? '<' : ''}${share.from}-${share.to}% ${dose?.of}`,
    amount && `${dose?.bound === 'below' ? '<' : ''}${amount.from}-${amount.to} ${amount.unit}/${amount.per}`,
    dose?.timesPerWeek && `${dose.timesPerWeek}x/week`,
    alternatives?.join('+'),
    condition?.[0] && `[${condition[0]}]`,
    wording === 'consider' && '?',
  ]
    .filter(Boolean)
    .join(' ')
}

const PM = 'Poor Metabolizer'
const IM = 'Intermediate Metabolizer'
const NM = 'Normal Metabolizer'
const NO = 'No Result'

type Case = readonly [
  drug: string,
  lookup: Readonly<Record<string, string>>,
  population: string,
  strength: GuidelineRule['strength'],
  interrupt: GuidelineRule['interrupt'],
  actions: readonly string[],
]

/** Actions other than INFORM, MONITOR and TITRATE, in order. */
const CASES: readonly Case[] = [
  ['abacavir', { 'HLA-B': '*57:01 positive' }, 'general', 'strong', 'critical', ['AVOID']],
  ['allopurinol', { 'HLA-B': '*58:01 positive' }, 'general', 'strong', 'critical', ['CONTRAINDICATED']],
  ['allopurinol', { 'HLA-B': '*58:01 negative' }, 'general', 'strong', 'none', ['STANDARD']],
  // A tenth of the dose on three days a week, not ten percent less.
  [
    'azathioprine',
    { TPMT: PM, NUDT15: NM },
    'general',
    'strong',
    'critical',
    [
      'ALTERNATIVE class:non-thiopurine-immunosuppressant [indication:non-malignant] ?',
      'DOSE_DECREASE 10-10% start 3x/week [indication:malignancy]',
    ],
  ],
  // NUDT15: a tenth, but daily.
  [
    'azathioprine',
    { TPMT: NM, NUDT15: PM },
    'general',
    'strong',
    'critical',
    [
      'ALTERNATIVE class:non-thiopurine-immunosuppressant [indication:non-malignant] ?',
      'DOSE_DECREASE 10-10% start [indication:malignancy]',
    ],
  ],
  ['azathioprine', { TPMT: IM, NUDT15: NM }, 'general', 'strong', 'warning', ['DOSE_DECREASE 30-80% start']],
  [
    'thioguanine',
    { TPMT: IM, NUDT15: NM },
    'general',
    'moderate',
    'warning',
    ['DOSE_DECREASE 50-80% start', 'DOSE_DECREASE [if-myelosuppression]'],
  ],
  [
    'mercaptopurine',
    { TPMT: NO, NUDT15: PM },
    'general',
    'strong',
    'critical',
    [
      'DOSE_SET 10-10 mg/m2/day [indication:malignancy]',
      'DOSE_DECREASE [if-myelosuppression]',
      'ALTERNATIVE class:non-thiopurine-immunosuppressant [indication:non-malignant] ?',
      'TEST_FIRST ?',
    ],
  ],
  ['fluorouracil', { DPYD: '0.0' }, 'general', 'strong', 'critical', ['AVOID']],
  [
    'capecitabine',
    { DPYD: '0.5' },
    'general',
    'strong',
    'critical',
    [
      'AVOID',
      'DOSE_DECREASE [if-alternative-not-suitable]',
      'TEST_FIRST [if-alternative-not-suitable] ?',
      'DOSE_DECREASE <0-25% start [if-alternative-not-suitable]',
    ],
  ],
  [
    'capecitabine',
    { DPYD: '1.5' },
    'general',
    'moderate',
    'warning',
    [
      'DOSE_DECREASE 50-50% start',
      'DOSE_INCREASE [if-no-or-tolerable-toxicity-in-first-two-cycles]',
      'DOSE_DECREASE [if-start-dose-not-tolerated]',
    ],
  ],
  [
    'codeine',
    { CYP2D6: '≥3.0' },
    'general',
    'strong',
    'critical',
    ['AVOID', 'ALTERNATIVE class:opioid [if-opioid-warranted] ?'],
  ],
  [
    'codeine',
    { CYP2D6: '0.0' },
    'general',
    'strong',
    'warning',
    ['AVOID', 'ALTERNATIVE class:opioid [if-opioid-warranted] ?'],
  ],
  [
    'clopidogrel',
    { CYP2C19: PM },
    'acs-pci',
    'strong',
    'critical',
    ['AVOID [if-possible]', 'ALTERNATIVE prasugrel+ticagrelor [if-not-contraindicated]'],
  ],
  [
    'clopidogrel',
    { CYP2C19: IM },
    'acs-pci',
    'strong',
    'warning',
    ['AVOID 75-75 mg/day [if-possible]', 'ALTERNATIVE prasugrel+ticagrelor [if-not-contraindicated]'],
  ],
  ['clopidogrel', { CYP2C19: IM }, 'non-acs-non-pci', 'none', 'none', ['NO_RECOMMENDATION']],
  [
    'clopidogrel',
    { CYP2C19: IM },
    'neurovascular',
    'moderate',
    'warning',
    ['ALTERNATIVE ticagrelor+ticlopidine [if-clinically-indicated] ?'],
  ],
  ['carbamazepine', { 'HLA-A': NO, 'HLA-B': '*15:02 positive' }, 'naive', 'strong', 'critical', ['AVOID']],
  [
    'carbamazepine',
    { 'HLA-A': NO, 'HLA-B': '*15:02 positive' },
    'established',
    'optional',
    'info',
    ['STANDARD ?'],
  ],
  [
    'carbamazepine',
    { 'HLA-A': '*31:01 positive', 'HLA-B': '*15:02 negative' },
    'naive',
    'strong',
    'critical',
    ['AVOID [if-alternative-available]'],
  ],
  ['phenytoin', { 'HLA-B': '*15:02 positive', CYP2C9: '2.0' }, 'naive', 'strong', 'critical', ['AVOID']],
  [
    'phenytoin',
    { 'HLA-B': '*15:02 negative', CYP2C9: '0.5' },
    'naive',
    'strong',
    'warning',
    ['STANDARD', 'DOSE_DECREASE 50-50% maintenance'],
  ],
  [
    'phenytoin',
    { 'HLA-B': '*15:02 negative', CYP2C9: '1.0' },
    'naive',
    'moderate',
    'warning',
    ['STANDARD', 'DOSE_DECREASE 75-75% maintenance'],
  ],
  [
    'tacrolimus',
    { CYP3A5: NM },
    'general',
    'strong',
    'warning',
    ['DOSE_INCREASE 150-200% start', 'LIMIT_DOSE 0.3-0.3 mg/kg/day'],
  ],
  ['tacrolimus', { CYP3A5: PM }, 'general', 'strong', 'none', ['STANDARD']],
  [
    'simvastatin',
    { SLCO1B1: 'Decreased Function' },
    'general',
    'strong',
    'warning',
    ['ALTERNATIVE class:other-statin', 'LIMIT_DOSE <20-20 mg/day [if-drug-warranted]'],
  ],
  [
    'omeprazole',
    { CYP2C19: 'Ultrarapid Metabolizer' },
    'general',
    'optional',
    'info',
    ['DOSE_INCREASE 200-200% start'],
  ],
  [
    'omeprazole',
    { CYP2C19: PM },
    'general',
    'moderate',
    'info',
    ['STANDARD', 'DOSE_DECREASE 50-50% daily [if-chronic-therapy-over-12-weeks] ?'],
  ],
  [
    'celecoxib',
    { CYP2C9: '0.5' },
    'general',
    'moderate',
    'warning',
    [
      'DOSE_DECREASE 25-50% lowest-start',
      'LIMIT_DOSE 25-50% maximum',
      'ALTERNATIVE aspirin+ketorolac+naproxen+sulindac [alternatively] ?',
    ],
  ],
  [
    'citalopram',
    { CYP2C19: PM },
    'general',
    'strong',
    'warning',
    [
      'ALTERNATIVE class:antidepressant ?',
      'DOSE_DECREASE [if-drug-warranted] ?',
      'DOSE_DECREASE 50-50% maintenance [if-drug-warranted] ?',
      'LIMIT_DOSE 20-20 mg/day',
    ],
  ],
  [
    'efavirenz',
    { CYP2B6: IM },
    'adult-or-child-over-40-kg',
    'moderate',
    'info',
    ['DOSE_DECREASE 400-400 mg/day ?'],
  ],
  [
    'tamoxifen',
    { CYP2D6: '2.0' },
    'general',
    'strong',
    'none',
    ['AVOID_COMEDICATION', 'STANDARD 20-20 mg/day'],
  ],
  [
    'atomoxetine',
    { CYP2D6: '0.0' },
    'adult',
    'moderate',
    'warning',
    [
      'DOSE_SET 40-40 mg/day',
      'DOSE_INCREASE 80-80 mg/day [if-no-response]',
      'DOSE_INCREASE [if-level-below-threshold] ?',
      'DOSE_DECREASE [if-adverse-effects] ?',
    ],
  ],
  [
    'metoprolol',
    { CYP2D6: '0.0' },
    'general',
    'moderate',
    'warning',
    ['DOSE_DECREASE 100-100% lowest-start', 'ALTERNATIVE class:other-beta-blocker [alternatively] ?'],
  ],
  ['metoprolol', { CYP2D6: '1.0' }, 'general', 'moderate', 'none', ['STANDARD']],
  ['metoprolol', { CYP2D6: '≥3.0' }, 'general', 'none', 'none', ['NO_RECOMMENDATION']],
  ['hydralazine', { NAT2: PM }, 'general', 'moderate', 'warning', ['DOSE_SET 40-75 mg/day']],
  ['hydralazine', { NAT2: 'Rapid Metabolizer' }, 'general', 'moderate', 'info', ['DOSE_SET 75-75 mg/day ?']],
  ['rasburicase', { G6PD: 'Deficient' }, 'general', 'strong', 'critical', ['AVOID']],
  ['rasburicase', { G6PD: 'Variable' }, 'general', 'moderate', 'warning', ['TEST_FIRST']],
  [
    'succinylcholine',
    { RYR1: 'Malignant Hyperthermia Susceptibility', CACNA1S: NO },
    'general',
    'strong',
    'critical',
    [
      'CONTRAINDICATED [except-extraordinary-circumstances-benefit-outweighs-risk]',
      'ALTERNATIVE class:non-triggering-anesthetic',
    ],
  ],
  [
    'gentamicin',
    { 'MT-RNR1': 'increased risk of aminoglycoside-induced hearing loss' },
    'general',
    'strong',
    'critical',
    ['AVOID [unless-severe-infection-without-safe-alternative]'],
  ],
]

for (const [drug, lookup, population, strength, interrupt, actions] of CASES) {
  test(`${drug}, ${Object.values(lookup).join(', ')}, ${population}`, () => {
    const rule = ruleFor(drug, lookup, population)
    const weighty = rule.actions.filter(({ code }) => !['INFORM', 'MONITOR', 'TITRATE'].includes(code))
    assert.deepEqual(weighty.map(brief), actions)
    assert.deepEqual([rule.strength, rule.interrupt], [strength, interrupt])
  })
}

test('thiopurines carry the interval between dose changes and the worked doses', () => {
  const { actions } = ruleFor('mercaptopurine', { TPMT: IM, NUDT15: NM }, 'general')
  assert.deepEqual(actions[0]?.dose?.examples, [
    { from: 22.5, to: 60, unit: 'mg/m2', per: 'day' },
    { from: 0.45, to: 1.2, unit: 'mg/kg', per: 'day' },
  ])
  assert.deepEqual(actions[1]?.interval, { from: 2, to: 4, unit: 'week' })
})

test('atomoxetine carries times and concentrations', () => {
  const { actions } = ruleFor('atomoxetine', { CYP2D6: '2.0' }, 'child')
  assert.deepEqual(actions[1]?.after, { from: 3, to: 3, unit: 'day' })
  assert.deepEqual(actions[2]?.level, {
    aim: { from: 200, to: 1000 },
    unit: 'ng/mL',
    sample: 'peak',
    hoursAfterDose: { from: 1, to: 2 },
  })
})

test('only citalopram carries the limit of the FDA, only ibuprofen the caution about CYP2C9*2', () => {
  const limited = ['citalopram', 'escitalopram'].filter((drug) =>
    ruleFor(drug, { CYP2C19: PM }, 'general').actions.some(({ code }) => code === 'LIMIT_DOSE'),
  )
  assert.deepEqual(limited, ['citalopram'])
  const cautious = ['celecoxib', 'ibuprofen'].filter((drug) =>
    ruleFor(drug, { CYP2C9: '1.0' }, 'general').actions.some(({ inform }) =>
      inform?.includes('cyp2c9-2-is-linked-with-cyp2c8-3'),
    ),
  )
  assert.deepEqual(cautious, ['ibuprofen'])
})

test('an unknown gene is never read as a normal one: the rule says which gene is missing', () => {
  const { actions } = ruleFor('azathioprine', { TPMT: NM, NUDT15: NO }, 'general')
  const informed = actions.flatMap(({ inform }) => inform ?? [])
  assert.ok(informed.includes('genotype-not-available:NUDT15'))
  assert.ok(informed.includes('based-on:TPMT'))
})
