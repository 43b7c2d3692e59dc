import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { markOfThisProcess } from '../database/process-life.ts'
import { whileLocked } from './start-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-lock-'))
const path = join(folder, 'start.lock')
after(() => rmSync(folder, { recursive: true }))

test('one at a time', async () => {
  let inside = 0
  await Promise.all(
    Array.from({ length: 6 }, () =>
      whileLocked(path, async () => {
        inside++
        assert.equal(inside, 1)
        await sleep(3)
        inside--
      }),
    ),
  )
  assert.deepEqual(readdirSync(folder), [], 'nothing is left behind')
})

test('work that fails frees it', async () => {
  await assert.rejects(
    whileLocked(path, () => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.equal(existsSync(path), false)
})

test('the lock of a dead process, or of an earlier one with the same number, is taken over', async () => {
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  for (const mark of [`${dead}-1`, `${process.pid}-1`, '']) {
    writeFileSync(path, mark)
    assert.equal(await whileLocked(path, async () => 'done'), 'done')
  }
})

test('the lock of a living process is waited for', async () => {
  writeFileSync(path, markOfThisProcess())
  const work = whileLocked(path, async () => performance.now())
  await sleep(30)
  const freed = performance.now()
  rmSync(path)
  assert.ok((await work) >= freed)
})
