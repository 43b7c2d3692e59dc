// The long form of tests that are short in the suite: more rounds, and a line of figures for each.
//   node scripts/drill.mjs faults   kill -9 fifty times on each engine, ten power cuts (about a quarter of an hour)
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const DRILLS = {
  faults: {
    files: ['test/faults/kill.test.ts', 'test/faults/power-cut.test.ts'],
    settings: { GARROD_DRILL_KILLS: '50', GARROD_DRILL_CUTS: '10' },
  },
}

const [name = ''] = process.argv.slice(2)
const drill = DRILLS[name]
if (drill === undefined) {
  process.stderr.write(`node scripts/drill.mjs NAME; there is: ${Object.keys(DRILLS).join(', ')}\n`)
  process.exit(2)
}
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const result = spawnSync(process.execPath, [join(root, 'scripts', 'test.mjs'), ...drill.files], {
  cwd: root,
  stdio: 'inherit',
  // What the caller has set stands.
  env: { ...drill.settings, ...process.env },
})
process.exit(result.status ?? 1)
