// Builds src/intake/bgzf/libdeflate.ts: libdeflate (MIT) as WebAssembly. See docs/decisions/0054. Needs clang and lld of
// LLVM 19 (Debian: clang-19 lld-19) and the source of the release, which Debian keeps as libdeflate_1.23.orig.tar.gz
// (https://github.com/ebiggers/libdeflate/archive/refs/tags/v1.23.tar.gz). The same input gives the same bytes.
// Run: node_modules/.bin/node scripts/making/inflate.ts PATH-OF-THE-SOURCE.tar.gz
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSION = '1.23'
const SOURCE_SHA256 = '1ab18349b9fb0ce8a0ca4116bded725be7dcbfa709e19f6f983d99df1fb8b25f'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const root = fileURLToPath(new URL('../..', import.meta.url))
const source = process.argv[2]
if (source === undefined) throw new Error('give the path of the source')
if (sha256(readFileSync(source)) !== SOURCE_SHA256) throw new Error(`${source} is not libdeflate ${VERSION}`)

const folder = mkdtempSync(join(tmpdir(), 'garrod-inflate-'))
try {
  execFileSync('tar', ['xzf', source, '-C', folder, '--strip-components', '1'])
  // WebAssembly has 64-bit words whatever the width of its addresses: with them it is a seventh faster.
  const defs = join(folder, 'common_defs.h')
  const text = readFileSync(defs, 'utf8')
  const wide = text.replace('typedef size_t machine_word_t;', 'typedef unsigned long long machine_word_t;')
  if (wide === text) throw new Error('common_defs.h does not define machine_word_t as it did')
  writeFileSync(defs, wide)
  const wasm = join(folder, 'inflate.wasm')
  execFileSync(
    'clang-19',
    [
      ...['--target=wasm32', '-O3', '-mbulk-memory', '-DFREESTANDING', '-ffreestanding', '-nostdlib'],
      ...['-fuse-ld=lld', '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,--export=__heap_base'],
      ...['-Wl,-z,stack-size=16384', '-I', folder, '-I', join(folder, 'lib'), '-o', wasm],
      join(root, 'scripts/inflate/inflate.c'),
    ],
    { stdio: 'inherit' },
  )
  const bytes = readFileSync(wasm)
  const out = join(root, 'src/intake/bgzf/libdeflate.ts')
  writeFileSync(
    out,
    `// Made by scripts/making/inflate.ts; do not edit. libdeflate ${VERSION} (MIT licence; Copyright 2016 Eric Biggers, 2024 Google LLC).
// Source: libdeflate_${VERSION}.orig.tar.gz, SHA-256 ${SOURCE_SHA256}.

/** SHA-256 of the module. */
export const LIBDEFLATE_SHA256 = '${sha256(bytes)}'

/** The module, base64. */
export const LIBDEFLATE_WASM =
  '${bytes.toString('base64')}'
`,
  )
  process.stdout.write(`${out}: ${bytes.length} bytes, SHA-256 ${sha256(bytes)}\n`)
} finally {
  rmSync(folder, { recursive: true })
}
