// Formats and lints the tree in place. The linter's own package for this machine is depended on, not the wrapper around all
// of them: a registry that lacks one platform's package would otherwise refuse the lock file.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const biome = join(root, 'node_modules/@biomejs', `cli-${process.platform}-${process.arch}`, 'biome')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(spawnSync(biome, ['check', '--write', root], { stdio: 'inherit' }).status ?? 1)
}
