import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { settingsPage } from '../../scripts/settings-page.ts'
import { cliManual } from '../../src/app/command-line/cli-manual.ts'
import { notice } from '../../src/app/notice.ts'
import { SETTINGS } from '../../src/app/settings.ts'
import { VERSION } from '../../src/app/version.ts'
import { Facts } from '../../src/knowledge/facts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test('docs/cli.md is what the commands print (node scripts/write-docs.ts)', async () => {
  assert.equal(read('docs/cli.md'), await cliManual())
})

test('docs/settings.md has every variable of the environment that the program reads (node scripts/write-docs.ts)', () => {
  assert.equal(read('docs/settings.md'), settingsPage())
  const sources = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
  const named = new Set(
    sources.flatMap((file) =>
      [...read(file).matchAll(/(?<=')(?:GARROD_[A-Z0-9_]+|DATABASE_URL)(?=')/g)].map(([name]) => name),
    ),
  )
  assert.deepEqual([...named].sort(), SETTINGS.map(({ name }) => name).sort())
})

test('NOTICE names every fact pack in force (node scripts/write-docs.ts)', () => {
  assert.equal(read('NOTICE'), notice(Facts.find([join(root, 'facts')])))
})

test('the version that answers carry is the version of the package', () => {
  assert.equal(JSON.parse(read('package.json')).version, VERSION)
})
