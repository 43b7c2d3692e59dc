import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, parseCodes } from './codes.ts'

const list = parseCodes(
  [
    'code\tkind\tenglish\tgrave',
    'myopathy\tterm\tmyopathy\t',
    'sjs-ten\tterm\tSJS/TEN\tyes',
    'slower-titration\tinform\traise the dose more slowly\t',
    'evidence-minimal\tnote\tevidence is minimal\t',
    'mainly-metabolised-by:\tdrug-group\tdrugs mainly metabolized by {}\t',
    'mainly-metabolised-by:CYP2D6\tdrug-group\tdrugs of CYP2D6\t',
    'age:\tcondition\tat age {}\t',
  ].join('\n'),
  'codes.tsv',
)

test('a code is found with its kind; another kind does not lend its words', () => {
  assert.equal(list.word('term', 'myopathy')?.english, 'myopathy')
  assert.equal(list.word('inform', 'myopathy'), undefined)
})

test('grave marks the outcomes that kill or harm for good', () => {
  assert.equal(list.word('term', 'sjs-ten')?.grave, true)
  assert.equal(list.word('term', 'myopathy')?.grave, false)
})

test('an inform code may be listed as a note', () => {
  assert.equal(list.word('inform', 'evidence-minimal')?.kind, 'note')
  assert.equal(list.word('inform', 'slower-titration')?.kind, 'inform')
})

test('a family speaks for its members, unless one has words of its own', () => {
  const word = (code: string): string | undefined => list.word('drug-group', code)?.english
  assert.equal(word('mainly-metabolised-by:CYP2C19'), 'drugs mainly metabolized by CYP2C19')
  assert.equal(word('mainly-metabolised-by:CYP2D6'), 'drugs of CYP2D6')
  assert.equal(word('affected-by:CYP2C9'), undefined)
  assert.equal(list.word('condition', 'age:12-18')?.english, 'at age 12–18')
})

test('every code of a rule is named once with its kind; drugs named plainly are not codes', () => {
  const used = codesOf({
    population: { code: 'general', indication: ['stroke'] },
    effects: [{ gene: 'G', exposure: 'up', risk: 'toxicity', term: 'myopathy' }],
    actions: [
      {
        code: 'ALTERNATIVE',
        alternatives: ['ticagrelor', 'class:opioid'],
        exclude: ['metabolised-by:CYP2D6'],
      },
      { code: 'MONITOR', monitor: ['m'], test: ['t'], inform: ['i'], condition: ['c'] },
    ],
  })
  assert.deepEqual(
    used.map((one) => one.join(' ')),
    [
      'population general',
      'indication stroke',
      'term myopathy',
      'drug-group class:opioid',
      'drug-group metabolised-by:CYP2D6',
      'monitor m',
      'test t',
      'inform i',
      'condition c',
    ],
  )
})
