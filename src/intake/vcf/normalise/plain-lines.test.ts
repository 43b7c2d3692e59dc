import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { NormaliseCounts, NormaliseRules } from '../../../variant/normalise/normaliser.ts'
import { SequencesInMemory } from '../../../variant/sequence.ts'
import { normaliseVcf } from './normalise-vcf.ts'

const BASES = 'GATTACAAAACAGCACACATTTGGCcatgcaNNRACGTTTTTTAGACAGATACCAGGGATCCA'.repeat(3)
const sequence = new SequencesInMemory(
  'small',
  new Map([
    ['1', BASES],
    ['2', BASES.slice(7)],
  ]),
)
const RULES: Omit<NormaliseRules, 'declared'> = {
  misfit: 'drop',
  sequence,
  reference: 'keep',
  align: true,
  atomise: undefined,
  split: undefined,
  join: undefined,
  duplicates: undefined,
  originTag: undefined,
  window: 20,
}
const HEADER = [
  '##fileformat=VCFv4.2',
  '##INFO=<ID=AF,Number=A,Type=Float,Description="x">',
  '##INFO=<ID=FS,Number=1,Type=Float,Description="x">',
  '##INFO=<ID=AC,Number=A,Type=Integer,Description="x">',
  '##INFO=<ID=DB,Number=0,Type=Flag,Description="x">',
  '##INFO=<ID=CSQ,Number=.,Type=String,Description="x">',
  '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
  '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">',
  '##FORMAT=<ID=GL,Number=G,Type=Float,Description="x">',
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB',
]

async function normalised(
  lines: readonly string[],
  rules: Partial<NormaliseRules>,
  numbers: 'as-written' | 'single-precision',
) {
  const text = Buffer.from([...HEADER, ...lines, ''].join('\n'), 'latin1')
  // In pieces that cut lines, in memory that is used again, as the bytes of a file come.
  async function* pieces() {
    for (let at = 0; at < text.length; at += 97) yield new Uint8Array(text.subarray(at, at + 97))
  }
  const task = {
    name: 'a.vcf',
    text: pieces(),
    rules: { ...RULES, ...rules },
    numbers,
    headerLines: [],
    notice: () => undefined,
  }
  const made = normaliseVcf(task)
  let out = ''
  let counts: NormaliseCounts | undefined
  while (counts === undefined) {
    const next = await made.next()
    if (next.done === true) counts = next.value
    else out += Buffer.from(next.value).toString('latin1')
  }
  return { out: out.split('\n'), counts }
}

const number = fc.oneof(
  fc.stringMatching(/^-?[0-9]{1,7}(\.[0-9]{0,6})?$/),
  fc.constantFrom(
    '.',
    '',
    '60.00',
    '0.50',
    '0.0',
    '-0.0',
    '1e6',
    '0.00005',
    '1.5,2.50',
    '.,1',
    'nan',
    '100',
    '5;6.0',
    '0.050',
  ),
)
const entry = fc.oneof(
  fc
    .tuple(fc.constantFrom('AF', 'FS', 'AC', 'DB', 'CSQ', 'X', ''), number)
    .map(([key, value]) => `${key}=${value}`),
  fc.constantFrom('DB', 'X', '', '=', 'CSQ=a|b|0.50|é', 'END=12'),
)
const info = fc.oneof(
  fc.array(entry, { maxLength: 5 }).map((list) => list.join(';')),
  fc.constant('.'),
)
const sample = fc.constantFrom(
  '0/1',
  '.',
  '',
  '0/1:3,4',
  '0/1:3,4:-1.50,0,-2',
  '1|1:.:.',
  '0/1::',
  '1:3,4:5:6',
)
const samples = fc.oneof(
  fc.constant(''),
  fc
    .tuple(fc.constantFrom('GT:AD:GL', 'GT:AD', 'GT', '.', ''), fc.array(sample, { maxLength: 3 }))
    .map((parts) => `\t${parts.flat().join('\t')}`),
)
const allele = fc.constantFrom(
  'A',
  'C',
  'G',
  'T',
  'a',
  'AC',
  'CA',
  'TTT',
  '*',
  '<DEL>',
  '.',
  'N',
  'A,C',
  'T,AT',
  '',
)
const line = fc
  .record({
    contig: fc.constantFrom('1', '1', '1', '2', '3'),
    start: fc.nat(BASES.length - 12),
    length: fc.constantFrom(1, 1, 1, 2, 4),
    kind: fc.constantFrom('given', 'deletion', 'insertion', 'wrong'),
    pos: fc.constantFrom('', '', '', '0'),
    end: fc.constantFrom('', '', '\r'),
    ...{ alt: allele, quality: number, info, samples },
  })
  .map(({ contig, start, length, kind, pos, end, alt, quality, info, samples }) => {
    const bases = contig === '2' ? BASES.slice(7) : BASES
    const ref = kind === 'wrong' ? 'GT' : bases.slice(start, start + length)
    const other = kind === 'deletion' ? ref.slice(0, 1) : kind === 'insertion' ? ref + alt : alt
    return `${contig}\t${pos}${start + 1}\tid\t${ref}\t${other}\t${quality}\tPASS\t${info}${samples}${end}`
  })

test('lines told plain by their bytes come out as those that are looked at in full', async () => {
  let plain = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 30 }),
      fc.constantFrom<Partial<NormaliseRules>>(
        {},
        { align: false },
        { reference: 'leave-out' },
        { sequence: undefined, split: { what: 'both', keepSum: new Set() } },
        { split: { what: 'both', keepSum: new Set() }, originTag: 'OLD' },
      ),
      fc.constantFrom('as-written' as const, 'single-precision' as const),
      async (lines, rules, numbers) => {
        const whole = await normalised(lines, { ...rules, inFull: true }, numbers)
        const fast = await normalised(lines, rules, numbers)
        assert.deepEqual(fast, whole)
        plain += fast.counts.records
      },
    ),
    { numRuns: 600 },
  )
  assert.ok(plain > 1000)
})

test('a line that grows much when its samples are completed is whole', async () => {
  const short = `1\t3\t.\tT\tC\t5\tPASS\t.\tGT${':X'.repeat(200)}${'\t.'.repeat(3000)}`
  const { out } = await normalised([short, short], {}, 'single-precision')
  const full = `1\t3\t.\tT\tC\t5\tPASS\t.\tGT${':X'.repeat(200)}${`\t.${':.'.repeat(200)}`.repeat(3000)}`
  assert.equal(out.filter((one) => one === full).length, 2)
})
