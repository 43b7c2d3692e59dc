// Bundles the CLI into dist/ with one chunk per lazily loaded command: cold start counts.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Takes the names that are used out of Node's modules, and no others, in each file by itself. An import statement makes Node
 * evaluate every export of the module, and some of them load streams, diffs and keys that few commands need: a quarter of a start.
 */
const usedBuiltinsOnly = {
  name: 'used-builtins-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, importer }) => ({
      path,
      suffix: `?${importer}`,
      namespace: 'builtin',
      sideEffects: false,
    }))
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path)).filter((name) => /^[A-Za-z]\w*$/.test(name))
      const from = `process.getBuiltinModule('${path}')`
      const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => ${from}.${name})()`)
      return { contents: `${lines.join('\n')}\n`, loader: 'js' }
    })
  },
}

rmSync(join(root, 'dist'), { recursive: true, force: true })
await build({
  entryPoints: {
    garrod: join(root, 'src/app/cli.ts'),
    // What the threads of a scan run; its name is known to src/intake/scan/scan-lines.ts.
    'scan-worker': join(root, 'src/intake/scan/worker.ts'),
  },
  outdir: join(root, 'dist'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  plugins: [usedBuiltinsOnly],
  sourcemap: false,
  logLevel: 'error',
})
