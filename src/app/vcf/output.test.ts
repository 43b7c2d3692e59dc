import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { END_BLOCK, isBgzip } from '../../intake/bgzf/block.ts'
import { Fault } from '../../terms/fault.ts'
import { Arguments, type Io } from '../command.ts'
import { toOutput } from './output.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-output-'))
after(() => rmSync(folder, { recursive: true }))
const io: Io = { interactive: false, out: () => assert.fail('nothing goes to stdout'), err: () => undefined }
const written = (out: string, ...texts: string[]) =>
  toOutput(new Arguments([], { out }), io, async (write) => {
    for (const text of texts) await write(Buffer.from(text))
  })

test('a file comes to be when all of it is written, and not before', async () => {
  const path = join(folder, 'answer')
  await written(path, 'one ', 'two')
  assert.equal(readFileSync(path, 'utf8'), 'one two')
  const failing = toOutput(new Arguments([], { out: path }), io, async (write) => {
    await write(Buffer.from('half'))
    throw new Error('stopped')
  })
  await assert.rejects(failing, /stopped/)
  assert.equal(readFileSync(path, 'utf8'), 'one two')
  assert.equal(existsSync(`${path}.part`), false)
})

test('a name that ends in .gz asks for bgzip, of blocks that an index can name', async () => {
  const path = join(folder, 'answer.vcf.gz')
  const line = `${'ACGT'.repeat(500)}\n`
  await written(path, ...Array.from({ length: 100 }, () => line))
  const bytes = readFileSync(path)
  assert.equal(gunzipSync(bytes).toString(), line.repeat(100))
  assert.equal(isBgzip(bytes), true)
  assert.deepEqual(bytes.subarray(-END_BLOCK.length), END_BLOCK)
  await written(path)
  assert.deepEqual(readFileSync(path), END_BLOCK)
})

test('a link stays a link, and a folder is refused', async () => {
  const path = join(folder, 'linked')
  const link = join(folder, 'link')
  writeFileSync(path, 'old')
  symlinkSync(path, link)
  await written(link, 'new')
  assert.equal(lstatSync(link).isSymbolicLink(), true)
  assert.equal(readFileSync(path, 'utf8'), 'new')
  await assert.rejects(
    written(folder, 'x'),
    (error) => error instanceof Fault && error.code === 'OUTPUT_UNWRITABLE',
  )
})

test('a pipe is written to and never replaced by a file', async () => {
  const path = join(folder, 'pipe')
  assert.equal(spawnSync('mkfifo', [path]).status, 0)
  const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  try {
    await written(path, 'through')
    assert.equal(lstatSync(path).isFIFO(), true)
    const got = Buffer.alloc(20)
    assert.equal(got.toString('utf8', 0, readSync(reader, got)), 'through')
  } finally {
    closeSync(reader)
  }
})
