import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { PANEL, vcfOf } from '../../test/cases/intake/small-panel.ts'
import { bgzip } from '../../test/support/bgzip-writer.ts'
import { listSamples, readGenotypes } from './receive.ts'

const TEXT = vcfOf(['chr1 97450058 . C T . PASS . GT 0/1 0/0'], { samples: 'A B' })

async function firstOf(arrival: Parameters<typeof readGenotypes>[0]) {
  for await (const set of readGenotypes(arrival)) return set
  return undefined
}

test('a file by path, as bytes and as a stream is the same file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-'))
  try {
    const path = join(folder, 'two.vcf.gz')
    const bytes = bgzip(TEXT)
    writeFileSync(path, bytes)
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 20)
      yield bytes.subarray(20)
    }
    const sets = [{ path }, { bytes }, { stream: stream() }].map((content) =>
      firstOf({ name: 'two.vcf.gz', content, panel: PANEL }),
    )
    const [a, b, c] = await Promise.all(sets)
    assert.deepEqual(a, b)
    assert.deepEqual(a, c)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('progress counts the bytes as received', async () => {
  const bytes = bgzip(TEXT)
  const seen: [number, number | undefined][] = []
  await firstOf({
    name: 'x',
    content: { bytes },
    panel: PANEL,
    progress: (read, total) => seen.push([read, total]),
  })
  assert.deepEqual(seen.at(-1), [bytes.length, bytes.length])
})

test('a file name tells nothing of the format', async () => {
  const set = await firstOf({ name: 'picture.png', content: { bytes: Buffer.from(TEXT) }, panel: PANEL })
  assert.equal(set?.sample, 'A')
})

test('a path that cannot be read', async () => {
  const at = (path: string) => firstOf({ name: 'x', content: { path }, panel: PANEL })
  await assert.rejects(at('/nowhere/at.vcf'), { code: 'FILE_NOT_FOUND' })
  await assert.rejects(at(tmpdir()), { code: 'FILE_UNREADABLE' })
})

test('a bug of a stream is not made into a fault', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('##fileformat=VCFv4.2\n')
    throw new TypeError('bug')
  }
  await assert.rejects(firstOf({ name: 'x', content: { stream: broken() }, panel: PANEL }), TypeError)
})

test('the samples of a file are listed from its header', async () => {
  async function* onlyHeader(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(TEXT.slice(0, TEXT.indexOf('chr1\t')).padEnd(70_000, '#'))
    throw new Error('read too far')
  }
  assert.deepEqual(await listSamples('x', { bytes: Buffer.from(TEXT) }), ['A', 'B'])
  assert.deepEqual(await listSamples('x', { stream: onlyHeader() }), ['A', 'B'])
  await assert.rejects(listSamples('x', { bytes: Buffer.from('##fileformat=VCFv4.2\n') }), {
    code: 'VCF_HEADER_MISSING',
  })
})

for (const [what, start] of [
  ['a file of no format', 'Dear doctor,\n'],
  ['a file with a fault in it', vcfOf(['chr1 97450058 . C T . PASS . GT x'])],
  ['a raw data file of which only the samples are asked for', '# rsid\tchromosome\tposition\tgenotype\n'],
] as const) {
  test(`the source of ${what} is closed`, async () => {
    let closed = false
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from(start)
        for (;;) yield Buffer.alloc(1 << 16, 'rs1\t1\t5\tAA\n')
      } finally {
        closed = true
      }
    }
    const content = { stream: source() }
    if (start.startsWith('# rsid')) await listSamples('x', content)
    else await assert.rejects(firstOf({ name: 'x', content, panel: PANEL }), { name: 'Fault' })
    assert.equal(closed, true)
  })
}
