import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { bgzip } from '../../../../test/support/bgzip-writer.ts'
import { Fault } from '../../../terms/fault.ts'
import { readFileHeader } from './file-header.ts'
import { type Locus, stretchesOf } from './loci.ts'
import { type RecordsAtOptions, recordsAt } from './records-at.ts'

const cases = fileURLToPath(new URL('../../../../test/cases/vcf-index/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'garrod-records-'))
after(() => rmSync(folder, { recursive: true }))

const text = gunzipSync(readFileSync(join(cases, 'sites.vcf.gz'))).toString()
const records = text
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [contig, position, , ref, , , , info] = line.split('\t') as string[]
    const from = Number(position)
    const end = Number(/END=(\d+)/.exec(info!)?.[1] ?? 0)
    return { line, contig: contig!, from, to: Math.max(end, from + ref!.length - 1) }
  })

/** The file under another name, with the index of the given kind beside it or none. */
function copyWith(name: string, index?: '.tbi' | '.csi'): string {
  const path = join(folder, name)
  copyFileSync(join(cases, 'sites.vcf.gz'), path)
  if (index !== undefined) copyFileSync(join(cases, `sites.vcf.gz${index}`), path + index)
  return path
}

async function linesAt(path: string, loci: readonly Locus[], options?: RecordsAtOptions): Promise<string> {
  const file = { path, name: 'genome.vcf.gz', header: await readFileHeader(path, 'genome.vcf.gz') }
  const parts: Uint8Array[] = []
  for await (const part of recordsAt(file, stretchesOf(loci), options)) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** The plain definition: a record is there when it covers a base of a locus. */
function expected(loci: readonly Locus[]): string {
  const touched = (one: (typeof records)[number]) =>
    loci.some(({ contig, from, to }) => contig === one.contig && one.from <= to && one.to >= from)
  return records
    .filter(touched)
    .map((one) => `${one.line}\n`)
    .join('')
}

const locus = fc
  .tuple(fc.nat(records.length - 1), fc.integer({ min: -400, max: 40_000 }), fc.nat(30_000))
  .map(([near, shift, length]): Locus => {
    const from = Math.max(1, records[near]!.from + shift)
    return { contig: records[near]!.contig, from, to: from + length }
  })
const somewhere = fc.array(locus, { minLength: 1, maxLength: 5 })

for (const index of ['.tbi', '.csi', undefined] as const) {
  test(`the records at some loci, ${index === undefined ? 'by reading the whole file' : `by ${index}`}`, async () => {
    const path = copyWith(`any${index ?? ''}.vcf.gz`, index)
    const check = async (loci: readonly Locus[]) =>
      assert.equal(await linesAt(path, loci, { threads: 0 }), expected(loci))
    await fc.assert(fc.asyncProperty(somewhere, check), { numRuns: 60, seed: 1902 })
  })
}

test('by index not all of the file is read: damage elsewhere is not seen, damage there is', async () => {
  const path = copyWith('damaged.vcf.gz', '.tbi')
  const bytes = readFileSync(path)
  bytes[bytes.length - 60]! ^= 0xff
  writeFileSync(path, bytes)
  const first = [{ contig: 'chr1', from: 1, to: records[5]!.from }]
  assert.equal(await linesAt(path, first), expected(first))
  await refused('DAMAGED_GZIP', linesAt(path, first, { index: false }))
  await refused('DAMAGED_GZIP', linesAt(path, [{ contig: 'HLA-A*01:01', from: 1, to: 3503 }]))
})

test('a file that was cut is refused though its index answers', async () => {
  const path = copyWith('cut.vcf.gz', '.csi')
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, bytes.length - 28))
  await refused('TRUNCATED_GZIP', linesAt(path, [{ contig: 'chr1', from: 1, to: 1000 }]))
})

test('an index of another file is refused', async () => {
  const path = join(folder, 'other.vcf.gz')
  writeFileSync(path, bgzip(text, 20_000))
  copyFileSync(join(cases, 'sites.vcf.gz.tbi'), `${path}.tbi`)
  const elsewhere = [{ contig: 'chr1', from: 40_000_000, to: 40_100_000 }]
  await refused('INDEX_MISMATCH', linesAt(path, elsewhere))
  writeFileSync(`${path}.tbi`, 'not an index')
  await refused('INDEX_DAMAGED', linesAt(path, elsewhere))
  writeFileSync(
    `${path}.tbi`,
    gzipSync(gunzipSync(readFileSync(join(cases, 'sites.vcf.gz.tbi'))).subarray(0, 700)),
  )
  await refused('INDEX_DAMAGED', linesAt(path, elsewhere))
})

test('an index that was made before the file grew is refused: it would hide what came after', async () => {
  const path = copyWith('grown.vcf.gz', '.tbi')
  const whole = readFileSync(path)
  const record = text.trimEnd().split('\n').at(-1)!.split('\t')
  const more = ['zz', ...record.slice(1)].join('\t')
  const first = [{ contig: 'chr1', from: 1, to: records[5]!.from }]
  writeFileSync(path, Buffer.concat([whole.subarray(0, -28), bgzip('\n')]))
  assert.equal(await linesAt(path, first), expected(first))
  writeFileSync(path, Buffer.concat([whole.subarray(0, -28), bgzip(`${more}\n`)]))
  await refused('INDEX_MISMATCH', linesAt(path, first))
  await refused('INDEX_MISMATCH', linesAt(path, [{ contig: 'zz', from: 1, to: 1 << 29 }]))
})

test('threads, plain text, gzip and one name for "1" and "chr1"', async () => {
  const bare: Locus[] = [
    { contig: '1', from: 1, to: 4_000_000 },
    { contig: 'HLA-A*01:01', from: 1, to: 9 },
  ]
  const answer = expected(bare.map((one) => ({ ...one, contig: one.contig === '1' ? 'chr1' : one.contig })))
  const plain = join(folder, 'plain.vcf')
  writeFileSync(plain, text)
  const gzip = join(folder, 'gzip.vcf.gz')
  writeFileSync(gzip, gzipSync(text))
  const bgzipped = copyWith('threads.vcf.gz')
  for (const path of [plain, gzip, bgzipped])
    for (const threads of [0, 2]) assert.equal(await linesAt(path, bare, { threads }), answer)
})

test('a malformed line is named by its number in the file, whichever thread read it', async () => {
  const lines = text.split('\n')
  const at = lines.length - 20
  lines[at] = lines[at]!.replace(/\t\d+\t/, '\tx\t')
  const path = join(folder, 'malformed.vcf.gz')
  writeFileSync(path, bgzip(lines.join('\n'), 1000))
  for (const threads of [0, 2]) {
    const fault = await refused(
      'VCF_POS_MALFORMED',
      linesAt(path, [{ contig: '1', from: 1, to: 1 }], { threads }),
    )
    assert.equal(fault.where, `genome.vcf.gz:${at + 1}, POS`)
  }
})

async function refused(code: string, answer: Promise<unknown>): Promise<Fault> {
  const fault = await answer.then(
    () => undefined,
    (error: unknown) => error,
  )
  assert.ok(fault instanceof Fault, String((fault as Error | undefined)?.stack ?? 'nothing was refused'))
  assert.equal(fault.code, code)
  return fault
}
