// Speed of reading a genome, against bcftools, tabix and bgzip in the same run. Makes its own files (about 300 MB).
// Needs bcftools and tabix. Run: node_modules/.bin/node bench/vcf.ts [records] [rounds] [folder that keeps the files]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { genomeFiles, lociLists } from './genome-files.ts'
import { type Contender, printed, report, timed } from './side-by-side.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const records = Number(process.argv[2] ?? 4_500_000)
const rounds = Number(process.argv[3] ?? 3)
const kept = process.argv[4]
if (kept !== undefined) mkdirSync(kept, { recursive: true })
const folder = kept ?? mkdtempSync(join(tmpdir(), 'garrod-bench-'))

try {
  process.stderr.write(`${records} records in ${folder}\n`)
  const { genome } = await genomeFiles(folder, records)
  const lists = lociLists()
  const clustered = join(folder, 'clustered.tsv')
  const panel = join(folder, 'panel.tsv')
  writeFileSync(clustered, lists.clustered)
  writeFileSync(panel, lists.panel)

  const ours = (verb: string, ...args: string[]): Contender => ({
    name: `garrod vcf ${verb}${args.includes('--no-index') ? ' --no-index' : ''}`,
    command: join(root, 'bin/garrod'),
    args: ['vcf', verb, genome, ...args, '--no-header'],
  })
  const peer = (command: string, name: string, ...args: string[]): Contender => ({
    name: `${command} ${name}`,
    command,
    args,
  })
  const table = '%CHROM\t%POS\t%REF\t%ALT[\t%GT:%DP:%GQ]\n'
  const groups: readonly (readonly [title: string, same: boolean, ...Contender[]])[] = [
    [
      '20,000 loci, the whole file read (goal: bcftools >= 4.5 times)',
      true,
      ours('view', '--loci', clustered, '--no-index', '--overlap', 'start'),
      peer('bcftools', 'view -H -T', 'view', '-H', '-T', clustered, genome),
    ],
    [
      'every genotype with depth and quality (goal: bcftools >= 4 times)',
      true,
      ours('genotypes'),
      peer('bcftools', 'query', 'query', '-f', table, genome),
    ],
    [
      'the same, bcftools printing genotype, depth and quality alone',
      false,
      ours('genotypes'),
      peer('bcftools', 'query [GT DP GQ]', 'query', '-f', '[%GT\t%DP\t%GQ\n]', genome),
    ],
    [
      'a panel of 3,000 positions by index (goal: bcftools >= 1.33 times)',
      true,
      ours('view', '--loci', panel),
      peer('bcftools', 'view -H -R', 'view', '-H', '-R', panel, genome),
      peer('tabix', '-R', '-R', panel, genome),
    ],
    [
      '20,000 loci by index',
      true,
      ours('view', '--loci', clustered),
      peer('bcftools', 'view -H -R', 'view', '-H', '-R', clustered, genome),
    ],
    [
      'decompression alone',
      false,
      peer('bgzip', '-dc', '-dc', genome),
      peer('bgzip', '-@2 -dc', '-@', '2', '-dc', genome),
      peer('zcat', '', genome),
    ],
  ]
  timed([ours('view', '--region', 'chr1:1')], 2)
  for (const [title, same, ...contenders] of groups) {
    const measured = timed(contenders, title.includes('by index') ? 5 * rounds : rounds)
    process.stdout.write(report(title, measured))
    if (!same) continue
    const [first, ...others] = await Promise.all(
      contenders.map((one, i) => printed(one, join(folder, `out-${i}`))),
    )
    process.stdout.write(`  output ${others.every((one) => one === first) ? 'equal' : 'DIFFERS'}\n`)
  }
  process.stdout.write(`load of the machine at the end: ${loadavg()[0]!.toFixed(1)}\n`)
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true })
}
