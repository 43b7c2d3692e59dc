import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LADDER } from '../../scripts/import-ladder.ts'
import { root } from './pages.ts'

const rows = [
  ...readFileSync(join(root, 'docs/journey.md'), 'utf8').matchAll(
    /^\| `(?!src)(\w+)\/` \| (.*) \| ?(.*?) ?\|$/gm,
  ),
].map(([, floor, what, imports]) => ({ floor: floor!, what: what!, imports: imports! }))
const foldersOf = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

test('docs/journey.md has a line for every floor of src/, and for no other', () => {
  assert.deepEqual(rows.map(({ floor }) => floor).sort(), foldersOf('src'))
})

for (const { floor, what, imports } of rows)
  test(`docs/journey.md, ${floor}: its folders are those that are there, its imports those of the ladder`, () => {
    assert.deepEqual(
      [...what.matchAll(/`([\w-]+)\/`/g)].map(([, name]) => name).sort(),
      foldersOf(`src/${floor}`),
    )
    const may = LADDER[floor]
    assert.equal(imports, may === undefined ? 'everything' : may.join(', '))
  })
