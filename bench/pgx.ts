// Speed of pharmacogene calling: genomes per second and memory, against the time that decompressing the same file takes.
// Run: node_modules/.bin/node bench/pgx.ts [samples] [other records]
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { readGenotypes } from '../src/intake/receive.ts'
import { openPgx } from '../src/interpret/pgx/pgx.ts'
import { Facts } from '../src/knowledge/facts.ts'
import { geneDefinitions } from '../src/knowledge/pgx/allele-definition.ts'
import { haplotypeFrequencies } from '../src/knowledge/pgx/haplotype-frequency.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const samples = Number(process.argv[2] ?? 3000)
const others = Number(process.argv[3] ?? 2000)
const facts = Facts.find([join(root, 'facts')])
const room = openPgx(facts, 'ALL')
const folder = mkdtempSync(join(tmpdir(), 'garrod-bench-'))
const many = join(folder, 'many.vcf.gz')
const one = join(folder, 'one.vcf.gz')

/** A small generator with a fixed seed (mulberry32): the same file on every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Unphased genomes drawn from the population's haplotypes, with records between that no gene needs. */
function writeCohort(path: string, count: number, fillers: number): void {
  const next = random(1902)
  const frequencies = haplotypeFrequencies(facts)
  const file = openSync(path, 'w')
  const write = (lines: string[]) => writeSync(file, gzipSync(`${lines.join('\n')}\n`, { level: 1 }))
  const names = Array.from({ length: count }, (_, i) => `S${i}`)
  write([
    '##fileformat=VCFv4.2',
    '##contig=<ID=chr1,assembly=GRCh38>',
    `#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${names.join('\t')}`,
  ])
  const rank = (name: string) => (name === 'chrX' ? 23 : Number(name.slice(3)))
  const genes = [...geneDefinitions(facts).values()].sort(
    (a, b) => rank(a.chromosome) - rank(b.chromosome) || a.loci[0]!.position - b.loci[0]!.position,
  )
  const byChromosome = Map.groupBy(genes, (gene) => gene.chromosome)
  for (const [chromosome, members] of byChromosome) {
    const rows = members.flatMap((gene) => {
      const table = frequencies.of(gene.gene, 'ALL')
      const pool = (table?.alleles ?? []).flatMap((name) => {
        const allele = gene.alleles.find((candidate) => candidate.reportedAs === name)
        return allele === undefined ? [] : [{ allele, weight: table!.frequencyOf(name)! }]
      })
      const draw = () => {
        let left = next()
        for (const { allele, weight } of pool) {
          left -= weight
          if (left < 0) return allele
        }
        return gene.reference
      }
      const strands = names.map(() => [draw(), draw()] as const)
      return gene.loci.map((locus) => {
        const code = (cell: string | undefined) => Math.max(0, locus.alts.indexOf(cell ?? '') + 1)
        const genotypes = strands.map(
          ([a, b]) => `${code(a.cells.get(locus.position))}/${code(b.cells.get(locus.position))}:30`,
        )
        return {
          position: locus.position,
          line: `${chromosome}\t${locus.position}\t.\t${locus.ref}\t${locus.alts.join(',')}\t.\tPASS\t.\tGT:DP\t${genotypes.join('\t')}`,
        }
      })
    })
    for (let i = 0; i < fillers / byChromosome.size; i++) {
      rows.push({
        position: 1000 + i,
        line: `${chromosome}\t${1000 + i}\t.\tA\tG\t.\tPASS\t.\tGT:DP\t${names.map(() => (next() < 0.1 ? '0/1:30' : '0/0:30')).join('\t')}`,
      })
    }
    rows.sort((a, b) => a.position - b.position)
    for (let i = 0; i < rows.length; i += 50) write(rows.slice(i, i + 50).map((row) => row.line))
  }
  closeSync(file)
}

/** Wall seconds of a command run to its end, the fastest of three. */
function seconds(command: string, args: readonly string[]): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const started = performance.now()
    const { status } = spawnSync(command, args, { stdio: 'ignore', cwd: root })
    if (status !== 0 && status !== 1) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
    best = Math.min(best, (performance.now() - started) / 1000)
  }
  return best
}

try {
  process.stderr.write(`writing ${samples} genomes with ${others} other records\n`)
  writeCohort(many, samples, others)
  writeCohort(one, 1, 0)

  const limit = seconds('gzip', ['-dc', many])
  const started = performance.now()
  let people = 0
  let called = 0
  let calling = 0
  for await (const genotypes of readGenotypes({ name: many, content: { path: many }, panel: room.panel })) {
    const before = performance.now()
    called += room
      .findings({ genotypes: [genotypes], outsideCalls: [] })
      .filter((finding) => finding.diplotypes.length > 0).length
    calling += performance.now() - before
    people++
  }
  const wall = (performance.now() - started) / 1000
  const peak = process.resourceUsage().maxRSS
  const cold = seconds(join(root, 'bin/garrod'), ['pgx', one, '--json'])
  const rows = [
    ['genomes, each with 19 genes from 1,202 positions', String(people)],
    ['genes called', String(called)],
    ['genomes per second, file to findings', (people / wall).toFixed(0)],
    ['genomes per second, calling alone', ((people / calling) * 1000).toFixed(0)],
    ['wall time, file to findings', `${wall.toFixed(2)} s`],
    ['wall time of gzip -dc on the same file', `${limit.toFixed(2)} s`],
    ['ratio to gzip -dc', (wall / limit).toFixed(2)],
    ['peak memory', `${(peak / 1024).toFixed(0)} MiB`],
    ['one sample, cold start of the command', `${cold.toFixed(2)} s`],
  ]
  for (const [what, value] of rows) process.stdout.write(`${what!.padEnd(52)} ${value}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
