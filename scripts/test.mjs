// Runs the tests on Node's own runner in one process; ends with a line "N passed, N failed".
//   --unit    only the tests beside the source files
//   PATH ...  only these files
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const named = args.filter((arg) => !arg.startsWith('--'))
const patterns = args.includes('--unit') ? ['src/**/*.test.ts'] : ['src/**/*.test.ts', 'test/**/*.test.ts']
if (typeof fs.globSync !== 'function') {
  // The machine's Node is older than 22: hand over to the pinned one.
  const result = spawnSync(join(root, 'node_modules/.bin/node'), [fileURLToPath(import.meta.url), ...args], {
    stdio: 'inherit',
  })
  process.exit(result.status ?? 1)
}
const files =
  named.length > 0 ? named : patterns.flatMap((pattern) => fs.globSync(pattern, { cwd: root })).sort()
const result = spawnSync(
  process.execPath,
  ['--test', '--test-isolation=none', '--test-reporter', join(root, 'scripts/reporter.mjs'), ...files],
  { cwd: root, stdio: 'inherit' },
)
process.exit(result.status ?? 1)
