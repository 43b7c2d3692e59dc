import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Effect } from '../../knowledge/guideline/guideline-rule.ts'
import { because, resultName } from './because.ts'
import type { CodeWords } from './code-words.ts'

const words: CodeWords = {
  say: (kind, code) => (kind === 'term' && code === 'stent' ? 'stent thrombosis' : undefined),
  isNote: () => false,
}
const basis = (gene: string, phenotype: string | undefined, result = '*2/*2', activityScore?: string) => ({
  gene,
  result,
  phenotype,
  activityScore,
})
const pm = basis('CYP2C19', 'Poor Metabolizer')
const why = (...effects: Omit<Effect, 'gene'>[]): string =>
  because(
    effects.map((effect) => ({ gene: 'CYP2C19', ...effect })),
    [pm],
    words,
  ).replace('CYP2C19 poor metabolizer: ', '')

const TABLE: readonly (readonly [Omit<Effect, 'gene'>, string])[] = [
  [
    { exposure: 'down', risk: 'inefficacy', term: 'stent' },
    'lower exposure to active drug; higher risk of stent thrombosis.',
  ],
  [{ exposure: 'up', risk: 'toxicity' }, 'higher exposure to active drug; higher risk of side effects.'],
  [{ exposure: 'none', risk: 'toxicity', degree: 'great' }, 'much higher risk of side effects.'],
  [{ exposure: 'none', risk: 'inefficacy', degree: 'slight' }, 'slightly higher risk of too little effect.'],
  [{ exposure: 'unknown', risk: 'both' }, 'higher risk of side effects or too little effect.'],
  [{ exposure: 'none', risk: 'toxicity', certainty: 'possible' }, 'possibly higher risk of side effects.'],
  [
    { exposure: 'up', risk: 'toxicity', certainty: 'theoretical', degree: 'great' },
    'higher exposure to active drug; in theory much higher risk of side effects.',
  ],
  [{ exposure: 'none', risk: 'none' }, 'no relevant effect expected.'],
  [
    { exposure: 'up', risk: 'none', degree: 'slight' },
    'slightly higher exposure to active drug, without a known change in benefit or harm.',
  ],
  [{ exposure: 'down', risk: 'unknown' }, 'lower exposure to active drug.'],
  [{ exposure: 'none', risk: 'unknown', term: 'stent' }, 'risk of stent thrombosis not known.'],
]

for (const [effect, text] of TABLE) {
  test(`${JSON.stringify(effect)} reads: ${text}`, () => assert.equal(why(effect), text))
}

test('two effects of one gene are one sentence, said once each', () => {
  assert.equal(
    why(
      { exposure: 'down', risk: 'inefficacy' },
      { exposure: 'none', risk: 'toxicity' },
      { exposure: 'none', risk: 'toxicity' },
    ),
    'lower exposure to active drug; higher risk of too little effect; higher risk of side effects.',
  )
})

test('genes without a described effect are named together, by their results alone', () => {
  assert.equal(
    because(
      [{ gene: 'CYP2C19', exposure: 'up', risk: 'toxicity' }],
      [pm, basis('CYP2D6', 'Normal Metabolizer')],
      words,
    ),
    'CYP2C19 poor metabolizer: higher exposure to active drug; higher risk of side effects. CYP2D6 normal metabolizer.',
  )
  assert.equal(
    because([{ gene: 'CYP2C19', exposure: 'unknown', risk: 'unknown' }], [pm], words),
    'CYP2C19 poor metabolizer.',
  )
  assert.equal(because([], [], words), 'No effect is described.')
})

test('results are named as CPIC prints them', () => {
  const cases: [ReturnType<typeof basis>, string][] = [
    [pm, 'CYP2C19 poor metabolizer'],
    [
      basis('DPYD', 'Intermediate Metabolizer', 'x', '1.5'),
      'DPYD intermediate metabolizer (activity score 1.5)',
    ],
    [
      basis('CYP2D6', 'Ultrarapid Metabolizer', 'x', '≥3.0'),
      'CYP2D6 ultrarapid metabolizer (activity score ≥3.0)',
    ],
    [basis('CYP2C19', 'Poor Metabolizer', 'x', 'n/a'), 'CYP2C19 poor metabolizer'],
    [basis('HLA-B', undefined, '*57:01 positive'), 'HLA-B*57:01 positive'],
    [basis('VKORC1', undefined, '-1639 AA'), 'VKORC1 -1639 AA'],
    [basis('F5', undefined, 'Factor V Leiden absent'), 'F5 Factor V Leiden absent'],
    [basis('CYP2C9', undefined, '*1/*3'), 'CYP2C9 *1/*3'],
  ]
  for (const [result, text] of cases) assert.equal(resultName(result), text)
})
