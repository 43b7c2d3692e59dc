import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action } from '../../knowledge/guideline/guideline-rule.ts'
import { Fault } from '../../terms/fault.ts'
import { clausesOf } from './clause.ts'
import type { CodeWords } from './code-words.ts'

const ENGLISH: Readonly<Record<string, string>> = {
  'drug-group class:ssri': 'SSRIs',
  'drug-group class:opioid': 'other opioids',
  'drug-group class:cyp2d6-inhibitor': 'CYP2D6 inhibitors',
  'inform report-rash': 'ask the patient to report any rash at once',
  'inform slower': 'titrate in smaller dose steps',
  'inform evidence': 'the evidence is thin',
  'monitor ecg': 'the ECG',
  'monitor level': 'plasma concentration',
  'monitor level-of-a-or-b': 'effect, or plasma concentration',
  'monitor side-effects': 'for side effects',
  'monitor rash': 'for rash',
  'test dpd': 'DPD activity',
}
const words: CodeWords = {
  say: (kind, code) => ENGLISH[`${kind} ${code}`],
  isNote: (code) => code === 'evidence',
}
const say = (action: Action): string => clausesOf(action, 'testol', words).join('; ')
const percent = (from: number, to = from) => ({ from, to })

/** One row per way of saying an action: what is coded, what is read. */
const TABLE: readonly (readonly [Action, string])[] = [
  [{ code: 'STANDARD' }, 'use testol at the standard dose'],
  [
    { code: 'STANDARD', monitor: ['level'] },
    'use testol at the standard dose, guided by plasma concentration',
  ],
  [{ code: 'STANDARD', wording: 'consider' }, 'consider using testol'],
  [{ code: 'STANDARD', dose: { of: 'start' } }, 'start at the standard dose'],
  [{ code: 'STANDARD', dose: { of: 'loading' } }, 'give the standard loading dose'],
  [
    {
      code: 'STANDARD',
      dose: { of: 'any', amount: { from: 84, to: 84, unit: 'mg', per: 'dose' }, timesPerDay: 2 },
    },
    'give 84 mg twice daily (the standard dose)',
  ],
  [{ code: 'AVOID' }, 'avoid testol'],
  [{ code: 'AVOID', wording: 'consider' }, 'consider avoiding testol'],
  [{ code: 'AVOID', exclude: ['testol', 'otherol'] }, 'avoid testol (do not use otherol instead)'],
  [
    { code: 'AVOID', dose: { of: 'any', amount: { from: 75, to: 75, unit: 'mg', per: 'day' } } },
    'avoid testol at 75 mg/day',
  ],
  [{ code: 'CONTRAINDICATED' }, 'do not use testol (contraindicated)'],
  [{ code: 'ALTERNATIVE' }, 'use an alternative'],
  [{ code: 'ALTERNATIVE', wording: 'consider' }, 'consider an alternative'],
  [{ code: 'ALTERNATIVE', wording: 'recommended' }, 'use an alternative'],
  [{ code: 'ALTERNATIVE', wording: 'strongly-recommended' }, 'use an alternative (strongly recommended)'],
  [
    { code: 'ALTERNATIVE', alternatives: ['a', 'b', 'class:ssri'] },
    'use an alternative such as a, b or SSRIs',
  ],
  [
    { code: 'ALTERNATIVE', alternatives: ['class:opioid'], exclude: ['a'], wording: 'consider' },
    'consider using other opioids instead, but not a',
  ],
  [
    { code: 'ALTERNATIVE', alternatives: ['class:opioid', 'b'] },
    'use an alternative such as other opioids or b',
  ],
  [
    { code: 'ALTERNATIVE', alternatives: ['a'], exclude: ['metabolised-by:CYP2D6', 'c'] },
    'use an alternative that CYP2D6 does not metabolize, such as a, but not c',
  ],
  [{ code: 'DOSE_DECREASE' }, 'reduce the dose'],
  [{ code: 'DOSE_DECREASE', dose: { of: 'start' } }, 'start at a lower dose'],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'any', percentOfStandard: percent(75) } },
    'use 75% of the standard dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'any', percentOfStandard: percent(75) }, wording: 'consider' },
    'consider using 75% of the standard dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: percent(40, 50) } },
    'start at 40–50% of the standard dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'lowest-start', percentOfStandard: percent(100) } },
    'start at the lowest recommended starting dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'lowest-start', percentOfStandard: percent(50) } },
    'start at 50% of the lowest recommended starting dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'maintenance', percentOfStandard: percent(50) } },
    'use 50% of the standard maintenance dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'subsequent', percentOfStandard: percent(40) } },
    'after the loading dose, use 40% of the standard dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'maximum', percentOfStandard: percent(50) } },
    'use at most 50% of the standard maximum dose',
  ],
  [
    { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: percent(10), timesPerWeek: 3 } },
    'start at 10% of the standard daily dose 3 times weekly instead of daily',
  ],
  [
    {
      code: 'DOSE_DECREASE',
      dose: {
        of: 'start',
        percentOfStandard: percent(30, 80),
        standard: [{ from: 2, to: 3, unit: 'mg/kg', per: 'day' }],
      },
    },
    'start at 30–80% of the standard dose (of a standard 2–3 mg/kg/day)',
  ],
  [{ code: 'DOSE_INCREASE' }, 'increase the dose'],
  [
    { code: 'DOSE_INCREASE', dose: { of: 'any', amount: { from: 40, to: 40, unit: 'mg', per: 'day' } } },
    'increase the dose to 40 mg/day',
  ],
  [
    { code: 'DOSE_INCREASE', dose: { of: 'any', percentOfStandard: percent(140) } },
    'use 1.4 times the standard dose',
  ],
  [
    {
      code: 'DOSE_INCREASE',
      dose: {
        of: 'maintenance',
        percentOfStandard: percent(200),
        examples: [{ from: 150, to: 150, unit: 'mg', per: 'day' }],
      },
    },
    'use twice the standard maintenance dose (150 mg/day)',
  ],
  [
    {
      code: 'DOSE_INCREASE',
      dose: { of: 'any', percentOfStandard: percent(100, 250) },
      monitor: ['side-effects'],
    },
    'increase the dose, to at most 2.5 times the standard dose, guided by side effects',
  ],
  [
    { code: 'DOSE_SET', dose: { of: 'start', amount: { from: 400, to: 400, unit: 'mg', per: 'day' } } },
    'start at 400 mg/day',
  ],
  [
    { code: 'DOSE_SET', dose: { of: 'loading', amount: { from: 600, to: 600, unit: 'mg', per: 'dose' } } },
    'give a loading dose of 600 mg',
  ],
  [
    {
      code: 'DOSE_SET',
      dose: {
        of: 'any',
        amount: { from: 0.75, to: 0.75, unit: 'mg/kg', per: 'dose' },
        timesPerWeek: 1,
        course: { count: 8, unit: 'week' },
      },
    },
    'give 0.75 mg/kg once weekly for 8 weeks',
  ],
  [{ code: 'DOSE_SET', dose: { of: 'daily', timesPerDay: 3 } }, 'divide the daily dose into 3 doses'],
  [{ code: 'DOSE_SET', dose: { of: 'start' } }, 'adjust the starting dose'],
  [
    { code: 'LIMIT_DOSE', dose: { of: 'maximum', max: { from: 10, to: 10, unit: 'mg', per: 'day' } } },
    'do not exceed 10 mg/day',
  ],
  [
    {
      code: 'LIMIT_DOSE',
      dose: {
        of: 'maximum',
        percentOfStandard: percent(50),
        max: { from: 10, to: 10, unit: 'mg', per: 'day' },
      },
    },
    'do not exceed 10 mg/day (50% of the standard maximum dose)',
  ],
  [
    { code: 'LIMIT_DOSE', dose: { of: 'any', percentOfStandard: percent(150) } },
    'do not exceed 1.5 times the standard dose',
  ],
  [
    {
      code: 'LIMIT_DOSE',
      dose: { of: 'maximum', max: { from: 37.5, to: 37.5, unit: 'mg', per: 'dose' } },
    },
    'do not exceed 37.5 mg per dose',
  ],
  [
    {
      code: 'LIMIT_DOSE',
      dose: {
        of: 'maximum',
        amount: { from: 0.05, to: 0.05, unit: 'mg/kg', per: 'day' },
        max: { from: 2, to: 2, unit: 'mg', per: 'day' },
      },
    },
    'do not exceed 0.05 mg/kg/day or 2 mg/day in all',
  ],
  [
    {
      code: 'LIMIT_DOSE',
      dose: { of: 'start', bound: 'below', max: { from: 40, to: 40, unit: 'mg', per: 'day' } },
    },
    'start below 40 mg/day',
  ],
  [
    { code: 'LIMIT_DOSE', dose: { of: 'start', max: { from: 20, to: 20, unit: 'mg', per: 'day' } } },
    'start at no more than 20 mg/day',
  ],
  [
    {
      code: 'LIMIT_DOSE',
      dose: { of: 'any', bound: 'below', max: { from: 20, to: 20, unit: 'mg', per: 'day' } },
    },
    'stay below 20 mg/day',
  ],
  [{ code: 'TITRATE' }, 'titrate the dose'],
  [{ code: 'TITRATE', inform: ['slower'] }, 'titrate in smaller dose steps'],
  [
    { code: 'TITRATE', monitor: ['level', 'side-effects'] },
    'adjust the dose by plasma concentration and side effects',
  ],
  [
    { code: 'TITRATE', dose: { of: 'maintenance' }, monitor: ['level'] },
    'set the maintenance dose by plasma concentration',
  ],
  [
    {
      code: 'TITRATE',
      dose: { of: 'subsequent' },
      monitor: ['level'],
      after: { from: 7, to: 10, unit: 'day' },
    },
    'adjust later doses by plasma concentration after 7–10 days',
  ],
  [
    { code: 'TITRATE', inform: ['slower', 'report-rash'], interval: { from: 2, to: 2, unit: 'week' } },
    'titrate in smaller dose steps, 2 weeks between changes; ask the patient to report any rash at once',
  ],
  [
    {
      code: 'DOSE_SET',
      dose: {
        of: 'any',
        amount: { from: 0.25, to: 0.25, unit: 'mg/kg', per: 'dose' },
        course: { count: 1, unit: 'dose' },
      },
    },
    'give 0.25 mg/kg as a single dose',
  ],
  [
    {
      code: 'DOSE_SET',
      dose: { of: 'start', amount: { from: 75, to: 75, unit: 'mg', per: 'day' }, bound: 'at-least' },
    },
    'start at 75 mg/day or more',
  ],
  [
    { code: 'TITRATE', monitor: ['level'], interval: { from: 2, to: 2, unit: 'week' }, wording: 'consider' },
    'consider adjusting the dose by plasma concentration, 2 weeks between changes',
  ],
  [{ code: 'MONITOR' }, 'monitor closely'],
  [{ code: 'MONITOR', monitor: ['ecg', 'level'] }, 'monitor the ECG and plasma concentration'],
  [
    { code: 'MONITOR', monitor: ['side-effects', 'ecg', 'rash'] },
    'monitor the ECG, and for side effects and rash',
  ],
  [
    { code: 'MONITOR', monitor: ['level-of-a-or-b', 'ecg'] },
    'monitor effect, or plasma concentration; the ECG',
  ],
  [
    {
      code: 'MONITOR',
      monitor: ['level'],
      level: { sample: 'any', of: ['a', 'b'], aim: { from: 50, to: 150 }, toxicAbove: 250, unit: 'ng/mL' },
    },
    'monitor plasma concentration (target a + b 50–150 ng/mL; toxic above 250 ng/mL)',
  ],
  [{ code: 'TEST_FIRST', test: ['dpd'] }, 'first determine DPD activity'],
  [{ code: 'TEST_FIRST', test: ['dpd'], wording: 'consider' }, 'consider first determining DPD activity'],
  [{ code: 'INFORM', inform: ['report-rash', 'evidence'] }, 'ask the patient to report any rash at once'],
  [
    { code: 'INFORM', dose: { of: 'maintenance', amount: { from: 5, to: 7, unit: 'mg', per: 'day' } } },
    'expect a maintenance dose of 5–7 mg/day',
  ],
  [{ code: 'AVOID', inform: ['report-rash'] }, 'avoid testol; ask the patient to report any rash at once'],
  [
    { code: 'AVOID_COMEDICATION', exclude: ['class:cyp2d6-inhibitor', 'a', 'b'] },
    'do not combine testol with CYP2D6 inhibitors such as a or b',
  ],
  [{ code: 'AVOID_COMEDICATION', exclude: ['a'] }, 'do not combine testol with a'],
  [{ code: 'NO_RECOMMENDATION' }, 'no recommendation from this guideline'],
]

for (const [action, text] of TABLE) {
  test(`${JSON.stringify(action)} reads: ${text}`, () => assert.equal(say(action), text))
}

test('in brief: no remarks, no examples, no more alternatives than allowed', () => {
  const action: Action = {
    code: 'ALTERNATIVE',
    alternatives: ['a', 'b', 'c'],
    inform: ['report-rash'],
    level: { sample: 'any', aim: { from: 1 }, unit: 'ng/mL' },
  }
  assert.deepEqual(clausesOf(action, 'testol', words, { alternatives: 2 }), [
    'use an alternative such as a or b',
  ])
})

test('a code without English is never printed', () => {
  assert.throws(
    () => say({ code: 'MONITOR', monitor: ['unheard-of'] }),
    (error) => error instanceof Fault && error.code === 'CODE_WITHOUT_WORDS',
  )
})
