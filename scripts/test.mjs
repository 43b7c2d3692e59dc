// Runs the tests on Node's own runner; ends with a line "N passed, N failed".
//   --unit    only the tests beside the source files
//   PATH ...  only these files
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
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
// Unit tests share one process. Every other file has its own, two at a time: its server and database start when its tests
// do, end with them, and take nothing down with them.
const units = files.filter((file) => file.startsWith('src/'))
const others = files.filter((file) => !file.startsWith('src/'))
const counts = join(fs.mkdtempSync(join(tmpdir(), 'garrod-tests-')), 'counts')
const total = { passed: 0, failed: 0, skipped: 0 }
let status = 0
for (const [list, how] of [
  [units, ['--test-isolation=none']],
  [others, ['--test-isolation=process', '--test-concurrency=2']],
]) {
  if (list.length === 0) continue
  const result = spawnSync(
    process.execPath,
    ['--test', ...how, '--test-reporter', join(root, 'scripts/reporter.mjs'), ...list],
    { cwd: root, stdio: 'inherit', env: { ...process.env, GARROD_TEST_COUNTS: counts } },
  )
  if (result.status !== 0) status = result.status ?? 1
  const said = fs.existsSync(counts) ? JSON.parse(fs.readFileSync(counts, 'utf8')) : { failed: 1 }
  for (const name of Object.keys(total)) total[name] += said[name] ?? 0
  fs.rmSync(counts, { force: true })
}
fs.rmSync(dirname(counts), { recursive: true, force: true })
process.stdout.write(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`,
)
process.exit(total.failed > 0 && status === 0 ? 1 : status)
