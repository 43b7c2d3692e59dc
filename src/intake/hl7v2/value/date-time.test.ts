import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBefore, orderOf } from './date-time.ts'

type Times = readonly [reported: string | undefined, sent: string | undefined]

for (const [what, one, another, before] of [
  ['reported earlier', ['20260110', '20260112'], ['20260111', '20260112'], true],
  ['reported later', ['20260111', '20260112'], ['20260110', '20260112'], false],
  ['reported earlier, sent later', ['20260110', '20260113'], ['20260111', '20260112'], true],
  ['reported alike, sent earlier', ['20260110', '20260112120000'], ['20260110', '20260112120001'], true],
  ['reported alike, sent later', ['20260110', '20260112120001'], ['20260110', '20260112120000'], false],
  ['alike', ['20260110', '20260112120000'], ['20260110', '20260112120000'], false],
  ['a day, against an hour of it', ['20260110', '20260112'], ['20260110120000', '20260111'], false],
  ['a day, against an hour of the next', ['20260110', '20260112'], ['20260111120000', '20260111'], true],
  ['in another zone, at one moment', ['20260110120000+0100', '1'], ['20260110110000+0000', '1'], false],
  ['in another zone, earlier', ['20260110120000+0100', '1'], ['20260110113000+0000', '1'], true],
  ['only sent, earlier', [undefined, '20260110'], [undefined, '20260111'], true],
  ['not sent at a time', ['20260110', undefined], ['20260110', '20260111'], false],
] as const satisfies readonly (readonly [string, Times, Times, boolean])[]) {
  test(`a result ${what}, is ${before ? '' : 'not '}before the other`, () => {
    const order = ([reported, sent]: Times) => orderOf(reported, sent, undefined)!
    assert.equal(isBefore(order(one), order(another)), before)
  })
}
