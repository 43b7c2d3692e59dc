import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { UNRESTRICTED } from '../../src/record/resource-query.ts'
import type { Database } from '../../src/store/database/query.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { MIGRATIONS } from '../../src/store/migrations/migrations.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { ACT, genotypes, keyOf, panelCalls, person, receive, TENANT, upload } from './example-upload.ts'
import { MERGE_TABLES } from './merge-tables.ts'

const tables = MIGRATIONS.flatMap(({ sql }) =>
  [...sql.matchAll(/-- scope: (\w+)\ncreate table (\w+) \(\n([\s\S]*?)\n\);/g)].map(
    ([, scope, name = '', columns = '']) => ({
      scope,
      name,
      hasPatient: /\bpatient_id\b/.test(columns),
    }),
  ),
)

test('of every table about a person it is said what a merge does with it', () => {
  const about = tables.filter(({ scope }) => scope === 'patient').map(({ name }) => name)
  assert.deepEqual(
    about.filter((name) => !(name in MERGE_TABLES)),
    [],
  )
  assert.deepEqual(
    Object.keys(MERGE_TABLES).filter((name) => !about.includes(name)),
    [],
  )
})

const home = newHome()
let store: Store
let database: Database
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
  database = await openEmbedded(home)
})
after(async () => {
  await database.close()
  await store.close()
  await removeHome(home)
})

test('two charts with everything: nothing is lost, and nothing stays under the retired id but its log', async () => {
  for (const id of ['keep', 'gone']) {
    await store.patients.add(TENANT, person(id, { identifiers: [{ system: 'mrn', value: id }] }), ACT)
    const file = await receive(store, `${id} genotypes`)
    await store.records.ingest(
      keyOf(id),
      {
        ...upload(file, [genotypes(file, 'S', panelCalls(5))]),
        outsideCalls: [
          {
            gene: 'CYP2D6',
            diplotype: `*${id.length}/*1`,
            phenotype: undefined,
            activityScore: undefined,
            source: { name: id, format: 'outside-calls', sha256: undefined },
            line: 1,
          },
        ],
        drugs: [{ text: id, rxcui: undefined, atc: undefined, status: 'taking' }],
        measurements: [
          { kind: id === 'keep' ? 'weight' : 'height', value: 70, unit: id === 'keep' ? 'kg' : 'cm' },
        ],
      } as never,
      ACT,
    )
    const plan = {
      engine: { name: 'garrod', version: '1' },
      facts: [],
      recordVersion: 2,
      findings: [{ kind: 'pgx', subject: 'X', json: `{"of":"${id}"}` }],
      json: `{"plan":"${id}"}`,
    }
    await store.plans.save(keyOf(id), plan as never, ACT)
    const write = (text: string) => ({
      type: 'Observation',
      id: `o-${id}`,
      action: 'put' as const,
      compartment: keyOf(id).patient,
      json: JSON.stringify({
        resourceType: 'Observation',
        id: `o-${id}`,
        status: 'final',
        code: { text },
        subject: { reference: `Patient/${id}` },
      }),
      index: [{ kind: 'reference' as const, param: 'subject', type: 'Patient', id }],
      labels: [],
      codes: [],
    })
    await store.resources.commit(TENANT, [write('first')], ACT)
    await store.resources.commit(TENANT, [write('second')], ACT)
    await store.proposals.propose(keyOf(id), { id: `d-${id}`, version: 1 }, [`{"fact":"${id}"}`], ACT)
    const card = `card-${id}`
    await store.cards.issue(
      TENANT,
      [
        {
          uuid: card,
          patient: keyOf(id).patient,
          service: 's',
          hook: 'h',
          rules: [],
          user: undefined,
          key: undefined,
        } as never,
      ],
      ACT,
    )
    await store.cards.feedback(
      TENANT,
      's',
      [
        {
          card,
          outcome: 'overridden',
          acceptedSuggestions: [],
          overrideReason: { code: 'x', system: undefined, comment: `because ${id}` },
          outcomeAt: ACT.at,
        },
      ],
      ACT,
    )
  }
  await store.merges.merge(
    TENANT,
    keyOf('keep').patient,
    keyOf('gone').patient,
    async (resources) =>
      resources.map((one) => ({
        type: one.resourceType,
        id: one.id!,
        action: 'put' as const,
        compartment: keyOf('keep').patient,
        json: JSON.stringify({ ...one, meta: undefined }),
        index: [{ kind: 'reference' as const, param: 'subject', type: 'Patient', id: 'keep' }],
        labels: [],
        codes: [],
      })),
    ACT,
  )

  const { record } = (await store.records.get(keyOf('keep')))!
  assert.deepEqual(record.identifiers.map(({ value }) => value).sort(), ['gone', 'keep'])
  assert.equal(record.genotypes.length, 2)
  assert.equal(record.outsideCalls.length, 2)
  assert.deepEqual(record.drugs.map(({ text }) => text).sort(), ['gone', 'keep'])
  assert.deepEqual(
    record.measurements.map(({ kind }) => kind),
    ['height', 'weight'],
  )
  const files = await store.archive.list(keyOf('keep'))
  assert.equal(files.length, 2)
  for (const file of files) {
    const parts: Uint8Array[] = []
    for await (const part of file.read()) parts.push(part)
    assert.match(Buffer.concat(parts).toString(), /^(keep|gone) genotypes/)
  }
  const plans = await store.plans.list(keyOf('keep'))
  assert.deepEqual(
    plans.map(({ version }) => version),
    [2, 1],
  )
  assert.equal(
    (await store.plans.get(keyOf('keep')))?.json,
    '{"plan":"keep"}',
    "the survivor's newest stays the newest",
  )
  assert.equal((await store.plans.get(keyOf('keep'), 1))?.json, '{"plan":"gone"}')
  assert.deepEqual(
    (await store.plans.findings(keyOf('keep'), 1)).map(({ json }) => json),
    ['{"of":"gone"}'],
  )
  const feedback = await store.cards.list(keyOf('keep'))
  assert.deepEqual(feedback.map((one) => one.overrideReason?.comment).sort(), [
    'because gone',
    'because keep',
  ])
  assert.deepEqual((await store.proposals.list(keyOf('keep'))).map(({ json }) => json).sort(), [
    '{"fact":"gone"}',
    '{"fact":"keep"}',
  ])
  const moved = await store.resources.read(TENANT, { type: 'Observation', id: 'o-gone' }, UNRESTRICTED)
  assert.equal(moved?.compartment, 'keep')
  assert.equal(moved?.version, 3)
  assert.match(moved?.json ?? '', /"reference":"Patient\/keep"/)
  const first = await store.resources.readVersion(
    TENANT,
    { type: 'Observation', id: 'o-gone' },
    1,
    UNRESTRICTED,
  )
  assert.match(first?.json ?? '', /"first"/, 'every version can still be read')

  for (const { name, hasPatient, scope } of tables) {
    if (!hasPatient || scope === 'store' || MERGE_TABLES[name] === 'stays') continue
    const exists = await database.first<{ there: boolean }>(
      `select exists (select 1 from information_schema.columns where table_name = $1 and column_name = 'patient_id') as there`,
      [name],
    )
    if (!exists!.there) continue
    const left = await database.first<{ n: number }>(
      `select count(*)::integer as n from ${name} where patient_id = 'gone'`,
    )
    assert.equal(left!.n, name === 'resource_directory' ? left!.n : 0, name)
  }
  const events = await store.events.list(keyOf('gone'))
  assert.ok(events.some(({ kind, detail }) => kind === 'patient-merged' && detail['survivor'] === 'keep'))
})

test('a merge that fails changes nothing', async () => {
  for (const id of ['a', 'b']) await store.patients.add(TENANT, person(id), ACT)
  await store.proposals.propose(keyOf('b'), { id: 'd', version: 1 }, ['{}'], ACT)
  await store.resources.commit(
    TENANT,
    [
      {
        type: 'Observation',
        id: 'ob',
        action: 'put',
        compartment: keyOf('b').patient,
        json: '{"resourceType":"Observation","id":"ob"}',
        index: [],
        labels: [],
        codes: [],
      },
    ],
    ACT,
  )
  await assert.rejects(
    store.merges.merge(
      TENANT,
      keyOf('a').patient,
      keyOf('b').patient,
      () => Promise.reject(new Error('no')),
      ACT,
    ),
    /no/,
  )
  assert.notEqual(await store.patients.get(keyOf('b')), undefined)
  assert.equal((await store.proposals.list(keyOf('b'))).length, 1)
  assert.equal(
    (await store.resources.read(TENANT, { type: 'Observation', id: 'ob' }, UNRESTRICTED))?.compartment,
    'b',
  )
  await assert.rejects(
    store.merges.merge(TENANT, keyOf('a').patient, keyOf('a').patient, async () => [], ACT),
    { code: 'MERGE_SAME' },
  )
  await assert.rejects(
    store.merges.merge(TENANT, keyOf('a').patient, keyOf('none').patient, async () => [], ACT),
    { code: 'PATIENT_UNKNOWN' },
  )
})
