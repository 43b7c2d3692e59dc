import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { garrod } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const HEADER = '##fileformat=VCFv4.2\n##contig=<ID=1,length=52>\n'
const COLUMNS = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO'
//                                         the coding sequence is M K L L stop, bases 11 to 25
const FASTA = written('toy.fa', `>1\n${'C'.repeat(10)}ATGAAACTTCTTTAA${'C'.repeat(27)}\n`)
const row = (type: string, from: number, to: number, phase: string, text: string): string =>
  ['1', 'x', type, from, to, '.', '+', phase, text].join('\t')
const GFF = written(
  'toy.gff3.gz',
  gzipSync(
    [
      row('gene', 1, 52, '.', 'ID=gene:G1;Name=TOY;biotype=protein_coding'),
      row('mRNA', 1, 52, '.', 'ID=transcript:T1;Parent=gene:G1;biotype=protein_coding;tag=MANE_Select'),
      row('exon', 1, 30, '.', 'Parent=transcript:T1'),
      row('exon', 41, 52, '.', 'Parent=transcript:T1'),
      row('CDS', 11, 25, '0', 'ID=CDS:P1;Parent=transcript:T1'),
      row('three_prime_UTR', 26, 30, '.', 'Parent=transcript:T1'),
    ].join('\n'),
  ),
)

test('norm: records on stdout, what was done on stderr', async () => {
  const vcf = written('a.vcf', `${HEADER}${COLUMNS}\n1\t22\t.\tT\tTT\t50.00\t.\tDP=1\n`)
  const ran = await garrod('vcf', 'norm', vcf, '-f', FASTA)
  assert.equal(ran.exit, 0)
  assert.match(ran.out, /##FILTER=<ID=PASS,/)
  assert.match(ran.out, /##garrod_norm=<Version=/)
  assert.match(ran.out, /\n1\t20\t\.\tC\tCT\t50\t\.\tDP=1\n$/)
  assert.equal(ran.err, 'records 1, realigned 1\n')
  const kept = await garrod('vcf', 'norm', vcf, '-f', FASTA, '--keep-numbers', '--no-version')
  assert.match(kept.out, /\t50\.00\t/)
})

test('norm: without a reference it says what was not done', async () => {
  const vcf = written('b.vcf', `${HEADER}${COLUMNS}\n1\t22\t.\tT\tA,G\t.\t.\t.\n`)
  const out = join(folder, 'b.out')
  const ran = await garrod('vcf', 'norm', vcf, '-m-', '--out', out, '--json')
  assert.equal(ran.exit, 0)
  const summary = JSON.parse(ran.out) as { split: number; unaligned: string }
  assert.deepEqual([summary.split, summary.unaligned.slice(0, 21)], [1, 'unnormalised, because'])
  assert.equal(readFileSync(out, 'utf8').trim().split('\n').length, 7)
})

test('norm: a wrong REF stops, is kept, left out or set, as told', async () => {
  const vcf = written('c.vcf', `${HEADER}${COLUMNS}\n1\t11\t.\tG\tA\t.\t.\t.\n`)
  const stopped = await garrod('vcf', 'norm', vcf, '-f', FASTA)
  assert.equal(stopped.exit, 2)
  assert.match(stopped.err, /where {2}c\.vcf, line 4, 1:11\n[\s\S]*code {3}REF_MISMATCH/)
  const last = async (how: string) => {
    const ran = await garrod('vcf', 'norm', vcf, '-f', FASTA, '-c', how, '--no-version')
    return [ran.exit, ran.out.trim().split('\n').at(-1)!.split('\t').slice(3, 5).join('>')]
  }
  assert.deepEqual(await last('w'), [1, 'G>A'])
  assert.deepEqual((await last('x'))[0], 1)
  assert.deepEqual(await last('s'), [0, 'A>G'])
  assert.deepEqual(await last('ws'), [0, 'A>G'])
})

test('norm: options as users of bcftools write them', async () => {
  const rows = ['1\t22\t.\tT\tA,G\t.\t.\t.', '1\t22\t.\tT\tA,G\t.\t.\t.']
  const vcf = written('e.vcf', `${HEADER}${COLUMNS}\n${rows.join('\n')}\n`)
  const records = async (...options: string[]) => {
    const ran = await garrod('vcf', 'norm', vcf, '--no-version', ...options)
    return ran.out.split('\n').filter((line) => /^\d/.test(line)).length
  }
  assert.equal(await records('-m', '-any'), 4)
  assert.equal(await records('-m', '-', '-D'), 2)
  assert.equal(await records('-D'), 1)
  assert.equal((await garrod('vcf', 'norm', vcf, '-D', '-d', 'any')).exit, 2)
})

test('norm: of two definitions of one key the first counts', async () => {
  const line = (number: string) => `##INFO=<ID=K,Number=${number},Type=Integer,Description="d">\n`
  const row = '1\t22\t.\tT\tA,G\t.\t.\tK=1,2\n'
  const info = async (name: string, ...numbers: string[]) => {
    const vcf = written(name, `${HEADER}${numbers.map(line).join('')}${COLUMNS}\n${row}`)
    const ran = await garrod('vcf', 'norm', vcf, '-m-', '--no-version')
    return ran.out
      .trim()
      .split('\n')
      .slice(-2)
      .map((one) => one.split('\t')[7])
  }
  assert.deepEqual(await info('f.vcf', 'A', '.'), ['K=1', 'K=2'])
  assert.deepEqual(await info('g.vcf', '.', 'A'), ['K=1,2', 'K=1,2'])
})

test('norm: the line of PASS stands second, in the words of the file', async () => {
  const pass = '##FILTER=<ID=PASS,Description="Nothing failed">'
  const vcf = written('h.vcf', `${HEADER}${pass}\n${COLUMNS}\n`)
  const lines = (await garrod('vcf', 'norm', vcf, '-m-', '--no-version')).out.split('\n')
  assert.equal(lines[1], pass)
  assert.equal(lines.filter((line) => line.includes('ID=PASS')).length, 1)
})

test('norm: options that make no sense are refused', async () => {
  const vcf = written('d.vcf', `${HEADER}${COLUMNS}\n`)
  for (const options of [
    [],
    ['-c', 'w'],
    ['-m', 'x'],
    ['-d', 'all2'],
    ['--json', '-m-'],
    ['-f', FASTA, '-c', 'q'],
  ]) {
    const ran = await garrod('vcf', 'norm', vcf, ...options)
    assert.deepEqual([ran.exit, /code {3}USAGE_VCF_NORM/.test(ran.err)], [2, true], options.join(' '))
  }
})

test('consequence: INFO and FORMAT, and JSON with the gene’s transcript', async () => {
  const records = '1\t14\t.\tA\tT\t.\t.\t.\tGT\t0|1\n1\t15\t.\tA\tG\t.\t.\tDP=2\tGT\t0|1\n'
  const vcf = written('e.vcf', `${HEADER}${COLUMNS}\tFORMAT\ts\n${records}`)
  const ran = await garrod('vcf', 'consequence', vcf, '-f', FASTA, '-g', GFF, '--no-version')
  assert.equal(ran.exit, 0, ran.err)
  assert.match(
    ran.out,
    /\tBCSQ=stop_gained\|TOY\|T1\|protein_coding\|\+\|2K>2\*\|14A>T\+15A>G\tGT:BCSQ\t0\|1:2\n/,
  )
  assert.match(ran.out, /\tDP=2;BCSQ=@14\tGT:BCSQ\t0\|1:2\n$/)
  const json = await garrod('vcf', 'consequence', vcf, '-f', FASTA, '-g', GFF, '--json')
  const [first] = json.out.trim().split('\n')
  const told = (JSON.parse(first!) as { consequences: Record<string, unknown>[] }).consequences[0]!
  assert.deepEqual([told['terms'], told['impact'], told['chosen']], [['stop_gained'], 'high', 'MANE Select'])
  assert.deepEqual((told['nonsenseDecay'] as { because: string }).because, 'end of the last but one exon')
})

test('consequence: what is not told is said, and the exit code with it', async () => {
  const vcf = written(
    'f.vcf',
    `${HEADER}${COLUMNS}\tFORMAT\ts\n1\t14\t.\tC\tT\t.\t.\t.\tGT\t0|1\n1\t15\t.\tA\tG\t.\t.\t.\tGT\t0/1\n`,
  )
  const ran = await garrod('vcf', 'consequence', vcf, '-f', FASTA, '-g', GFF)
  assert.equal(ran.exit, 1)
  assert.match(ran.err, /1 records not told: REF is not what the FASTA has/)
  assert.match(ran.err, /1 alleles told alone: their phase is not known/)
  const none = await garrod('vcf', 'consequence', vcf, '-f', FASTA, '-g', join(folder, 'none.gff'))
  assert.match(none.err, /none\.gff[\s\S]*FILE_NOT_FOUND/)
})

test('consequence: a file without samples is one haplotype, and that is said', async () => {
  const vcf = written('g.vcf', `${HEADER}${COLUMNS}\n1\t14\t.\tA\tT\t.\t.\t.\n1\t15\t.\tA\tG\t.\t.\t.\n`)
  const joined = await garrod('vcf', 'consequence', vcf, '-f', FASTA, '-g', GFF)
  assert.equal(joined.exit, 1)
  assert.match(joined.out, /14A>T\+15A>G/)
  assert.match(joined.err, /1 changes of several records told together: the file has no samples/)
  const asked = await garrod('vcf', 'consequence', vcf, '-f', FASTA, '-g', GFF, '--samples', '-')
  assert.equal(asked.exit, 0)
  const alone = await garrod('vcf', 'consequence', vcf, '-f', FASTA, '-g', GFF, '-l')
  assert.equal(alone.exit, 0)
  assert.doesNotMatch(alone.out, /\+15A>G/)
})
