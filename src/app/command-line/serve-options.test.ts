import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../store/store.ts'
import { Arguments } from '../command.ts'
import { USUAL_RATES } from '../login/entry.ts'
import { entryOf } from './serve-options.ts'

const nobody = { login: { users: { list: async () => [] } } } as unknown as Store
const entry = (values: Record<string, unknown>) => entryOf(new Arguments([], values), '127.0.0.1', nobody)

test('a server asks everybody for a second factor, and limits every caller, unless told otherwise', async () => {
  const usual = await entry({})
  assert.ok(usual.kind === 'login')
  assert.deepEqual([usual.secondFactorForAll, usual.rates], [true, USUAL_RATES])
  const told = await entry({ 'second-factor': 'chosen', 'rate-user': '5', 'rate-client': '0' })
  assert.ok(told.kind === 'login')
  assert.deepEqual([told.secondFactorForAll, told.rates], [false, { user: 5, client: 0 }])
  await assert.rejects(entry({ 'second-factor': 'nobody' }), { code: 'USAGE_SECOND_FACTOR' })
})
