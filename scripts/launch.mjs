// Runs the bundled CLI, bundling first when a source file is newer than the bundle.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = join(root, 'dist', 'garrod.js')

/** Looks at each source file once at every start, so it is kept cheap; tests are not in the bundle. */
function changedSince(folder, time) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (changedSince(path, time)) return true
    } else if (!entry.name.endsWith('.test.ts') && statSync(path).mtimeMs > time) return true
  }
  return false
}

enableCompileCache(join(root, 'node_modules', '.cache', 'garrod'))
const source = join(root, 'src')
if (!existsSync(built) || (existsSync(source) && changedSince(source, statSync(built).mtimeMs))) {
  const { bundle } = await import('./bundle.mjs')
  await bundle()
}
await import(built)
