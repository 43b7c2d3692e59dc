import assert from 'node:assert/strict'
import { test } from 'node:test'
import { literally, nameKey } from './name-key.ts'

for (const [name, key] of [
  ['Ćwik, Zoë', 'cwik, zoe'],
  ['  Anna\t Berg ', 'anna berg'],
  ['ÅSA', 'asa'],
  ['Ｗｉｄｅ', 'wide'],
  ['李 明', '李 明'],
  [undefined, ''],
] as const) {
  test(`"${name}" is searched as "${key}"`, () => assert.equal(nameKey(name), key))
}

test('signs of LIKE are taken literally', () => {
  assert.equal(literally('100%_\\'), '100\\%\\_\\\\')
})
