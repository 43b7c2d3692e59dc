import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { openStore } from '../../src/store/open-store.ts'
import { garrodWith, type Ran } from '../support/command-line.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { keyOf } from './example-upload.ts'

const examples = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples')
const home = newHome()
after(() => removeHome(home))

const garrod = (...argv: string[]) => garrodWith({ GARROD_HOME: home, DATABASE_URL: undefined }, ...argv)

async function refused(code: string, ...argv: string[]): Promise<string> {
  return isRefused(await garrod(...argv), code)
}

/** Its message, once it is seen to be a fault with that code and nothing else. */
function isRefused({ exit, out, err }: Ran, code: string): string {
  assert.equal(exit, 2, `${out}${err}`)
  assert.equal(out, '')
  assert.match(err, new RegExp(`code {3}${code}\\n`))
  assert.doesNotMatch(err, / at .*\.ts:/, 'never a stack trace')
  return err
}

/** Files under the archive of the home. */
function archived(): string[] {
  return readdirSync(join(home, 'archive'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(home, 'archive', name)).isFile(),
  )
}

/** The example genome with its one sample twice, under two names. */
function twoPeople(): string {
  const path = join(home, 'two.vcf')
  const lines = gunzipSync(readFileSync(join(examples, 'clopidogrel.vcf.gz')))
    .toString('utf8')
    .split('\n')
  const doubled = lines.map((line) => {
    if (line === '' || line.startsWith('##')) return line
    if (line.startsWith('#')) return `${line}\tSECOND`
    return `${line}\t${line.split('\t').at(-1)}`
  })
  writeFileSync(path, doubled.join('\n'))
  return path
}

test('a person is added, listed, shown, updated and removed', async () => {
  assert.deepEqual(await garrod('patient', 'list'), {
    exit: 0,
    out: '',
    err: 'Nobody is registered yet. See "garrod patient add".\n',
  })
  // biome-ignore format: one command line
  const added = await garrod('patient', 'add', '--id', 'p1', '--name', ' Ann\nBerg ', '--sex', 'Female',
    '--birth-date', '1970-05', '--identifier', 'urn:mrn|4711')
  assert.deepEqual(added, { exit: 0, out: 'added p1\n', err: '' })
  assert.match(
    (await garrod('patient', 'list')).out,
    /^p1 {2}Ann Berg {2}female {2}1970-05 {2}nothing stored\n$/,
  )
  assert.equal((await garrod('patient', 'list', '--search', 'nobody', '--json')).out, '')
  const shown = JSON.parse((await garrod('patient', 'show', 'p1', '--json')).out) as Record<string, unknown>
  assert.deepEqual(shown['identifiers'], [{ system: 'urn:mrn', value: '4711' }])
  assert.equal((await garrod('patient', 'update', 'p1', '--sex', 'other')).out, 'updated p1, now version 2\n')
  assert.match(
    (await garrod('patient', 'show', 'p1')).out,
    /^p1 \(version 2\)\n {2}name +Ann Berg\n {2}sex +other\n/,
  )
  await refused('REMOVE_NOT_CONFIRMED', 'patient', 'remove', 'p1')
  assert.equal((await garrod('patient', 'remove', 'p1', '--yes')).out, 'removed p1, 0 files deleted\n')
  await refused('PATIENT_UNKNOWN', 'patient', 'show', 'p1')
})

test('somebody who may be registered already is not added before each match is said to be another', async () => {
  const add = (id: string, ...more: string[]) => [
    'patient',
    'add',
    '--id',
    id,
    '--name',
    'Ines Varga',
    '--sex',
    'female',
    '--birth-date',
    '1981-02-03',
    ...more,
  ]
  assert.equal((await garrod(...add('v1'))).exit, 0)
  const message = await refused('PATIENT_POSSIBLY_KNOWN', ...add('v2'))
  assert.match(message, /registered: v1\b/)
  assert.match(message, /--another-person v1/)
  await refused('PATIENT_POSSIBLY_KNOWN', ...add('v2', '--another-person', 'p1'))
  assert.equal(
    (await garrod('patient', 'list', '--search', 'varga', '--json')).out.trim().split('\n').length,
    1,
  )
  assert.equal((await garrod(...add('v2', '--another-person', 'v1'))).out, 'added v2\n')
  const both = await refused('PATIENT_POSSIBLY_KNOWN', ...add('v3'))
  assert.match(both, /--another-person v1 --another-person v2/)
  for (const id of ['v1', 'v2']) await garrod('patient', 'remove', id, '--yes')
})

test('what cannot be meant is refused, with what to do', async () => {
  await garrod('patient', 'add', '--id', 'taken', '--identifier', 'urn:mrn|1')
  await refused('USAGE_VERB', 'patient')
  await refused('USAGE_VERB', 'patient', 'add', 'extra')
  await refused('USAGE_ID', 'patient', 'add')
  await refused('PATIENT_ID_MALFORMED', 'patient', 'add', '--id', '../etc')
  await refused('PATIENT_EXISTS', 'patient', 'add', '--id', 'taken')
  assert.match(
    await refused('PATIENT_IDENTIFIER_TAKEN', 'patient', 'add', '--id', 'x', '--identifier', 'urn:mrn|1'),
    /"taken"/,
  )
  await refused('USAGE_SEX', 'patient', 'add', '--id', 'x', '--sex', 'm')
  for (const date of ['1970-02-29', '1970-13', '70', '1970-1-1', '']) {
    await refused('USAGE_BIRTH_DATE', 'patient', 'add', '--id', 'x', '--birth-date', date)
  }
  await garrod('patient', 'add', '--id', 'leap', '--birth-date', '1972-02-29')
  for (const identifier of ['4711', '|4711', 'urn:mrn|']) {
    await refused('USAGE_IDENTIFIER', 'patient', 'add', '--id', 'x', '--identifier', identifier)
  }
  await refused('USAGE_PATIENT', 'patient', 'show')
  await refused('USAGE_UPDATE', 'patient', 'update', 'taken')
  await refused('USAGE_VERB', 'db', 'restart')
  await refused('PATIENT_UNKNOWN', 'patient', 'show', 'x')
})

test('a genome is stored for one person, as it came', async () => {
  await garrod('patient', 'add', '--id', 'g1', '--sex', 'male')
  const file = join(examples, 'clopidogrel.vcf.gz')
  const { exit, out, err } = await garrod('ingest', 'g1', file, '--taking', 'clopidogrel', '--json')
  assert.equal(exit, 0, err)
  const stored = JSON.parse(out) as {
    version: number
    genotypes: { calls: number; source: { sha256: string } }[]
  }
  assert.equal(stored.version, 2)
  assert.ok(stored.genotypes[0]!.calls > 1000)
  const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  const [kept] = await store.archive.list(keyOf('g1'))
  const parts: Uint8Array[] = []
  for await (const part of kept!.read()) parts.push(part)
  await store.close()
  assert.equal(kept!.sha256, stored.genotypes[0]!.source.sha256)
  assert.deepEqual(Buffer.concat(parts), readFileSync(file))
  assert.match((await garrod('ingest', 'g1', file)).out, /replaces the earlier reading/)
  const shown = (await garrod('patient', 'show', 'g1')).out
  assert.match(shown, /genotype +clopidogrel\.vcf\.gz, sample \S+, GRCh38: \d+ of \d+ loci known/)
  assert.match(shown, /taking +clopidogrel \(RxNorm 32968\)/)
})

test('a refused upload leaves nothing behind', async () => {
  await garrod('patient', 'add', '--id', 'w1', '--sex', 'female')
  const before = archived()
  const file = join(examples, 'clopidogrel.vcf.gz')
  const broken = join(home, 'broken.vcf.gz')
  writeFileSync(broken, readFileSync(file).subarray(0, 4000))
  const two = twoPeople()
  await refused('SEX_CONTRADICTION', 'ingest', 'w1', file)
  await garrod('patient', 'update', 'w1', '--sex', 'unknown')
  assert.match(await refused('SAMPLE_OF_ANOTHER_PATIENT', 'ingest', 'w1', file), /"g1"/)
  assert.match(await refused('SAMPLE_NOT_NAMED', 'ingest', 'w1', two), /SECOND/)
  await refused('FILE_NOT_FOUND', 'ingest', 'w1', join(home, 'no-such.vcf'))
  await refused('FILE_UNREADABLE', 'ingest', 'w1', home)
  await refused('NOT_A_VCF', 'ingest', 'w1', join(examples, 'people.json'))
  await refused('DRUG_UNKNOWN', 'ingest', 'w1', '--taking', 'clopidogrl')
  await refused('PATIENT_UNKNOWN', 'ingest', 'nobody', file)
  await refused('USAGE_INGEST', 'ingest', 'w1')
  await refused('USAGE_INGEST', 'ingest', 'w1', file, two)
  assert.equal((await garrod('ingest', 'w1', broken)).exit, 2)
  assert.deepEqual(archived(), before)
  assert.equal(JSON.parse((await garrod('patient', 'show', 'w1', '--json')).out).version, 2)
  assert.equal((await garrod('ingest', 'w1', two, '--sample', 'SECOND')).exit, 0)
})

test('the database runs while it is needed, and while it is asked to', async () => {
  const state = async () => (await garrod('db', 'status')).out.match(/state +(.*)/)?.[1]
  assert.match((await state())!, /^stopped/)
  assert.equal((await garrod('db', 'start')).exit, 0)
  assert.match((await state())!, /^running .* until "garrod db stop"$/)
  const other = await openEmbedded(home)
  const stopping = garrod('db', 'stop')
  await sleep(300)
  await other.close()
  const { out, err } = await stopping
  assert.equal(out, 'stopped\n', `a program that ends meanwhile is waited for: ${err}`)
  assert.equal((await garrod('db', 'stop')).out, 'it was not running\n')
  const elsewhere = { GARROD_HOME: home, DATABASE_URL: 'postgresql://u:s3cret@127.0.0.1:1/x' }
  isRefused(await garrodWith(elsewhere, 'db', 'stop'), 'DATABASE_NOT_OURS')
  assert.doesNotMatch(
    isRefused(await garrodWith(elsewhere, 'db', 'status'), 'DATABASE_UNREACHABLE'),
    /s3cret/,
  )
})
