import assert from 'node:assert/strict'
import { test } from 'node:test'
import { notShownWords } from './not-shown.ts'

test('what was not shown is never said to be not tested, not reported or not recorded', () => {
  for (const [told, shown] of [
    ['EGFR was not tested for mutations', 'whether EGFR was tested for mutations is not shown to you'],
    [
      'not every gene was tested for fusions',
      'whether every gene was tested for fusions is not shown to you',
    ],
    ['no result of her2 is reported', 'whether there is a record of result of her2 is not shown to you'],
    ['the sex is not recorded', 'whether there is a record of sex is not shown to you'],
    [
      'it is not known whether osimertinib was given',
      'it is not known whether osimertinib was given, as far as the record is shown to you',
    ],
  ] as const)
    assert.equal(notShownWords(told), shown)
})
