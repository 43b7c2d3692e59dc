import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../support/shared-data.ts'
import { CSQ_SLICES, compareExpected } from './slices.ts'

test('gene slices: the consequences that were written down by hand', {
  skip: needs(CSQ_SLICES),
}, async () => {
  const joined = await compareExpected(false)
  assert.ok(joined.length >= 162)
  assert.ok(joined.filter(({ same }) => same).length >= 159)
  const alone = await compareExpected(true)
  assert.ok(alone.filter(({ same }) => same).length >= 121)
})
