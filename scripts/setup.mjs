// Brings a fresh clone to a runnable state: dependencies, the bundled CLI and, with --web, the web page.
// Plain JavaScript, because it runs on the machine's own Node (>= 20) before Node 24 is installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
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

const modules = join(root, 'node_modules')
// A link, as from one git worktree to another, is left alone: "npm ci" would empty the folder that the others work with.
const linked = lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
if (!linked && newest(join(modules, '.package-lock.json')) < newest(join(root, 'package-lock.json'))) {
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

/** Whether the page is older than a file it is made of: of web/, or of src/, whose words it says (listed by web/vite.config.ts). */
function pageIsOld() {
  const list = join(root, 'web', 'dist', 'sources.json')
  if (!existsSync(list)) return true
  const sources = ['web', ...JSON.parse(readFileSync(list, 'utf8'))]
  return newest(list) < Math.max(...sources.map((path) => newest(join(root, path))))
}

if (process.argv.includes('--web') && pageIsOld()) {
  say('building the web page')
  execFileSync(
    node,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', join(root, 'web'), '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
}
