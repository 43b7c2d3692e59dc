import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SETTINGS, unknownSettings } from './settings.ts'

test('a setting that is misspelt is told of, with what was probably meant', () => {
  assert.deepEqual(unknownSettings({ GARROD_POLICYS: '/p', GARROD_HOME: '/h', PATH: '/bin' }), [
    'GARROD_POLICYS is no setting and is not obeyed; did you mean GARROD_POLICIES? See docs/settings.md.',
  ])
  assert.deepEqual(unknownSettings({ GARROD_QUITE_OTHER_THING: '1' }), [
    'GARROD_QUITE_OTHER_THING is no setting and is not obeyed. See docs/settings.md.',
  ])
})

test('every setting is known, and so is what the tests set', () => {
  const env = Object.fromEntries(
    [...SETTINGS.map(({ name }) => name), 'GARROD_TEST_COUNTS'].map((one) => [one, 'x']),
  )
  assert.deepEqual(unknownSettings(env), [])
})
