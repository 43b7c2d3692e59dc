// Carriers of a variant among whole genomes, by place and by reading every file: node bench/carriers.ts [genomes]
// [megabases] [records of a whole genome], default 200 genomes, a slice of 30 megabases of genomes of 4.5 million records.
// A slice has as many calls in a stretch as a whole genome has; only its files are shorter. Synthetic, with a fixed seed.
// Prints processor time (user and system of this process and of PostgreSQL's) and wall time a question, the ratio of the two ways,
// and what taking a genome in costs.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { carriersInGenomes, copiesIn } from '../src/app/classifications/carriers-in-genomes.ts'
import { readVariantCalls } from '../src/intake/variant-calls.ts'
import { UNRESTRICTED } from '../src/record/resource-query.ts'
import type { VariantName } from '../src/record/variant-calls.ts'
import { openEmbedded } from '../src/store/embedded/embedded-database.ts'
import { placeOf } from '../src/store/embedded/place.ts'
import { openStore } from '../src/store/open-store.ts'
import { ACT, keyOf, person, TENANT } from '../test/store/example-upload.ts'
import { keyringOf } from '../test/support/keyring.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'
import { random } from './genome-files.ts'

const genomes = Number(process.argv[2] ?? 200)
const megabases = Number(process.argv[3] ?? 30)
const whole = Number(process.argv[4] ?? 4_500_000)
const perGenome = Math.round((whole * megabases) / 3_100)
const BASES = 'ACGT'
const CALLS_OF_SITES = 0.12

const home = newHome()
const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })

/** Sites of a population, common and rare, as many as give a genome its calls. */
const next = random(7)
const sites = Math.round(perGenome / CALLS_OF_SITES)
const step = (megabases * 1e6) / sites
const population = Array.from({ length: sites }, (_, i) => {
  const position = Math.floor((i + next() * 0.9) * step) + 1
  const ref = BASES[i % 4]!
  const other = BASES[(i + 1 + (i % 3)) % 4]!
  const kind = next()
  return {
    position,
    ref: kind < 0.05 ? `${ref}${'ACGTAC'.slice(0, 1 + (i % 6))}` : ref,
    alt: kind < 0.05 ? ref : kind < 0.1 ? `${ref}${'GTACGT'.slice(0, 1 + (i % 6))}` : other,
    share: next() ** 7,
  }
})
const scale = perGenome / population.reduce((sum, { share }) => sum + 1 - (1 - share) ** 2, 0)

const HEADER = [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr1,length=248956422,assembly=GRCh38>',
  ...['GT', 'AD', 'DP', 'GQ', 'PL'].map(
    (id) => `##FORMAT=<ID=${id},Number=.,Type=String,Description="${id}">`,
  ),
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS',
].join('\n')

/** About 230 bytes a record, as GATK writes one. */
function genome(): string {
  const lines = [HEADER]
  for (const { position, ref, alt, share } of population) {
    const [one, two] = [next() < share * scale, next() < share * scale]
    if (!one && !two) continue
    const depth = 20 + Math.floor(next() * 30)
    const gt = one && two ? '1/1' : '0/1'
    lines.push(
      `chr1\t${position}\t.\t${ref}\t${alt}\t${(next() * 2000).toFixed(2)}\tPASS\tAC=1;AF=0.5;AN=2;BaseQRankSum=${next().toFixed(3)};DP=${depth};ExcessHet=3.0103;FS=${(next() * 9).toFixed(3)};MLEAC=1;MLEAF=0.5;MQ=60.00;MQRankSum=0;QD=${(next() * 30).toFixed(2)};ReadPosRankSum=${next().toFixed(3)};SOR=${next().toFixed(3)}\tGT:AD:DP:GQ:PL\t${gt}:${depth},${depth}:${depth}:99:${depth * 9},0,${depth * 17}`,
    )
  }
  return `${lines.join('\n')}\n`
}

/** Processor time so far in ms, of this process and of the database's processes that live still. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  const postmaster = readFileSync(join(placeOf(home).data, 'postmaster.pid'), 'utf8').split('\n')[0]!
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let stat: string
    try {
      stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    } catch {
      continue
    }
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[1] === postmaster || pid === postmaster) ticks += Number(fields[11]) + Number(fields[12])
  }
  return (user + system) / 1000 + ticks * 10
}

async function measured(what: string, times: number, work: (i: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  const before = cpu()
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    await work(i)
    taken.push(performance.now() - started)
  }
  const each = (cpu() - before) / times
  const median = taken.sort((a, b) => a - b)[Math.floor(times / 2)]!
  process.stdout.write(
    `${what.padEnd(56)} cpu ${each.toFixed(2).padStart(10)} ms   p50 ${median.toFixed(2).padStart(10)} ms\n`,
  )
  return each
}

const asked = (i: number): VariantName => {
  const { position, ref, alt } = population[(i * 7919) % sites]!
  return { assembly: 'GRCh38', chromosome: 'chr1', position, ref, alt }
}

process.stdout.write(`load of this machine before: ${loadavg()[0]!.toFixed(1)}\n`)
let bytes = 0
for (let i = 0; i < genomes; i++) {
  await store.patients.add(TENANT, person(`g${i}`), ACT)
  const { stdout } = spawnSync('bgzip', ['-c'], { input: genome(), maxBuffer: 1 << 30 })
  bytes += stdout.length
  const received = await store.archive.receive(`g${i}.vcf.gz`, Readable.from([stdout]))
  const { name, sha256 } = received
  const set = {
    ...{ sample: 'S', source: { name, format: 'vcf', sha256 } as const, assembly: 'GRCh38' as const },
    ...{ calls: [], gaps: [], notes: [] },
  }
  const upload = { files: [{ received, format: 'vcf' as const }], genotypes: [set], outsideCalls: [] }
  await store.records.ingest(keyOf(`g${i}`), { ...upload, drugs: [], measurements: [] }, ACT)
}
process.stdout.write(
  `${genomes} genomes, a slice of ${megabases} megabases each: ${perGenome} calls and ${(bytes / genomes / 1e6).toFixed(1)} MB of file\n`,
)

async function found(variant: VariantName): Promise<string> {
  const carriers: string[] = []
  for await (const { patient, copies } of carriersInGenomes(store, TENANT, [variant], () => undefined))
    carriers.push(`${patient} ${copies}`)
  return carriers.sort().join()
}
const byFile: string[] = []
const slow = await measured('carriers by reading every file', 2, async (i) =>
  byFile.push(await found(asked(i))),
)
await measured('take in one genome: read its file', 20, async (n) => {
  const i = n % genomes
  const [file] = await store.archive.list(keyOf(`g${i}`))
  await copiesIn(file!, 'S', [asked(0)])
})
let calls = 0
await measured('the same, and keep it by place', genomes, async (i) => {
  const key = keyOf(`g${i}`)
  const [file] = await store.archive.list(key)
  const { name, sha256 } = file!
  const taken = await readVariantCalls(name, { stream: file!.read(), size: file!.bytes }, 'S')
  calls += taken!.count
  await store.genomes.write(key, { file: name, sha256, sample: 'S', assembly: 'GRCh38', calls: taken! })
})
const byPlace: string[] = []
const early = await measured('carriers by place, nothing put together', 50, async (i) =>
  byPlace.push(await found(asked(i))),
)
await measured('put stretches together', 1, async () => {
  while ((await store.genomes.fold(TENANT, 500)) > 0);
})
const late = await measured('carriers by place', 500, async (i) => byPlace.push(await found(asked(i))))
await measured('the same, without looking for files that are not taken in', 500, (i) =>
  store.genomes.carriers(TENANT, [asked(i)], UNRESTRICTED),
)
for (const [i, one] of byFile.entries())
  if (byPlace[i] !== one || byPlace[50 + i] !== one) throw new Error(`variant ${i}: the answers differ`)
const carriers =
  byPlace.slice(50).reduce((sum, one) => sum + (one === '' ? 0 : one.split(',').length), 0) / 500
const size = await rowBytes()
process.stdout.write(
  `${(calls / genomes).toFixed(0)} calls a genome, ${carriers.toFixed(0)} carriers of a variant on average; ${(size / calls).toFixed(1)} bytes of rows a call\n` +
    `reading every file takes ${(slow / early).toFixed(0)} times the processor time before, and ${(slow / late).toFixed(0)} times after; ` +
    `whole genomes are ${Math.round(3_100 / megabases)} times as long, the rows of one place are not\n`,
)
await store.close()
await removeHome(home)

async function rowBytes(): Promise<number> {
  const database = await openEmbedded(home)
  try {
    await database.run('vacuum full genome_stretch')
    const row = await database.first<{ size: number }>(
      "select pg_total_relation_size('genome_stretch') as size",
    )
    return row!.size
  } finally {
    await database.close()
  }
}
