import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { knownCarriers } from '../../src/app/classifications/known-carriers.ts'
import { notSearched } from '../../src/app/classifications/not-searched.ts'
import { BY_PERSON, BY_VARIANT } from '../../src/app/export/variants-parquet.ts'
import { jobHandlers } from '../../src/app/job-handlers.ts'
import { INDEX_ALL_VARIANTS } from '../../src/app/jobs/index-variants.ts'
import { UPLOAD } from '../../src/app/jobs/upload-job.ts'
import { Worker } from '../../src/app/jobs/worker.ts'
import { assemblies } from '../../src/knowledge/assemblies.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import type { VariantName } from '../../src/record/variant-calls.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { patientId, tenantId } from '../../src/terms/ids.ts'
import { ACT, bytes, keyOf, person, TENANT } from '../store/example-upload.ts'
import { garrodWith } from '../support/command-line.ts'
import { exampleAnswer, root } from '../support/http-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const OLD = tenantId('old')
const garrod = (...argv: string[]) => garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, ...argv)
const facts = Facts.find([join(root, 'facts')])
let store: Store
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
})
after(async () => {
  await store.close()
  await removeHome(home)
})

/** The small VCF with variants that the panel does not ask for. */
function vcf(sample: string, variants: readonly string[]): string {
  const lines = variants.map((one) => {
    const [position, ref, alt, gt] = one.split(' ')
    return `chr22\t${position}\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT\t${gt}`
  })
  return `${smallVcf([sample])}${lines.join('\n')}\n`
}

const snv = (position: number): VariantName => ({
  assembly: 'GRCh38',
  chromosome: 'chr22',
  position,
  ref: 'A',
  alt: 'G',
})
const carriersOf = async (position: number) =>
  (await store.variants.carriers(TENANT, [snv(position)], UNRESTRICTED))[0]!.map(
    ({ patient, copies }) => `${patient} ${copies}`,
  )

async function upload(id: string, variants: readonly string[]): Promise<void> {
  await store.patients.add(TENANT, person(id), ACT)
  const received = await store.archive.receive(`${id}.vcf`, bytes(vcf(`SAMPLE-${id}`, variants)))
  await store.uploads.hold(keyOf(id), received, { job: UPLOAD, sample: undefined }, ACT)
}

test('an uploaded file is found by its variants, beyond the panel', async () => {
  await upload('ann', ['50000000 A G 0/1', '50000010 A G 1/1'])
  await upload('ben', ['50000010 A G 0/1'])
  const services = { store, facts, interpret: exampleAnswer, now: () => new Date() }
  const worker = (ahead: number) =>
    new Worker({
      jobs: store.jobs,
      tenants: () => [TENANT],
      handlers: jobHandlers(services),
      now: () => new Date(Date.now() + ahead),
      log: () => undefined,
    })
  await worker(0).drain()
  assert.deepEqual(await carriersOf(50_000_010), ['ann 2', 'ben 1'])
  await worker(60_000).drain()
  assert.equal(await store.variants.fold(TENANT, 10), 0, 'a job has folded them')
  assert.deepEqual(await carriersOf(50_000_010), ['ann 2', 'ben 1'])
  assert.deepEqual(await carriersOf(50_000_000), ['ann 1'])
})

test('a file that is ingested at the command line is found, too; "jobs run variants" leaves it alone', async () => {
  await store.patients.add(TENANT, person('cleo'), ACT)
  const path = join(home, 'cleo.vcf')
  writeFileSync(path, vcf('SAMPLE-cleo', ['50000010 A G 0|1']))
  assert.equal((await garrod('ingest', 'cleo', path)).exit, 0)
  assert.deepEqual(await carriersOf(50_000_010), ['ann 2', 'ben 1', 'cleo 1'])
  assert.equal((await garrod('jobs', 'run', 'variants')).out, '0 readings added, 1 folded\n')
  assert.deepEqual(await carriersOf(50_000_010), ['ann 2', 'ben 1', 'cleo 1'])
})

test('files of an older store are taken in by a job after a start; what cannot be read is told', async () => {
  const old = async (id: string, text: string, format: 'vcf' | 'dtc-text' = 'vcf') => {
    await store.patients.add(OLD, person(id), ACT)
    const received = await store.archive.receive(`${id}.vcf`, bytes(text))
    const { name, sha256 } = received
    const set = {
      ...{ sample: `SAMPLE-${id}`, source: { name, format, sha256 }, assembly: 'GRCh38' as const },
      ...{ calls: [], gaps: [], notes: [] },
    }
    await store.records.ingest(
      { tenant: OLD, patient: patientId(id) },
      { files: [{ received, format }], genotypes: [set], outsideCalls: [], drugs: [], measurements: [] },
      ACT,
    )
  }
  await old('dora', vcf('SAMPLE-dora', ['50000010 A G 0/1']))
  await old('emil', `${vcf('SAMPLE-emil', [])}chr22\tnowhere\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\n`)
  await old('fay', '# rsid chromosome position genotype', 'dtc-text')
  const search = () => knownCarriers(store, OLD, snv(50_000_010), assemblies(facts), [], () => undefined)
  const told = async () => {
    const { carriers, unsearched } = await search()
    return [carriers.map(({ patient, from }) => `${patient}: ${from}`), unsearched]
  }
  const unsearched = [
    { patient: 'fay', why: 'array' },
    { patient: 'emil', why: 'VCF_POS_MALFORMED' },
  ]
  assert.deepEqual(await told(), [['dora: genome file'], unsearched])
  const services = { store, facts, interpret: exampleAnswer, now: () => new Date() }
  await store.jobs.enqueue(OLD, [{ kind: INDEX_ALL_VARIANTS, key: 'after a start', payload: {} }], ACT.at)
  await new Worker({
    jobs: store.jobs,
    tenants: () => [OLD],
    handlers: jobHandlers(services),
    now: () => new Date(Date.now() + 60_000),
    log: () => undefined,
  }).drain()
  assert.deepEqual(await told(), [['dora: variant calls'], unsearched])
  assert.deepEqual(notSearched(await search()), [
    'calls and genomes not on GRCh38 were not searched: the place there is not known',
    'not searched: 1 file of genotyping arrays',
    'not searched: 1 file that cannot be read (VCF_POS_MALFORMED)',
  ])
})

async function rows(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRows() as unknown[][]
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

test('an export holds every call once in each file, sorted, and DuckDB reads it', async () => {
  const folder = join(home, 'cohort')
  const { exit, out, err } = await garrod(
    'export',
    'variants',
    '--parquet',
    folder,
    '--purpose',
    'HOPERAT',
    '--ids',
  )
  assert.equal(exit, 0, err)
  const counts = JSON.parse(readFileSync(join(folder, 'export.json'), 'utf8')) as {
    calls: number
    people: number
  }
  assert.match(out, new RegExp(`^${counts.calls} calls of 3 people`))
  let calls = 0
  for (const id of ['ann', 'ben', 'cleo']) {
    for (const reading of await store.variants.read(keyOf(id), UNRESTRICTED)) calls += reading.calls.count
  }
  assert.equal(counts.calls, calls)
  for (const file of [BY_VARIANT, BY_PERSON]) {
    const [[total, people]] = (await rows(
      `select count(*)::integer, count(distinct person)::integer from '${join(folder, file)}'`,
    )) as [[number, number]]
    assert.deepEqual([total, people], [calls, 3], file)
  }
  const carriers = `select person, copies::integer, genotype from '${join(folder, BY_VARIANT)}'
    where chromosome = 'chr22' and position = 50000010 and ref = 'A' and alt = 'G'`
  assert.deepEqual(await rows(carriers), [
    ['ann', 2, '1/1'],
    ['ben', 1, '0/1'],
    ['cleo', 1, '0|1'],
  ])
  const unsorted = `select count(*)::integer from (select position < lag(position) over () as back,
    chromosome = lag(chromosome) over () as same from '${join(folder, BY_VARIANT)}') where back and same`
  assert.deepEqual(await rows(unsorted), [[0]])
  assert.equal(existsSync(join(folder, '.work')), false)
  const again = await garrod('export', 'variants', '--parquet', folder)
  assert.match(again.err, /code {3}EXPORT_FOLDER\n/)
})

test('research without a consent gets nobody; pseudonyms do not tell the ids', async () => {
  const research = await garrod('export', 'variants', '--parquet', join(home, 'research'), '--json')
  assert.deepEqual(JSON.parse(research.out), { people: 0, readings: 0, calls: 0, hidden: 3 })
  const folder = join(home, 'pseudonyms')
  await garrod('export', 'variants', '--parquet', folder, '--purpose', 'HOPERAT')
  const people = await rows(`select distinct person from '${join(folder, BY_PERSON)}'`)
  assert.equal(people.length, 3)
  for (const [one] of people) assert.match(String(one), /^[\w-]{22}$/)
  assert.match(
    (await garrod('export', 'variants', '--parquet', join(home, 'x'), '--purpose', 'FUN')).err,
    /code {3}PURPOSE_UNKNOWN\n/,
  )
})
