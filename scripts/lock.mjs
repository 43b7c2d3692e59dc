// Makes package-lock.json anew after package.json changed: resolves, then drops optional packages of other platforms
// that the registry in use does not carry (`npm ci` refuses a lock that names a package without a version).
// Run it as `node scripts/lock.mjs`, then `npm ci`.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const path = join(root, 'package-lock.json')
execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: root,
  stdio: 'inherit',
})
const lock = JSON.parse(readFileSync(path, 'utf8'))
for (const entry of Object.values(lock.packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`
    if (lock.packages[place]?.version !== undefined) continue
    delete entry.optionalDependencies[name]
    delete lock.packages[place]
    process.stdout.write(`left out: ${name}\n`)
  }
}
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
