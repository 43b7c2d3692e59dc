// Speed of normalisation and consequences against bcftools on the same files, in the same run: medians of whole processes.
// Run: node_modules/.bin/node bench/norm.ts [records]
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const count = Number(process.argv[2] ?? 500_000)
const rounds = 3
const garrod = fileURLToPath(new URL('../bin/garrod', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'garrod-norm-'))
const fasta = join(folder, 'ref.fa')
const gff = join(folder, 'genes.gff3')
const input = join(folder, 'in.vcf')
const longInput = join(folder, 'long.vcf')

/** A small generator with a fixed seed (mulberry32): the same files on every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const next = random(1902)
const base = (): string => 'ACGT'[Math.floor(next() * 4)]!

/** Sequence with repeats of one to six bases in a tenth of it, as indels need. */
function sequence(length: number): string {
  const parts: string[] = []
  let made = 0
  while (made < length) {
    const repeat = next() < 0.02
    const unit = Array.from({ length: repeat ? 1 + Math.floor(next() * 6) : 60 }, base).join('')
    const part = repeat ? unit.repeat(4 + Math.floor(next() * 10)) : unit
    parts.push(part)
    made += part.length
  }
  return parts.join('').slice(0, length)
}

const bases = sequence(count * 20)
const contig = `##contig=<ID=1,length=${bases.length}>`

function writeFasta(): void {
  const file = openSync(fasta, 'w')
  writeSync(file, '>1\n')
  for (let at = 0; at < bases.length; at += 60_000)
    writeSync(
      file,
      `${bases
        .slice(at, at + 60_000)
        .replace(/.{60}/g, '$&\n')
        .trimEnd()}\n`,
    )
  closeSync(file)
  writeSync(openSync(`${fasta}.fai`, 'w'), `1\t${bases.length}\t3\t60\t61\n`)
}

/** Genes of six exons, one for every 40,000 bases: about as dense as in a human genome. */
function writeGenes(): void {
  const lines = ['##gff-version 3']
  const row = (
    type: string,
    start: number,
    end: number,
    strand: string,
    phase: string,
    text: string,
  ): number => lines.push(['1', 'x', type, start, end, '.', strand, phase, text].join('\t'))
  for (let gene = 0; (gene + 1) * 40_000 < bases.length; gene++) {
    const start = gene * 40_000 + 5000
    const strand = gene % 2 === 0 ? '+' : '-'
    row(
      'gene',
      start + 1,
      start + 20_150,
      strand,
      '.',
      `ID=gene:G${gene};Name=G${gene};biotype=protein_coding`,
    )
    row(
      'mRNA',
      start + 1,
      start + 20_150,
      strand,
      '.',
      `ID=transcript:T${gene};Parent=gene:G${gene};biotype=protein_coding`,
    )
    for (let exon = 0; exon < 6; exon++) {
      const at = start + exon * 4000
      row('exon', at + 1, at + 150, strand, '.', `Parent=transcript:T${gene}`)
      row('CDS', at + 1, at + 150, strand, '0', `ID=CDS:P${gene};Parent=transcript:T${gene}`)
    }
  }
  writeSync(openSync(gff, 'w'), `${lines.join('\n')}\n`)
}

const GROUPS = ['', '_afr', '_amr', '_eas', '_nfe', '_sas', '_fin', '_asj']
const SCORES = ['BaseQRankSum', 'ExcessHet', 'MQRankSum', 'QD', 'ReadPosRankSum', 'SOR']
const ANNOTATION = Array(3)
  .fill(
    'missense_variant|MODERATE|GENE|ENSG00000000001|Transcript|ENST00000000001|protein_coding|3/12||ENST00000000001.4:c.100A>G|ENSP00000000001.2:p.Lys34Glu|200|100|34|K/E|Aaa/Gaa|rs1234|',
  )
  .join(',')

/** The first two fifths of the records with about 1,000 bytes of INFO: counts and frequencies of groups, scores, an annotation. */
function writeLongVariants(): void {
  const declared = [
    ...GROUPS.slice(1).flatMap((group) => [
      `##INFO=<ID=AC${group},Number=A,Type=Integer,Description="x">`,
      `##INFO=<ID=AF${group},Number=A,Type=Float,Description="x">`,
    ]),
    ...SCORES.map((score) => `##INFO=<ID=${score},Number=1,Type=Float,Description="x">`),
    '##INFO=<ID=CSQ,Number=.,Type=String,Description="x">',
  ]
  const lines = readFileSync(input, 'latin1').trimEnd().split('\n')
  const columns = lines.findIndex((line) => line.startsWith('#CHROM'))
  const records = lines.slice(columns + 1, columns + 1 + Math.ceil(count * 0.4))
  const file = openSync(longInput, 'w')
  writeSync(file, `${[...lines.slice(0, columns), ...declared, lines[columns]].join('\n')}\n`)
  for (let at = 0; at < records.length; at += 5000)
    writeSync(
      file,
      `${records
        .slice(at, at + 5000)
        .map(longer)
        .join('\n')}\n`,
    )
  closeSync(file)
}

function longer(line: string): string {
  const cells = line.split('\t')
  const each = (value: () => string): string => cells[4]!.split(',').map(value).join(',')
  const frequency = (): string => String(Number((next() * 10 ** -Math.floor(next() * 6)).toPrecision(6)))
  const added = [
    ...GROUPS.slice(1).flatMap((group) => [
      `AC${group}=${each(() => String(Math.floor(next() * 100)))}`,
      `AF${group}=${each(frequency)}`,
    ]),
    ...SCORES.map((score) => `${score}=${(next() * 20).toFixed(3)}`),
    `CSQ=${ANNOTATION}`,
  ]
  cells[7] = `${cells[7]};${added.join(';')}`
  return cells.join('\t')
}

function writeVariants(): void {
  const file = openSync(input, 'w')
  const header = ['##fileformat=VCFv4.2', contig, '##FILTER=<ID=PASS,Description="All filters passed">']
  for (const [id, number, type] of [
    ['AC', 'A', 'Integer'],
    ['AF', 'A', 'Float'],
    ['AN', '1', 'Integer'],
    ['DP', '1', 'Integer'],
    ['FS', '1', 'Float'],
    ['MQ', '1', 'Float'],
  ])
    header.push(`##INFO=<ID=${id},Number=${number},Type=${type},Description="x">`)
  for (const [id, number, type] of [
    ['GT', '1', 'String'],
    ['AD', 'R', 'Integer'],
    ['DP', '1', 'Integer'],
    ['GQ', '1', 'Integer'],
    ['PL', 'G', 'Integer'],
  ])
    header.push(`##FORMAT=<ID=${id},Number=${number},Type=${type},Description="x">`)
  header.push('#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1')
  writeSync(file, `${header.join('\n')}\n`)
  let rows: string[] = []
  for (let i = 0; i < count; i++) {
    rows.push(variant(i * 20 + 10 + Math.floor(next() * 5)))
    if (rows.length === 10_000) {
      writeSync(file, `${rows.join('\n')}\n`)
      rows = []
    }
  }
  if (rows.length > 0) writeSync(file, `${rows.join('\n')}\n`)
  closeSync(file)
}

/** 85 % substitutions, 13 % indels of 1 to 5 bases, 2 % of two ALTs. */
function variant(position: number): string {
  const kind = next()
  const ref = bases[position - 1]!
  const other = (not: string): string => {
    const one = base()
    return not.includes(one) ? other(not) : one
  }
  const size = 1 + Math.floor(next() * 5)
  if (kind < 0.85) return row(position, ref, [other(ref)])
  if (kind < 0.92) return row(position, bases.slice(position - 1, position + size), [ref])
  if (kind < 0.98) return row(position, ref, [bases.slice(position - 1, position + size)])
  const first = other(ref)
  return row(position, ref, [first, other(ref + first)])
}

function row(position: number, ref: string, alts: readonly string[]): string {
  const two = alts.length === 2
  const info = `AC=${two ? '1,1' : 1};AF=${two ? '0.5,0.5' : 0.5};AN=2;DP=${20 + (position % 30)};FS=${(next() * 9).toFixed(3)};MQ=60.00`
  const sample = two ? '1|2:1,12,14:27:99:500,300,280,310,0,290' : '0|1:14,13:27:99:300,0,320'
  return `1\t${position}\t.\t${ref}\t${alts.join(',')}\t${(next() * 900).toFixed(2)}\tPASS\t${info}\tGT:AD:DP:GQ:PL\t${sample}`
}

interface Times {
  readonly wall: number
  /** Of the process and what it starts, all threads. */
  readonly cpu: number
}

/** One whole process; the shell's "times" tells what its children took. */
function timed(command: string, args: readonly string[]): Times {
  const start = performance.now()
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', '"$@" > /dev/null; echo "status $?"; times', 'sh', command, ...args],
    {
      encoding: 'utf8',
    },
  )
  const wall = (performance.now() - start) / 1000
  const [status = '', , children = ''] = stdout.split('\n')
  if (!/^status [01]$/.test(status)) throw new Error(`${command} ${args.join(' ')}: ${stderr.slice(0, 400)}`)
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
    0,
  )
  return { wall, cpu }
}

function compare(what: string, peer: readonly string[], ours: readonly string[]): void {
  const runs: [Times[], Times[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    runs[0].push(timed('bcftools', peer))
    runs[1].push(timed(garrod, ['vcf', ...ours]))
  }
  const median = (times: readonly Times[], of: keyof Times): number =>
    times.map((one) => one[of]).sort((a, b) => a - b)[Math.floor(rounds / 2)]!
  const words = (['wall', 'cpu'] as const).map((of) => {
    const [theirs, mine] = [median(runs[0], of), median(runs[1], of)]
    return `${of} ${theirs.toFixed(2)} s / ${mine.toFixed(2)} s, ${(theirs / mine).toFixed(2)} times`
  })
  console.log(`${what.padEnd(34)} ${words.join('   ')}`)
}

try {
  writeFasta()
  writeGenes()
  writeVariants()
  writeLongVariants()
  console.log(
    `${count} records of one sample, median of ${rounds} whole processes each: bcftools / garrod, and how many times as fast`,
  )
  compare(
    'left-align, check REF',
    ['norm', '-f', fasta, input, '-o', join(folder, 'a')],
    ['norm', '-f', fasta, input, '--out', join(folder, 'b')],
  )
  compare(
    'the same, numbers as written',
    ['norm', '-f', fasta, input, '-o', join(folder, 'a')],
    ['norm', '-f', fasta, '--keep-numbers', input, '--out', join(folder, 'b')],
  )
  compare(
    'left-align, 1,000 bytes of INFO',
    ['norm', '-f', fasta, longInput, '-o', join(folder, 'a')],
    ['norm', '-f', fasta, longInput, '--out', join(folder, 'b')],
  )
  compare(
    'split, left-align',
    ['norm', '-m-', '-f', fasta, input, '-o', join(folder, 'a')],
    ['norm', '-m-', '-f', fasta, input, '--out', join(folder, 'b')],
  )
  compare(
    'consequences of haplotypes',
    ['csq', '-f', fasta, '-g', gff, input, '-o', join(folder, 'a')],
    ['consequence', '-f', fasta, '-g', gff, input, '--out', join(folder, 'b')],
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
