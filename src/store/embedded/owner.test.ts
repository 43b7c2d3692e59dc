import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { mayPass, mayRead } from './owner.ts'

const above = mkdtempSync(join(tmpdir(), 'garrod-owner-'))
const folder = join(above, 'inner')
mkdirSync(folder)
after(() => rmSync(above, { recursive: true }))
const { uid, gid } = statSync(above)
const stranger = { uid: uid + 70_000, gid: gid + 70_000 }

for (const [aboveMode, mode, pass, read] of [
  [0o755, 0o755, true, true],
  [0o711, 0o711, true, false],
  [0o700, 0o755, false, false],
  [0o755, 0o700, false, false],
  [0o755, 0o704, false, false],
] as const) {
  test(`a stranger before ${aboveMode.toString(8)}/${mode.toString(8)}`, () => {
    chmodSync(above, aboveMode)
    chmodSync(folder, mode)
    assert.equal(mayPass(stranger, folder), pass)
    assert.equal(mayRead(stranger, folder), read)
  })
}

test('the owner, the group, and whoever runs Garrod', () => {
  chmodSync(above, 0o755)
  chmodSync(folder, 0o510)
  assert.equal(mayRead({ uid, gid }, folder), true)
  assert.equal(mayPass({ ...stranger, gid }, folder), true)
  assert.equal(mayRead({ ...stranger, gid }, folder), false)
  assert.equal(mayRead({ uid: undefined, gid: undefined }, folder), true)
  assert.equal(mayPass(stranger, join(above, 'not-there', 'yet')), true)
})
