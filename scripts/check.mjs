// The gate before a commit: types, lint and format, the import ladder, unit tests, duplicated code.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { biome } from './format.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = (name) => join(root, 'node_modules', '.bin', name)
const node = bin('node')
const steps = [
  ['types', node, [join(root, 'node_modules/typescript-native/bin/tsc'), '-p', root]],
  [
    'types of the page',
    node,
    [join(root, 'node_modules/typescript-native/bin/tsc'), '-p', join(root, 'web')],
  ],
  ['lint and format', biome, ['check', '--error-on-warnings', root]],
  ['import ladder', node, [join(root, 'scripts/ladder.mjs')]],
  ['licences and checksums of packages', node, [join(root, 'scripts/supply.mjs')]],
  ['known vulnerabilities of packages', node, [join(root, 'scripts/advisories.mjs'), '--if-any']],
  ['duplicated code', node, [join(root, 'scripts/duplicates.mjs')]],
  ['unit tests', node, [join(root, 'scripts/test.mjs'), '--unit']],
]
let failed = 0
for (const [name, command, args] of steps) {
  const started = Date.now()
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  const ok = result.status === 0
  if (!ok) failed++
  process.stderr.write(
    `${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
  )
}
process.exit(failed ? 1 : 0)
