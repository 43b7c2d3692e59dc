// Times of the store: node bench/store.ts [people], default 1000, at least 200. Prints medians in milliseconds.
import { openStore } from '../src/store/open-store.ts'
import {
  ACT,
  genotypes,
  keyOf,
  panelCalls,
  person,
  receive,
  TENANT,
  upload,
} from '../test/store/example-upload.ts'
import { keyringOf } from '../test/support/keyring.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'

const people = Math.max(200, Number(process.argv[2] ?? 1000))
const home = newHome()
const open = () => openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })

async function timed(what: string, times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const started = performance.now()
    await work(i)
    taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) =>
    taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]!.toFixed(1)
  process.stdout.write(`${what.padEnd(58)} ${at(0.5).padStart(7)}   p99 ${at(0.99).padStart(7)}\n`)
}

await timed('first open: creates the database and its schema', 1, async () => (await open()).close())
let store = await open()
await timed('close, then open again', 10, async () => {
  await store.close()
  store = await open()
})
await timed('add a person', people, (i) =>
  store.patients.add(
    TENANT,
    person(`p${i}`, { name: `Person ${i}`, identifiers: [{ system: 'mrn', value: String(i) }] }),
    ACT,
  ),
)
const calls = panelCalls(1200)
await timed('receive a file of 100 kB and ingest its 1,200 calls', 100, async (i) => {
  const file = await receive(store, `${i} `.padEnd(100_000, 'ACGT'))
  await store.records.ingest(keyOf(`p${i}`), upload(file, [genotypes(file, 'S', calls)]), ACT)
})
await timed('of it: ingest after reading', 100, async (i) => {
  const file = { name: 'again.vcf', sha256: `${i}`.padStart(64, '0') }
  const { source, ...set } = genotypes(file, 'S', calls)
  const sets = [{ ...set, source: { ...source, sha256: undefined } }]
  await store.records.ingest(
    keyOf(`p${i + 100}`),
    { files: [], genotypes: sets, outsideCalls: [], drugs: [], measurements: [] },
    ACT,
  )
})
await timed('read a record with 1,200 calls', 200, (i) => store.records.get(keyOf(`p${i % 100}`)))
await timed('find a person by identifier', 200, (i) =>
  store.patients.withIdentifier(TENANT, { system: 'mrn', value: String(i) }),
)
await timed(`list the first 50 of ${people}`, 50, () => store.patients.list(TENANT))
await timed(`list ${Math.min(1000, people)} of ${people}`, 20, () =>
  store.patients.list(TENANT, { limit: 1000 }),
)
await timed(`search ${people} by name`, 50, (i) => store.patients.list(TENANT, { search: `son ${i}` }))
const json = JSON.stringify({ text: 'x'.repeat(200_000) })
await timed('save a plan of 200 kB with 23 findings', 50, (i) =>
  store.plans.save(
    keyOf(`p${i}`),
    {
      engine: { name: 'garrod', version: '0' },
      facts: [{ id: 'cpic', version: '2024-01' }],
      recordVersion: 2,
      findings: Array.from({ length: 23 }, (_, gene) => ({ kind: 'pgx', subject: `G${gene}`, json: '{}' })),
      json,
    },
    ACT,
  ),
)
await timed('read a plan of 200 kB', 100, (i) => store.plans.get(keyOf(`p${i % 50}`)))
await store.close()
await removeHome(home)
