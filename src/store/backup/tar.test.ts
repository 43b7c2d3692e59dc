import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { TAR_END, tarHeader, tarMembers, tarPadding } from './tar.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-tar-'))
after(() => rmSync(folder, { recursive: true }))

const LONG = `sealed/${'t'.repeat(64)}/ab/${'f'.repeat(64)}`
const members: readonly (readonly [name: string, content: string])[] = [
  ['empty', ''],
  ['block', 'x'.repeat(512)],
  ['a/b/short', 'hello'],
  [LONG, 'y'.repeat(1000)],
]

function written(): string {
  const path = join(folder, 'x.tar')
  const parts = members.flatMap(([name, text]) => [
    tarHeader(name, text.length, 1_700_000_000),
    Buffer.from(text),
    tarPadding(text.length),
  ])
  writeFileSync(path, Buffer.concat([...parts, TAR_END]))
  return path
}

async function read(path: string) {
  const file = await open(path)
  try {
    return await tarMembers(file)
  } finally {
    await file.close()
  }
}

test('members are found as they were written', async () => {
  const path = written()
  const bytes = readFileSync(path)
  const found = await read(path)
  assert.deepEqual(
    found?.map(({ name, start, size }) => [name, bytes.toString('utf8', start, start + size)]),
    members,
  )
})

test('the tar program of the system reads them', () => {
  const { stdout, status } = spawnSync('tar', ['-tf', written()], { encoding: 'utf8' })
  assert.equal(status, 0)
  assert.deepEqual(
    stdout.trim().split('\n'),
    members.map(([name]) => name),
  )
  const long = spawnSync('tar', ['-xOf', written(), LONG], { encoding: 'utf8' })
  assert.equal(long.stdout, 'y'.repeat(1000))
})

test('a file that ends before its end, or in whose headers a byte was changed, is none', async () => {
  const bytes = readFileSync(written())
  const path = join(folder, 'bad.tar')
  for (const bad of [
    bytes.subarray(0, -1024),
    bytes.subarray(0, 700),
    Buffer.alloc(0),
    Buffer.from('text'),
  ]) {
    writeFileSync(path, bad)
    assert.equal(await read(path), undefined)
  }
  for (const at of [0, 100, 130, 150, 257, 400]) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    writeFileSync(path, changed)
    assert.equal(await read(path), undefined, `byte ${at}`)
  }
})

test('a size from 8 GiB on is told to the byte, one below as the standard has it', async () => {
  for (const size of [8 ** 11 - 1, 8 ** 11, 8 ** 11 + 12_345, 2 ** 50]) {
    const header = tarHeader('big', size, 0)
    assert.equal(header[124] === 0x80, size >= 8 ** 11)
    const told =
      header[124] === 0x80
        ? Number(header.readBigUInt64BE(128))
        : Number.parseInt(header.toString('ascii', 124, 135), 8)
    assert.equal(told, size)
  }
})

test('a name that does not fit is a defect, not another name', () => {
  assert.throws(() => tarHeader('x'.repeat(101), 0, 0), RangeError)
  assert.throws(() => tarHeader(`${'p'.repeat(156)}/x`, 0, 0), RangeError)
})
