import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { MIGRATIONS } from '../../src/store/migrations/migrations.ts'
import { openStore } from '../../src/store/open-store.ts'
import { TABLES_TO_CLEAR } from '../../src/store/people/patient-changes.ts'
import type { Store } from '../../src/store/store.ts'
// biome-ignore format: one line
import { ACT, genotypes, keyOf, panelCalls, person, receive, TENANT, textOf, upload } from '../store/example-upload.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { copyInto, copyOf } from './example-vault.ts'

const home = newHome()
after(() => removeHome(home))
const open = () => openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
const refused = (code: string) => (error: unknown) => (error as { code?: string }).code === code

async function ingest(store: Store, id: string, text: string, sample = 'S'): Promise<void> {
  await store.patients.add(
    TENANT,
    person(id, { name: `Name ${id}`, identifiers: [{ system: 'mrn', value: id }] }),
    ACT,
  )
  const file = await receive(store, text)
  await store.records.ingest(keyOf(id), upload(file, [genotypes(file, sample, panelCalls(3))]), ACT)
}

/** Puts the database and the archive back as they were; the key folder stays as it is. */
function restore(backup: string): void {
  for (const part of ['postgres', 'archive']) {
    rmSync(join(home, part), { recursive: true, force: true })
    mkdirSync(join(home, part))
    copyInto(join(backup, part), join(home, part))
  }
}

test('what was shredded opens nowhere: not here, not from a backup, not with the backup’s rows put back', async () => {
  let store = await open()
  await ingest(store, 'leaver', 'file of the leaver')
  await ingest(store, 'stayer', 'file of the stayer')
  await store.close()
  const backup = copyOf(home)
  after(() => rmSync(backup, { recursive: true }))

  store = await open()
  const receipt = await store.patients.shred(keyOf('leaver'), 'consent-withdrawn', ACT)
  assert.equal(receipt.keys.length, 1)
  assert.equal(receipt.filesDeleted, 1)
  assert.equal(await store.patients.get(keyOf('leaver')), undefined)
  assert.equal(await store.patients.withIdentifier(TENANT, { system: 'mrn', value: 'leaver' }), undefined)
  assert.equal((await store.patients.list(TENANT, { search: 'leaver' })).total, 0)
  assert.deepEqual(
    (await store.events.list(keyOf('leaver'))).map(({ kind }) => kind),
    ['patient-added', 'ingested', 'patient-shredded'],
  )
  await assert.rejects(store.patients.shred(keyOf('leaver'), 'test-data', ACT), refused('PATIENT_UNKNOWN'))
  assert.equal(readdirSync(join(home, 'keys')).filter((name) => name.startsWith('keyring-')).length, 1)
  await store.close()

  // Somebody puts the backup's database in place and looks without Garrod's start, which would clear it up.
  restore(backup)
  const database = await openEmbedded(home)
  const row = await database.first<{ handle: Buffer; sealed_identity: Buffer }>(
    `select k.handle, p.sealed_identity from patient p join patient_key k using (tenant_id, patient_id)
     where p.patient_id = 'leaver'`,
  )
  assert.ok(row, 'the backup has the rows')
  const state = await database.first<{ keyring_id: string; root_id: string }>(
    'select keyring_id, root_id from vault_state',
  )
  const keys = await keyringOf(home).unlock({ keyring: state!.keyring_id, root: state!.root_id })
  assert.equal(keys.unguard(row.handle, Buffer.alloc(65), 'anything'), 'destroyed')
  keys.close()
  await database.close()

  store = await open()
  assert.equal(await store.patients.get(keyOf('leaver')), undefined, 'what was restored is shredded again')
  assert.deepEqual(await store.archive.list(keyOf('leaver')), [])
  assert.equal((await store.patients.get(keyOf('stayer')))?.name, 'Name stayer')
  const [file] = await store.archive.list(keyOf('stayer'))
  assert.equal(await textOf(file!), 'file of the stayer')
  assert.equal((await store.keys.status()).destroyed, 1)
  await store.patients.add(TENANT, person('leaver', { name: 'Somebody else' }), ACT)
  assert.equal((await store.patients.get(keyOf('leaver')))?.name, 'Somebody else', 'the id may be used again')
  await store.close()
  store = await open()
  assert.equal(
    (await store.patients.get(keyOf('leaver')))?.name,
    'Somebody else',
    'and is not shredded again',
  )
  await store.close()
})

test('an older copy of the key folder is brought up to date by the database', async () => {
  let store = await open()
  await ingest(store, 'gone', 'file of the gone')
  await store.close()
  const backup = copyOf(home)
  after(() => rmSync(backup, { recursive: true }))
  store = await open()
  const { keys } = await store.patients.shred(keyOf('gone'), 'erasure-request', ACT)
  await store.close()
  rmSync(join(home, 'keys'), { recursive: true })
  mkdirSync(join(home, 'keys'))
  copyInto(join(backup, 'keys'), join(home, 'keys'))
  store = await open()
  assert.equal((await store.keys.status()).destroyed, 2)
  const { keyring, root } = await store.keys.status()
  const folder = await keyringOf(home).unlock({ keyring, root: root.id })
  assert.equal(folder.unguard(Buffer.from(keys[0]!, 'hex'), Buffer.alloc(65), ''), 'destroyed')
  await store.close()
})

test('a shredding that dies after the secret is destroyed is finished by the next start', async () => {
  let store = await open()
  await ingest(store, 'half', 'file of the half')
  const database = await openEmbedded(home)
  await database.run(`alter table destroyed_key add constraint stop check (patient_id <> 'half') not valid`)
  await assert.rejects(store.patients.shred(keyOf('half'), 'consent-withdrawn', ACT), /23514/)
  await database.run('alter table destroyed_key drop constraint stop')
  await store.close()
  const left = 'select 1 from patient where patient_id = $1'
  assert.ok(await database.first(left, ['half']), 'the rows were rolled back')
  store = await open()
  assert.equal(await database.first(left, ['half']), undefined)
  assert.deepEqual((await store.events.list(keyOf('half'))).at(-1)?.kind, 'patient-shredded')
  assert.equal((await store.patients.list(TENANT, { search: 'half' })).total, 0)
  await database.close()
  await store.close()
})

test('charts that were merged are shredded together: a backup from before the merge has neither', async () => {
  let store = await open()
  for (const id of ['first-chart', 'second-chart', 'third-chart'])
    await ingest(store, id, `file of ${id}`, id)
  await store.close()
  const backup = copyOf(home)
  after(() => rmSync(backup, { recursive: true }))
  store = await open()
  const [first, second, third] = ['first-chart', 'second-chart', 'third-chart'].map((id) => keyOf(id).patient)
  await store.merges.merge(TENANT, second!, third!, async () => [], ACT)
  await store.merges.merge(TENANT, first!, second!, async () => [], ACT)
  assert.equal((await store.records.get(keyOf('first-chart')))?.record.genotypes.length, 3)
  const { keys } = await store.patients.shred(keyOf('first-chart'), 'consent-withdrawn', ACT)
  assert.equal(keys.length, 3)
  await store.close()
  restore(backup)
  store = await open()
  for (const id of ['first-chart', 'second-chart', 'third-chart'])
    assert.equal(await store.patients.get(keyOf(id)), undefined, id)
  await store.close()
})

test('who seals while a person is shredded either comes first, or finds nobody', async () => {
  const store = await open()
  for (let round = 0; round < 10; round++) {
    const id = `race-${round}`
    await store.patients.add(TENANT, person(id), ACT)
    const drugs = [{ text: 'clopidogrel', rxcui: undefined, atc: undefined, status: 'taking' as const }]
    const [changed, gone] = await Promise.allSettled([
      store.records.change(keyOf(id), { drugs }, ACT),
      store.patients.shred(keyOf(id), 'test-data', ACT),
    ])
    assert.equal(gone.status, 'fulfilled')
    if (changed.status === 'rejected')
      assert.ok(refused('PATIENT_UNKNOWN')(changed.reason), String(changed.reason))
    assert.equal(await store.records.get(keyOf(id)), undefined)
  }
  await store.close()
})

test('a file of two people is read by the one who stays', async () => {
  const store = await open()
  await ingest(store, 'brother', 'family file', 'B')
  await ingest(store, 'sister', 'family file', 'A')
  const receipt = await store.patients.shred(keyOf('brother'), 'consent-withdrawn', ACT)
  assert.deepEqual([receipt.filesDeleted, receipt.filesShared], [0, 1])
  const [file] = await store.archive.list(keyOf('sister'))
  assert.equal(await textOf(file!), 'family file')
  await store.patients.shred(keyOf('sister'), 'consent-withdrawn', ACT)
  assert.equal(existsSync(file!.path), false)
  await store.close()
})

test('a legal hold keeps a person from being removed or shredded', async () => {
  const store = await open()
  const key = keyOf('held')
  await assert.rejects(store.patients.hold(key, 'case 12', ACT), refused('PATIENT_UNKNOWN'))
  await ingest(store, 'held', 'file of the held')
  await store.patients.hold(key, 'case 12', ACT)
  assert.equal((await store.patients.held(key))?.reason, 'case 12')
  await assert.rejects(store.patients.remove(key, ACT), refused('LEGAL_HOLD'))
  await assert.rejects(store.patients.shred(key, 'erasure-request', ACT), refused('LEGAL_HOLD'))
  assert.equal((await store.patients.get(key))?.name, 'Name held', 'nothing was destroyed')
  assert.equal(await store.patients.release(key, ACT), true)
  assert.equal(await store.patients.release(key, ACT), false)
  await store.patients.shred(key, 'erasure-request', ACT)
  await store.close()
})

test('a program that holds the key of a person removed and registered anew by another finds the new one', async () => {
  const one = await open()
  const other = await open()
  await one.patients.add(TENANT, person('twice', { name: 'First' }), ACT)
  assert.equal((await other.patients.get(keyOf('twice')))?.name, 'First')
  await one.patients.remove(keyOf('twice'), ACT)
  await one.patients.add(TENANT, person('twice', { name: 'Second' }), ACT)
  assert.equal((await other.patients.get(keyOf('twice')))?.name, 'Second')
  await other.patients.update(keyOf('twice'), { name: 'Third' }, ACT)
  assert.equal((await one.patients.get(keyOf('twice')))?.name, 'Third')
  await other.close()
  await one.close()
})

/** Rows that tell of a person who is gone: that something happened, never what was known. */
const OUTLIVES = ['event', 'destroyed_key', 'audit_patient']

test('every table about people is cleared, goes with the person, or is known to stay', () => {
  const dropped = ['patient_identifier', 'identifier_directory', 'sample_directory']
  for (const { sql } of MIGRATIONS) {
    for (const [, name = '', columns = ''] of sql.matchAll(/create table (\w+) \(\n([\s\S]*?)\n\);/g)) {
      if (!/^ {2}patient_id /m.test(columns) || dropped.includes(name)) continue
      const goes = /references \w+ on delete cascade/.test(columns)
      const known = [...TABLES_TO_CLEAR, ...OUTLIVES, 'legal_hold'].some((one) => one === name)
      assert.ok(goes || known, `${name} keeps rows about people who are gone`)
    }
  }
})
