import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callAt } from '../../record/variant-calls.ts'
import { readAllCalls } from './all-calls.ts'

const HEADER = [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr1,length=248956422>',
  '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tOTHER\tS',
].join('\n')

async function* text(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${HEADER}\n${lines.join('\n')}\n`)
}

async function read(...lines: string[]) {
  const calls = await readAllCalls('a.vcf', text(lines), 'S', 1000)
  return Array.from({ length: calls!.count }, (_, i) => {
    const { chromosome, position, ref, alt, copies, genotype } = callAt(calls!, i)
    return `${chromosome}:${position} ${ref}>${alt} ${copies} ${genotype}`
  })
}

const line = (gt: string, { chrom = 'chr1', pos = 7, ref = 'A', alt = 'G', format = 'GT' } = {}) =>
  `${chrom}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t.\t${format}\t1/1\t${gt}`

for (const [gt, alt, expected] of [
  ['0/1', 'G', ['chr1:7 A>G 1 0/1']],
  ['1|0', 'G', ['chr1:7 A>G 1 1|0']],
  ['1/1', 'G', ['chr1:7 A>G 2 1/1']],
  ['1', 'G', ['chr1:7 A>G 1 1']],
  ['./1', 'G', ['chr1:7 A>G 1 ./1']],
  ['1/2', 'G,T', ['chr1:7 A>G 1 1/2', 'chr1:7 A>T 1 2/1']],
  ['2/2', 'G,T', ['chr1:7 A>T 2 1/1']],
  ['0/2', 'G,T', ['chr1:7 A>T 1 0/1']],
  ['0/0', 'G', []],
  ['./.', 'G', []],
  ['0/1', '<NON_REF>', []],
  ['0/1', '*', []],
  ['1/2', 'G,*', ['chr1:7 A>G 1 1/2']],
  ['0/1', 'g', ['chr1:7 A>G 1 0/1']],
] as const) {
  test(`${alt} called ${gt}: ${expected.join(' and ') || 'nothing'}`, async () => {
    assert.deepEqual(await read(line(gt, { alt })), expected)
  })
}

test('near a stretch: only records that reach into it', async () => {
  const lines = [
    line('0/1', { pos: 5 }),
    line('0/1', { pos: 9, ref: 'AC', alt: 'A' }),
    line('0/1', { pos: 30 }),
  ]
  const near = { chromosome: 'chr1' as const, from: 10, to: 20 }
  const calls = await readAllCalls(
    'a.vcf',
    text([...lines, line('0/1', { chrom: 'chr2', pos: 12 })]),
    'S',
    10,
    near,
  )
  assert.deepEqual([calls!.count, callAt(calls!, 0).position], [1, 9])
})

test('depth, quality and filter are kept; other contigs and formats without GT are not read', async () => {
  const calls = await readAllCalls(
    'a.vcf',
    text([
      'chrX\t5\t.\tA\tG\t.\tq10\t.\tGT:DP:GQ\t0/1:3:4\t0/1:31:98.6',
      line('0/1', { chrom: 'chrUn_1' }),
      line('12', { format: 'DP' }),
    ]),
    'S',
    10,
  )
  assert.equal(calls!.count, 1)
  const { chromosome, filter, depth, quality } = callAt(calls!, 0)
  assert.deepEqual([chromosome, filter, depth, quality], ['chrX', 'q10', 31, 99])
})

test('more calls than are taken: none', async () => {
  const lines = Array.from({ length: 3 }, (_, i) => line('0/1', { pos: i + 1 }))
  assert.equal(await readAllCalls('a.vcf', text(lines), 'S', 2), undefined)
  assert.equal((await readAllCalls('a.vcf', text(lines), 'S', 3))!.count, 3)
})
