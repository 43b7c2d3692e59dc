import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../src/store/database/query.ts'
import { openServer } from '../../src/store/database/server-database.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { keyOf, panelCalls, TENANT, textOf } from '../store/example-upload.ts'
import { installedServer, startServer } from '../support/debian-server.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { textsUnder } from './byte-search.ts'
import { fillPlain, PLAIN_WORDS } from './plain-home.ts'

async function checkUpgraded(store: Store, files: { shared: string; outside: string }): Promise<void> {
  const { record, version } = (await store.records.get(keyOf('a')))!
  assert.equal(version, 3)
  assert.equal(record.name, 'Plainfirstname Őne')
  assert.equal(record.birthDate, '1929-02-28')
  assert.deepEqual(record.identifiers, [{ system: 'urn:mrn', value: 'PLAIN-MRN-4711' }])
  assert.deepEqual(record.context, { indications: ['plainindication'] })
  assert.deepEqual(
    record.genotypes.map(({ sample, source, assembly, calls }) => [
      sample,
      source.name,
      assembly,
      calls.length,
    ]),
    [
      ['PLAINSAMPLE-A', 'plainfilename.vcf', 'GRCh38', 20],
      ['PLAINSAMPLE-B', 'plainfilename', 'GRCh37', 1],
    ],
  )
  assert.deepEqual(record.genotypes[0]!.calls, panelCalls(20))
  assert.equal(record.outsideCalls[0]?.diplotype, '*1/*4')
  assert.deepEqual(record.drugs, [
    { text: 'Plaindrugname', rxcui: '32968', atc: undefined, status: 'taking' },
  ])
  assert.deepEqual(record.measurements, [{ kind: 'weight', value: 71.5, unit: 'kg' }])
  assert.equal((await store.plans.get(keyOf('a')))?.json, '{"z": 1,  "a": "Plainplanbody"}')
  assert.equal((await store.plans.findings(keyOf('a'), 1))[0]?.json, '{"a": "Plainfindingbody"}')
  assert.equal((await store.cards.list(keyOf('by-card')))[0]?.overrideReason?.comment, 'Plaincomment')
  const texts = await Promise.all((await store.archive.list(keyOf('a'))).map(textOf))
  assert.deepEqual(new Set(texts), new Set([files.shared, files.outside]))
  const [ofB] = await store.archive.list(keyOf('b'))
  assert.equal(await textOf(ofB!), files.shared)
  assert.equal((await store.patients.list(TENANT, { search: 'plainfirst' })).total, 61)
  const mrn = { system: 'urn:mrn', value: 'PLAIN-MRN-4711' }
  assert.equal((await store.patients.withIdentifier(TENANT, mrn))?.id, 'a')
  const [told] = await store.events.list(keyOf('a'))
  assert.ok(texts.length === 2 && told!.detail['files'] !== undefined)
  assert.deepEqual((await store.events.list(keyOf('gone')))[0]?.detail, { version: 2 })
  // The same sample of the same file is still one person's.
  const file = await store.archive.receive(
    'again.vcf',
    (async function* () {
      yield Buffer.from(files.shared)
    })(),
  )
  const source = { name: 'again.vcf', format: 'vcf', sha256: file.sha256 } as const
  const set = { sample: 'PLAINSAMPLE-A', source, assembly: 'GRCh38', calls: [], gaps: [], notes: [] } as const
  const upload = {
    files: [{ received: file, format: 'vcf' }],
    genotypes: [set],
    outsideCalls: [],
    drugs: [],
    measurements: [],
  } as const
  const act = { at: '2026-03-01T00:00:00.000Z', by: 'test' }
  await assert.rejects(
    store.records.ingest(keyOf('b'), upload, act),
    (error) => (error as { code?: string }).code === 'SAMPLE_OF_ANOTHER_PATIENT',
  )
  assert.equal((await store.records.ingest(keyOf('a'), upload, act)).replaced, 1)
}

/** The first start after the upgrade ends in the middle; the second goes on. */
async function upgrade(home: string, database: Database, databaseUrl: string | undefined) {
  const files = await fillPlain(database, home)
  await migrate(database)
  await database.run(
    `alter table patient add constraint stop check (patient_id <> 'many-40' or sealed_identity is null)`,
  )
  await assert.rejects(openStore({ home, databaseUrl, keyring: keyringOf(home) }), /stop/)
  const { sealed } = (await database.first<{ sealed: number }>(
    'select count(*)::integer as sealed from patient where sealed_identity is not null',
  ))!
  assert.ok(sealed > 2 && sealed < 61, `${sealed} people were sealed before it stopped`)
  await database.run('alter table patient drop constraint stop')
  const opened = await Promise.all(
    [1, 2, 3].map(() => openStore({ home, databaseUrl, keyring: keyringOf(home) })),
  )
  try {
    await checkUpgraded(opened[1]!, files)
  } finally {
    for (const store of opened) await store.close()
  }
}

test('a database in plain text is sealed at the first start, and nothing of it stays on disk', async (t) => {
  const home = newHome()
  const database = await openEmbedded(home)
  t.after(async () => {
    await database.close()
    await removeHome(home)
  })
  await upgrade(home, database, undefined)
  assert.deepEqual(textsUnder(home, PLAIN_WORDS), [])
})

const bin = installedServer()
test('the same on a PostgreSQL server; its log of changes is its administrator’s', {
  skip: bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false,
}, async (t) => {
  const home = newHome()
  const server = await startServer(bin!)
  await sleep(500)
  const database = await openServer(server.url)
  t.after(async () => {
    await database.close()
    await server.remove()
    await removeHome(home)
  })
  await upgrade(home, database, server.url)
  await database.run('checkpoint')
  const folder = decodeURIComponent(server.url.split('host=')[1]!)
  assert.deepEqual(
    [...textsUnder(home, PLAIN_WORDS), ...textsUnder(folder, PLAIN_WORDS)].filter(
      (one) => !one.includes('pg_wal'),
    ),
    [],
  )
})
