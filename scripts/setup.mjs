// Brings a fresh clone to a runnable state: dependencies, the bundled CLI and, with --web, the web page.
// Plain JavaScript, because it runs on the machine's own Node (>= 20) before Node 24 is installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const say = (text) => process.stderr.write(`garrod set-up: ${text}\n`)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20) {
  say(`Node ${process.versions.node} is too old. Install Node 20 or newer, then run the command again.`)
  process.exit(2)
}

/** Newest modification time (ms) of a file or of anything below a folder. */
function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  let time = 0
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue
    time = Math.max(time, newest(join(path, entry.name)))
  }
  return time
}

const marker = join(root, 'node_modules', '.package-lock.json')
if (newest(marker) < newest(join(root, 'package-lock.json'))) {
  say('installing dependencies (npm ci), about half a minute')
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (result.status !== 0) {
    say(
      'npm ci failed; its message is above. Check the connection to the npm registry and run the command again.',
    )
    process.exit(2)
  }
}

const pinned = join(root, 'node_modules', '.bin', 'node')
const node = existsSync(pinned) ? pinned : process.execPath
if (node === process.execPath && (major < 24 || (major === 24 && minor < 2))) {
  say(
    `Node ${process.versions.node} cannot run Garrod and no pinned Node 24 exists for ${process.platform}-${process.arch}. Install Node 24.`,
  )
  process.exit(2)
}

if (
  process.argv.includes('--web') &&
  // The page says severities, genes and gaps in the words of the report.
  newest(join(root, 'web', 'dist', 'index.html')) <
    Math.max(...['web', 'src/deliver/page', 'src/terms'].map((folder) => newest(join(root, folder))))
) {
  say('building the web page')
  execFileSync(
    node,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', join(root, 'web'), '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
}
