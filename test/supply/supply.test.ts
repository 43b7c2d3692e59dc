import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isAllowed, packagesOf } from '../../scripts/supply.mjs'

const lock: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8'),
)

test('every package of the lock file has a licence that may be combined, a checksum and a registry address', () => {
  const packages = packagesOf(lock)
  assert.ok(packages.length > 100)
  assert.deepEqual(
    packages.filter((one) => one.problems.length > 0),
    [],
  )
})

for (const [licence, allowed] of [
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['(MIT AND Zlib)', true],
  ['(MIT AND GPL-2.0-only)', false],
  ['GPL-3.0-or-later', false],
  ['AGPL-3.0', false],
  ['CC-BY-NC-4.0', false],
  ['SEE LICENSE IN LICENSE', false],
  ['none named', false],
] as const)
  test(`${licence}: ${allowed ? 'taken' : 'refused'}`, () => assert.equal(isAllowed(licence), allowed))

test('a package without checksum or from elsewhere is refused', () => {
  const [one] = packagesOf({
    packages: {
      'node_modules/x': { version: '1.0.0', license: 'MIT', resolved: 'git+ssh://git@example.org/x' },
    },
  })
  assert.deepEqual(one?.problems, ['no checksum', 'comes from git+ssh://git@example.org/x'])
})
