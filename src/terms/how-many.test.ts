import assert from 'node:assert/strict'
import { test } from 'node:test'
import { howMany } from './how-many.ts'

test('one is one, everything else several', () => {
  assert.equal(howMany(1, 'record'), '1 record')
  assert.equal(howMany(0, 'record'), '0 records')
  assert.equal(howMany(2041, 'record'), '2,041 records')
})
