// Speed of annotating a genome with population frequencies, against vcfanno and bcftools annotate in the same run; and whether
// the three agree. Makes its own files (about 400 MB). Needs bcftools, tabix and, for its row, vcfanno.
// Run: node_modules/.bin/node bench/annotate.ts [records] [rounds] [folder that keeps the files]
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { genomeFiles } from './genome-files.ts'
import { type Contender, report, timed } from './side-by-side.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const records = Number(process.argv[2] ?? 4_500_000)
const rounds = Number(process.argv[3] ?? 3)
const kept = process.argv[4]
if (kept !== undefined) mkdirSync(kept, { recursive: true })
const folder = kept ?? mkdtempSync(join(tmpdir(), 'garrod-bench-'))
const garrod = join(root, 'bin/garrod')

/** AF of each record in a file that a command prints; bytes of ALT tell records with several ALTs. */
async function* frequencies(one: Contender, path: string): AsyncGenerator<{ alts: string; value: string }> {
  const fd = openSync(path, 'w')
  const { status, stderr } = spawnSync(one.command, one.args, { stdio: ['ignore', fd, 'pipe'] })
  closeSync(fd)
  if (status !== 0) throw new Error(`${one.name}: ${stderr}`)
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.startsWith('#')) continue
    const fields = line.split('\t', 8)
    const at = fields[7]!.lastIndexOf('popAF=')
    yield { alts: fields[4]!, value: at < 0 ? '' : fields[7]!.slice(at + 6).split(';', 1)[0]! }
  }
  rmSync(path)
}

/** Half a unit of the third digit: vcfanno prints about so many. */
const ROUNDED = 0.005

/** How the value of one ALT compares with that of the peer. */
function verdict(
  ours: string | undefined,
  theirs: string | undefined,
): 'equal' | 'rounded' | 'lacking' | 'other' {
  if (ours === theirs) return 'equal'
  if (theirs === undefined || theirs === '' || theirs === '.') return 'lacking'
  const [a, b] = [Number(ours), Number(theirs)]
  return Math.abs(a - b) <= ROUNDED * Math.abs(a) ? 'rounded' : 'other'
}

/** What a peer says beside what we say, ALT by ALT. */
async function compared(ours: Contender, peer: Contender): Promise<string> {
  const theirs = frequencies(peer, join(folder, 'theirs.vcf'))
  const count = { equal: 0, rounded: 0, lacking: 0, other: 0 }
  let known = 0
  for await (const { alts, value } of frequencies(ours, join(folder, 'ours.vcf'))) {
    const other = (await theirs.next()).value as { value: string }
    if (value !== '') known += 1
    const [mine, others] = [value.split(','), other.value.split(',')]
    for (const i of alts.split(',').keys()) count[verdict(mine[i] ?? '', others[i] ?? '')] += 1
  }
  if (!(await theirs.next()).done) throw new Error(`${peer.name} printed more records`)
  return `  ${peer.name}, ALT by ALT: ${count.equal} equal, ${count.rounded} rounded by the peer, ${count.lacking} known to the source and not given by the peer, ${count.other} otherwise (${known} records known to the source)\n`
}

try {
  process.stderr.write(`${records} records in ${folder}\n`)
  const { genome, population } = await genomeFiles(folder, records)
  const sites = join(folder, 'population.sites')
  const build: Contender = {
    name: 'garrod vcf sites',
    command: garrod,
    args: ['vcf', 'sites', population, '--take', 'popAF', '--assembly', 'GRCh38', '--out', sites],
  }
  process.stdout.write(report('building the site file, once', timed([build], 1)))
  process.stdout.write(
    `  ${(statSync(sites).size / 1e6).toFixed(0)} MB; the source is ${(statSync(population).size / 1e6).toFixed(0)} MB\n`,
  )
  const ours: Contender = {
    name: 'garrod vcf annotate',
    command: garrod,
    args: ['vcf', 'annotate', genome, '--with', sites, '--assembly', 'GRCh38'],
  }
  const bcftools: Contender = {
    name: 'bcftools annotate',
    command: 'bcftools',
    args: ['annotate', '-a', population, '-c', 'INFO/popAF', genome],
  }
  const toml = join(folder, 'vcfanno.toml')
  writeFileSync(
    toml,
    `[[annotation]]\nfile="${population}"\nfields=["popAF"]\nnames=["popAF"]\nops=["self"]\n`,
  )
  const vcfanno: Contender = { name: 'vcfanno -p 2', command: 'vcfanno', args: ['-p', '2', toml, genome] }
  const hasVcfanno = spawnSync('vcfanno', { stdio: 'ignore' }).error === undefined
  const contenders = hasVcfanno ? [ours, vcfanno, bcftools] : [ours, bcftools]
  process.stdout.write(
    report(
      'one population onto a genome, whole VCF written (goal: peers >= 7 times)',
      timed(contenders, rounds),
    ),
  )
  for (const peer of contenders.slice(1)) process.stdout.write(await compared(ours, peer))
  process.stdout.write(`load of the machine at the end: ${loadavg()[0]!.toFixed(1)}\n`)
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true })
}
