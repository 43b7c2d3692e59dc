import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { packagedEngine, usableBinaries } from './binaries.ts'

const STRANGER = { uid: 71_234, gid: 71_234 }
let above: string
let folder: string
let fallback: string

/** An engine as npm unpacks it when install scripts do not run: without its links. */
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'garrod-engine-'))
  chmodSync(above, 0o755)
  folder = join(above, 'package', 'native')
  fallback = join(above, 'postgres')
  for (const one of ['bin', 'lib', 'share']) mkdirSync(join(folder, one), { recursive: true })
  mkdirSync(fallback)
  writeFileSync(join(folder, 'bin', 'initdb'), 'program')
  writeFileSync(join(folder, 'lib', 'libpq.so.5.18'), 'library')
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  writeFileSync(join(folder, 'pg-symlinks.json'), JSON.stringify(links))
})
afterEach(() => rmSync(above, { recursive: true }))

const usable = () => usableBinaries(STRANGER, fallback, { folder, version: '18.4.0-beta.17' })

test('missing links between libraries are made in place', async () => {
  for (let run = 0; run < 2; run++) {
    const binaries = await usable()
    assert.equal(binaries.initdb, join(folder, 'bin', 'initdb'))
    assert.equal(binaries.major, '18')
    assert.equal(readFileSync(join(folder, 'lib', 'libpq.so.5'), 'utf8'), 'library')
  }
  assert.deepEqual(readdirSync(fallback), [])
})

test('an engine that the server’s user cannot reach is copied once, with its links; older copies go', async () => {
  chmodSync(join(above, 'package'), 0o700)
  mkdirSync(join(fallback, 'engine-17.0.0'))
  mkdirSync(join(fallback, 'engine-18.4.0-beta.17.part'))
  for (let run = 0; run < 2; run++) {
    const { initdb } = await usable()
    assert.equal(initdb, join(fallback, 'engine-18.4.0-beta.17', 'bin', 'initdb'))
    assert.equal(readFileSync(initdb, 'utf8'), 'program')
    assert.equal(readFileSync(join(initdb, '..', '..', 'lib', 'libpq.so.5'), 'utf8'), 'library')
  }
  assert.deepEqual(readdirSync(fallback), ['engine-18.4.0-beta.17'])
})

test('npm installed an engine for this machine', () => {
  assert.match(packagedEngine().version, /^18\./)
})
