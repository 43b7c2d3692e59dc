// Bundles the CLI into dist/ with one chunk per lazily loaded command: cold start counts.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

export async function bundle() {
  const { build } = await import('esbuild')
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
    sourcemap: false,
    logLevel: 'error',
  })
}
