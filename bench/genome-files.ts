// Makes the files that the benchmarks of variant files read: a genome as GATK writes one, and a population of sites that holds
// nine tenths of its variants and as many more. Synthetic, with a fixed seed: fit for speed, not for claims about people.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'

/** Lengths of GRCh38 chromosomes 1 to 22 and X, in megabases. */
const MEGABASES = [
  248, 242, 198, 190, 181, 170, 159, 145, 138, 133, 135, 133, 114, 107, 101, 90, 83, 80, 58, 64, 46, 50, 156,
]
const BASES = 'ACGT'
const FORMAT = 'GT:AD:DP:GQ:PL'

export interface GenomeFiles {
  readonly genome: string
  readonly population: string
}

/** A small generator with a fixed seed (mulberry32): the same file on every run. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The files in `folder`, made where they are not there yet. Needs bgzip and tabix. */
export async function genomeFiles(folder: string, records: number): Promise<GenomeFiles> {
  const genome = join(folder, `genome-${records}.vcf.gz`)
  const population = join(folder, `population-${records}.vcf.gz`)
  if (!existsSync(`${population}.tbi`)) {
    const compressor = (path: string) => {
      const child = spawn('bgzip', ['-c', '-@', '2'], { stdio: ['pipe', 'pipe', 'inherit'] })
      const file = createWriteStream(path)
      child.stdout.pipe(file)
      return { text: child.stdin, done: once(file, 'finish') }
    }
    const one = compressor(`${genome}.new`)
    const two = compressor(`${population}.new`)
    await write(records, one.text, two.text)
    await Promise.all([one.done, two.done])
    for (const path of [genome, population]) {
      renameSync(`${path}.new`, path)
      spawnSync('tabix', ['-f', '-p', 'vcf', path], { stdio: 'inherit' })
    }
  }
  return { genome, population }
}

/** 20,000 positions in clusters as a capture panel has them, and about 3,000 in 100 genes; tab-separated, 1-based. */
export function lociLists(): { readonly clustered: string; readonly panel: string } {
  const next = random(20)
  const lists = [
    { clusters: 2000, each: 10, span: 3000 },
    { clusters: 100, each: 30, span: 20_000 },
  ].map(({ clusters, each, span }) => {
    const chosen = new Set<number>()
    for (let i = 0; i < clusters; i++) {
      const chromosome = Math.floor(next() * MEGABASES.length)
      const start = 1 + Math.floor(next() * (MEGABASES[chromosome]! * 1e6 - span))
      for (let j = 0; j < each; j++) chosen.add(chromosome * 1e9 + start + Math.floor(next() * span))
    }
    const sorted = [...chosen].sort((a, b) => a - b)
    return sorted.map((one) => `${chromosomeName(Math.floor(one / 1e9))}\t${one % 1e9}\n`).join('')
  })
  return { clustered: lists[0]!, panel: lists[1]! }
}

function chromosomeName(index: number): string {
  return index === 22 ? 'chrX' : `chr${index + 1}`
}

async function write(records: number, genome: Writable, population: Writable): Promise<void> {
  const next = random(4)
  const pick = <T>(list: ArrayLike<T>): T => list[Math.floor(next() * list.length)]!
  const fixed = (digits: number, scale: number) => Number((next() * scale).toFixed(digits))
  const contigs = MEGABASES.map((size, i) => `##contig=<ID=${chromosomeName(i)},length=${size}999999>`).join(
    '\n',
  )
  const out = [new Batch(genome), new Batch(population)] as const
  await out[0].add(`##fileformat=VCFv4.2
##FILTER=<ID=PASS,Description="All filters passed">
##FILTER=<ID=LowQual,Description="Low quality">
${contigs}
${[
  'AC=A=Integer',
  'MLEAC=A=Integer',
  'AF=A=Float',
  'MLEAF=A=Float',
  'AN=1=Integer',
  'DP=1=Integer',
  'FS=1=Float',
  'MQ=1=Float',
  'MQRankSum=1=Float',
  'QD=1=Float',
  'SOR=1=Float',
  'ReadPosRankSum=1=Float',
  'BaseQRankSum=1=Float',
  'ExcessHet=1=Float',
]
  .map((one) => one.split('='))
  .map(([id, number, type]) => `##INFO=<ID=${id},Number=${number},Type=${type},Description="${id}">`)
  .join('\n')}
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads per allele">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">
##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Genotype likelihoods">
#CHROM	POS	ID	REF	ALT	QUAL	FILTER	INFO	FORMAT	SYNTHETIC
`)
  await out[1].add(`##fileformat=VCFv4.2
##FILTER=<ID=PASS,Description="All filters passed">
${contigs}
##INFO=<ID=popAC,Number=A,Type=Integer,Description="Allele count">
##INFO=<ID=popAN,Number=1,Type=Integer,Description="Allele number">
##INFO=<ID=popAF,Number=A,Type=Float,Description="Allele frequency">
#CHROM	POS	ID	REF	ALT	QUAL	FILTER	INFO
`)
  const total = MEGABASES.reduce((a, b) => a + b)
  for (const [i, size] of MEGABASES.entries()) {
    const chromosome = chromosomeName(i)
    const count = Math.round((records * size) / total)
    const step = (size * 1e6) / count
    for (let n = 0; n < count; n++) {
      const position = Math.floor((n + 0.05 + next() * 0.9) * step) + 1
      const base = pick(BASES)
      const other = BASES[(BASES.indexOf(base) + 1 + Math.floor(next() * 3)) % 4]!
      const kind = next()
      const run =
        kind < 0.1 ? Array.from({ length: 1 + Math.floor(next() ** 3 * 12) }, () => pick(BASES)).join('') : ''
      const ref = kind < 0.05 ? base + run : base
      const alt = kind < 0.05 ? base : kind < 0.1 ? base + run : other
      const third = BASES.split('').find((one) => one !== base && one !== other)!
      const two = kind >= 0.98
      const alts = two ? `${alt},${third}` : alt
      const genotype = two ? '1/2' : next() < 0.6 ? '0/1' : '1/1'
      const depth = 20 + Math.floor(next() * 30)
      const reads = Math.floor(depth / 2)
      const ac = two ? '1,1' : genotype === '0/1' ? '1' : '2'
      const af = two ? '0.5,0.5' : genotype === '0/1' ? '0.5' : '1'
      const quality = 10 + Math.floor(next() ** 0.2 * 90)
      await out[0].add(
        `${chromosome}\t${position}\t${next() < 0.9 ? `rs${Math.floor(next() * 1e9)}` : '.'}\t${ref}\t${alts}\t${fixed(2, 2000)}\t${next() < 0.97 ? 'PASS' : 'LowQual'}\tAC=${ac};AF=${af};AN=2;BaseQRankSum=${fixed(3, 3)};DP=${depth};ExcessHet=3.0103;FS=${fixed(3, 9)};MLEAC=${ac};MLEAF=${af};MQ=${fixed(2, 60)};MQRankSum=0;QD=${fixed(2, 30)};ReadPosRankSum=${fixed(3, 2)};SOR=${fixed(3, 2)}\t${FORMAT}\t${genotype}:${two ? `0,${reads},${depth - reads}` : `${reads},${depth - reads}`}:${depth}:${quality}:${two ? '900,400,380,410,0,395' : `${quality * 9},0,${depth * 17}`}\n`,
      )
      const an = 100_000 + 2 * Math.floor(next() * 26_000)
      const site = async (at: number, a: string, b: string) => {
        const seen = 1 + Math.floor(next() ** 4 * 50_000)
        await out[1].add(
          `${chromosome}\t${at}\t.\t${a}\t${b}\t.\tPASS\tpopAC=${seen};popAN=${an};popAF=${frequency(seen / an)}\n`,
        )
      }
      if (next() < 0.9) {
        await site(position, ref, alt)
        if (two) await site(position, ref, third)
      }
      if (next() < 0.33) await site(position + ref.length, pick('AC'), pick('GT'))
    }
  }
  await out[0].end()
  await out[1].end()
}

/** Six significant digits, as C's "%g" prints them. */
function frequency(value: number): string {
  const [digits, exponent] = value.toExponential(5).split('e') as [string, string]
  const short = digits.replace(/\.?0+$/, '')
  if (Number(exponent) < -4) return `${short}e-${exponent.slice(1).padStart(2, '0')}`
  return String(Number(value.toPrecision(6)))
}

/** Gathers lines to some size before they are written, and waits while the reader is behind. */
class Batch {
  readonly #out: Writable
  #lines: string[] = []

  constructor(out: Writable) {
    this.#out = out
  }

  add(line: string): Promise<void> | undefined {
    return this.#lines.push(line) < 8192 ? undefined : this.#flush()
  }

  async #flush(): Promise<void> {
    const text = this.#lines.join('')
    this.#lines = []
    if (!this.#out.write(text)) await once(this.#out, 'drain')
  }

  async end(): Promise<void> {
    await this.#flush()
    this.#out.end()
  }
}
