import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { readVariantCalls } from '../../src/intake/variant-calls.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { garrodWith } from '../support/command-line.ts'
import { installedServer, startServer } from '../support/debian-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import {
  ACT,
  genotypes,
  keyOf,
  panelCalls,
  person,
  receive,
  TENANT,
  textOf,
  upload,
} from './example-upload.ts'

const PEOPLE = 12
const home = newHome()
const file = join(home, 'first.backup')
const garrod = (at: string, ...argv: string[]) =>
  garrodWith({ GARROD_HOME: at, DATABASE_URL: undefined }, ...argv)
const open = (at: string) => openStore({ home: at, databaseUrl: undefined, keyring: keyringOf(at) })

/** A home that has the keys of the first, as an operator would copy them, and nothing else. */
const homes: string[] = []
function homeWithKeys(): string {
  const made = newHome()
  homes.push(made)
  cpSync(join(home, 'keys'), join(made, 'keys'), { recursive: true })
  return made
}

async function addPerson(store: Store, id: string): Promise<void> {
  const details = person(id, { name: `Planted ${id}`, identifiers: [{ system: 'mrn', value: id }] })
  await store.patients.add(TENANT, details, ACT)
  const received = await receive(store, `${id} `.padEnd(50_000, 'ACGT'))
  await store.records.ingest(keyOf(id), upload(received, [genotypes(received, id, panelCalls(300))]), ACT)
  await store.plans.save(
    keyOf(id),
    {
      engine: { name: 'garrod', version: '0' },
      facts: [],
      recordVersion: 2,
      findings: [{ kind: 'pgx', subject: 'CYP2C19', json: '{"gene":"CYP2C19"}' }],
      json: `{"plan":"of ${id}"}`,
    },
    ACT,
  )
}

/** Everything that a store says of its people, and the bytes of their files. */
async function allOf(store: Store): Promise<unknown> {
  const { patients } = await store.patients.list(TENANT, { limit: 1000 })
  return Promise.all(
    patients.map(async (one) => {
      const key = keyOf(one.id)
      const files = await store.archive.list(key)
      const contents = await Promise.all(files.map((file) => textOf(file)))
      return {
        one,
        contents,
        record: await store.records.get(key),
        plan: await store.plans.get(key),
        findings: await store.plans.findings(key, 1),
        events: await store.events.list(key),
        files: files.map(({ path: _path, read: _read, ...rest }) => rest),
      }
    }),
  )
}

let original: unknown
before(async () => {
  const store = await open(home)
  for (let i = 0; i < PEOPLE; i++) await addPerson(store, `p${i}`)
  original = await allOf(store)
  await store.close()
})
after(async () => {
  await removeHome(home)
  for (const one of homes) await removeHome(one)
})

test('the drill: backup, loss of everything but the keys, restore; nothing is missing', async (t) => {
  const started = performance.now()
  const taken = await garrod(home, 'db', 'backup', file)
  const backedUp = performance.now()
  assert.equal(taken.exit, 0, taken.err)
  assert.equal(existsSync(`${file}.partial`), false)
  const other = homeWithKeys()
  const put = await garrod(other, 'db', 'restore', file)
  assert.equal(put.exit, 0, put.out + put.err)
  const restored = performance.now()
  const store = await open(other)
  assert.deepEqual(await allOf(store), original)
  await store.close()
  const check = await garrod(other, 'db', 'verify')
  assert.deepEqual([check.exit, /nothing is wrong/.test(check.out)], [0, true], check.out)
  t.diagnostic(
    `${PEOPLE} people: backup ${(backedUp - started).toFixed(0)} ms, restore ${(restored - backedUp).toFixed(0)} ms`,
  )
})

test('nothing in a backup can be read without the keys', async () => {
  const bytes = readFileSync(file)
  assert.equal(bytes.includes('Planted'), false)
  const unpacked = join(home, 'unpacked')
  mkdirSync(unpacked)
  // Any tar program opens it; the tables are the text that COPY reads.
  const tar = spawnSync('tar', ['-xf', file, '-C', unpacked], { encoding: 'utf8' })
  assert.equal(tar.status, 0, tar.stderr)
  const names = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
  const zipped = names.filter((name) => name.endsWith('.copy.gz')).map((name) => join(unpacked, name))
  const plain = spawnSync('gzip', ['-dc', ...zipped], { maxBuffer: 1 << 28 })
  assert.equal(plain.status, 0)
  assert.ok(plain.stdout.includes(TENANT), 'these are the rows')
  assert.equal(plain.stdout.includes('Planted'), false)
  rmSync(unpacked, { recursive: true })
  const keyless = newHome()
  homes.push(keyless)
  const { exit, out } = await garrod(keyless, 'db', 'restore', file)
  assert.deepEqual([exit, /does not open yet/.test(out)], [1, true], out)
})

test('genomes by place are not in a backup: they are sealed for all people together', async () => {
  const at = homeWithKeys()
  const store = await open(at)
  await store.patients.add(TENANT, person('genome'), ACT)
  const text =
    '##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts\nchr1\t70000\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\n'
  const calls = await readVariantCalls(
    'g.vcf',
    { stream: Readable.from([Buffer.from(text)]), size: text.length },
    's',
  )
  await store.genomes.write(keyOf('genome'), {
    file: 'g.vcf',
    sha256: '0'.repeat(64),
    sample: 's',
    assembly: 'GRCh38',
    calls: calls!,
  })
  assert.equal((await store.genomes.list(keyOf('genome'))).length, 1)
  await store.close()
  const backup = join(at, 'genomes.backup')
  assert.equal((await garrod(at, 'db', 'backup', backup)).exit, 0)
  const named = spawnSync('tar', ['-tf', backup], { encoding: 'utf8' }).stdout
  assert.match(named, /tables\/patient\/\d+\.copy\.gz/)
  assert.doesNotMatch(named, /tables\/genome_/)
  const restored = homeWithKeys()
  assert.equal((await garrod(restored, 'db', 'restore', backup)).exit, 0)
  const again = await open(restored)
  assert.deepEqual(await again.genomes.list(keyOf('genome')), [])
  await again.close()
})

test('a restore into a store that is used is refused; with --replace it is replaced whole', async () => {
  const other = homeWithKeys()
  const store = await open(other)
  await addPerson(store, 'someone-else')
  await store.close()
  const refused = await garrod(other, 'db', 'restore', file)
  assert.deepEqual([refused.exit, /STORE_NOT_EMPTY/.test(refused.err)], [2, true])
  const there = await open(other)
  assert.equal((await there.patients.list(TENANT)).total, 1, 'a refusal changes nothing')
  const busy = await garrod(other, 'db', 'restore', file, '--replace')
  assert.match(busy.err, /STORE_IN_USE/)
  await there.close()
  assert.equal((await garrod(other, 'db', 'restore', file, '--replace')).exit, 0)
  const replaced = await open(other)
  assert.deepEqual(await allOf(replaced), original)
  await replaced.close()
  assert.equal(readdirSync(join(other, 'archive')).length, 1, 'files of the replaced store are gone')
  const files = readdirSync(join(other, 'archive'), { recursive: true, withFileTypes: true })
  assert.equal(files.filter((one) => one.isFile()).length, PEOPLE)
})

test('an altered, cut or unfinished backup is refused, and the store stays as it was', async () => {
  const whole = readFileSync(file)
  const other = homeWithKeys()
  const bad = join(home, 'bad.backup')
  const at = whole.indexOf('archive/sealed/') + 512 + 100
  const altered = Buffer.from(whole)
  altered[at]! ^= 1
  for (const bytes of [
    altered,
    whole.subarray(0, -1024),
    whole.subarray(0, 5000),
    Buffer.from('no backup'),
  ]) {
    writeFileSync(bad, bytes)
    const { exit, err } = await garrod(other, 'db', 'restore', bad)
    assert.deepEqual([exit, /BACKUP_UNREADABLE/.test(err)], [2, true], err)
    assert.equal((await garrod(other, 'db', 'verify', bad)).exit, 2)
  }
  assert.equal((await garrod(other, 'db', 'verify', file)).exit, 0)
  assert.match((await garrod(home, 'db', 'backup', file)).err, /BACKUP_EXISTS/)
  assert.match((await garrod(home, 'db', 'backup', join(home, 'no', 'folder'))).err, /BACKUP_DISK/)
  const store = await open(other)
  assert.equal((await store.patients.list(TENANT)).total, 0)
  await store.close()
})

test('others work on while a backup is taken: it holds one state, and no file that was deleted meanwhile is lost', async () => {
  const busy = homeWithKeys()
  assert.equal((await garrod(busy, 'db', 'restore', file)).exit, 0)
  const store = await open(busy)
  const path = join(busy, 'busy.backup')
  let told = 0
  const changes: Promise<unknown>[] = []
  await store.keeping.backup({
    path,
    at: '2026-11-22T09:30:00Z',
    version: '0',
    told: () => {
      // In the middle of the tables: a person is added and another removed.
      if (++told === 3) changes.push(addPerson(store, 'late'), store.patients.remove(keyOf('p3'), ACT))
    },
  })
  await Promise.all(changes)
  await store.close()
  const other = homeWithKeys()
  assert.equal((await garrod(other, 'db', 'restore', path)).exit, 0)
  const restored = await open(other)
  assert.deepEqual(await allOf(restored), original)
  await restored.close()
  const left = readdirSync(join(busy, 'archive'), { recursive: true, encoding: 'utf8' })
  assert.deepEqual(
    left.filter((name) => name.endsWith('.part')),
    [],
    'no link is left in the waiting room',
  )
})

test('a folder as target: the file is named after the moment', async () => {
  const folder = join(home, 'backups')
  mkdirSync(folder)
  assert.equal((await garrod(home, 'db', 'backup', folder)).exit, 0)
  const [name, ...more] = readdirSync(folder)
  assert.deepEqual(more, [])
  assert.match(name!, /^garrod-\d{8}T\d{6}Z\.backup$/)
  assert.equal(statSync(join(folder, name!)).mode & 0o777, 0o600)
})

test('what was seen of the audit log after the backup is said to be missing after its restore', async () => {
  const other = homeWithKeys()
  assert.equal((await garrod(other, 'db', 'restore', file)).exit, 0)
  const later = join(other, 'later.backup')
  assert.equal((await garrod(other, 'db', 'backup', later)).exit, 0)
  for (let i = 0; i < 3; i++) await garrod(other, 'patient', 'show', 'p1')
  assert.equal((await garrod(other, 'audit', 'verify')).exit, 0)
  assert.equal((await garrod(other, 'db', 'restore', later, '--replace')).exit, 0)
  const { exit, out } = await garrod(other, 'audit', 'verify')
  assert.equal(exit, 1, out)
  assert.match(out, /put back to \d+ entries from a backup/)
  assert.doesNotMatch(out, /WRONG/)
})

test('verify finds a file that is missing or altered, bytes that do not open, and rows that lead nowhere', async () => {
  const other = homeWithKeys()
  assert.equal((await garrod(other, 'db', 'restore', file)).exit, 0)
  const files = readdirSync(join(other, 'archive'), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
  rmSync(files[0]!)
  const bytes = readFileSync(files[1]!)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(files[1]!, bytes)
  const database = await openEmbedded(other)
  await database.run(
    `update plan set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40)) where patient_id = 'p5'`,
  )
  await database.run(
    `insert into identifier_digest (tenant_id, digest, patient_id) values ('main', 'x', 'nobody')`,
  )
  await database.close()
  const { exit, out } = await garrod(other, 'db', 'verify')
  assert.equal(exit, 2)
  for (const found of [
    /received file: the file is not in the archive \(FILE_MISSING\)/,
    /received file: .*\(VAULT_TAMPERED\)/,
    /patient p5: .*\(VAULT_TAMPERED\)/,
    /identifier_digest: 1 rows of people who are not there/,
  ]) {
    assert.match(out, found)
  }
})

const bin = installedServer()
const noServer = bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false
test('a backup of the embedded database is restored on a server, and the other way round', {
  skip: noServer,
}, async () => {
  const server = await startServer(bin!)
  try {
    const other = homeWithKeys()
    const env = { GARROD_HOME: other, DATABASE_URL: server.url }
    let put = await garrodWith(env, 'db', 'restore', file)
    // A server just started takes no connections for a moment.
    while (/DATABASE_UNREACHABLE/.test(put.err)) put = await garrodWith(env, 'db', 'restore', file)
    assert.equal(put.exit, 0, put.err)
    assert.equal((await garrodWith(env, 'db', 'verify')).exit, 0)
    const back = join(other, 'server.backup')
    assert.equal((await garrodWith(env, 'db', 'backup', back)).exit, 0)
    const third = homeWithKeys()
    assert.equal((await garrod(third, 'db', 'restore', back)).exit, 0)
    const store = await open(third)
    assert.deepEqual(await allOf(store), original)
    await store.close()
  } finally {
    await server.remove()
  }
})

test('upgrade says what is to be done, and does it', async () => {
  const fresh = homeWithKeys()
  const before = await garrod(fresh, 'db', 'upgrade', '--dry-run')
  assert.deepEqual([before.exit, /migration 1, people-and-records/.test(before.out)], [1, true])
  assert.match((await garrod(fresh, 'db', 'upgrade')).out, /done: migration 5, audit/)
  assert.equal((await garrod(fresh, 'db', 'upgrade', '--dry-run')).exit, 0)
})
