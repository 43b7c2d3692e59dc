import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repeatContext } from './repeat-context.ts'

const cases: [string, number, string, string[], string, Record<string, string>, string][] = [
  ['a deletion that can shift by two', 38440747, 'CGAT', ['C'], 'g.38440750_38440752delTGA', {}, 'CGATGA'],
  ['a deletion that cannot shift', 42128241, 'CT', ['C'], 'g.42128242del', {}, 'CT'],
  ['a duplication in a run of G', 42128211, 'C', ['CG'], 'g.42128218dup', {}, 'CGGGGGGG'],
  ['an insertion at its only place', 42128903, 'T', ['TTA'], 'g.42128903_42128904insTA', {}, 'T'],
  [
    'a repeat with its count',
    233760233,
    'CAT',
    ['C', 'CATAT'],
    'g.233760235TA[6]; g.233760235TA[8]',
    { 'TA(7)': 'CAT', 'TA(6)': 'C' },
    'CATATATATATATATA',
  ],
]
for (const [what, position, ref, alts, chromosomeHgvsName, cpicToVcfAlleleMap, bases] of cases) {
  test(`${what}: ${chromosomeHgvsName}`, () => {
    assert.deepEqual(repeatContext({ position, ref, alts, chromosomeHgvsName, cpicToVcfAlleleMap }), {
      start: position,
      bases,
    })
  })
}

test('a substitution has no context', () => {
  assert.equal(
    repeatContext({
      position: 5,
      ref: 'A',
      alts: ['G'],
      chromosomeHgvsName: 'g.5A>G',
      cpicToVcfAlleleMap: {},
    }),
    undefined,
  )
})
