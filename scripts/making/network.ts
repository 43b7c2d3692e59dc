// Builds src/decide/enrol/entities/network-module.ts: scripts/entity-network/run.c as WebAssembly. Needs clang and lld of LLVM 19
// (Debian: clang-19 lld-19). The same input gives the same bytes. Run: node_modules/.bin/node scripts/making/network.ts
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'garrod-network-'))
try {
  const wasm = join(folder, 'run.wasm')
  execFileSync('clang-19', [
    ...[
      '--target=wasm32',
      '-O3',
      '-msimd128',
      '-mbulk-memory',
      '-ffreestanding',
      '-nostdlib',
      '-fuse-ld=lld',
    ],
    ...['-Wl,--no-entry', '-Wl,--strip-all', '-Wl,--export=__heap_base', '-Wl,-z,stack-size=16384'],
    ...['-o', wasm, join(import.meta.dirname, '../entity-network/run.c')],
  ])
  const bytes = readFileSync(wasm)
  const out = join(import.meta.dirname, '../../src/decide/enrol/entities/network-module.ts')
  writeFileSync(
    out,
    `// Made by scripts/making/network.ts from scripts/entity-network/run.c; do not edit.

/** The module, base64. */
export const NETWORK_WASM =
  '${bytes.toString('base64')}'
`,
  )
  process.stdout.write(`${out}: ${bytes.length} bytes\n`)
} finally {
  rmSync(folder, { recursive: true })
}
