import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action, Level } from '../../knowledge/guideline/guideline-rule.ts'
import type { CodeWords } from './code-words.ts'
import { doThis, notesOf } from './do-this.ts'
import { HEADLINE_LENGTH, headline } from './headline.ts'
import { levelText } from './level-text.ts'

const ENGLISH: Readonly<Record<string, string>> = {
  'condition indication:pci': 'for PCI',
  'condition indication:stroke': 'for stroke',
  'condition indication:tia': 'for TIA',
  'condition other-indications': 'for other indications',
  'condition if-no-alternative': 'if no alternative is possible',
  'condition with:inhibitor': 'with strong inhibitors',
  'condition with:inducer': 'with strong inducers',
  'condition age:18-65': 'in adults under 65',
  'condition form:tablets': 'as tablets',
  'condition form:drops': 'as drops',
  'condition long':
    'with a condition that takes a great many words to say and would fill the whole headline by itself',
  'brief long': 'with a condition',
  'population acs': 'patients with ACS',
  'inform report': 'ask the patient to report symptoms',
  'inform weigh': 'weigh the risk against the benefit',
  'inform evidence': 'the evidence is thin',
  'monitor blood-count': 'blood counts',
}
const words: CodeWords = {
  say: (kind, code) => ENGLISH[`${kind} ${code}`],
  isNote: (code) => code === 'evidence',
}
const say = (...actions: Action[]): string => doThis({ actions, drug: 'testol' }, words)
const half: Action = { code: 'DOSE_DECREASE', dose: { of: 'start', percentOfStandard: { from: 50, to: 50 } } }
const limit = (mg: number, ...condition: string[]): Action => ({
  code: 'LIMIT_DOSE',
  dose: {
    of: 'maximum',
    percentOfStandard: { from: 50, to: 50 },
    max: { from: mg, to: mg, unit: 'mg', per: 'day' },
  },
  condition,
})

test('actions without conditions are one sentence', () => {
  assert.equal(
    say({ code: 'AVOID' }, { code: 'ALTERNATIVE', alternatives: ['prasugrel', 'ticagrelor'] }),
    'Avoid testol; use an alternative such as prasugrel or ticagrelor.',
  )
})

test('the condition comes first; several indications are alternatives', () => {
  const pci = ['indication:pci', 'indication:stroke', 'indication:tia']
  assert.equal(
    say({ code: 'AVOID', condition: pci }, { code: 'STANDARD', condition: ['other-indications'] }),
    'For PCI, stroke or TIA, avoid testol. For other indications, use testol at the standard dose.',
  )
})

test('two other drugs at once are both needed', () => {
  assert.equal(
    say({ code: 'AVOID', condition: ['with:inhibitor', 'with:inducer'] }),
    'With strong inhibitors and strong inducers, avoid testol.',
  )
})

test('an inner condition stays in the sentence of the outer one', () => {
  assert.equal(
    say(
      { code: 'ALTERNATIVE', condition: ['with:inhibitor'] },
      { ...half, condition: ['with:inhibitor', 'if-no-alternative'] },
      { code: 'MONITOR', monitor: ['blood-count'], condition: ['with:inhibitor', 'if-no-alternative'] },
    ),
    'With strong inhibitors: use an alternative; if no alternative is possible, start at 50% of the standard dose and monitor blood counts.',
  )
})

test('an inner condition over many clauses gets a sentence of its own', () => {
  const inner = ['with:inhibitor', 'if-no-alternative']
  assert.equal(
    say(
      { code: 'ALTERNATIVE', condition: ['with:inhibitor'] },
      { ...half, condition: inner },
      { code: 'MONITOR', monitor: ['blood-count'], condition: inner },
      { code: 'INFORM', inform: ['report'], condition: inner },
    ),
    'With strong inhibitors, use an alternative. With strong inhibitors, if no alternative is possible: start at 50% of the standard dose; monitor blood counts; ask the patient to report symptoms.',
  )
})

test('an option is joined to what it is an option to', () => {
  assert.equal(
    say({ code: 'ALTERNATIVE' }, { ...half, condition: ['or'] }),
    'Use an alternative, or start at 50% of the standard dose.',
  )
  assert.equal(
    say({ code: 'ALTERNATIVE', alternatives: ['a', 'b', 'c'] }, { ...half, condition: ['or'] }),
    'Use an alternative such as a, b or c; or start at 50% of the standard dose.',
  )
  assert.equal(
    say({ ...half, condition: ['with:inhibitor'] }, { code: 'AVOID', condition: ['or'] }),
    'With strong inhibitors, start at 50% of the standard dose, or avoid testol.',
  )
})

test('limits by preparation share their sentence, and their percentage', () => {
  assert.equal(
    say(limit(20, 'age:18-65', 'form:tablets'), limit(16, 'age:18-65', 'form:drops')),
    'In adults under 65, do not exceed 20 mg/day as tablets or 16 mg/day (50% of the standard maximum dose) as drops.',
  )
})

test('the population opens the text', () => {
  assert.equal(
    doThis({ actions: [{ code: 'AVOID' }], drug: 'testol', population: { code: 'acs' } }, words),
    'For patients with ACS: avoid testol.',
  )
  assert.equal(
    doThis({ actions: [{ code: 'AVOID' }], drug: 'testol', population: { code: 'general' } }, words),
    'Avoid testol.',
  )
})

test('background is left to the notes', () => {
  const actions: Action[] = [
    { ...half, inform: ['evidence'] },
    { code: 'INFORM', inform: ['evidence', 'report'] },
  ]
  assert.equal(say(...actions), 'Start at 50% of the standard dose; ask the patient to report symptoms.')
  assert.deepEqual(notesOf(actions, words), ['The evidence is thin.'])
})

test('only background, or nothing: it says so', () => {
  assert.equal(say({ code: 'INFORM', inform: ['evidence'] }), 'No advice is coded for this result.')
  assert.equal(headline({ actions: [], drug: 'testol' }, words), 'No advice is coded for this result.')
})

const head = (...actions: Action[]): string => headline({ actions, drug: 'testol' }, words)

test('a headline names the drug once', () => {
  assert.equal(head(half), 'Testol: start at 50% of the standard dose.')
  assert.equal(head({ code: 'AVOID' }), 'Avoid testol.')
})

test('a headline passes over sentences that only inform', () => {
  assert.equal(
    head({ code: 'INFORM', inform: ['weigh'] }, { code: 'AVOID', condition: ['with:inhibitor'] }),
    'With strong inhibitors, avoid testol.',
  )
  assert.equal(head({ code: 'INFORM', inform: ['weigh'] }), 'Testol: weigh the risk against the benefit.')
})

test('a headline never cuts an option, and cuts what does not fit', () => {
  const alternative: Action = {
    code: 'ALTERNATIVE',
    alternatives: ['alternativol', 'substitutin', 'replacor'],
  }
  const line = head(
    alternative,
    { ...half, condition: ['or'] },
    { code: 'MONITOR', monitor: ['blood-count'] },
  )
  assert.equal(
    line,
    'Testol: use an alternative such as alternativol or substitutin, or start at 50% of the standard dose.',
  )
  assert.ok(line.length <= HEADLINE_LENGTH)
})

test('a headline that names one drug to choose may leave out another', () => {
  const many = ['alternativol-hydrochloride', 'substitutin-hydrochloride', 'replacor-hydrochloride']
  const or: Action = { code: 'ALTERNATIVE', alternatives: many, condition: ['or'] }
  assert.equal(
    head({ code: 'ALTERNATIVE', exclude: ['tramadol'] }, or),
    'Testol: use an alternative, but not tramadol.',
  )
})

test('a headline does not stop at a standard dose that the next clause changes', () => {
  const lower: Action = {
    code: 'DOSE_DECREASE',
    dose: { of: 'maintenance', percentOfStandard: { from: 50, to: 50 } },
  }
  assert.equal(
    headline(
      {
        actions: [
          { code: 'STANDARD', dose: { of: 'loading' } },
          lower,
          { code: 'MONITOR', monitor: ['blood-count'] },
        ],
        drug: 'testol-with-a-long-name-that-takes-up-room',
        population: { code: 'acs' },
      },
      words,
    ),
    'Testol-with-a-long-name-that-takes-up-room, for patients with ACS: give the standard loading dose; use 50% of the standard maintenance dose.',
  )
})

test('a headline uses the brief words of a long condition', () => {
  assert.equal(head({ code: 'AVOID', condition: ['long'] }), 'With a condition, avoid testol.')
})

test('levels', () => {
  const level = (more: Partial<Level>): string => levelText({ sample: 'any', unit: 'ng/mL', ...more })
  assert.equal(level({ aim: { from: 50, to: 150 } }), 'target 50–150 ng/mL')
  assert.equal(level({ aim: { from: 100, to: 100 } }), 'target about 100 ng/mL')
  assert.equal(level({ aim: { from: 200 } }), 'target above 200 ng/mL')
  assert.equal(level({ aim: { from: 0, to: 200 } }), 'target below 200 ng/mL')
  assert.equal(level({ toxicAbove: 40 }), 'toxic above 40 ng/mL')
  assert.equal(level({ of: ['a', 'b'], toxicAbove: 600 }), 'a + b toxic above 600 ng/mL')
  assert.equal(
    level({ sample: 'peak', hoursAfterDose: { from: 1, to: 2 }, actBelow: 200, aim: { from: 400, to: 400 } }),
    'peak, 1–2 hours after the dose; act below 200 ng/mL; target about 400 ng/mL',
  )
  assert.equal(
    levelText({ sample: 'steady-state', unit: 'ug/mL', aim: { from: 1, to: 2 } }),
    'steady state; target 1–2 µg/mL',
  )
  assert.equal(
    levelText({ sample: 'any', of: ['a'], unit: 'ng/mL', aim: { from: 1, to: 2 } }, [
      'plasma-concentration:a',
    ]),
    'target 1–2 ng/mL',
  )
})
